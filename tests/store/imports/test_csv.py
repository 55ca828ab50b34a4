"""CSV invoices: what spreadsheets and other programs make of a table."""

from datetime import date
from decimal import Decimal

import pytest

from store.domain.invoices import Invoice, WarningCode
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.csv_mapping import COLUMNS, CsvMapping
from store.imports.options import ReadOptions
from store.imports.reader import read_invoice

HEAD = (
    "Nr faktury;Data;NIP sprzedawcy;NIP nabywcy;Lp.;Indeks;Nazwa;EAN;Ilość;J.m.;Cena netto;VAT;Nr seryjny\n"
)
ROW = "F/1;01.03.2026;526-025-02-74;7740001454;1;007;Żarówka;5901234123457;13,75;szt.;1 234,50;23%;A1, A2\n"


def read(text: str | bytes, **mapping: object) -> Invoice:
    options = ReadOptions(csv=CsvMapping.parse(mapping)) if mapping else None
    return read_invoice(text.encode() if isinstance(text, str) else text, options)


def refusal(text: str | bytes, **mapping: object) -> Unreadable:
    with pytest.raises(UnreadableInvoiceError) as refused:
        read(text, **mapping)
    assert str(refused.value)
    return refused.value.code


def test_a_polish_file_without_a_mapping() -> None:
    found = read(HEAD + ROW)
    assert (found.number, found.issued_on) == ("F/1", date(2026, 3, 1))
    assert (found.seller.tax_id, found.buyer.tax_id) == ("PL5260250274", "PL7740001454")
    line = found.lines[0]
    assert (line.number, line.seller_index, line.name, line.gtin) == ("1", "007", "Żarówka", "5901234123457")
    assert (line.quantity, line.unit, line.price_net, line.vat) == (
        Decimal("13.75"),
        "szt.",
        Decimal("1234.50"),
        "23",
    )
    assert line.serials == ("A1", "A2")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings(encoding: str, end: str) -> None:
    found = read((HEAD + ROW).replace("\n", end).encode(encoding))
    assert (found.lines[0].name, found.lines[0].quantity) == ("Żarówka", Decimal("13.75"))


def test_mixed_encodings_keep_what_can_be_read() -> None:
    found = read((HEAD + ROW).encode() + ROW.replace("Żarówka", "Świeca").encode("cp1250"))
    assert (found.lines[0].name, found.lines[0].gtin) == ("Żarówka", found.lines[1].gtin)
    assert WarningCode.BAD_BYTES in [warning.code for warning in found.warnings]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    text = (
        delimiter.join(["Nazwa", "Ilość", "Cena"])
        + "\n"
        + delimiter.join(['"Kabel, 2 m; biały"', '"2,5"', "7"])
    )
    line = read(text).lines[0]
    assert (line.name, line.quantity, line.price_net) == ("Kabel, 2 m; biały", Decimal("2.5"), 7)


def test_quoted_newlines_and_quotes() -> None:
    found = read('Nazwa;Ilość\r\n"Monitor ""24""\r\nczarny";2\r\nMysz 2";1\r\n')
    assert [(line.name, line.quantity) for line in found.lines] == [
        ('Monitor "24" czarny', 2),
        ('Mysz 2"', 1),
    ]


def test_what_excel_adds() -> None:
    found = read('sep=;\nNazwa;Indeks;Ilość\nKabel;="00123";2\n;;\n\n')
    assert [(line.seller_index, line.quantity) for line in found.lines] == [("00123", 2)]
    assert found.lines[0].seller_index == "00123"


def test_a_heading_below_a_title() -> None:
    found = read("Faktura F/9;;\nSklep;;\nNazwa;Ilość;Cena\nKabel;2;3\nRazem;;6\n")
    assert [(line.name, line.quantity) for line in found.lines] == [("Kabel", 2), ("Razem", None)]


@pytest.mark.parametrize(
    ("written", "number", "unclear"),
    [
        ("13,75", "13.75", False),
        ("13.75", "13.75", False),
        ("1 234,50", "1234.50", False),
        ("1\u00a0234,50", "1234.50", False),
        ("1.234,50", "1234.50", False),
        ("1,234.50", "1234.50", False),
        ("1.234.567", "1234567", False),
        ("1,234", "1.234", True),
        ("1.000", "1", True),
        ("0,125", "0.125", False),
        ("-2", "-2", False),
        ("5 szt", None, False),
        ("1e5", None, False),
        ("1,2,3", None, False),
        ("١", None, False),
    ],
)
def test_numbers(written: str, number: str | None, unclear: bool) -> None:
    found = read(f'Nazwa;Ilość\nKabel;"{written}"\n')
    assert found.lines[0].quantity == (None if number is None else Decimal(number))
    assert (WarningCode.UNCLEAR_NUMBER in [warning.code for warning in found.warnings]) is unclear


def test_the_mapping_says_what_is_decimal() -> None:
    columns = {"name": "Nazwa", "quantity": "Ilość"}
    for point, number in ((",", "1.234"), (".", "1234")):
        found = read('Nazwa;Ilość\nKabel;"1,234"\n', columns=columns, decimal=point)
        assert found.lines[0].quantity == Decimal(number)


def test_a_saved_mapping_by_name_and_number() -> None:
    found = read(
        "Bezeichnung;Anz;x\nKabel;2;A1\n",
        sender="Firma",
        columns={"name": "bezeichnung", "quantity": "Anz", "serials": "3"},
        values={"seller_tax_id": "DE123456789", "number": "R/1"},
    )
    assert (found.seller.tax_id, found.number) == ("DE123456789", "R/1")
    assert (found.lines[0].name, found.lines[0].quantity, found.lines[0].serials) == ("Kabel", 2, ("A1",))
    bare = read("Kabel;2\n", columns={"name": "1", "quantity": "2"}, heading=False)
    assert [(line.name, line.quantity) for line in bare.lines] == [("Kabel", 2)]


@pytest.mark.parametrize(
    ("text", "mapping", "code"),
    [
        ("a;b\n1;2\n", {}, Unreadable.NO_COLUMNS),
        ("Nazwa;Cena\nKabel;2\n", {}, Unreadable.NO_COLUMNS),
        ("Nazwa;Ilość\nKabel;2\n", {"columns": {"name": "Towar"}}, Unreadable.NO_COLUMNS),
        ('Nazwa;Ilość\n"Kabel;2\nMysz;1\n', {}, Unreadable.BROKEN_CSV),
        ("Nr faktury;Nazwa;Ilość\nF1;A;1\nF2;B;1\n", {}, Unreadable.SEVERAL_INVOICES),
        ("Nazwa;Ilość\nA;1\n", {"encoding": "nonsense"}, Unreadable.ENCODING),
        ("Nazwa;Ilość\nA;1\n", {"columns": {"colour": "Nazwa"}}, Unreadable.BAD_MAPPING),
        ("Nazwa;Ilość\nA;1\n", {"surprise": "1"}, Unreadable.BAD_MAPPING),
        ("Nazwa;Ilość\nA;1\n", {"delimiter": "::"}, Unreadable.BAD_MAPPING),
        ("Nazwa;Ilość\nA;1\n", {"heading": "yes"}, Unreadable.BAD_MAPPING),
    ],
)
def test_refused(text: str, mapping: dict[str, object], code: Unreadable) -> None:
    assert refusal(text, **mapping) is code


def test_rows_of_another_length_are_noted() -> None:
    found = read("Nazwa;Ilość;Cena\nKabel;2\n")
    assert WarningCode.SHORT_ROW in [warning.code for warning in found.warnings]


def test_the_names_of_columns_are_told_apart() -> None:
    names = [name for names in COLUMNS.values() for name in names]
    assert len(names) == len(set(names))
