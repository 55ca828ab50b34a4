"""The grammar of the commands that only read: for scripts, other programs and a quick look."""

from argparse import ArgumentParser, _ActionsContainer

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


def unit_summary() -> str:
    """Return what `sztuka unit` is for."""
    return _("show the card of a unit and all that ever happened to it")


def add_unit(parser: ArgumentParser) -> None:
    """Add the arguments of `sztuka unit`."""
    parser.add_argument("serial", metavar=_("SERIAL"), help=_("any number of the unit"))
    add_json(parser)


def add_json(parser: _ActionsContainer) -> None:
    """Offer the output that programs read."""
    parser.add_argument("--json", action="store_true", help=_("JSON, for programs"))
