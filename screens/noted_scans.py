"""The scans of a rental or a return, with what is noted of each piece."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.widgets import OptionList

from screens.choice import Choice
from screens.commands import Command
from screens.document_scans import DocumentScans
from screens.entry import Entry
from screens.widgets.choices import Choices
from screens.widgets.text_line import shorten
from screens.words import word
from store.domain.documents import DraftScan
from store.domain.language import N_, _
from store.domain.terms import Condition
from store.operations.noting import note_scan

FOUND = (Condition.NEW, Condition.USED, Condition.DAMAGED, Condition.BLOCKED)
NOTE = Command(
    code="NOTE",
    key="f4",
    label=N_("Note"),
    action="note",
    help=N_("Note of the chosen piece in which condition it is and what goes with it. Enter does the same."),
)


class NotedScans(DocumentScans):
    """Newest first. Enter notes; a scanned piece is found and may be taken back."""

    OFFERS: ClassVar[tuple[Command, ...]] = (NOTE, *DocumentScans.OFFERS)
    FOUND: ClassVar[Sequence[Condition]] = FOUND
    """The conditions to choose from."""
    PIECES_TOO: ClassVar[bool] = False
    """The condition of pieces without serials is asked for as well."""

    def note_question(self) -> str:
        """Return what is asked for beside the condition."""
        return _("Note? Empty: none.")

    def row_text(self, row: DraftScan, width: int) -> str:
        """Return a scan with what is noted of it."""
        noted = [word(row.condition)] if row.condition else []
        noted += [row.note] if row.note else []
        text = super().row_text(row, width)
        return f"{text}\n{shorten(', '.join(noted), width)}" if noted else text

    def action_note(self) -> None:
        """Note something of the chosen piece."""
        chosen = self.query_one(Choices).highlighted
        if not self.shows_refused and chosen is not None:
            self.enqueue(partial(self._note, self.accepted[chosen]))

    @on(OptionList.OptionSelected)
    def _note_chosen(self) -> None:
        self.action_note()

    async def _note(self, row: DraftScan) -> None:
        condition, note = row.condition, row.note
        if row.serial is not None or self.PIECES_TOO:
            answers = [_("As it was"), *(word(found) for found in self.FOUND)]
            question = Choice(
                _("{what}: in which condition?").format(what=row.serial or row.product_name),
                answers,
                bell=self.session.bell,
            )
            chosen = await self.app.push_screen_wait(question)
            if chosen is None:
                return
            condition = self.FOUND[chosen - 1] if chosen else None
        entry = Entry(self.note_question(), value=note, takes_scans=True, bell=self.session.bell)
        answer = await self.app.push_screen_wait(entry)
        if answer is None:
            return
        await self.session.lane.write(note_scan, row.id, condition=condition, note=answer)
        await self.read()


class ReturnScans(NotedScans):
    """What was found of each piece that came back."""

    PIECES_TOO = True

    def note_question(self) -> str:
        """Return the question for what was found."""
        return _("What is missing or broken? Empty: nothing.")


class RentalScans(NotedScans):
    """What goes with each unit: charger, bag, cables. A blocked one does not go."""

    FOUND: ClassVar[Sequence[Condition]] = FOUND[:3]

    def note_question(self) -> str:
        """Return the question for accessories."""
        return _("What goes with it? Empty: nothing.")
