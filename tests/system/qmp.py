"""QEMU's monitor (QMP): type on the keyboards of the guest, unplug them and plug them in."""

import json
import socket
from pathlib import Path
from typing import Any, Self

TIMEOUT = 300.0
HOLD_MS = 20
"""Between two key events. QEMU's keyboard keeps 16 of them for a guest that stands still, and drops the rest
without a word: this outlasts a third of a second on a busy machine.
"""
_NAMES = {
    "\n": "ret", "\t": "tab", " ": "spc", "-": "minus", "=": "equal", "/": "slash", ".": "dot", ",": "comma",
    "[": "bracket_left", "]": "bracket_right", ";": "semicolon", "'": "apostrophe",
}  # fmt: skip
_SHIFTED = {":": ";", "_": "-", "+": "=", "?": "/", "(": "9", ")": "0", "*": "8", "%": "5", "$": "4"}


class QmpError(Exception):
    """QEMU refused a command."""


class Qmp:
    """A connection to the monitor at a UNIX socket."""

    def __init__(self, path: Path) -> None:
        """Connect. Raises OSError while QEMU does not listen yet."""
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(TIMEOUT)
        try:
            self._socket.connect(str(path))
        except OSError:
            self._socket.close()
            raise
        self._lines = self._socket.makefile("rb")
        self._events: list[str] = []
        self._read()  # the greeting
        self.do("qmp_capabilities")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._lines.close()
        self._socket.close()

    def do(self, command: str, **arguments: Any) -> Any:
        """Run a command and return its answer. Raises QmpError."""
        self._socket.sendall(json.dumps({"execute": command, "arguments": arguments}).encode())
        while True:
            message = self._read()
            if "return" in message:
                return message["return"]
            if "error" in message:
                raise QmpError(f"{command}: {message['error']['desc']}")
            self._events.append(message["event"])

    def wait_event(self, name: str) -> None:
        """Return when QEMU has told the event `name`, now or before."""
        while name not in self._events:
            self._events.append(self._read()["event"])
        self._events.remove(name)

    def type_paced(self, text: str, hold_ms: int = HOLD_MS) -> None:
        """Type on the keyboard that no display owns; QEMU itself leaves `hold_ms` between the key events."""
        for char in text:
            keys = [{"type": "qcode", "data": name} for name in qcodes(char)]
            self.do("send-key", keys=keys, **{"hold-time": hold_ms})

    def press(self, display: str, *names: str) -> None:
        """Press and release the keys `names` together, on the keyboard of `display`."""
        keys = [{"type": "qcode", "data": name} for name in names]
        for down, ordered in ((True, keys), (False, keys[::-1])):
            events = [{"type": "key", "data": {"down": down, "key": key}} for key in ordered]
            self.do("input-send-event", device=display, events=events)

    def _read(self) -> dict[str, Any]:
        line = self._lines.readline()
        if not line:
            raise EOFError("QEMU has ended")
        message: dict[str, Any] = json.loads(line)
        return message


def qcodes(char: str) -> list[str]:
    """Return the keys that make `char` on an American keyboard."""
    if char in _SHIFTED:
        return ["shift", *qcodes(_SHIFTED[char])]
    if char.isupper():
        return ["shift", char.lower()]
    return [_NAMES.get(char, char)]
