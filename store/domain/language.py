"""The language of what people read: gettext with a language that can change while the program runs.

English is the source language, so English needs no catalogue for plain strings. `_` marks and translates,
`N_` only marks: for strings in tables and class bodies that are translated when they are shown.

`use` sets the language of the program. `speaking` sets another one for a while and for one thread or task
only: a paper for a customer abroad is made in English while the screen beside it stays Polish. Several at
once say everything in each of them: 'Odbiorca / Recipient'.
"""

import gettext
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

DOMAIN = "sztuka"


class Language(StrEnum):
    """The languages that the program speaks."""

    PL = "pl"
    EN = "en"


BETWEEN = " / "
"""What parts the languages where several say the same."""


@dataclass(frozen=True, slots=True)
class _Speech:
    """Languages with their words."""

    languages: tuple[Language, ...]
    catalogue: gettext.NullTranslations


class _Several(gettext.NullTranslations):
    """Says everything in several languages, and once what is alike in them."""

    def __init__(self, catalogues: Sequence[gettext.NullTranslations]) -> None:
        super().__init__()
        self._catalogues = catalogues

    def gettext(self, message: str) -> str:
        """Return `message` in each language."""
        return BETWEEN.join(dict.fromkeys(each.gettext(message) for each in self._catalogues))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form for `n` in each language."""
        return BETWEEN.join(dict.fromkeys(each.ngettext(msgid1, msgid2, n) for each in self._catalogues))


class _Current:
    """The speech of the program. One program serves one operator, so there is one at a time."""

    speech: _Speech = _Speech((Language.EN,), gettext.NullTranslations())
    folder: Path | None = None
    """Where `use` found the catalogues."""


_for_a_while: ContextVar[_Speech | None] = ContextVar("_for_a_while", default=None)


def use(language: Language, folder: Path) -> None:
    """Speak `language` from now on, with the compiled catalogues below `folder`.

    Raises FileNotFoundError if a language other than English has no compiled catalogue there.
    """
    _Current.speech = _load(language, folder)
    _Current.folder = folder


@contextmanager
def speaking(language: Language, *further: Language) -> Iterator[None]:
    """Speak `language`, with `further` ones all of them at once, inside the block and in this thread or task.

    Raises FileNotFoundError if there is no compiled catalogue of one where `use` found the others.
    """
    languages = (language, *further)
    speech = _speech() if languages == _speech().languages else _load_all(languages, _Current.folder)
    token = _for_a_while.set(speech)
    try:
        yield
    finally:
        _for_a_while.reset(token)


def current() -> Language:
    """Return the language in force; where there are several, the first, by which numbers are written."""
    return _speech().languages[0]


def languages_in_force() -> tuple[Language, ...]:
    """Return the languages in which everything is said: one, but on papers in several."""
    return _speech().languages


def catalogues() -> Path | None:
    """Return the folder of the compiled catalogues, for another process to speak as this one."""
    return _Current.folder


def _speech() -> _Speech:
    return _for_a_while.get() or _Current.speech


def _load_all(languages: tuple[Language, ...], folder: Path | None) -> _Speech:
    if len(languages) == 1:
        return _load(languages[0], folder)
    return _Speech(languages, _Several([_load(each, folder).catalogue for each in languages]))


def _load(language: Language, folder: Path | None) -> _Speech:
    """Read a catalogue. gettext keeps what it has read, so that a second time costs nothing."""
    english = language is Language.EN
    return _Speech(
        (language,), gettext.translation(DOMAIN, folder, languages=[language.value], fallback=english)
    )


def _(message: str) -> str:
    """Return `message` in the language in force."""
    return _speech().catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form for `number`, by the plural rule of the language in force."""
    return _speech().catalogue.ngettext(singular, plural, number)


def N_(message: str) -> str:  # noqa: N802 - the customary name of gettext's no-op marker
    """Mark `message` for translation and return it as it is."""
    return message
