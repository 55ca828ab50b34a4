"""The grammar of `sztuka print`."""

from argparse import ArgumentParser
from enum import StrEnum
from pathlib import Path

from store.domain.language import _


class PrintKind(StrEnum):
    """Which paper of a document is wanted."""

    NOTE = "note"
    WARRANTY = "warranty"


def summary() -> str:
    """Return what the command is for, in a line."""
    return _("make the paper of a posted document, as a PDF file")


def add(parser: ArgumentParser) -> None:
    """Add the options. Where the command lives has a longer name: `print` is a builtin's."""
    parser.set_defaults(command="print_document")
    parser.add_argument("number", metavar=_("NUMBER"), help=_("of the document, like WZ/2026/000123"))
    parser.add_argument(
        "--kind",
        choices=[kind.value for kind in PrintKind],
        default=PrintKind.NOTE.value,
        help=_("the note that goes with the goods, or the warranty card of an issue"),
    )
    parser.add_argument("--territory", metavar=_("TEXT"), default="", help=_("where the warranty holds"))
    parser.add_argument(
        "--conditions", metavar=_("FILE"), type=Path, help=_("UTF-8 text: the conditions of the warranty")
    )
    parser.add_argument(
        "--output",
        metavar=_("FILE"),
        type=Path,
        help=_("must not exist yet; the number with the ending .pdf when left out"),
    )
