"""KSeF invoices: what is read, and what is odd and read all the same."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from store.domain.invoices import InvoiceFormat, InvoiceKind, WarningCode
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.ksef import ksef_number_in
from store.imports.options import ReadOptions
from store.imports.reader import read_invoice
from tests.store.imports.files import BUYER, FA2, FA3, SELLER, SITE, extra, faktura, ordered, row, third

XSD = Path(__file__).parents[4] / "shared" / "invoices" / "xsd"


def codes(data: bytes) -> list[str]:
    return [warning.code for warning in read_invoice(data).warnings]


class Beside(etree.Resolver):
    """The schemas import each other by address: take the file of that name beside."""

    def resolve(self, url: str, _id: str, context: object) -> object:
        return self.resolve_filename(str(XSD / url.rsplit("/", 1)[-1]), context)


@pytest.mark.skipif(
    not XSD.exists(), reason="../shared/invoices/xsd is not there: fixtures are not validated"
)
def test_our_own_fixtures_keep_the_schema() -> None:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Beside())
    schema = etree.XMLSchema(etree.parse(str(XSD / "schemat_FA(3)_v1-0E.xsd"), parser))
    for data in (
        faktura(
            row(),
            row(2, quantity="0.5", unit="kg"),
            thirds=third(2, SITE, "Magazyn"),
            delivery_notes=["WZ/1"],
        ),
        faktura(row(before=True), row(quantity=2), kind="KOR"),
        faktura(row(gtin="5901234123457", index="RX"), extras=extra(1, "Numer seryjny", "A1, A2")),
    ):
        schema.assertValid(etree.fromstring(data))


def test_head_and_parties() -> None:
    found = read_invoice(faktura(row(), thirds=third(2, SITE, "Magazyn"), delivery_notes=["WZ/1", "WZ/2"]))
    assert (found.format, found.kind, found.number) == (
        InvoiceFormat.KSEF_FA3,
        InvoiceKind.ORDINARY,
        "FV/2026/7",
    )
    assert (found.issued_on, found.delivered_on) == (date(2026, 3, 1), date(2026, 2, 28))
    assert (found.seller.tax_id, found.buyer.tax_id, found.buyer.name) == (
        f"PL{SELLER}",
        f"PL{BUYER}",
        "Żółw & Syn",
    )
    assert [(each.tax_id, each.name) for each in found.recipients] == [(f"PL{SITE}", "Magazyn")]
    assert found.delivery_notes == ("WZ/1", "WZ/2")
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("identity", "tax_id"),
    [
        ("<KodUE>DE</KodUE><NrVatUE>123456789</NrVatUE>", "DE123456789"),
        ("<KodUE>DE</KodUE><NrVatUE>DE 123456789</NrVatUE>", "DE123456789"),
        ("<KodUE>FR</KodUE><NrVatUE>AB123456789</NrVatUE>", "FRAB123456789"),
        ("<KodUE>DE</KodUE><NrVatUE>1234567890</NrVatUE>", "DE1234567890"),
        ("<KodKraju>US</KodKraju><NrID>99-123</NrID>", "US99123"),
        ("<NIP>774-000-14-54</NIP>", f"PL{BUYER}"),
        ("<BrakID>1</BrakID>", ""),
    ],
)
def test_the_buyers_tax_id(identity: str, tax_id: str) -> None:
    assert read_invoice(faktura(row(), buyer=identity)).buyer.tax_id == tax_id


@pytest.mark.parametrize("role", [1, 3, 4, 5, 6, 7, 9, 11])
def test_other_third_parties_hold_nothing(role: int) -> None:
    assert read_invoice(faktura(row(), thirds=third(role, SITE, "X"))).recipients == ()


def test_a_receiving_unit_of_a_municipality_is_pointed_out() -> None:
    assert codes(faktura(row(), thirds=third(8, SITE, "Szkoła"))) == [WarningCode.POSSIBLE_RECIPIENT]


def test_serials_and_lots_of_a_row() -> None:
    extras = (
        extra(2, "NUMER  SERYJNY:", "A1; A2,A3")
        + extra(2, "Nr partii", "L-7")
        + extra(2, "Numer seryjny kotła", "K")
    )
    found = read_invoice(faktura(row(), row(2, quantity=3), extras=extras + extra(None, "Uwagi", "brak")))
    assert [line.serials for line in found.lines] == [(), ("A1", "A2", "A3")]
    assert found.lines[1].lots == ("L-7",)
    assert len(found.lines[1].extra) == 3
    assert found.extra == (("Uwagi", "brak"),)
    own = ReadOptions(serial_keys=("numer seryjny kotła",))
    assert read_invoice(faktura(row(), extras=extra(1, "Numer seryjny kotła", "K")), own).lines[
        0
    ].serials == ("K",)


def test_a_description_belongs_to_the_row_after_the_correction() -> None:
    data = faktura(row(before=True), row(), kind="KOR", extras=extra(1, "S/N", "A1"))
    assert [line.serials for line in read_invoice(data).lines] == [(), ("A1",)]


def test_a_description_of_no_row_is_noted_and_no_huge_number_breaks_it() -> None:
    assert codes(faktura(row(), extras=extra("9" * 300, "S/N", "A1"))) == [WarningCode.NO_SUCH_LINE]


@pytest.mark.parametrize("kind", ["VAT", "UPR", "ZAL", "ROZ", "KOR", "KOR_ZAL", "KOR_ROZ"])
def test_every_kind_is_known(kind: str) -> None:
    assert WarningCode.UNKNOWN_KIND not in codes(faktura(row(), kind=kind))


def test_what_was_ordered_is_apart_from_what_was_delivered() -> None:
    order = (
        "<Zamowienie><WartoscZamowienia>1</WartoscZamowienia>" + ordered(1, "Router X", 5) + "</Zamowienie>"
    )
    found = read_invoice(faktura(kind="ZAL", after_rows=order, extras=extra(1, "S/N", "A1")))
    assert found.lines == ()
    assert [(line.name, line.quantity) for line in found.order_lines] == [("Router X", Decimal(5))]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (faktura(row(), row()), WarningCode.SAME_NUMBER),
        (faktura(row(vat="99")), WarningCode.UNKNOWN_VAT),
        (faktura(row(quantity="dwa")), WarningCode.BAD_NUMBER),
        (faktura(row(quantity="1E+400")), WarningCode.BAD_NUMBER),
        (faktura(row(quantity="1" * 40)), WarningCode.BAD_NUMBER),
        (faktura(row(quantity="13,75")), WarningCode.DECIMAL_COMMA),
        (faktura(row(gtin="5901234123458")), WarningCode.BAD_GTIN),
        (faktura(row(), kind="XYZ"), WarningCode.UNKNOWN_KIND),
        (faktura(row(name=None)), WarningCode.MISSING),
        (faktura(row(quantity=3), extras=extra(1, "S/N", "A1,A2")), WarningCode.FEWER_SERIALS),
        (faktura(row(quantity=1), extras=extra(1, "S/N", "A1,A2")), WarningCode.MORE_SERIALS),
        (faktura(row(quantity=2), extras=extra(1, "S/N", "A1, a1")), WarningCode.SAME_SERIAL),
        (faktura(row(), buyer="<NIP>12</NIP>"), WarningCode.BAD_TAX_ID),
        (faktura(row()).replace(b"<P_1>2026-03-01", b"<P_1>2026-02-30"), WarningCode.BAD_DATE),
    ],
)
def test_a_breach_is_noted_and_refuses_nothing(data: bytes, code: WarningCode) -> None:
    assert code in codes(data)


@pytest.mark.parametrize("vat", ["23", "23 ", " 8", "zw", "np I", "oo", "0 WDT"])
def test_known_vat_codes_with_stray_spaces(vat: str) -> None:
    found = read_invoice(faktura(row(vat=vat)))
    assert (found.lines[0].vat, found.warnings) == (vat.strip(), ())


def test_rows_before_and_after_are_numbered_apart() -> None:
    assert codes(faktura(row(before=True), row(), kind="KOR")) == []


def test_thirteen_comma_seventy_five_is_no_thousand() -> None:
    assert read_invoice(faktura(row(quantity="13,75"))).lines[0].quantity == Decimal("13.75")


def test_empty_elements_are_absent() -> None:
    data = faktura(row(quantity="", unit="", gtin="", index=""), thirds="<Podmiot3/>")
    line = read_invoice(data.replace(b"<Podmiot1>", b"<Podmiot1><PrefiksPodatnika/>")).lines[0]
    assert (line.quantity, line.unit, line.gtin, line.seller_index) == (None, "", "", "")


def test_fa2_and_prefixes() -> None:
    assert read_invoice(faktura(row(), space=FA2)).format is InvoiceFormat.KSEF_FA2
    prefixed = faktura(row()).replace(b"<", b"<tns:").replace(b"<tns:/", b"</tns:").replace(b"<tns:?", b"<?")
    prefixed = prefixed.replace(b"xmlns=", b"xmlns:tns=")
    assert read_invoice(prefixed).lines == read_invoice(faktura(row())).lines


@pytest.mark.parametrize(
    ("space", "form", "named"),
    [
        ("http://crd.gov.pl/wzor/2026/03/06/14189/", "FA_RR (1)", "FA_RR (1)"),
        ("http://crd.gov.pl/wzor/2022/01/01/11111/", "FA (1)", "FA (1)"),
        ("", "FA (3)", "FA (3)"),
        (FA3[:-1], "", "FA"),
    ],
)
def test_another_form_with_the_root_faktura_is_refused_by_name(space: str, form: str, named: str) -> None:
    with pytest.raises(UnreadableInvoiceError) as refused:
        read_invoice(faktura(row(), space=space, form=form))
    assert refused.value.code is Unreadable.OTHER_FAKTURA
    assert (refused.value.data["form"], named in str(refused.value)) == (named, True)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("7740001454-20260204-58008099DD6C-9D.xml", "7740001454-20260204-58008099DD6C-9D"),
        ("FV_7740001454-20260204-58008099dd6c-9d (1).xml", "7740001454-20260204-58008099DD6C-9D"),
        ("17740001454-20260204-58008099DD6C-9D.xml", ""),
        ("faktura.xml", ""),
    ],
)
def test_the_ksef_number_of_a_file_name(name: str, number: str) -> None:
    assert ksef_number_in(name) == number
