"""The grammar of the commands that a clock starts: who is late, what is due."""

from argparse import ArgumentParser
from pathlib import Path

from store.domain.language import _


def add_recurring(parser: ArgumentParser) -> None:
    """Add the options of `sztuka recurring`."""
    parser.add_argument(
        "--operator", metavar=_("CODE"), default="", help=_("who sets them, instead of letters.operator")
    )


def add_remind(parser: ArgumentParser) -> None:
    """Add the options of `sztuka remind`."""
    parser.add_argument("--email", action="store_true", help=_("by e-mail, to those with an address"))
    parser.add_argument(
        "--out",
        metavar=_("FOLDER"),
        type=Path,
        help=_("as PDF files in this folder, to those without e-mail"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only list who is late"))
    parser.add_argument(
        "--operator", metavar=_("CODE"), default="", help=_("who reminds, instead of letters.operator")
    )


def add_mail(parser: ArgumentParser) -> None:
    """Add the argument of `sztuka mail`."""
    parser.add_argument("address", metavar=_("ADDRESS"), help=_("whom it is sent to"))
