"""Whether a device is the one that was read before, or another one that got its path.

Paths are given away again: what is plugged in next gets /dev/ttyUSB0, the next terminal that somebody opens
/dev/pts/3. An id says itself what it means; a path does so only while the same device is behind it.
"""

import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from scanners.devices import REAL, Device, Roots

_PTS_MAJORS = range(136, 144)
_PTS = "pts "
_MODEL_IDS = ("usb:", "bt:", "by-id:", "name:", "port:", "by-path:")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a device was when it was read, in words of the kernel that are compared and never shown."""

    device: str
    link: str = ""
    """Of a configured path that is a link: when it was made. Made anew it names a device anew."""

    def is_kept_by(self, now: "Identity") -> bool:
        """Tell whether `now` is the same device, or one that the owner of the link put in its place."""
        return now.device == self.device or bool(now.link and now.link != self.link)

    def after_loss(self) -> "Identity":
        """Return what is to be looked for once it is gone: a terminal that hung up never comes back."""
        return replace(self, device="") if self.device.startswith(_PTS) else self


def identify(device: Device, wanted: str, roots: Roots = REAL) -> Identity | None:
    """Return what `device`, found by the id `wanted`, is now; None: it is gone meanwhile."""
    try:
        link = _link(wanted)
        if not device.vendor:
            return Identity(_node(device.path, roots), link)
    except OSError:
        return None
    model = f"{device.bus}:{device.vendor}:{device.product}"
    if wanted.startswith(_MODEL_IDS):
        return Identity(model)  # the id itself says which of them
    own = f"{device.serial} {_interface(device.port)}" if device.serial else f"at {device.port}"
    return Identity(f"{model} {own}", link)


def _link(wanted: str) -> str:
    if not wanted.startswith("/"):
        return ""
    about = os.lstat(wanted)
    return f"{about.st_ino} {about.st_ctime_ns}" if stat.S_ISLNK(about.st_mode) else ""


def _node(path: Path, roots: Roots) -> str:
    """Return what tells a device of which the kernel knows no maker from others with its path."""
    about = path.stat()
    number = f"{os.major(about.st_rdev)}:{os.minor(about.st_rdev)}"
    if os.major(about.st_rdev) in _PTS_MAJORS:
        return f"{_PTS}{number} {about.st_ctime_ns}"
    entry = roots.sys / "tty" / path.resolve().name
    try:
        address = (entry / "address").read_text().strip()  # of a Bluetooth serial port
    except OSError:
        address = ""
    return f"{number} {entry.resolve() if entry.exists() else about.st_ino} {address}".rstrip()


def _interface(port: str) -> str:
    """Return which part of a device with several it is: `1.0` of `1-2:1.0`, `input1` of `usb-1/input1`."""
    return port.replace("/", ":").rpartition(":")[2]
