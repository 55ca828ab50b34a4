"""The grammar of `sztuka unreturned`."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date

from store.domain.language import _
from store.domain.unreturned import Which


def summary() -> str:
    """Return what the command is for, in a line."""
    return _("list what is out and has to come back: who has it, since when, due when, how late")


def add(parser: ArgumentParser) -> None:
    """Add the options."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--json", dest="format", action="store_const", const="json", help=_("one JSON list of objects")
    )
    group.add_argument(
        "--csv", dest="format", action="store_const", const="csv", help=_("CSV with a line of column names")
    )
    parser.add_argument(
        "--which",
        choices=[which.value for which in Which],
        default=Which.ALL.value,
        help=_("all of it, what is overdue, due within a week, a supplier's, or consigned"),
    )
    parser.add_argument("--customer", metavar=_("CODE"), help=_("only what this customer has"))
    parser.add_argument(
        "--today", type=_day, metavar=_("YYYY-MM-DD"), help=_("the day against which it is late, else today")
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("{text}: must be a day like 2026-11-24").format(text=repr(text))) from error
