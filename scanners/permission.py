"""The udev rule that lets a person read one scanner, and no keyboard."""

import os
import re
from importlib.resources import files
from pathlib import Path

from scanners.devices import Device
from scanners.settings import ScannerKind

RULES_FILE = "60-sztuka-scanner.rules"
RULES_PATH = Path("/etc/udev/rules.d") / RULES_FILE
RELOAD = "udevadm control --reload && udevadm trigger --subsystem-match=input --subsystem-match=tty"
"""What makes udev take a new rule, to be run by whoever may."""

# What a device calls itself is put into a file that root reads: a quote in it must not end the match, nor
# anything in it be a pattern. `?` matches any one character.
_NOT_PLAIN = re.compile(r"[^\w .,:;()+/&-]")


def may_read(device: Device) -> bool:
    """Tell whether this user may open `device` as it must be opened for scanning."""
    needed = os.R_OK | os.W_OK if device.kind is ScannerKind.SERIAL else os.R_OK
    return os.access(device.path, needed)


def rule_for(device: Device) -> str:
    """Return the rule that gives the group plugdev and the person at the machine access to `device`.

    Of a serial port it keeps ModemManager away as well, of a USB one in a second line.
    """
    is_serial, is_usb = device.kind is ScannerKind.SERIAL, device.bus == "usb"
    if is_usb:
        match = f'ATTRS{{idVendor}}=="{device.vendor}", ATTRS{{idProduct}}=="{device.product}"'
    elif is_serial:
        match = f'KERNEL=="{_plain(device.path.name)}"'
    else:
        match = f'ATTRS{{name}}=="{_plain(device.name)}"'
    subsystem = "tty" if is_serial else "input"
    rule = f'SUBSYSTEM=="{subsystem}", {match}, GROUP="plugdev", MODE="0660", TAG+="uaccess"'
    if not is_serial:
        return rule
    rule += ', ENV{ID_MM_PORT_IGNORE}="1"'
    if not is_usb:
        return rule
    usb = match.replace("ATTRS", "ATTR")
    return f'{rule}\nSUBSYSTEM=="usb", {usb}, ENV{{ID_MM_DEVICE_IGNORE}}="1"'


def example_rules() -> str:
    """Return the rules file that is shipped, with its explanations."""
    return (files("scanners") / RULES_FILE).read_text("utf-8")


def _plain(text: str) -> str:
    return _NOT_PLAIN.sub("?", text)
