"""Options that several commands have, and how their texts are read."""

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path

from store.domain.language import _
from tui.config.settings import LanguageChoice


def common_options(parser: ArgumentParser, *, top: bool = False) -> None:
    """Add the options that stand before or after the command alike."""
    default = None if top else SUPPRESS
    group = parser.add_argument_group(_("for every command"))
    group.add_argument(
        "--store", metavar="URL", default=default, help=_("a file, sqlite:///FILE or postgresql://HOST/NAME")
    )
    group.add_argument(
        "--language",
        choices=[choice.value for choice in LanguageChoice],
        default=default,
        help=_("the language of the program"),
    )
    group.add_argument(
        "--config",
        metavar=_("FILE"),
        type=Path,
        default=default,
        help=_("read this file instead of your own config.toml"),
    )


def output_options(parser: ArgumentParser) -> None:
    """Offer the two outputs that programs read, as `format`."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--json", dest="format", action="store_const", const="json", help=_("one JSON list of objects")
    )
    group.add_argument(
        "--csv", dest="format", action="store_const", const="csv", help=_("CSV with a line of column names")
    )


def positive(text: str) -> int:
    """Return a whole number above zero from an option's text. Raises ArgumentTypeError for anything else."""
    if not text.isdecimal() or int(text) < 1:
        message = _("{text}: must be a whole number above zero").format(text=repr(text))
        raise ArgumentTypeError(message)
    return int(text)


def day(text: str) -> date:
    """Return the day of an option. Raises ArgumentTypeError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("{text}: must be a day like 2026-11-24").format(text=repr(text))) from error
