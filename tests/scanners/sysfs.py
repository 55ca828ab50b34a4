"""A machine for tests: the kernel's folders of devices, plugged in and out at will."""

import shutil
from pathlib import Path

from scanners.devices import Roots

KEYBOARD_BITS = "402000000 3803078f800d001 feffffdfffefffff fffffffffffffffe"
MOUSE_BITS = "1f0000 0 0 0 0"


class Machine:
    """Folders below `root` that look as the kernel's do."""

    def __init__(self, root: Path) -> None:
        self.roots = Roots(sys=root / "sys/class", dev=root / "dev")
        for folder in (self.roots.sys / "input", self.roots.sys / "tty", self.roots.dev / "input"):
            folder.mkdir(parents=True)

    def keyboard(
        self,
        number: int,
        name: str = "Scanner",
        *,
        bus: str = "0003",
        model: str = "0c2e:0901",
        serial: str = "",
        port: str = "usb-0000:00:14.0-1/input0",
        bits: str = KEYBOARD_BITS,
        by_id: str = "",
    ) -> Path:
        """Plug in a keyboard (or with other `bits` something else) and return its node."""
        about = self.roots.sys / f"input/event{number}/device"
        vendor, product = model.split(":")
        facts = {
            "name": name, "uniq": serial, "phys": port, "capabilities/key": bits,
            "id/bustype": bus, "id/vendor": vendor, "id/product": product,
        }  # fmt: skip
        for fact, value in facts.items():
            (about / fact).parent.mkdir(parents=True, exist_ok=True)
            (about / fact).write_text(f"{value}\n")
        node = self.roots.dev / f"input/event{number}"
        node.touch()
        if by_id:
            self.link(self.roots.dev / "input/by-id" / by_id, node)
        return node

    def serial_port(
        self,
        name: str = "ttyACM0",
        *,
        model: str = "0c2e:090a",
        serial: str = "S1",
        port: str = "",
        target: str = "",
    ) -> Path:
        """Plug in a USB serial port and return its node, a link to `target` if given."""
        interface = self.roots.sys.parent / f"devices/usb1/{name}/{port or f'{name}:1.0'}"
        usb = interface.parent
        interface.mkdir(parents=True, exist_ok=True)
        vendor, product = model.split(":")
        for fact, value in {
            "idVendor": vendor,
            "idProduct": product,
            "serial": serial,
            "product": "Scanner COM",
        }.items():
            (usb / fact).write_text(f"{value}\n")
        entry = self.roots.sys / "tty" / name
        entry.mkdir()
        (entry / "device").symlink_to(interface)
        node = self.roots.dev / name
        if target:
            node.symlink_to(target)
        else:
            node.touch()
        return node

    def unplug(self, node: Path) -> None:
        """Take a device away, with its node."""
        node.unlink(missing_ok=True)
        folder = "input" if node.parent.name == "input" else "tty"
        shutil.rmtree(self.roots.sys / folder / node.name)

    @staticmethod
    def link(link: Path, node: Path) -> None:
        """Give a node one more name, as udev does."""
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(node)
