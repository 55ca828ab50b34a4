"""GTINs as they are compared: 14 digits with a right check digit (GS1 General Specifications, 7.9)."""

LENGTHS = frozenset({8, 12, 13, 14})


def check_digit(digits: str) -> int:
    """Return the check digit that belongs behind `digits`: weights 3 and 1, from the right."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return -total % 10


def normalised(text: str) -> str | None:
    """Return the 14-digit form of a GTIN-8, 12, 13 or 14, or None when `text` is none of them."""
    text = text.strip()
    if len(text) not in LENGTHS or not (text.isascii() and text.isdigit()):
        return None
    return text.zfill(14) if check_digit(text[:-1]) == int(text[-1]) else None
