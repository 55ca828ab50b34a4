"""The rows of a KSeF invoice, and the additional descriptions that belong to them."""

from collections.abc import Sequence
from dataclasses import replace

from store.domain.invoices import InvoiceLine, WarningCode
from store.domain.serial_text import split
from store.imports.notes import Notes
from store.imports.options import ReadOptions
from store.imports.values import date_of, decimal_of
from store.imports.xml_fields import Xml

VAT_RATES = frozenset(
    {"23", "22", "8", "7", "5", "4", "3", "0", "0 KR", "0 WDT", "0 EX", "zw", "oo", "np I", "np II", "np"}
)
"""Those of FA(3) and FA(2). The rate moves no goods: an unknown one is kept as it is and noted."""


def row(found: Xml, position: int, notes: Notes) -> InvoiceLine:
    """Return one `FaWiersz`."""
    vat = found.text("P_12") or found.text("P_12_XII")
    if found.text("P_12") and vat not in VAT_RATES:
        notes.add(WarningCode.UNKNOWN_VAT, position, text=vat)
    return InvoiceLine(
        position=position,
        number=found.text("NrWierszaFa"),
        uu_id=found.text("UU_ID"),
        name=found.text("P_7"),
        seller_index=found.text("Indeks"),
        gtin=found.text("GTIN"),
        cn=found.text("CN"),
        pkwiu=found.text("PKWiU"),
        quantity=decimal_of(found.text("P_8B"), "P_8B", notes, position),
        unit=found.text("P_8A"),
        price_net=decimal_of(found.text("P_9A"), "P_9A", notes, position),
        price_gross=decimal_of(found.text("P_9B"), "P_9B", notes, position),
        net=decimal_of(found.text("P_11"), "P_11", notes, position),
        gross=decimal_of(found.text("P_11A"), "P_11A", notes, position),
        vat=vat,
        delivered_on=date_of(found.text("P_6A"), "P_6A", notes, position),
        before=found.text("StanPrzed") == "1",
    )


def order_line(found: Xml, position: int, notes: Notes) -> InvoiceLine:
    """Return one `ZamowienieWiersz` of an advance: ordered, not delivered."""
    return InvoiceLine(
        position=position,
        number=found.text("NrWierszaZam"),
        uu_id=found.text("UU_IDZ"),
        name=found.text("P_7Z"),
        seller_index=found.text("IndeksZ"),
        gtin=found.text("GTINZ"),
        cn=found.text("CNZ"),
        pkwiu=found.text("PKWiUZ"),
        quantity=decimal_of(found.text("P_8BZ"), "P_8BZ", notes, position),
        unit=found.text("P_8AZ"),
        price_net=decimal_of(found.text("P_9AZ"), "P_9AZ", notes, position),
        net=decimal_of(found.text("P_11NettoZ"), "P_11NettoZ", notes, position),
        vat=found.text("P_12Z") or found.text("P_12Z_XII"),
        before=found.text("StanPrzedZ") == "1",
    )


def described(
    rows: Sequence[InvoiceLine], ordered: Sequence[str], head: Xml, options: ReadOptions, notes: Notes
) -> tuple[tuple[InvoiceLine, ...], tuple[tuple[str, str], ...]]:
    """Return the rows with the additional descriptions that name them, and those that name none.

    A number that several rows have means the row after a correction, and of several such the first. The
    description of an ordered line (its number is among `ordered`) says nothing about goods and is left out.
    """
    by_number: dict[str, int] = {}
    for line in sorted(rows, key=lambda line: line.before):
        by_number.setdefault(line.number, line.position - 1)
    of_row: dict[int, list[tuple[str, str]]] = {}
    of_head: list[tuple[str, str]] = []
    for found in head.all("DodatkowyOpis"):
        number, pair = found.text("NrWiersza"), (found.text("Klucz"), found.text("Wartosc"))
        if not number:
            of_head.append(pair)
        elif number in by_number:
            of_row.setdefault(by_number[number], []).append(pair)
        elif number not in ordered:
            notes.add(WarningCode.NO_SUCH_LINE, number=number, key=pair[0], value=pair[1])
    lines = list(rows)
    for place, pairs in of_row.items():
        lines[place] = replace(
            lines[place],
            extra=tuple(pairs),
            serials=tuple(
                text for key, value in pairs if options.is_serial_key(key) for text in split(value)
            ),
            lots=tuple(value for key, value in pairs if options.is_lot_key(key) and value),
        )
    return tuple(lines), tuple(of_head)
