"""The grammar of `sztuka expiring`."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date

from store.domain.language import _
from store.domain.services import Expiry


def summary() -> str:
    """Return what the command is for, in a line."""
    return _("list policies, certificates and licences that end soon, or ended and were not renewed")


def add(parser: ArgumentParser, day: Callable[[str], date]) -> None:
    """Add the options; `day` reads a day."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--json", dest="format", action="store_const", const="json", help=_("one JSON list of objects")
    )
    group.add_argument(
        "--csv", dest="format", action="store_const", const="csv", help=_("CSV with a line of column names")
    )
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
