"""The grammar of the commands that only read: for scripts, other programs and a quick look."""

from argparse import ArgumentParser, _ActionsContainer

from store.domain.language import _
from tui.cli.options import day, positive


def add_holdings(parser: ArgumentParser) -> None:
    """Add the arguments of `sztuka holdings`."""
    parser.add_argument("party", metavar=_("PARTY"), help=_("its code, tax id or whole name"))
    forms = parser.add_mutually_exclusive_group()
    add_json(forms)
    forms.add_argument("--csv", action="store_true", help=_("every row as CSV, for spreadsheets"))


def add_purchases(parser: ArgumentParser) -> None:
    """Add the arguments of `sztuka purchases`."""
    parser.add_argument("party", metavar=_("PARTY"), help=_("its code, tax id or whole name"))
    shown = _("YYYY-MM-DD")
    parser.add_argument("--since", type=day, metavar=shown, help=_("only what came on this day or later"))
    parser.add_argument("--until", type=day, metavar=shown, help=_("only what came on this day or earlier"))
    parser.add_argument("--lines", action="store_true", help=_("each line of each delivery, too"))
    add_json(parser)


def add_unit(parser: ArgumentParser) -> None:
    """Add the arguments of `sztuka unit`."""
    parser.add_argument("serial", metavar=_("SERIAL"), help=_("any number of the unit"))
    add_json(parser)


def add_find(parser: ArgumentParser) -> None:
    """Add the arguments of `sztuka find`."""
    text = _("three characters or more; fewer find exact numbers; none where an option says enough")
    parser.add_argument("text", metavar=_("TEXT"), nargs="?", default="", help=text)
    shown = _("YYYY-MM-DD")
    parser.add_argument("--product", metavar=_("SKU"), help=_("only units of this product"))
    parser.add_argument(
        "--party",
        metavar=_("PARTY"),
        help=_("only what this customer or supplier has: its code, tax id or name"),
    )
    parser.add_argument("--document", metavar=_("NUMBER"), help=_("only units that went by this document"))
    parser.add_argument(
        "--field",
        metavar=_("CODE=VALUE"),
        help=_("only units with this, or what begins so, in a field; CODE= finds anything in it"),
    )
    parser.add_argument(
        "--sold-from", type=day, metavar=shown, help=_("only what was sold on this day or later")
    )
    parser.add_argument(
        "--sold-to", type=day, metavar=shown, help=_("only what was sold on this day or earlier")
    )
    parser.add_argument("--under-warranty", action="store_true", help=_("only what is under warranty today"))
    parser.add_argument(
        "--open-complaint", action="store_true", help=_("only what has a complaint that is open")
    )
    parser.add_argument(
        "--saved",
        metavar=_("NAME"),
        help=_("begin with the search that was saved for everybody under this name"),
    )
    parser.add_argument("--limit", type=positive, default=50, metavar="N", help=_("find so many at most"))
    add_json(parser)


def add_json(parser: _ActionsContainer) -> None:
    """Offer the output that programs read."""
    parser.add_argument("--json", action="store_true", help=_("JSON, for programs"))
