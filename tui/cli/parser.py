"""The command line's grammar: names, options and help, without what they do.

argparse, because it is in the standard library, starts in a few milliseconds and speaks the language of the
program through gettext; click and typer would bring nothing that these few commands need.
"""

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, _SubParsersAction
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias

from store.domain.language import _
from store.domain.lists import ListKind
from tui.cli import (
    costs_parser,
    deals_parser,
    deposits_parser,
    expiring_parser,
    import_parser,
    letter_parser,
    paper_parser,
    pending_parser,
    reading_parser,
    scanner_parser,
    unreturned_parser,
)
from tui.config.settings import LanguageChoice

Subparsers: TypeAlias = "_SubParsersAction[ArgumentParser]"


def build_parser() -> ArgumentParser:
    """Return the parser of the whole command line, in the language in force."""
    parser = ArgumentParser(
        prog="sztuka",
        description=_(
            "Every serialised unit of a company, in a terminal. Without a command the program opens."
        ),
        allow_abbrev=False,
    )
    shown = f"sztuka {version('sztuka')}"
    parser.add_argument(
        "--version", action="version", version=shown, help=_("show program's version number and exit")
    )
    parser.add_argument(
        "--demo", action="store_true", help=_("open the demo company instead of your own store")
    )
    common_options(parser, top=True)
    parser.set_defaults(command="open")
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"))
    _add_init(commands)
    _add_load(commands)
    _add_export(commands)
    _add_demo(commands)
    _add_store_commands(commands)
    _add_config(commands)
    scanner_parser.add(add_command(commands, "scanner", scanner_parser.summary()), common_options)
    import_parser.add(add_command(commands, "import", import_parser.summary()))
    paper_parser.add(add_command(commands, "paper", paper_parser.summary()))
    unreturned_parser.add(add_command(commands, "unreturned", unreturned_parser.summary()))
    deposits_parser.add(add_command(commands, "deposits", deposits_parser.summary()), _day)
    pending_parser.add(add_command(commands, "pending", pending_parser.summary()))
    deals_parser.add(add_command(commands, "deals", deals_parser.summary()))
    expiring_parser.add(add_command(commands, "expiring", expiring_parser.summary()), _day)
    costs_parser.add(add_command(commands, "costs", costs_parser.summary()))
    letter_parser.add(add_command(commands, "letter", letter_parser.summary()))
    paper_parser.add_print(add_command(commands, "print", paper_parser.print_summary()), positive)
    reading_parser.add_find(add_command(commands, "find", reading_parser.find_summary()), positive, _day)
    purchases = add_command(commands, "purchases", reading_parser.purchases_summary())
    reading_parser.add_purchases(purchases, _day)
    reading_parser.add_unit(add_command(commands, "unit", reading_parser.unit_summary()))
    reading_parser.add_holdings(add_command(commands, "holdings", reading_parser.holdings_summary()))
    _add_mail(commands)
    _add_remind(commands)
    _add_recurring(commands)
    return parser


def common_options(parser: ArgumentParser, *, top: bool = False) -> None:
    """Add the options that stand before or after the command alike."""
    default = None if top else SUPPRESS
    group = parser.add_argument_group(_("for every command"))
    group.add_argument(
        "--store", metavar="URL", default=default, help=_("a file, sqlite:///FILE or postgresql://HOST/NAME")
    )
    group.add_argument(
        "--language",
        choices=[choice.value for choice in LanguageChoice],
        default=default,
        help=_("the language of the program"),
    )
    group.add_argument(
        "--config",
        metavar=_("FILE"),
        type=Path,
        default=default,
        help=_("read this file instead of your own config.toml"),
    )


def add_command(commands: Subparsers, name: str, summary: str) -> ArgumentParser:
    """Add a command and return its parser; the module `tui.cli.NAME` is what it does."""
    parser = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
    common_options(parser)
    parser.set_defaults(command=name)
    return parser


def positive(text: str) -> int:
    """Return a whole number above zero from an option's text. Raises ArgumentTypeError for anything else."""
    if not text.isdecimal() or int(text) < 1:
        message = _("{text}: must be a whole number above zero").format(text=repr(text))
        raise ArgumentTypeError(message)
    return int(text)


def _add_config(commands: Subparsers) -> None:
    add_command(
        commands, "config", _("show every key of the configuration, its value and where that was found")
    )


def _add_init(commands: Subparsers) -> None:
    parser = add_command(
        commands, "init", _("begin a store of your own: company, warehouse, terminal, administrator")
    )
    for name in ("company", "tax-id", "location-code", "location", "terminal-code", "terminal",
                 "operator-code", "operator"):  # fmt: skip
        parser.add_argument(f"--{name}", metavar=_("TEXT"), help=_("asked for where it is not given"))


def _add_load(commands: Subparsers) -> None:
    parser = add_command(
        commands, "load", _("add master data from a CSV file: all of its rows or, when one is wrong, none")
    )
    parser.add_argument("kind", choices=[kind.value for kind in ListKind], help=_("what the file lists"))
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("UTF-8; its first line names columns"))
    parser.add_argument(
        "--update", action="store_true", help=_("also change the rows whose codes are there already")
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("only say what would be done, and name every bad row")
    )


def _add_export(commands: Subparsers) -> None:
    parser = add_command(commands, "export", _("write master data as CSV, as `sztuka load` takes it"))
    parser.add_argument("kind", choices=[kind.value for kind in ListKind], help=_("what the file lists"))
    parser.add_argument(
        "file", type=Path, nargs="?", metavar=_("FILE"), help=_("must not exist yet; else to stdout")
    )


def _add_demo(commands: Subparsers) -> None:
    parser = add_command(
        commands, "demo", _("build a demo company in an empty store (--store, else that of `sztuka --demo`)")
    )
    parser.add_argument(
        "--units", type=positive, default=2000, metavar="N", help=_("how many units came in, up to millions")
    )
    parser.add_argument(
        "--seed", type=positive, default=1, metavar="N", help=_("another number makes another company")
    )
    parser.add_argument(
        "--today", type=_day, metavar=_("YYYY-MM-DD"), help=_("the day on which its past ends, else today")
    )


def _add_store_commands(commands: Subparsers) -> None:
    parser = add_command(commands, "migrate", _("bring the store to this program's schema, after a backup"))
    parser.add_argument("--dry-run", action="store_true", help=_("only name what is to be done"))
    add_command(commands, "check", _("check the whole store against every rule, and say what is off"))
    parser = add_command(commands, "sheet", _("print the barcodes of all commands into a PDF file"))
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("must not exist yet"))
    parser = add_command(commands, "backup", _("copy the store into a new file, while others work"))
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("must not exist yet"))


def _add_recurring(commands: Subparsers) -> None:
    parser = add_command(commands, "recurring", _("make the tasks of recurring services that are due"))
    parser.add_argument(
        "--operator", metavar=_("CODE"), default="", help=_("who sets them, instead of letters.operator")
    )


def _add_remind(commands: Subparsers) -> None:
    parser = add_command(commands, "remind", _("remind everybody who is late to return what they have"))
    parser.add_argument("--email", action="store_true", help=_("by e-mail, to those with an address"))
    parser.add_argument(
        "--out",
        metavar=_("FOLDER"),
        type=Path,
        help=_("as PDF files in this folder, to those without e-mail"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only list who is late"))
    parser.add_argument(
        "--operator", metavar=_("CODE"), default="", help=_("who reminds, instead of letters.operator")
    )


def _add_mail(commands: Subparsers) -> None:
    parser = add_command(commands, "mail", _("send a letter by e-mail, to try what is configured"))
    parser.add_argument("address", metavar=_("ADDRESS"), help=_("whom it is sent to"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("{text}: must be a day like 2026-11-24").format(text=repr(text))) from error
