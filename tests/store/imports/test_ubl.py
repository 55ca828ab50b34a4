"""UBL invoices, credit notes and despatch advices."""

from datetime import date
from decimal import Decimal

import pytest

from store.domain.invoices import InvoiceFormat, InvoiceKind, WarningCode
from store.imports.reader import read_invoice
from tests.store.imports.files import BUYER, SELLER, ubl, ubl_line, ubl_parties, ubl_party

INSTANCE = "<cac:ItemInstance><cbc:SerialID>{}</cbc:SerialID></cac:ItemInstance>"


def one(*inner: str, root: str = "Invoice", **line: object) -> object:
    return read_invoice(ubl(root, ubl_parties(), *inner, ubl_line(root, **line))).lines[0]  # type: ignore[arg-type]


def despatch(*lines: str, parties: str = "") -> bytes:
    return ubl("DespatchAdvice", parties, *lines)


def test_head() -> None:
    reference = (
        "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>"
        "<cac:OrderReference><cbc:ID>Z/1</cbc:ID></cac:OrderReference>"
        "<cac:DespatchDocumentReference><cbc:ID>WZ/1</cbc:ID></cac:DespatchDocumentReference>"
    )
    found = read_invoice(ubl("Invoice", reference, ubl_parties(), ubl_line("Invoice")))
    assert (found.format, found.kind, found.number) == (
        InvoiceFormat.UBL_INVOICE,
        InvoiceKind.ORDINARY,
        "U/1",
    )
    assert (found.issued_on, found.currency) == (date(2026, 3, 1), "EUR")
    assert (found.seller.tax_id, found.buyer.tax_id) == (f"PL{SELLER}", f"PL{BUYER}")
    assert (found.orders, found.delivery_notes, found.warnings) == (("Z/1",), ("WZ/1",), ())


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("380", InvoiceKind.ORDINARY),
        ("389", InvoiceKind.ORDINARY),
        ("386", InvoiceKind.ADVANCE),
        ("325", InvoiceKind.PRO_FORMA),
        ("381", InvoiceKind.CREDIT_NOTE),
        ("383", InvoiceKind.DEBIT_NOTE),
        ("384", InvoiceKind.CORRECTION),
    ],
)
def test_kinds(code: str, kind: InvoiceKind) -> None:
    typed = f"<cbc:InvoiceTypeCode>{code}</cbc:InvoiceTypeCode>"
    assert read_invoice(ubl("Invoice", typed, ubl_parties(), ubl_line("Invoice"))).kind is kind


def test_a_credit_note() -> None:
    corrected = (
        "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>U/0</cbc:ID>"
        "<cbc:IssueDate>2026-02-01</cbc:IssueDate></cac:InvoiceDocumentReference></cac:BillingReference>"
    )
    found = read_invoice(ubl("CreditNote", corrected, ubl_parties(), ubl_line("CreditNote", quantity=3)))
    assert (found.format, found.kind) == (InvoiceFormat.UBL_CREDIT_NOTE, InvoiceKind.CREDIT_NOTE)
    assert [(each.number, each.issued_on) for each in found.corrects] == [("U/0", date(2026, 2, 1))]
    assert found.lines[0].quantity == 3


def test_lines_hidden_in_extensions_are_no_lines() -> None:
    hidden = (
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>{}</ext:ExtensionContent>"
        "</ext:UBLExtension></ext:UBLExtensions>"
    )
    before = hidden.format(ubl_line("CreditNote", quantity=9))
    found = read_invoice(ubl("CreditNote", ubl_parties(), ubl_line("CreditNote", quantity=1), before=before))
    assert [line.quantity for line in found.lines] == [1]


def test_indexes_and_gtin() -> None:
    item = (
        "<cac:BuyersItemIdentification><cbc:ID>B-1</cbc:ID></cac:BuyersItemIdentification>"
        "<cac:SellersItemIdentification><cbc:ID>S-1</cbc:ID></cac:SellersItemIdentification>"
        '<cac:StandardItemIdentification><cbc:ID schemeID="{}">5901234123457</cbc:ID>'
        "</cac:StandardItemIdentification>"
    )
    for scheme, gtin in (("0160", "5901234123457"), ("0088", "5901234123457"), ("0006", "")):
        line = one(item=item.format(scheme))
        assert (line.buyer_index, line.seller_index, line.gtin) == ("B-1", "S-1", gtin)  # type: ignore[attr-defined]


def test_the_price_of_several() -> None:
    data = ubl("Invoice", ubl_parties(), ubl_line("Invoice")).replace(
        b"</cbc:PriceAmount>", b'</cbc:PriceAmount><cbc:BaseQuantity unitCode="C62">100</cbc:BaseQuantity>'
    )
    line = read_invoice(data).lines[0]
    assert (line.price_net, line.base_quantity) == (Decimal(10), Decimal(100))


def test_a_missing_price_is_noted() -> None:
    found = read_invoice(ubl("Invoice", ubl_parties(), ubl_line("Invoice", price="")))
    assert [(warning.code, warning.position) for warning in found.warnings] == [(WarningCode.MISSING, 1)]


@pytest.mark.parametrize(
    ("number", "scheme", "tax_id"),
    [
        (f"PL{SELLER}", "VAT", f"PL{SELLER}"),
        (SELLER, "VAT", f"PL{SELLER}"),
        (f"PL {SELLER[:3]}-{SELLER[3:]}", "VAT", f"PL{SELLER}"),
        # A foreign prefix in front of the same digits is another company.
        (f"DE{SELLER}", "VAT", f"DE{SELLER}"),
        ("Foretaksregisteret", "TAX", ""),
    ],
)
def test_tax_ids(number: str, scheme: str, tax_id: str) -> None:
    parties = ubl_party("AccountingSupplierParty", "A", vat=number, scheme=scheme)
    assert read_invoice(ubl("Invoice", parties, ubl_line("Invoice"))).seller.tax_id == tax_id


def test_serials_of_instances_ranges_and_properties() -> None:
    item = (
        "<cac:AdditionalItemProperty><cbc:Name>Serial number</cbc:Name><cbc:Value>X9</cbc:Value>"
        "</cac:AdditionalItemProperty><cac:AdditionalItemProperty><cbc:Name>Colour</cbc:Name><cbc:Value>blue"
        "</cbc:Value></cac:AdditionalItemProperty>" + INSTANCE.format("A1") + INSTANCE.format("B008~B011")
    )
    line = one(item=item, quantity=6)
    assert line.serials == ("A1", "B008", "B009", "B010", "B011", "X9")  # type: ignore[attr-defined]
    assert line.extra == (("Serial number", "X9"), ("Colour", "blue"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("packed", ["A~B", "A9~A1", "A1~B2", "A1~A999999999", "~A1"])
def test_a_range_that_is_none_names_no_serials(packed: str) -> None:
    found = read_invoice(ubl("Invoice", ubl_parties(), ubl_line("Invoice", item=INSTANCE.format(packed))))
    assert found.lines[0].serials == ()
    assert WarningCode.BAD_RANGE in [warning.code for warning in found.warnings]


def test_the_place_of_delivery() -> None:
    place = (
        "<cac:Delivery><cbc:ActualDeliveryDate>2026-02-27</cbc:ActualDeliveryDate><cac:DeliveryLocation>{}"
        "<cac:Address><cbc:StreetName>Polna 3</cbc:StreetName></cac:Address></cac:DeliveryLocation>"
        "{}</cac:Delivery>"
    )
    number = '<cbc:ID schemeID="0088">5790000435951</cbc:ID>'
    party = "<cac:DeliveryParty><cac:PartyName><cbc:Name>Filia</cbc:Name></cac:PartyName></cac:DeliveryParty>"
    for inner, names, codes in (
        ((number, party), ["Filia"], []),
        ((number, ""), [""], []),
        (("", party), ["Filia"], []),
        (("", ""), [], [WarningCode.DELIVERY_ADDRESS]),
    ):
        found = read_invoice(ubl("Invoice", ubl_parties(), place.format(*inner), ubl_line("Invoice")))
        assert [each.name for each in found.recipients] == names
        assert [warning.code for warning in found.warnings] == codes
        assert found.delivered_on == date(2026, 2, 27)


def test_a_despatch_advice_with_fewer_serials_than_pieces() -> None:
    parties = ubl_party("DespatchSupplierParty", "Dostawca", gln="7300010000001") + ubl_party(
        "DeliveryCustomerParty", "My", gln="5790000435951"
    )
    lot = (
        "<cac:ItemInstance><cbc:SerialID>A2</cbc:SerialID><cac:LotIdentification><cbc:LotNumberID>L1"
        "</cbc:LotNumberID></cac:LotIdentification></cac:ItemInstance>"
    )
    line = ubl_line("Despatch", "3A", quantity=3, item=INSTANCE.format("A1") + lot, price="")
    found = read_invoice(despatch(line, parties=parties))
    assert (found.format, found.kind) == (InvoiceFormat.UBL_DESPATCH, InvoiceKind.DESPATCH)
    assert (found.seller.name, found.seller.tax_id, found.buyer.name) == ("Dostawca", "", "My")
    assert (found.lines[0].number, found.lines[0].serials, found.lines[0].lots) == (
        "3A",
        ("A1", "A2"),
        ("L1",),
    )
    assert [(warning.code, dict(warning.data)) for warning in found.warnings] == [
        (WarningCode.FEWER_SERIALS, {"serials": "2", "quantity": "3"})
    ]


def test_who_receives_a_despatch_for_another_buyer() -> None:
    parties = (
        ubl_party("DespatchSupplierParty", "Dostawca", gln="1")
        + ubl_party("DeliveryCustomerParty", "Filia", gln="2")
        + ubl_party("BuyerCustomerParty", "Centrala", vat=f"PL{BUYER}")
        + ubl_party("SellerSupplierParty", "Dostawca", gln="1", vat=f"PL{SELLER}")
    )
    found = read_invoice(despatch(ubl_line("Despatch", price=""), parties=parties))
    assert (found.seller.tax_id, found.buyer.name, [each.name for each in found.recipients]) == (
        f"PL{SELLER}",
        "Centrala",
        ["Filia"],
    )
