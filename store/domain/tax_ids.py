"""Tax ids as they are compared: with their country in front, without spaces and dashes."""

import re

from store.domain.serials import key_of

POLAND = "PL"
_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_NIP = re.compile(r"\d{10}", re.ASCII)
_PREFIXED = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,}", re.ASCII)


def canonical(text: str, country: str = "") -> str:
    """Return a tax id as it is compared: `PL1111111111`, `DE123456789`; empty if nothing is left.

    Ten bare digits are a NIP unless `country` says otherwise. A prefix that the text has itself goes before
    `country`, which is often that of the address and not of the tax id.
    """
    plain = re.sub(r"[^0-9A-Z+*]", "", key_of(text))
    country = key_of(country)
    if _NIP.fullmatch(plain) and country in {"", POLAND}:
        return POLAND + plain
    if not plain or _PREFIXED.fullmatch(plain) or len(country) != 2:
        return plain
    return country + plain


def bare(text: str) -> str:
    """Return a tax id as parties are found by it: canonical, a Polish one without its country."""
    return canonical(text).replace(POLAND, "")


def is_nip(tax_id: str) -> bool:
    """Tell whether a canonical tax id is a Polish one with a right check digit."""
    digits = tax_id.removeprefix(POLAND)
    if tax_id == digits or not _NIP.fullmatch(digits):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return total % 11 == int(digits[-1])
