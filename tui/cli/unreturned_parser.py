"""The grammar of `sztuka unreturned`."""

from argparse import ArgumentParser

from store.domain.language import _
from store.domain.unreturned import Which
from tui.cli.options import day, output_options


def add(parser: ArgumentParser) -> None:
    """Add the options."""
    output_options(parser)
    parser.add_argument(
        "--which",
        choices=[which.value for which in Which],
        default=Which.ALL.value,
        help=_("all of it, what is overdue, due within a week, a supplier's, or consigned"),
    )
    parser.add_argument("--customer", metavar=_("CODE"), help=_("only what this customer has"))
    parser.add_argument(
        "--today", type=day, metavar=_("YYYY-MM-DD"), help=_("the day against which it is late, else today")
    )
