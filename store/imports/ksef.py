"""The invoices of KSeF, FA(2) and FA(3): one reader, because the elements of interest are the same."""

import re

from lxml import etree

from store.domain.invoices import (
    CorrectedInvoice,
    Invoice,
    InvoiceFormat,
    InvoiceKind,
    InvoiceParty,
    PartyIdentifier,
    WarningCode,
)
from store.domain.tax_ids import POLAND, canonical
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.checks import check
from store.imports.ksef_lines import described, order_line, row
from store.imports.notes import Notes
from store.imports.options import ReadOptions
from store.imports.values import date_of, decimal_of
from store.imports.xml_fields import Xml, local_name, namespace

FORMATS = {
    "http://crd.gov.pl/wzor/2023/06/29/12648/": InvoiceFormat.KSEF_FA2,
    "http://crd.gov.pl/wzor/2025/06/25/13775/": InvoiceFormat.KSEF_FA3,
}
KINDS = {
    "VAT": InvoiceKind.ORDINARY,
    "UPR": InvoiceKind.SIMPLIFIED,
    "ZAL": InvoiceKind.ADVANCE,
    "ROZ": InvoiceKind.SETTLEMENT,
    "KOR": InvoiceKind.CORRECTION,
    "KOR_ZAL": InvoiceKind.ADVANCE_CORRECTION,
    "KOR_ROZ": InvoiceKind.SETTLEMENT_CORRECTION,
}
_RECIPIENT = "2"
_RECIPIENT_PERHAPS = frozenset({"8", "10"})
"""The receiving unit of a municipality or of a VAT group: often, but not always, where the goods are."""
_KSEF_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(\d{10}-\d{8}-[0-9A-F]{12}-[0-9A-F]{2})(?![0-9A-Za-z])", re.IGNORECASE
)


class KsefReader:
    """Reads the root `Faktura`; every form but FA(2) and FA(3) is refused by its name."""

    def accepts(self, root: etree._Element) -> bool:
        """Tell whether the root is one of a KSeF invoice, of whatever form."""
        return local_name(root) == "Faktura"

    def read(self, root: etree._Element, options: ReadOptions, notes: Notes) -> Invoice:
        """Return what the invoice says. Raises UnreadableInvoiceError: OTHER_FAKTURA."""
        space = namespace(root)
        if space not in FORMATS:
            raise UnreadableInvoiceError(
                Unreadable.OTHER_FAKTURA, form=_form(root) or "Faktura", namespace=space or "-"
            )
        file = Xml(root, frozenset({space}))
        head = file.first("Fa") or file
        code = head.text("RodzajFaktury")
        if code not in KINDS:
            notes.add(WarningCode.UNKNOWN_KIND, text=code)
        ordered = tuple(
            order_line(found, position, notes)
            for position, found in enumerate(head.all("Zamowienie/ZamowienieWiersz"), start=1)
        )
        rows = tuple(
            row(found, position, notes) for position, found in enumerate(head.all("FaWiersz"), start=1)
        )
        rows, extra = described(rows, [line.number for line in ordered], head, options, notes)
        invoice = Invoice(
            format=FORMATS[space],
            kind=KINDS.get(code, InvoiceKind.UNKNOWN),
            kind_code=code,
            number=head.text("P_2"),
            ksef_number=options.ksef_number,
            issued_on=date_of(head.text("P_1"), "P_1", notes),
            delivered_on=date_of(head.text("P_6") or head.text("OkresFa/P_6_Do"), "P_6", notes),
            currency=head.text("KodWaluty"),
            total=decimal_of(head.text("P_15"), "P_15", notes),
            seller=_party(file.first("Podmiot1"), notes),
            buyer=_party(file.first("Podmiot2"), notes),
            recipients=_recipients(file, notes),
            lines=rows,
            order_lines=ordered,
            corrects=tuple(_corrected(found, notes) for found in head.all("DaneFaKorygowanej")),
            advances=head.texts("FakturaZaliczkowa/NrKSeFFaZaliczkowej")
            + head.texts("FakturaZaliczkowa/NrFaZaliczkowej"),
            orders=head.texts("WarunkiTransakcji/Zamowienia/NrZamowienia"),
            delivery_notes=head.texts("WZ"),
            lots=head.texts("WarunkiTransakcji/NrPartiiTowaru"),
            extra=extra,
        )
        return check(invoice, notes)


def ksef_number_in(text: str) -> str:
    """Return the KSeF number that a file's name carries, or nothing."""
    found = _KSEF_NUMBER.search(text)
    return found[1].upper() if found else ""


def _form(root: etree._Element) -> str:
    """Return the name of a form (`FA_RR (1)`) as its own header says it, in whatever namespace."""
    for header in root:
        for child in header:
            if local_name(child) == "KodFormularza":
                return str(child.get("kodSystemowy") or child.text or "").strip()[:50]
    return ""


def _party(found: Xml | None, notes: Notes) -> InvoiceParty:
    if found is None:
        return InvoiceParty()
    named = found.first("DaneIdentyfikacyjne") or found
    country = found.text("Adres/KodKraju")
    return InvoiceParty(
        name=named.text("Nazwa"),
        tax_id=_tax_id(named, notes),
        identifiers=tuple(
            PartyIdentifier(path=path, scheme=scheme, text=text)
            for path, scheme in (
                ("DaneIdentyfikacyjne/IDWew", "IDWew"),
                ("Adres/GLN", "0088"),
                ("NrKlienta", "NrKlienta"),
                ("IDNabywcy", "IDNabywcy"),
            )
            if (text := found.text(path))
        ),
        address=", ".join(part for name in ("AdresL1", "AdresL2") if (part := found.text(f"Adres/{name}"))),
        country=country,
    )


def _tax_id(named: Xml, notes: Notes) -> str:
    """Return the tax id: a NIP is Polish whatever the address; others carry their own country."""
    if nip := named.text("NIP"):
        tax_id = canonical(nip, POLAND)
        if len(tax_id) != len(POLAND) + 10:
            notes.add(WarningCode.BAD_TAX_ID, text=nip)
        return tax_id
    if number := named.text("NrVatUE"):
        # Some write the country into the number as well.
        country = named.text("KodUE")
        return canonical(number if number.startswith(country) else country + number)
    return canonical(named.text("NrID"), named.text("KodKraju"))


def _recipients(file: Xml, notes: Notes) -> tuple[InvoiceParty, ...]:
    recipients = []
    for third in file.all("Podmiot3"):
        party = _party(third, notes)
        role = third.text("Rola")
        if role == _RECIPIENT:
            recipients.append(party)
        elif role in _RECIPIENT_PERHAPS:
            notes.add(WarningCode.POSSIBLE_RECIPIENT, name=party.name)
    return tuple(recipients)


def _corrected(found: Xml, notes: Notes) -> CorrectedInvoice:
    return CorrectedInvoice(
        number=found.text("NrFaKorygowanej"),
        issued_on=date_of(found.text("DataWystFaKorygowanej"), "DataWystFaKorygowanej", notes),
        ksef_number=found.text("NrKSeFFaKorygowanej"),
    )
