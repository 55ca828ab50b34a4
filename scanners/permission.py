"""The udev rule that lets a person read one scanner, and no keyboard."""

from importlib.resources import files

from scanners.devices import Device
from scanners.settings import ScannerKind

RULES_FILE = "60-sztuka-scanner.rules"


def rule_for(device: Device) -> str:
    """Return the rule that gives the group plugdev and the person at the machine access to `device`.

    Of a serial port it keeps ModemManager away as well, in a second line.
    """
    match = (
        f'ATTRS{{idVendor}}=="{device.vendor}", ATTRS{{idProduct}}=="{device.product}"'
        if device.bus == "usb"
        else f'ATTRS{{name}}=="{device.name}"'
    )
    subsystem = "tty" if device.kind is ScannerKind.SERIAL else "input"
    rule = f'SUBSYSTEM=="{subsystem}", {match}, GROUP="plugdev", MODE="0660", TAG+="uaccess"'
    if device.kind is not ScannerKind.SERIAL:
        return rule
    usb = match.replace("ATTRS", "ATTR")
    return f'{rule}, ENV{{ID_MM_PORT_IGNORE}}="1"\nSUBSYSTEM=="usb", {usb}, ENV{{ID_MM_DEVICE_IGNORE}}="1"'


def example_rules() -> str:
    """Return the rules file that is shipped, with its explanations."""
    return (files("scanners") / RULES_FILE).read_text("utf-8")
