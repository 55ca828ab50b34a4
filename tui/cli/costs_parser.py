"""The grammar of `sztuka costs`."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path

from store.domain.costs import CostsBy
from store.domain.language import _


def summary() -> str:
    """Return what the command does."""
    return _("sum up what after-sales work cost")


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


def day(text: str) -> date:
    """Return the day of an option. Raises ArgumentTypeError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("{text}: must be a day like 2026-11-24").format(text=repr(text))) from error
