"""The udev rule: for one scanner, never for all keyboards, and with nothing in it that a device made up."""

import os
import re
from pathlib import Path

import pytest

from scanners.devices import Device
from scanners.permission import RULES_FILE, RULES_PATH, example_rules, may_read, rule_for
from scanners.settings import ScannerKind

KEYBOARD = Device(
    kind=ScannerKind.EVDEV, path=Path("/dev/input/event5"), name="Scanner", bus="usb", vendor="0c2e",
    product="0901",
)  # fmt: skip
SERIAL = Device(
    kind=ScannerKind.SERIAL,
    path=Path("/dev/ttyACM0"),
    name="Scanner",
    bus="usb",
    vendor="0c2e",
    product="090a",
)
BLUETOOTH = Device(kind=ScannerKind.EVDEV, path=Path("/dev/input/event6"), name="RF Scanner", bus="bt")
BUILT_IN = Device(kind=ScannerKind.SERIAL, path=Path("/dev/ttyS0"), name="ttyS0")
MATCH = r'(SUBSYSTEM|KERNEL|ATTRS?\{\w+\})=="[^"]+"'
ASSIGNMENT = r'(GROUP="plugdev"|MODE="0660"|TAG\+="uaccess"|ENV\{ID_MM_(PORT|DEVICE)_IGNORE\}="1")'
LINE = re.compile(rf"{MATCH}(, {MATCH})+(, {ASSIGNMENT})+")


@pytest.mark.parametrize("device", [KEYBOARD, SERIAL, BLUETOOTH, BUILT_IN])
def test_each_line_names_one_device(device: Device) -> None:
    lines = rule_for(device).splitlines()
    assert all(LINE.fullmatch(line) for line in lines), lines
    assert len(lines) == (2 if device is SERIAL else 1)


def test_the_rule_that_is_shipped_says_the_same() -> None:
    examples = [line.removeprefix("#") for line in example_rules().splitlines() if "SUBSYSTEM" in line[:11]]
    assert examples == [rule_for(KEYBOARD), *rule_for(SERIAL).splitlines()]
    assert str(RULES_PATH) in example_rules()
    assert RULES_PATH.name == RULES_FILE


@pytest.mark.parametrize("name", ['x", RUN+="/bin/sh', "a*", "[a-z]", "a\nRUN+=b", "a\\"])
def test_a_name_that_a_device_made_up_is_no_rule(name: str) -> None:
    evil = Device(kind=ScannerKind.EVDEV, path=Path("/dev/input/event6"), name=name, bus="bt")
    rule = rule_for(evil)
    assert LINE.fullmatch(rule), rule
    assert "*" not in rule


def test_a_serial_port_must_be_writable_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def access(_path: Path, mode: int) -> bool:
        asked.append(mode)
        return True

    monkeypatch.setattr(os, "access", access)
    assert may_read(KEYBOARD)
    assert may_read(SERIAL)
    assert asked == [os.R_OK, os.R_OK | os.W_OK]
