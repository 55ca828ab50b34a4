"""UBL 2.1 invoices and credit notes, Peppol BIS Billing 3 among them."""

from lxml import etree

from store.domain.invoices import (
    CorrectedInvoice,
    Invoice,
    InvoiceFormat,
    InvoiceKind,
    InvoiceLine,
    InvoiceParty,
    WarningCode,
)
from store.imports.checks import check
from store.imports.notes import Notes
from store.imports.options import ReadOptions
from store.imports.ubl_item import item
from store.imports.ubl_party import CAC, CBC, delivery_of, party_of
from store.imports.values import date_of, decimal_of
from store.imports.xml_fields import Xml, local_name, namespace

_SPACE = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"
_FORMATS = {"Invoice": InvoiceFormat.UBL_INVOICE, "CreditNote": InvoiceFormat.UBL_CREDIT_NOTE}
KINDS = {
    "325": InvoiceKind.PRO_FORMA,
    "381": InvoiceKind.CREDIT_NOTE,
    "261": InvoiceKind.CREDIT_NOTE,
    "262": InvoiceKind.CREDIT_NOTE,
    "296": InvoiceKind.CREDIT_NOTE,
    "308": InvoiceKind.CREDIT_NOTE,
    "396": InvoiceKind.CREDIT_NOTE,
    "420": InvoiceKind.CREDIT_NOTE,
    "458": InvoiceKind.CREDIT_NOTE,
    "532": InvoiceKind.CREDIT_NOTE,
    "81": InvoiceKind.CREDIT_NOTE,
    "83": InvoiceKind.CREDIT_NOTE,
    "383": InvoiceKind.DEBIT_NOTE,
    "80": InvoiceKind.DEBIT_NOTE,
    "84": InvoiceKind.DEBIT_NOTE,
    "384": InvoiceKind.CORRECTION,
    "386": InvoiceKind.ADVANCE,
    "500": InvoiceKind.ADVANCE,
}
"""UNTDID 1001 as EN 16931 uses it. Every other type (380, 389 self-billed...) is an ordinary invoice."""


class UblReader:
    """Reads the roots `Invoice` and `CreditNote` in the namespaces of UBL 2."""

    def accepts(self, root: etree._Element) -> bool:
        """Tell whether the root is one of an invoice or a credit note of UBL 2."""
        name = local_name(root)
        return name in _FORMATS and namespace(root) == _SPACE.format(name)

    def read(self, root: etree._Element, options: ReadOptions, notes: Notes) -> Invoice:
        """Return what the document says, without its extensions: what stands there is none of its lines."""
        credit = local_name(root) == "CreditNote"
        file = Xml(root, frozenset({namespace(root), CAC, CBC}))
        line_name = "CreditNoteLine" if credit else "InvoiceLine"
        code = file.text("CreditNoteTypeCode" if credit else "InvoiceTypeCode")
        kind = InvoiceKind.CREDIT_NOTE if credit else KINDS.get(code, InvoiceKind.ORDINARY)
        total = file.text("LegalMonetaryTotal/TaxInclusiveAmount") or file.text(
            "LegalMonetaryTotal/PayableAmount"
        )
        recipients, delivered_on = delivery_of(file, notes)
        invoice = Invoice(
            format=_FORMATS[local_name(root)],
            kind=kind,
            kind_code=code,
            profile=file.text("ProfileID"),
            number=file.text("ID"),
            ksef_number=options.ksef_number,
            issued_on=date_of(file.text("IssueDate"), "IssueDate", notes),
            delivered_on=delivered_on,
            currency=file.text("DocumentCurrencyCode"),
            total=decimal_of(total, "TaxInclusiveAmount", notes),
            seller=_party(file, "AccountingSupplierParty", notes),
            buyer=_party(file, "AccountingCustomerParty", notes),
            recipients=recipients,
            lines=tuple(
                _line(found, position, options, notes)
                for position, found in enumerate(file.all(line_name), start=1)
            ),
            corrects=tuple(
                CorrectedInvoice(
                    number=found.text("ID"), issued_on=date_of(found.text("IssueDate"), "IssueDate", notes)
                )
                for found in file.all("BillingReference/InvoiceDocumentReference")
            ),
            orders=(*file.texts("OrderReference/ID"), *file.texts("OrderReference/SalesOrderID")),
            delivery_notes=file.texts("DespatchDocumentReference/ID"),
        )
        return check(invoice, notes)


def _party(file: Xml, path: str, notes: Notes) -> InvoiceParty:
    return party_of(file.first(f"{path}/Party"), notes)


def _line(found: Xml, position: int, options: ReadOptions, notes: Notes) -> InvoiceLine:
    quantity = found.first("InvoicedQuantity") or found.first("CreditedQuantity")
    price, base = found.text("Price/PriceAmount"), found.text("Price/BaseQuantity")
    if not price:
        notes.add(WarningCode.MISSING, position, field="PriceAmount")
    return item(
        found.first("Item"),
        InvoiceLine(
            position=position,
            number=found.text("ID"),
            quantity=decimal_of(quantity.value if quantity else "", "Quantity", notes, position),
            unit=quantity.attribute("unitCode") if quantity else "",
            price_net=decimal_of(price, "PriceAmount", notes, position),
            base_quantity=decimal_of(base, "BaseQuantity", notes, position),
            net=decimal_of(found.text("LineExtensionAmount"), "LineExtensionAmount", notes, position),
            delivered_on=date_of(
                found.text("Delivery/ActualDeliveryDate"), "ActualDeliveryDate", notes, position
            ),
        ),
        options,
        notes,
    )
