"""The grammar of `sztuka print`."""

from argparse import ArgumentParser
from pathlib import Path

from store.domain.language import _


def summary() -> str:
    """Return what the command is for, in a line."""
    return _("make the paper of a posted document, as a PDF file")


def add(parser: ArgumentParser) -> None:
    """Add the options. Where the command lives has a longer name: `print` is a builtin's."""
    parser.set_defaults(command="print_document")
    parser.add_argument("number", metavar=_("NUMBER"), help=_("of the document, like WZ/2026/000123"))
    parser.add_argument(
        "--output",
        metavar=_("FILE"),
        type=Path,
        help=_("must not exist yet; the number with the ending .pdf when left out"),
    )
