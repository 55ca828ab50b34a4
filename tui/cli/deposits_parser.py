"""The grammar of `sztuka deposits`."""

from argparse import ArgumentParser

from store.domain.deposits import HeldWhich
from store.domain.language import _
from tui.cli.options import day, output_options


def add(parser: ArgumentParser) -> None:
    """Add the options."""
    output_options(parser)
    parser.add_argument(
        "--which",
        choices=[which.value for which in HeldWhich],
        default=HeldWhich.ALL.value,
        help=_("all of it, what is overdue, or due within a week"),
    )
    parser.add_argument("--supplier", metavar=_("CODE"), help=_("only what belongs to this supplier"))
    parser.add_argument(
        "--today", type=day, metavar=_("YYYY-MM-DD"), help=_("the day against which it is late, else today")
    )
