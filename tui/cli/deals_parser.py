"""The grammar of `sztuka deals`."""

from argparse import ArgumentParser
from pathlib import Path

from store.domain.language import _

STATES = ("open", "ended", "all")


def add(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--json", action="store_true", help=_("one JSON list of objects"))
    parser.add_argument(
        "--state",
        choices=STATES,
        default=STATES[0],
        help=_("what has something to deliver, what ended, or all of it"),
    )
    parser.add_argument("--customer", metavar=_("CODE"), help=_("only what this customer has"))
    parser.add_argument(
        "--load", metavar=_("FILE"), type=Path, help=_("make the deals of a CSV file, all of them or none")
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("name every bad row of the file, and write nothing")
    )
    parser.add_argument("--operator", metavar=_("CODE"), help=_("in whose name deals are made"))
