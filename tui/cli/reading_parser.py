"""The grammar of the commands that only read: for scripts, other programs and a quick look."""

from argparse import ArgumentParser, _ActionsContainer
from collections.abc import Callable
from datetime import date

from store.domain.language import _


def holdings_summary() -> str:
    """Return what `sztuka holdings` is for."""
    return _("list what a customer or supplier has: units, quantities, terms, warranties")


def add_holdings(parser: ArgumentParser) -> None:
    """Add the arguments of `sztuka holdings`."""
    parser.add_argument("party", metavar=_("PARTY"), help=_("its code, tax id or whole name"))
    forms = parser.add_mutually_exclusive_group()
    add_json(forms)
    forms.add_argument("--csv", action="store_true", help=_("the units as CSV, for spreadsheets"))


def purchases_summary() -> str:
    """Return what `sztuka purchases` is for."""
    return _("list what came from a supplier: pieces, prices, returns, complaints, costs")


def add_purchases(parser: ArgumentParser, day: Callable[[str], date]) -> None:
    """Add the arguments of `sztuka purchases`; `day` reads a day."""
    parser.add_argument("party", metavar=_("PARTY"), help=_("its code, tax id or whole name"))
    shown = _("YYYY-MM-DD")
    parser.add_argument("--since", type=day, metavar=shown, help=_("only what came on this day or later"))
    parser.add_argument("--until", type=day, metavar=shown, help=_("only what came on this day or earlier"))
    parser.add_argument("--lines", action="store_true", help=_("each line of each delivery, too"))
    add_json(parser)


def unit_summary() -> str:
    """Return what `sztuka unit` is for."""
    return _("show the card of a unit and all that ever happened to it")


def add_unit(parser: ArgumentParser) -> None:
    """Add the arguments of `sztuka unit`."""
    parser.add_argument("serial", metavar=_("SERIAL"), help=_("any number of the unit"))
    add_json(parser)


def find_summary() -> str:
    """Return what `sztuka find` is for."""
    return _("find units by any part of a number, and products and parties by name")


def add_find(parser: ArgumentParser, limit: Callable[[str], int]) -> None:
    """Add the arguments of `sztuka find`; `limit` reads a whole number above zero."""
    parser.add_argument(
        "text", metavar=_("TEXT"), help=_("three characters or more; fewer find exact numbers")
    )
    parser.add_argument("--limit", type=limit, default=50, metavar="N", help=_("find so many at most"))
    add_json(parser)


def add_json(parser: _ActionsContainer) -> None:
    """Offer the output that programs read."""
    parser.add_argument("--json", action="store_true", help=_("JSON, for programs"))
