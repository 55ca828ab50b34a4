"""Codes too short to be known by their length: scans where nobody writes, keys where somebody may."""

import pytest

from scanners.settings import WedgeSettings
from scanners.wedge import TORN_SECONDS, Wedge
from scanners.wedge_events import Burst, Keys, Torn
from tests.scanners.test_wedge import run, typed, walking, wedge

SHORT = ["A1", "12", "B-07", "104", "PL-01"]


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("end", ["\r", "\t", "\r\n"])
def test_where_nobody_writes_a_short_code_is_a_scan(text: str, end: str) -> None:
    """Taken for keys its digits would choose rows and answer questions."""
    assert run(walking(), [(0.0, (text + end).encode())]) == [Burst(text)]
    assert run(walking(), typed(text + end, 0.008)) == [Burst(text)]
    assert run(walking(), [(0.0, b"1"), (0.5, (text + end).encode())]) == [Keys(b"1"), Burst(text)]


@pytest.mark.parametrize("text", SHORT)
def test_in_a_field_it_is_typing(text: str) -> None:
    """A slow network delivers a quantity or a PIN and its Enter at once, and a PIN must not be shown."""
    assert run(wedge(), [(0.0, f"{text}\r".encode())]) == [Keys(f"{text}\r".encode())]


@pytest.mark.parametrize("text", ["1", "11", "0000"])
def test_one_key_and_a_key_again_and_again_are_typing(text: str) -> None:
    assert run(walking(), [(0.0, f"{text}\r".encode())]) == [Keys(f"{text}\r".encode())]


@pytest.mark.parametrize(
    "data", [b"\x1b[B12\r", b"\x1bOQ12\r", b"12\r\x1b[B", b"12\r\x7f", b"\t12\r"], ids=repr
)
def test_with_other_keys_in_the_same_read_it_was_typed_ahead(data: bytes) -> None:
    assert run(walking(), [(0.0, data)]) == [Keys(data)]


def test_scans_that_a_network_held_back_are_scans_one_after_the_other() -> None:
    assert run(walking(), [(0.0, b"A1\rB-07\r12\r")]) == [Burst("A1"), Burst("B-07"), Burst("12")]


@pytest.mark.parametrize("interval", [0.06, 0.1, 0.2])
def test_typed_digits_and_enter_are_typing(interval: float) -> None:
    assert run(walking(), typed("12\r", interval)) == [Keys(b"12\r")]


@pytest.mark.parametrize("stall", [0.03, 0.2, 0.6, 1.9])
def test_the_short_end_of_a_longer_code_is_no_code(stall: float) -> None:
    chunks = [(0.0, b"ABCDEFGH"), (stall, b"123\r")]
    assert run(walking(), chunks) == [Keys(b"ABCDEFGH"), Torn("123")]
    assert run(walking(), [*chunks, (stall + TORN_SECONDS, b"A1\r")])[-1] == Burst("A1")


def test_without_its_end_it_is_typing() -> None:
    assert run(walking(), [(0.0, b"12")]) == [Keys(b"12")]


def test_the_least_length_says_what_is_short_in_fields_alone() -> None:
    long = Wedge(WedgeSettings(min_length=12), writing=lambda: False)
    assert run(long, [(0.0, b"WX-2210\r")]) == [Burst("WX-2210")]
    assert run(wedge(min_length=12), [(0.0, b"WX-2210\r")]) == [Keys(b"WX-2210\r")]
