"""Small rules that imports rest on: tax ids, units of measure, serials in texts."""

from decimal import Decimal

import pytest

from store.domain.measures import counts_pieces, whole_pieces
from store.domain.serial_text import serials_in, split
from store.domain.tax_ids import canonical, is_nip


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("7740001454", "", "PL7740001454"),
        ("774-000-14-54", "", "PL7740001454"),
        ("pl 774 000 14 54", "", "PL7740001454"),
        ("7740001454", "DE", "DE7740001454"),
        ("PL7740001454", "DE", "PL7740001454"),
        ("CZ7740001454", "PL", "CZ7740001454"),
        ("123456789", "", "123456789"),
        ("123456789", "DE", "DE123456789"),
        ("5790000435951", "", "5790000435951"),
        (" - ", "PL", ""),
    ],
)
def test_tax_ids(text: str, country: str, found: str) -> None:
    assert canonical(text, country) == found


@pytest.mark.parametrize(
    ("tax_id", "right"), [("PL7740001454", True), ("PL7740001455", False), ("DE7740001454", False)]
)
def test_the_check_digit_of_a_nip(tax_id: str, right: bool) -> None:
    assert is_nip(tax_id) is right


@pytest.mark.parametrize(
    "unit", ["szt.", "SZT", " szt ", "sztuk", "kpl.", "pcs", "C62", "EA", "H87", "st.", "", "-"]
)
def test_units_that_count_pieces(unit: str) -> None:
    assert counts_pieces(unit)


@pytest.mark.parametrize(
    "unit", ["kg", "m", "mb.", "m2", "l", "godz.", "usł.", "op.", "para", "KGM", "HUR", "XPK", "xyz"]
)
def test_units_that_do_not(unit: str) -> None:
    assert not counts_pieces(unit)


def test_fractions_are_no_whole_pieces() -> None:
    assert whole_pieces(Decimal("2.000"), "szt.")
    assert not whole_pieces(Decimal("2.5"), "szt.")


@pytest.mark.parametrize(
    ("text", "pattern", "found"),
    [
        ("Router X S/N: AB1234, AB1235", None, ("AB1234", "AB1235")),
        ("Router X (nr seryjny AB1234) czarny", None, ("AB1234",)),
        ("Telefon IMEI: 356938035643809.", None, ("356938035643809",)),
        ("Router X SN:AB1234 gwarancja 24 miesiące", None, ("AB1234",)),
        ("Router AB1234", None, ()),
        ("Displacement sensor 1234567", None, ()),
        ("ASN 1234567", None, ()),
        ("Router AB1234 i ab1235 oraz 12345", r"AB\d{4}", ("AB1234", "ab1235")),
        ("Router SN:AB1234", r"AB\d{4}", ("AB1234",)),
        ("Router AB1234 AB1234", r"AB\d{4}", ("AB1234",)),
        ("", r"AB\d{4}", ()),
    ],
)
def test_serials_in_a_text(text: str, pattern: str | None, found: tuple[str, ...]) -> None:
    assert serials_in(text, pattern) == found


def test_serials_of_a_field_are_parted_and_keep_their_spaces() -> None:
    assert split("A 1; B-2,\nC3 | ") == ("A 1", "B-2", "C3")


def test_serials_come_in_the_order_of_the_text() -> None:
    assert serials_in("SN: B200, A100, b200", None) == ("B200", "A100")
