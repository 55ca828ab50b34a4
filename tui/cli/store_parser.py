"""The grammar of the commands that make, fill and look after a store."""

from argparse import ArgumentParser
from pathlib import Path

from store.domain.language import _
from store.domain.lists import ListKind
from tui.cli.options import day, positive


def add_init(parser: ArgumentParser) -> None:
    """Add the options of `sztuka init`."""
    for name in ("company", "tax-id", "location-code", "location", "terminal-code", "terminal",
                 "operator-code", "operator"):  # fmt: skip
        parser.add_argument(f"--{name}", metavar=_("TEXT"), help=_("asked for where it is not given"))


def add_load(parser: ArgumentParser) -> None:
    """Add the options of `sztuka load`."""
    _add_kind(parser)
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("CSV; its first line names the columns"))
    parser.add_argument(
        "--update", action="store_true", help=_("also change the rows whose codes are there already")
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("only say what would be done, and name every bad row")
    )


def add_export(parser: ArgumentParser) -> None:
    """Add the options of `sztuka export`."""
    _add_kind(parser)
    parser.add_argument(
        "file", type=Path, nargs="?", metavar=_("FILE"), help=_("must not exist yet; else to stdout")
    )


def add_demo(parser: ArgumentParser) -> None:
    """Add the options of `sztuka demo`."""
    parser.add_argument(
        "--units", type=positive, default=2000, metavar="N", help=_("how many units came in, up to millions")
    )
    parser.add_argument(
        "--seed", type=positive, default=1, metavar="N", help=_("another number makes another company")
    )
    parser.add_argument(
        "--today", type=day, metavar=_("YYYY-MM-DD"), help=_("the day on which its past ends, else today")
    )


def add_migrate(parser: ArgumentParser) -> None:
    """Add the options of `sztuka migrate`."""
    parser.add_argument("--dry-run", action="store_true", help=_("only name what is to be done"))


def add_file(parser: ArgumentParser) -> None:
    """Add the one argument of `sztuka backup` and `sztuka sheet`."""
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("must not exist yet"))


def _add_kind(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=[kind.value for kind in ListKind], help=_("what the file lists"))
