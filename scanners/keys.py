"""Key codes of Linux (input-event-codes.h), as far as scanners press them."""

EV_SYN, EV_KEY = 0, 1
SYN_REPORT, SYN_DROPPED = 0, 3
RELEASED, PRESSED, REPEATED = 0, 1, 2

CAPS_LOCK, NUM_LOCK = 58, 69
ENTER, TAB, KEYPAD_ENTER = 28, 15, 96
SHIFTS = frozenset({42, 54})
CTRLS = frozenset({29, 97})
ALT, ALT_GR = 56, 100
MODIFIERS = SHIFTS | CTRLS | {ALT, ALT_GR}

CONTROL = {ENTER: "\r", KEYPAD_ENTER: "\r", TAB: "\t"}

KEYPAD = {
    71: "7", 72: "8", 73: "9", 74: "-", 75: "4", 76: "5", 77: "6", 78: "+", 79: "1", 80: "2", 81: "3",
    82: "0", 83: ".", 55: "*", 98: "/", 117: "=", 121: ",",
}  # fmt: skip

# By position, whatever the layout: GS as Ctrl+] has no such character on a German keyboard.
WITH_CTRL = {
    **{code: chr(1 + "abcdefghijklmnopqrstuvwxyz".index(char)) for row, first in
       (("qwertyuiop", 16), ("asdfghjkl", 30), ("zxcvbnm", 44))
       for code, char in enumerate(row, first)},
    26: "\x1b", 43: "\x1c", 27: "\x1d", 7: "\x1e", 12: "\x1f", 3: "\0", 57: "\0",
}  # fmt: skip
