"""Escape sequences of a terminal, as far as the wedge must know them: where one ends."""

import re

ESC = b"\x1b"
PASTE_START = b"\x1b[200~"
PASTE_END = b"\x1b[201~"

# ESC [ [ A is F1 on the Linux console; the second bracket would pass for a final byte.
_CSI = re.compile(rb"\x1b\[(?:\[[A-E]|(?!\[)[0-?]*[ -/]*[@-~])")
_CSI_BEGUN = re.compile(rb"\x1b\[(?:\[|[0-?]*[ -/]*)\Z")
_STRING = re.compile(rb"\x1b[\]P_^](?:[^\x07\x1b]|\x1b(?!\\))*(?:\x07|\x1b\\)")
_STRING_FIRST = b"]P_^"
_KEY = re.compile(rb"\x1b(?:\[|O[A-DFHMP-Sj-y]\Z)")


def sequence_end(data: bytes, start: int) -> int | None:
    """Return where the escape sequence at `start` ends, or None if more bytes are needed to tell.

    An ESC before anything that begins no sequence ends by itself, so that what follows, a letter typed
    with Alt or a scan, is judged on its own.
    """
    following = data[start + 1 : start + 2]
    if not following:
        return None
    if following == b"[":
        if match := _CSI.match(data, start):
            return match.end()
        return None if _CSI_BEGUN.match(data, start) else start + 1
    if following == b"O":
        return start + 3 if len(data) >= start + 3 else None
    if following in _STRING_FIRST:
        match = _STRING.match(data, start)
        return match.end() if match else None
    return start + 1


def is_key(data: bytes) -> bool:
    """Tell whether `data` is an arrow or function key, where a lone ESC announces scans as well."""
    return _KEY.match(data) is not None
