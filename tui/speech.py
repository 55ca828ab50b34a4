"""Choosing the language of the program: its configuration first, then the terminal's locale."""

import logging
import os
from collections.abc import Mapping
from gettext import bindtextdomain, textdomain

from store.domain.language import DOMAIN, Language, use
from tui.config.settings import LanguageChoice
from tui.paths import locale_folder

log = logging.getLogger(__name__)

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In the order in which POSIX asks them; the first that is not empty decides."""


def choose(choice: LanguageChoice, environ: Mapping[str, str]) -> Language:
    """Return the language for `choice`; `AUTO` follows the locale: a Polish one is Polish, others English."""
    if choice is not LanguageChoice.AUTO:
        return Language(choice.value)
    locale = next((environ[name] for name in _VARIABLES if environ.get(name)), "")
    return Language.PL if locale.lower().split("_")[0].split(".")[0] == "pl" else Language.EN


def speak(language: Language) -> None:
    """Speak `language` from now on, in our own words and in those of argparse.

    Where the catalogue was not compiled the program speaks English and says so in the log: a program in
    another language is better than none.
    """
    folder = locale_folder()
    try:
        use(language, folder)
    except FileNotFoundError:
        log.warning("no compiled catalogue for %s below %s", language, folder)
        use(Language.EN, folder)
    # argparse asks gettext's global domain, whose language is a variable of the environment.
    os.environ["LANGUAGE"] = language.value
    bindtextdomain(DOMAIN, str(folder))
    textdomain(DOMAIN)
