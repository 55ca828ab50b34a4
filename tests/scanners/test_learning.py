"""Scanner or person: speed, fingers, length; and what one code tells of the settings."""

from pathlib import Path

import pytest

from scanners import keys
from scanners.devices import Device
from scanners.layouts import names
from scanners.learning import CHECK_CODE, Burst, Verdict, examine
from scanners.settings import ScannerKind, Terminator
from tests.scanners.keyboard import ENTER, SYNC, Event, packed, press, type_text

KEYBOARD = Device(kind=ScannerKind.EVDEV, path=Path("/dev/input/event1"), name="Scanner")
SERIAL = Device(kind=ScannerKind.SERIAL, path=Path("/dev/ttyACM0"), name="Scanner")
SENT = {Terminator.ENTER: "\r", Terminator.TAB: "\t", Terminator.NUL: "\0", Terminator.NONE: ""}


def burst(events: list[Event]) -> Burst:
    return Burst(device=KEYBOARD, data=packed(events))


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("terminator", Terminator)
def test_the_check_code_tells_layout_and_end(name: str, terminator: Terminator) -> None:
    finding = examine(burst(type_text(CHECK_CODE + SENT[terminator], name=name, start=1.0)))
    assert (finding.verdict, finding.terminator) == (Verdict.SCAN, terminator)
    assert dict(finding.readings) == {CHECK_CODE: ("us", "pl") if name in {"us", "pl"} else (name,)}


def test_a_gtin_tells_layouts_with_digits_under_shift() -> None:
    finding = examine(burst(type_text("5901234123457\r", name="fr", start=1.0)))
    assert dict(finding.readings) == {"5901234123457": ("cz", "fr")}


def test_any_other_code_leaves_a_choice() -> None:
    readings = examine(burst(type_text("SN-12Y\r", name="de", start=1.0))).readings
    assert readings["SN-12Y"] == ("de",)
    assert readings["SN/12Z"][0] == "us"


@pytest.mark.parametrize(("gap", "verdict"), [(0.02, Verdict.SCAN), (0.05, Verdict.TYPED)])
def test_speed(gap: float, verdict: Verdict) -> None:
    assert examine(burst(type_text("5901234123457\r", start=1.0, gap=gap))).verdict is verdict


def test_a_hand_on_the_keyboard_is_fast_but_no_scanner() -> None:
    codes = [30, 31, 32, 33, 34, 35, 36, ENTER]
    down: list[Event] = [
        event for code in codes for event in ((keys.EV_KEY, code, keys.PRESSED, 1.0), (*SYNC, 1.0))
    ]
    assert examine(burst(down)).verdict is Verdict.TYPED


def test_a_key_that_repeats_itself_is_one_key() -> None:
    held = [(keys.EV_KEY, 30, keys.PRESSED, 1.0)]
    held += [(keys.EV_KEY, 30, keys.REPEATED, 1.0 + number / 30) for number in range(20)]
    assert examine(burst(held)).verdict is Verdict.TYPED


def test_the_release_of_the_key_that_started_the_command_is_nothing() -> None:
    assert examine(burst([(keys.EV_KEY, ENTER, keys.RELEASED, 1.0), (*SYNC, 1.0)])).verdict is Verdict.NOTHING


def test_too_short_to_tell() -> None:
    assert examine(burst(type_text("AB1\r", start=1.0))).verdict is Verdict.SHORT


def test_keys_without_characters_are_no_text() -> None:
    assert examine(burst(press(*range(59, 66), start=1.0))).verdict is Verdict.UNREADABLE


def test_a_serial_port() -> None:
    finding = examine(Burst(device=SERIAL, data=b"SN-1\0"))
    assert (finding.terminator, dict(finding.readings)) == (Terminator.NUL, {"SN-1": ("us",)})
    assert examine(Burst(device=SERIAL, data=b"\xff\xfe\x80")).verdict is Verdict.UNREADABLE
