"""The grammar of `sztuka deposits`."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date

from store.domain.deposits import HeldWhich
from store.domain.language import _


def summary() -> str:
    """Return what the command is for, in a line."""
    return _("list what belongs to suppliers and is with us: where it is, since when, due back when")


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
        choices=[which.value for which in HeldWhich],
        default=HeldWhich.ALL.value,
        help=_("all of it, what is overdue, or due within a week"),
    )
    parser.add_argument("--supplier", metavar=_("CODE"), help=_("only what belongs to this supplier"))
    parser.add_argument(
        "--today", type=day, metavar=_("YYYY-MM-DD"), help=_("the day against which it is late, else today")
    )
