"""Our own checks of what was read, in place of a schema: a breach is noted and refuses nothing."""

from collections import Counter
from dataclasses import replace

from store.domain.gtins import normalised
from store.domain.invoices import Invoice, InvoiceKind, InvoiceLine, WarningCode
from store.domain.serials import key_of
from store.imports.notes import Notes


def check(invoice: Invoice, notes: Notes) -> Invoice:
    """Return the invoice with the warnings of its reading and of these checks."""
    parties = {"seller": invoice.seller.tax_id, "buyer": invoice.buyer.tax_id}
    for field, value in {"number": invoice.number, "date": invoice.issued_on, **parties}.items():
        if not value and not (field in parties and invoice.kind is InvoiceKind.DESPATCH):
            notes.add(WarningCode.MISSING, field=field)
    _same_numbers(invoice, notes)
    for line in invoice.lines:
        _line(line, notes)
    _same_serials(invoice, notes)
    return replace(invoice, warnings=notes.all())


def _same_numbers(invoice: Invoice, notes: Notes) -> None:
    """Rows before and after a correction are numbered apart, so the same number in both is no slip."""
    counted = Counter((line.before, line.number) for line in invoice.lines if line.number)
    for (_before, number), count in counted.items():
        if count > 1:
            notes.add(WarningCode.SAME_NUMBER, number=number)


def _line(line: InvoiceLine, notes: Notes) -> None:
    if not line.name and not line.seller_index and not line.buyer_index and not line.gtin:
        notes.add(WarningCode.MISSING, line.position, field="name")
    if line.gtin and normalised(line.gtin) is None:
        notes.add(WarningCode.BAD_GTIN, line.position, text=line.gtin)
    if line.serials and line.quantity is not None and len(line.serials) != abs(line.quantity):
        fewer = len(line.serials) < abs(line.quantity)
        notes.add(
            WarningCode.FEWER_SERIALS if fewer else WarningCode.MORE_SERIALS,
            line.position,
            serials=len(line.serials),
            quantity=format(abs(line.quantity).normalize(), "f"),
        )


def _same_serials(invoice: Invoice, notes: Notes) -> None:
    """Note a serial that stands twice under one product; under two products it is no slip."""
    seen: set[tuple[str, str]] = set()
    for line in invoice.lines:
        if line.before:
            continue
        product = line.gtin or line.seller_index or line.name
        for serial in line.serials:
            key = (product, key_of(serial))
            if key in seen:
                notes.add(WarningCode.SAME_SERIAL, line.position, serial=serial)
            seen.add(key)
