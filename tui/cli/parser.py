"""The command line's grammar: names, options and help, without what they do.

argparse, because it is in the standard library, starts in a few milliseconds and speaks the language of the
program through gettext; click and typer would bring nothing that these few commands need.
"""

from argparse import ArgumentParser
from importlib.metadata import version

from store.domain.language import N_, _
from tui.cli.command_parser import CommandParser
from tui.cli.options import common_options

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("store_parser:add_init", N_("begin a store of your own: company, warehouse, terminal, administrator")),
    "load": ("store_parser:add_load", N_("add master data from a CSV file: all of its rows or, when one is wrong, none")),
    "export": ("store_parser:add_export", N_("write master data as CSV, as `sztuka load` takes it")),
    "demo": ("store_parser:add_demo", N_("build a demo company in an empty store (--store, else that of `sztuka --demo`)")),
    "migrate": ("store_parser:add_migrate", N_("bring the store to this program's schema, after a backup")),
    "check": ("", N_("check the whole store against every rule, and say what is off")),
    "sheet": ("store_parser:add_file", N_("print the barcodes of all commands into a PDF file")),
    "backup": ("store_parser:add_file", N_("copy the store into a new file, while others work")),
    "config": ("", N_("show every key of the configuration, its value and where that was found")),
    "scanner": ("scanner_parser:add", N_("find, try and learn the scanners plugged into this machine")),
    "import": ("import_parser:add", N_("post invoices and dispatch advices")),
    "paper": ("paper_parser:add", N_("make the paper of a posted document, as a PDF file")),
    "unreturned": ("unreturned_parser:add", N_("list what is out and has to come back: who has it, since when, due when, how late")),
    "deposits": ("deposits_parser:add", N_("list what belongs to suppliers and is with us: where it is, since when, due back when")),
    "pending": ("pending_parser:add", N_("list what customers have and whose serials are still to be scanned")),
    "deals": ("deals_parser:add", N_("list deals with what is ordered, delivered and invoiced, or make them from a CSV file")),
    "expiring": ("expiring_parser:add", N_("list policies, certificates and licences that end soon, or ended and were not renewed")),
    "costs": ("costs_parser:add", N_("sum up what after-sales work cost")),
    "letter": ("letter_parser:add", N_("write a letter from a template of yours, as a PDF file")),
    "print": ("paper_parser:add_print", N_("print the paper of a posted document, and keep it with the document")),
    "find": ("reading_parser:add_find", N_("find units by any part of a number, and products and parties by name")),
    "purchases": ("reading_parser:add_purchases", N_("list what came from a supplier: pieces, prices, returns, complaints, costs")),
    "unit": ("reading_parser:add_unit", N_("show the card of a unit and all that ever happened to it")),
    "holdings": ("reading_parser:add_holdings", N_("list what a customer or supplier has: units, quantities, terms, warranties")),
    "mail": ("chasing_parser:add_mail", N_("send a letter by e-mail, to try what is configured")),
    "remind": ("chasing_parser:add_remind", N_("remind everybody who is late to return what they have")),
    "recurring": ("chasing_parser:add_recurring", N_("make the tasks of recurring services that are due")),
}  # fmt: skip
"""The commands by name: where their options stand (none: no own), what they are for. `tui.cli.NAME` does it."""


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
        "--demo", action="store_true", help=_("work on the demo company instead of your own store")
    )
    common_options(parser, top=True)
    parser.set_defaults(command="open")
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), parser_class=CommandParser)
    for name, (grammar, summary) in COMMANDS.items():
        command = commands.add_parser(
            name, help=_(summary), description=_(summary), allow_abbrev=False,
            grammar=grammar and f"tui.cli.{grammar}",
        )  # fmt: skip
        command.set_defaults(command=name)
    return parser
