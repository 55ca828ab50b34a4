"""A tool for developers: write the layout tables from libxkbcommon and xkb-data.

Run `python -m scanners.layouts.generate [NAME...]` on a Debian machine with libxkbcommon0 and xkb-data, look
at the difference and commit it. The program itself needs neither: it runs where there is no X or Wayland.
"""

import ctypes
import json
import sys
import unicodedata
from pathlib import Path

NAMES = ("us", "pl", "de", "fr", "gb", "cz", "es", "it")
# The keys of the typing area; the keypad means the same under every layout.
KEYS = (*range(2, 14), *range(16, 28), *range(30, 42), *range(43, 54), 57, 86)
_XKB_OFFSET = 8
_DEAD = {
    "dead_grave": "\u0300", "dead_acute": "\u0301", "dead_circumflex": "\u0302", "dead_tilde": "\u0303",
    "dead_macron": "\u0304", "dead_breve": "\u0306", "dead_abovedot": "\u0307", "dead_diaeresis": "\u0308",
    "dead_abovering": "\u030a", "dead_doubleacute": "\u030b", "dead_caron": "\u030c",
    "dead_cedilla": "\u0327", "dead_ogonek": "\u0328",
}  # fmt: skip


class _RuleNames(ctypes.Structure):
    _fields_ = [(name, ctypes.c_char_p) for name in ("rules", "model", "layout", "variant", "options")]


def _library() -> ctypes.CDLL:
    library = ctypes.CDLL("libxkbcommon.so.0")
    for function in ("xkb_context_new", "xkb_keymap_new_from_names", "xkb_state_new"):
        getattr(library, function).restype = ctypes.c_void_p
    return library


def table(name: str) -> dict[str, list[str]]:
    """Return the rows of layout `name` by key code. Raises ValueError when xkb-data does not know it."""
    library = _library()
    context = ctypes.c_void_p(library.xkb_context_new(0))
    rules = _RuleNames(b"evdev", b"pc105", name.encode(), b"", b"")
    address = library.xkb_keymap_new_from_names(context, ctypes.byref(rules), 0)
    if not address:
        raise ValueError(name)
    keymap = ctypes.c_void_p(address)
    state = ctypes.c_void_p(library.xkb_state_new(keymap))
    shift, altgr = (1 << library.xkb_keymap_mod_get_index(keymap, mod) for mod in (b"Shift", b"Mod5"))
    rows = {}
    for key in KEYS:
        row = []
        for mask in (0, shift, altgr, shift | altgr):
            library.xkb_state_update_mask(state, mask, 0, 0, 0, 0, 0)
            row.append(_character(library, state, key + _XKB_OFFSET))
        rows[str(key)] = row
    return rows


def _character(library: ctypes.CDLL, state: ctypes.c_void_p, code: int) -> str:
    if char := library.xkb_state_key_get_utf32(state, code):
        text = chr(char)
        return "" if unicodedata.category(text) == "Cc" else text
    buffer = ctypes.create_string_buffer(64)
    library.xkb_keysym_get_name(library.xkb_state_key_get_one_sym(state, code), buffer, len(buffer))
    return _DEAD.get(buffer.value.decode(), "")


def main(wanted: list[str]) -> None:
    """Write the tables of the `wanted` layouts, or all, beside this file."""
    for name in wanted or NAMES:
        rows = ",\n".join(
            f"{json.dumps(key)}: {json.dumps(row, ensure_ascii=False)}" for key, row in table(name).items()
        )
        (Path(__file__).parent / f"{name}.json").write_text("{\n" + rows + "\n}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
