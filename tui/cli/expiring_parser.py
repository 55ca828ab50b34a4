"""The grammar of `sztuka expiring`."""

from argparse import ArgumentParser

from store.domain.language import _
from store.domain.services import Expiry
from tui.cli.options import day, output_options


def add(parser: ArgumentParser) -> None:
    """Add the options."""
    output_options(parser)
    parser.add_argument(
        "--which",
        choices=[which.value for which in Expiry],
        default=Expiry.ALL.value,
        help=_("what ends within so many days, what expired, or all of it within 90 days"),
    )
    parser.add_argument("--customer", metavar=_("CODE"), help=_("only what this customer has"))
    parser.add_argument(
        "--today",
        type=day,
        metavar=_("YYYY-MM-DD"),
        help=_("the day from which it is counted, else today"),
    )
