"""The language of what people read: gettext with a language that can change while the program runs.

English is the source language, so English needs no catalogue for plain strings. `_` marks and translates,
`N_` only marks: for strings in tables and class bodies that are translated when they are shown.
"""

import gettext
from enum import StrEnum
from pathlib import Path

DOMAIN = "sztuka"


class Language(StrEnum):
    """The languages that the program speaks."""

    PL = "pl"
    EN = "en"


class _Current:
    """The catalogue in force. One program serves one operator, so there is one at a time."""

    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    language: Language = Language.EN


def use(language: Language, folder: Path) -> None:
    """Speak `language` from now on, with the compiled catalogues below `folder`.

    Raises FileNotFoundError if a language other than English has no compiled catalogue there.
    """
    _Current.catalogue = gettext.translation(
        DOMAIN, folder, languages=[language.value], fallback=language is Language.EN
    )
    _Current.language = language


def current() -> Language:
    """Return the language in force."""
    return _Current.language


def _(message: str) -> str:
    """Return `message` in the language in force."""
    return _Current.catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form for `number`, by the plural rule of the language in force."""
    return _Current.catalogue.ngettext(singular, plural, number)


def N_(message: str) -> str:  # noqa: N802 - the customary name of gettext's no-op marker
    """Mark `message` for translation and return it as it is."""
    return message
