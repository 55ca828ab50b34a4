"""`sztuka sheet FILE`: the printed barcodes by which every flow goes with the scanner alone."""

import sys
from collections.abc import Iterator, Sequence

from print.command_sheet import SheetCommand, command_sheet
from scanners.learning import CHECK_CODE
from screens.commands import COMMON, NO, OK, PREFIX, QUANTITY, YES, Command
from screens.delivery import Delivery
from screens.document_list import DocumentList
from screens.document_scans import DocumentScans
from screens.issue import Issue
from screens.paper_desk import PaperDesk
from screens.unit_card import UnitCard
from store.domain.language import _
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.new_file import write_new

SCREENS = (Delivery, Issue, DocumentList, DocumentScans, UnitCard, PaperDesk)
"""Whose commands are printed, in this order; what several have is printed once."""
DIGITS = range(1, 10)
QUANTITIES = (1, 2, 5, 10, 20, 50, 100)


def run(context: Context) -> int:
    """Write the sheet as a PDF into a new file. Raises StoreError when there is such a file."""
    target = context.arguments.file
    sheet = command_sheet(cards(), company=context.settings.company.name)
    write_new(target, sheet)
    sys.stderr.write(_("Written to {file}.").format(file=target) + "\n")
    return Exit.OK


def cards() -> Sequence[SheetCommand]:
    """Return everything that the sheet has, in the language in force."""
    return [*_answers(), *(_card(command) for command in _commands()), *_amounts(), _check()]


def _commands() -> Iterator[Command]:
    """Yield each barcode once; what it does may be worded differently where another screen has it too."""
    seen = {str(digit) for digit in DIGITS}
    for command in (*COMMON, *(command for screen in SCREENS for command in screen.OFFERS)):
        if command.code not in seen:
            seen.add(command.code)
            yield command


def _card(command: Command) -> SheetCommand:
    label, text = command.words()
    return SheetCommand(label=label, help=text, code=command.barcode)


def _answers() -> Iterator[SheetCommand]:
    said = {OK: _("OK"), YES: _("Yes"), NO: _("No")}
    for code, label in said.items():
        yield SheetCommand(label=label, help=_("Answers a question."), code=PREFIX + code)
    for digit in DIGITS:
        yield SheetCommand(
            label=str(digit), help=_("Chooses the row with this digit."), code=f"{PREFIX}{digit}"
        )


def _amounts() -> Iterator[SheetCommand]:
    for amount in QUANTITIES:
        yield SheetCommand(
            label=_("Quantity {amount}").format(amount=amount),
            help=_("Counts pieces without serials."),
            code=f"{PREFIX}{QUANTITY} {amount}",
        )


def _check() -> SheetCommand:
    text = _("For `sztuka scanner learn`: tells how the scanner's keyboard is set.")
    return SheetCommand(label=_("Check of a scanner"), help=text, code=CHECK_CODE)
