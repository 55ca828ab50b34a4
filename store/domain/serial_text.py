"""Serials that stand in texts: found to be offered to a person, never taken silently."""

import re
from collections.abc import Iterable

from store.domain.serials import MAX_LENGTH, fits, key_of

_WORD = re.compile(r"[^\s,;()\[\]{}\"'<>]+")
_MARK = re.compile(
    r"(?:(?<![^\W_])(?:s/n|sn|nr\s*ser(?:yjny|yjne)?\.?|numery?\s+seryjn[ye]|serial(?:\s+(?:no|number))?"
    r"|imei)\s*[:.#=\s]\s*)(?P<serials>[^\n;()]+)",
    re.IGNORECASE,
)
_LONGEST_TEXT = 4_000
"""More is no name of a product. Patterns are people's own regular expressions and may be slow."""


def serials_in(text: str, pattern: str | None) -> tuple[str, ...]:
    """Return what in `text` may be serials of a product with this pattern, in order and each once.

    With a pattern, every word that fits it; without one, the words with a digit behind a mark such as `S/N:`.
    """
    text = text[:_LONGEST_TEXT]
    if pattern is not None:
        words = [_bare(word) for word in _WORD.findall(text)]
        found = [word for word in words if 0 < len(word) <= MAX_LENGTH and fits(pattern, word)]
    else:
        found = [
            word
            for mark in _MARK.finditer(text)
            for word in _leading(_bare(word) for word in _WORD.findall(mark["serials"]))
        ]
    each: dict[str, str] = {}
    for word in found:
        each.setdefault(key_of(word), word)
    return tuple(each.values())


def split(text: str) -> tuple[str, ...]:
    """Return the serials that one field names, parted by commas, semicolons, bars, tabs or line ends."""
    parts = (part.strip() for part in re.split(r"[,;|\t\r\n]+", text))
    return tuple(part for part in parts if part)


def _bare(word: str) -> str:
    """Return a word without a mark that is glued to it and without the full stop behind it."""
    return re.sub(r"^(?:s/n|sn|imei)[:#=]", "", word.rstrip(".:"), flags=re.IGNORECASE)


def _leading(words: Iterable[str]) -> list[str]:
    """Return the words up to the first without a digit: behind the serials the sentence goes on."""
    found: list[str] = []
    for word in words:
        if len(word) < 4 or not any(char.isdigit() for char in word):
            break
        found.append(word)
    return found
