"""An invoice or a packing list as CSV: one row a line, the head in each row or in none."""

from collections.abc import Sequence
from dataclasses import dataclass

from store.domain.invoices import Invoice, InvoiceFormat, InvoiceKind, InvoiceLine, InvoiceParty, WarningCode
from store.domain.serial_text import split
from store.domain.tax_ids import canonical
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.checks import check
from store.imports.csv_mapping import CsvMapping
from store.imports.csv_numbers import day_of, number_of
from store.imports.csv_table import DELIMITERS, columns_of, rows_of
from store.imports.ksef_lines import VAT_RATES
from store.imports.notes import Notes
from store.imports.options import ReadOptions
from store.imports.values import squeezed

_PRODUCT = ("name", "seller_index", "buyer_index", "gtin")
_BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
    b"GIF8",
    b"Rar!",
    b"\x1f\x8b",
)


def looks_like_csv(data: bytes) -> bool:
    """Tell from the first bytes whether a file can be a table of texts."""
    start = data[:4096].replace(b"\x00", b"")
    return not data.startswith(_BINARY) and any(delimiter.encode() in start for delimiter in DELIMITERS)


@dataclass(frozen=True, slots=True)
class _Table:
    rows: Sequence[Sequence[str]]
    columns: dict[str, int]
    mapping: CsvMapping
    notes: Notes

    def cell(self, row: Sequence[str], field: str) -> str:
        """Return what a row says of a field, or what holds for the whole file."""
        place = self.columns.get(field)
        text = row[place] if place is not None and place < len(row) else ""
        return text or self.mapping.values.get(field, "")

    def head(self, field: str) -> str:
        """Return the first thing that any row says of a field of the whole file."""
        return next((squeezed(text) for row in self.rows if (text := self.cell(row, field))), "")


def read_csv(data: bytes, options: ReadOptions, notes: Notes) -> Invoice:
    """Return what the file says.

    Raises UnreadableInvoiceError: BROKEN_CSV, ENCODING, NO_COLUMNS, SEVERAL_INVOICES.
    """
    mapping = options.csv or CsvMapping()
    rows = rows_of(data, mapping, notes)
    columns, above = columns_of(rows, mapping)
    if not any(field in columns for field in _PRODUCT) or not {"quantity", "serials"} & columns.keys():
        raise UnreadableInvoiceError(
            Unreadable.NO_COLUMNS, columns=" + ".join(("/".join(_PRODUCT), "quantity"))
        )
    table = _Table(rows[above:], columns, mapping, notes)
    _refuse_several(table)
    width = len(rows[above - 1]) if above else max(map(len, rows))
    lines = tuple(
        _line(table, row, position, width)
        for position, row in enumerate(
            (row for row in table.rows if any(table.cell(row, field) for field in _PRODUCT)), start=1
        )
    )
    recipient = InvoiceParty(
        name=table.head("recipient_name"), tax_id=canonical(table.head("recipient_tax_id"))
    )
    order = table.head("order")
    invoice = Invoice(
        format=InvoiceFormat.CSV,
        kind=InvoiceKind.ORDINARY,
        number=table.head("number"),
        ksef_number=options.ksef_number,
        issued_on=day_of(table.head("date"), "date", notes),
        delivered_on=day_of(table.head("delivery_date"), "delivery_date", notes),
        currency=table.head("currency"),
        seller=InvoiceParty(name=table.head("seller_name"), tax_id=canonical(table.head("seller_tax_id"))),
        buyer=InvoiceParty(name=table.head("buyer_name"), tax_id=canonical(table.head("buyer_tax_id"))),
        recipients=(recipient,) if recipient.name or recipient.tax_id else (),
        lines=lines,
        orders=(order,) if order else (),
    )
    return check(invoice, notes)


def _refuse_several(table: _Table) -> None:
    numbers = dict.fromkeys(squeezed(table.cell(row, "number")) for row in table.rows)
    numbers.pop("", None)
    if len(numbers) > 1:
        raise UnreadableInvoiceError(Unreadable.SEVERAL_INVOICES, numbers=", ".join(list(numbers)[:5]))


def _line(table: _Table, row: Sequence[str], position: int, width: int) -> InvoiceLine:
    if len(row) != width:
        table.notes.add(WarningCode.SHORT_ROW, position, row=position, expected=width, found=len(row))
    vat = table.cell(row, "vat").replace("%", "").strip()
    if vat and vat not in VAT_RATES:
        table.notes.add(WarningCode.UNKNOWN_VAT, position, text=vat)
    lot = table.cell(row, "lot")
    point = table.mapping.decimal
    numbers = {
        field: number_of(table.cell(row, field), point, field, table.notes, position)
        for field in ("quantity", "price_net", "price_gross", "net", "gross")
    }
    return InvoiceLine(
        position=position,
        number=table.cell(row, "line"),
        name=squeezed(table.cell(row, "name")),
        seller_index=table.cell(row, "seller_index"),
        buyer_index=table.cell(row, "buyer_index"),
        gtin=table.cell(row, "gtin"),
        quantity=numbers["quantity"],
        unit=table.cell(row, "unit"),
        price_net=numbers["price_net"],
        price_gross=numbers["price_gross"],
        net=numbers["net"],
        gross=numbers["gross"],
        vat=vat,
        serials=split(table.cell(row, "serials")),
        lots=(lot,) if lot else (),
    )
