"""Numbers that come near each other: mistaken by the eye (O and 0, I and 1), or by one slip of a finger."""

from collections.abc import Iterator

LOOK: dict[str, str] = {
    "O": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2", "-": "", ".": "", "/": "", "_": "",
}  # fmt: skip
"""What each sign of a key becomes in its look: the store's indexes of looks are made by the same table."""
SIGNS = "0123456789ACDEFGHJKMNPQRTUVWXY"
"""The signs of which a look usually consists."""
LONGEST = 40
"""Signs up to which every slip is tried; of longer numbers only those that lose or swap a sign."""
MOST_VARIANTS = 12
_ALIKE = ("O0", "IL1", "S5", "B8", "Z2")


def look_of(key: str) -> str:
    """Return what a number's key looks like: keys that the eye takes for each other look the same."""
    return "".join(LOOK.get(sign, sign) for sign in key)


def slips(look: str) -> set[str]:
    """Return the looks that are one slip away: a sign too many, too few, another one, or two swapped."""
    return set(_slips(look)) - {look}


def _slips(look: str) -> Iterator[str]:
    for place in range(len(look)):
        yield look[:place] + look[place + 1 :]
        yield look[:place] + look[place : place + 2][::-1] + look[place + 2 :]
    if len(look) > LONGEST:
        return
    for place in range(len(look) + 1):
        for sign in SIGNS:
            yield look[:place] + sign + look[place:]
            yield look[:place] + sign + look[place + 1 :]


def variants(key: str) -> list[str]:
    """Return a part of a number as the eye may have taken it for, at most `MOST_VARIANTS` and not itself.

    First with a digit for every letter that looks like one, then with one sign changed.
    """
    digits = "".join(next((alike[-1] for alike in _ALIKE if sign in alike), sign) for sign in key)
    found = [digits]
    for place, sign in enumerate(key):
        alike = next((alike for alike in _ALIKE if sign in alike), "")
        found += [key[:place] + other + key[place + 1 :] for other in alike]
    return [text for text in dict.fromkeys(found) if text != key][:MOST_VARIANTS]
