"""`sztuka init`: the first rows of a company's own store."""

import sys
from getpass import getpass
from socket import gethostname

from screens.words import refusal_text
from store.domain.errors import RefusedError, StoreError
from store.domain.language import N_, _
from store.opening import ready
from store.operations.founding import Beginning, found_company
from store.queries.parties import has_company
from store.transaction import run_write
from tui.cli.context import Context
from tui.cli.exits import Exit

QUESTIONS: dict[str, tuple[str, str]] = {
    "company": (N_("Name of the company"), ""),
    "tax_id": (N_("Its tax id (NIP)"), "-"),
    "location_code": (N_("Code of the first warehouse"), "M1"),
    "location": (N_("Name of that warehouse"), ""),
    "terminal_code": (N_("Code of this terminal"), "T1"),
    "terminal": (N_("Name of this terminal"), ""),
    "operator_code": (N_("Your operator's code"), "1"),
    "operator": (N_("Your name"), ""),
}
"""What is asked, and what is meant by an empty answer; `-` is nothing."""


def run(context: Context) -> int:
    """Ask for what the command line does not say, and found the company: all of it or nothing."""
    with ready(context.settings.store, context.settings.backup.folder, makes=True) as database:
        if has_company():
            raise StoreError(_("the store has a company already; there is nothing to do"))
        answers = {name: getattr(context.arguments, name) or _ask(name) for name in QUESTIONS}
        beginning = Beginning(**answers, pin=_pin())
        try:
            terminal = run_write(database, lambda: found_company(beginning, hostname=gethostname()))
        except RefusedError as error:
            raise StoreError(refusal_text(error.refusal)) from error
    told = _("Done. This is terminal {terminal}; sign in as operator {operator}: `sztuka`.")
    sys.stderr.write(told.format(terminal=terminal.code, operator=beginning.operator_code) + "\n")
    return Exit.OK


def _ask(name: str) -> str:
    question, default = QUESTIONS[name]
    if not sys.stdin.isatty():
        if default:
            return default.strip("-")
        option = name.replace("_", "-")
        raise StoreError(_("--{option} is missing, and there is nobody to ask").format(option=option))
    shown = f" [{default}]" if default.strip("-") else ""
    while True:
        answer = input(f"{_(question)}{shown}: ").strip() or default
        if answer:
            return answer.strip("-")


def _pin() -> str:
    """Ask twice for the PIN; without a terminal, read one line: no secret stands on a command line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    while True:
        first = getpass(_("Your PIN, at least 4 characters: "))
        if first == getpass(_("Once more: ")):
            return first
        sys.stderr.write(_("The two differ.") + "\n")
