"""The grammar of `sztuka pending`."""

from argparse import ArgumentParser

from store.domain.language import _


def summary() -> str:
    """Return what the command is for, in a line."""
    return _("list what customers have and whose serials are still to be scanned")


def add(parser: ArgumentParser) -> None:
    """Add the options."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--json", dest="format", action="store_const", const="json", help=_("one JSON list of objects")
    )
    group.add_argument(
        "--csv", dest="format", action="store_const", const="csv", help=_("CSV with a line of column names")
    )
    parser.add_argument("--customer", metavar=_("CODE"), help=_("only what this customer has"))
