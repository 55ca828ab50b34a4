"""Which input devices there are, and by what id each is known again after unplugging and rebooting.

All of it is read from sysfs, so it works without permission to open the devices and without udev.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scanners.settings import ScannerKind

_BUSES = {"0003": "usb", "0005": "bt"}
_KEY_1, _KEY_ENTER = 2, 28
_BITS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Roots:
    """Where the kernel shows its devices; other folders in tests."""

    sys: Path = Path("/sys/class")
    dev: Path = Path("/dev")


REAL = Roots()


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A keyboard or serial port as it is now; which of them is a scanner only its owner knows."""

    kind: ScannerKind
    path: Path
    name: str
    bus: str = ""
    vendor: str = ""
    product: str = ""
    serial: str = ""
    """The maker's serial, or the address of a Bluetooth device; often empty."""
    port: str = ""
    """The socket it is plugged into, with its interface."""
    links: tuple[str, ...] = ()
    """Names that udev gave it: `by-id:...`, `by-path:...`."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that means this device, the best first."""
        model = f"{self.bus}:{self.vendor}:{self.product}" if self.vendor else ""
        found = (
            f"{model}:{self.serial}" if model and self.serial else "",
            model,
            f"port:{self.port}" if self.port else "",
            *self.links,
            f"name:{self.name}" if self.name else "",
            str(self.path),
        )
        return tuple(each for each in found if each)


def devices(roots: Roots = REAL) -> list[Device]:
    """Return the keyboards and serial ports there are, by path."""
    return keyboards(roots) + serial_ports(roots)


def matching(wanted: str, found: Sequence[Device]) -> list[Device]:
    """Return those of `found` that the id `wanted` means: none, one, or twins that it cannot tell apart."""
    path = str(Path(wanted).resolve()) if wanted.startswith("/") else wanted
    return [device for device in found if path in device.ids]


def find(wanted: str, kind: ScannerKind, roots: Roots = REAL) -> list[Device]:
    """Return the devices of `kind` that the id `wanted` means now.

    A path is taken at its word, also where the kernel tells nothing more about it (a built-in serial port).
    """
    found = keyboards(roots) if kind is ScannerKind.EVDEV else serial_ports(roots)
    matches = matching(wanted, found)
    if not matches and wanted.startswith("/") and Path(wanted).exists():
        return [Device(kind=kind, path=Path(wanted), name=Path(wanted).name)]
    return matches


def stable_id(device: Device, found: Sequence[Device]) -> str:
    """Return the best id that means `device` and no other of `found`; its path if there is none."""
    return next((each for each in device.ids if len(matching(each, found)) == 1), str(device.path))


def keyboards(roots: Roots = REAL) -> list[Device]:
    """Return the input devices that have digits and Enter."""
    links = _links(roots.dev / "input")
    found = []
    for entry in sorted(roots.sys.glob("input/event*"), key=lambda path: int(path.name[5:])):
        about = entry / "device"
        if not _has_keys(_read(about / "capabilities/key")):
            continue
        found.append(
            Device(
                kind=ScannerKind.EVDEV,
                path=roots.dev / "input" / entry.name,
                name=_read(about / "name"),
                bus=_BUSES.get(_read(about / "id/bustype"), "dev"),
                vendor=_read(about / "id/vendor"),
                product=_read(about / "id/product"),
                serial=_read(about / "uniq"),
                port=_read(about / "phys"),
                links=links.get(entry.name, ()),
            )
        )
    return found


def serial_ports(roots: Roots = REAL) -> list[Device]:
    """Return the serial ports of USB devices. Built-in ones are used by their path."""
    links = _links(roots.dev / "serial")
    found = []
    for entry in sorted([*roots.sys.glob("tty/ttyACM*"), *roots.sys.glob("tty/ttyUSB*")]):
        interface = (entry / "device").resolve()
        about = next((each for each in interface.parents if (each / "idVendor").exists()), interface)
        found.append(
            Device(
                kind=ScannerKind.SERIAL,
                path=roots.dev / entry.name,
                name=_read(about / "product") or entry.name,
                bus="usb",
                vendor=_read(about / "idVendor"),
                product=_read(about / "idProduct"),
                serial=_read(about / "serial"),
                port=interface.name,
                links=links.get(entry.name, ()),
            )
        )
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""  # unplugged meanwhile, or the device does not say


def _has_keys(words: str) -> bool:
    """Look at a bitmap as sysfs prints it: words of 64 bits in hexadecimal, the highest first."""
    bits = 0
    for word in words.split():
        bits = bits << _BITS | int(word, 16)
    return bool(bits >> _KEY_1 & 1 and bits >> _KEY_ENTER & 1)


def _links(folder: Path) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind in ("by-id", "by-path"):
        for link in sorted(folder.glob(f"{kind}/*")):
            name = link.resolve().name
            found[name] = (*found.get(name, ()), f"{kind}:{link.name}")
    return found
