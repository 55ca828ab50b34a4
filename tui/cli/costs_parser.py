"""The grammar of `sztuka costs`."""

from argparse import ArgumentParser
from pathlib import Path

from store.domain.costs import CostsBy
from store.domain.language import _
from tui.cli.options import day


def add(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--by",
        choices=[by.value for by in CostsBy],
        default=CostsBy.CUSTOMER.value,
        help=_("what to sum up by"),
    )
    parser.add_argument("--from", dest="first", type=day, metavar=_("YYYY-MM-DD"), help=_("the first day"))
    parser.add_argument("--to", dest="last", type=day, metavar=_("YYYY-MM-DD"), help=_("the last day"))
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--json", action="store_true", help=_("one JSON object, sums as texts"))
    group.add_argument("--csv", type=Path, metavar=_("FILE"), help=_("into a new CSV file; - writes it out"))
    group.add_argument("--xlsx", type=Path, metavar=_("FILE"), help=_("into a new XLSX file"))
