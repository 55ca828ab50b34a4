"""The grammar of `sztuka pending`."""

from argparse import ArgumentParser

from store.domain.language import _
from tui.cli.options import output_options


def add(parser: ArgumentParser) -> None:
    """Add the options."""
    output_options(parser)
    parser.add_argument("--customer", metavar=_("CODE"), help=_("only what this customer has"))
