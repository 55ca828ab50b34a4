"""UBL despatch advices: what a supplier sent, with the serials of the pieces."""

from dataclasses import replace

from lxml import etree

from store.domain.invoices import Invoice, InvoiceFormat, InvoiceKind, InvoiceLine, InvoiceParty
from store.imports.checks import check
from store.imports.notes import Notes
from store.imports.options import ReadOptions
from store.imports.ubl_item import item
from store.imports.ubl_party import CAC, CBC, party_of
from store.imports.values import date_of, decimal_of
from store.imports.xml_fields import Xml, local_name, namespace

_SPACE = "urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2"


class DespatchReader:
    """Reads the root `DespatchAdvice` of UBL 2."""

    def accepts(self, root: etree._Element) -> bool:
        """Tell whether the root is one of a despatch advice of UBL 2."""
        return local_name(root) == "DespatchAdvice" and namespace(root) == _SPACE

    def read(self, root: etree._Element, options: ReadOptions, notes: Notes) -> Invoice:
        """Return what the advice says. It has no prices, and often no tax ids."""
        file = Xml(root, frozenset({_SPACE, CAC, CBC}))
        receiver = _party(file, ("DeliveryCustomerParty",), notes)
        buyer = _party(file, ("BuyerCustomerParty", "DeliveryCustomerParty"), notes)
        sent = file.text("Shipment/Delivery/ActualDeliveryDate") or file.text(
            "Shipment/Delivery/Despatch/ActualDespatchDate"
        )
        invoice = Invoice(
            format=InvoiceFormat.UBL_DESPATCH,
            kind=InvoiceKind.DESPATCH,
            kind_code=file.text("DespatchAdviceTypeCode"),
            profile=file.text("ProfileID"),
            number=file.text("ID"),
            issued_on=date_of(file.text("IssueDate"), "IssueDate", notes),
            delivered_on=date_of(sent, "ActualDespatchDate", notes),
            # The goods come from who sends them; the seller of the contract may be left out or be another.
            seller=_party(file, ("DespatchSupplierParty", "SellerSupplierParty"), notes),
            buyer=buyer,
            recipients=() if _same(receiver, buyer) else (receiver,),
            lines=tuple(
                _line(found, position, options, notes)
                for position, found in enumerate(file.all("DespatchLine"), start=1)
            ),
            orders=tuple(
                dict.fromkeys(
                    file.texts("OrderReference/ID")
                    + file.texts("DespatchLine/OrderLineReference/OrderReference/ID")
                )
            ),
        )
        return check(invoice, notes)


def _party(file: Xml, names: tuple[str, ...], notes: Notes) -> InvoiceParty:
    """Return the first of the parties that says who it is, with its tax id if that stands elsewhere."""
    parties = [party_of(file.first(f"{name}/Party"), notes) for name in names]
    found = next(
        (party for party in parties if party.name or party.tax_id or party.identifiers), InvoiceParty()
    )
    if found.tax_id:
        return found
    elsewhere = next((party.tax_id for party in parties if party.tax_id and _same(found, party)), "")
    return replace(found, tax_id=elsewhere)


def _same(receiver: InvoiceParty, buyer: InvoiceParty) -> bool:
    """Tell whether the receiver is the buyer, or says nothing of itself that would make it another."""
    mine = {each.text for each in receiver.identifiers} | {receiver.tax_id} - {""}
    theirs = {each.text for each in buyer.identifiers} | {buyer.tax_id} - {""}
    return bool(mine & theirs) or not (mine or receiver.name) or receiver == buyer


def _line(found: Xml, position: int, options: ReadOptions, notes: Notes) -> InvoiceLine:
    quantity = found.first("DeliveredQuantity")
    return item(
        found.first("Item"),
        InvoiceLine(
            position=position,
            number=found.text("ID"),
            quantity=decimal_of(quantity.value if quantity else "", "DeliveredQuantity", notes, position),
            unit=quantity.attribute("unitCode") if quantity else "",
        ),
        options,
        notes,
    )
