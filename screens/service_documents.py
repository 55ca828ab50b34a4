"""Taking units into service and handing them out: scans first, then what is said of each piece."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.widgets import OptionList

from screens.choice import Choice
from screens.commands import Command
from screens.document_scans import DocumentScans
from screens.repair_words import SETTLEMENTS
from screens.scan_document import ScanDocument
from screens.service_pieces import Ask, ask_intake, ask_outcome, settle_intake, settle_outcomes
from screens.widgets.choices import Choices
from screens.widgets.text_line import shorten
from store.domain.documents import Document, DraftScan
from store.domain.language import N_, _
from store.domain.repairs import ScannedPiece
from store.domain.tasks import NewTask
from store.domain.terms import DocumentType
from store.domain.warranty_told import warranty_sentence
from store.operations.service import close_intake
from store.queries.repairs import scanned_pieces
from store.queries.tasks import teams
from store.queries.warranties import warranties_told

NOTE = Command(
    code="NOTE",
    key="f4",
    label=N_("Note"),
    action="note",
    help=N_("Say anew of the chosen piece what is wrong, or what came of it. Enter does the same."),
)


class PieceScans(DocumentScans):
    """The scans of a document of service, each with what is said of it."""

    OFFERS: ClassVar[tuple[Command, ...]] = (NOTE, *DocumentScans.OFFERS)
    ASK: ClassVar[Ask]

    async def read(self) -> None:
        """Read the scans and what is said of them again. It is a job."""
        pieces = await self.session.lane.read(scanned_pieces, self._document_id)
        self._pieces = {piece.scan_id: piece for piece in pieces}
        await super().read()

    def row_text(self, row: DraftScan, width: int) -> str:
        """Return a scan with what is said of it below."""
        text, piece = super().row_text(row, width), self._pieces.get(row.id)
        said = self.said(piece) if piece else ""
        return f"{text}\n{shorten(said, width)}" if said else text

    def said(self, piece: ScannedPiece) -> str:
        """Return what is said of a piece."""
        return ", ".join(text for text in (piece.fault, piece.note) if text)

    def action_note(self) -> None:
        """Say anew what is said of the chosen piece."""
        chosen = self.query_one(Choices).highlighted
        if not self.shows_refused and chosen is not None:
            self.enqueue(partial(self._note, self.accepted[chosen]))

    @on(OptionList.OptionSelected)
    def _note_chosen(self) -> None:
        self.action_note()

    async def _note(self, row: DraftScan) -> None:
        piece = self._pieces.get(row.id)
        if piece is not None:
            await type(self).ASK(self.app, self.session, self._document_id, [piece])
            await self.read()


class IntakeScans(PieceScans):
    """Why each came, what is wrong with it, what came with it."""

    ASK: ClassVar[Ask] = staticmethod(ask_intake)


class HandoutScans(PieceScans):
    """What was wrong with each, and what came of it."""

    ASK: ClassVar[Ask] = staticmethod(ask_outcome)

    def said(self, piece: ScannedPiece) -> str:
        """Return what came of it, as soon as that is said, and what was wrong."""
        return ", ".join(
            [_(SETTLEMENTS[piece.settlement]), piece.fault] if piece.settlement else [piece.fault, "?"]
        )


class ServiceIntake(ScanDocument):
    """What a customer brings. A number that we never sold is taken in when its product is picked."""

    TYPE = DocumentType.SERVICE_INTAKE
    SCANS = IntakeScans

    async def settle_pieces(self) -> bool:
        """Ask what is wrong with each piece."""
        return await super().settle_pieces() and await settle_intake(self.app, self.session, self.document_id)

    async def post(self, reason: str, moment: datetime | None, *, fills: bool) -> Document:  # noqa: ARG002
        """Take the pieces in, with their complaints, and a task for each if one is wanted."""
        task = await self._ask_task()
        return await self.session.lane.write(
            close_intake, self.session.actor(), self.document_id,
            reason=reason, effective_at=moment, task=task, token=str(uuid4()),
        )  # fmt: skip

    async def _ask_task(self) -> NewTask | None:
        known: Sequence[tuple[int, str]] = [
            (team.id, team.name) for team in await self.session.lane.read(teams)
        ]
        answers = [_("No task"), _("For me"), *(name for _id, name in known)]
        chosen = await self.app.push_screen_wait(Choice(_("A task for it?"), answers, bell=self.session.bell))
        if not chosen:
            return None
        task = NewTask(title="")
        if chosen == 1:
            return replace(task, assignee_id=self.session.actor().operator.id)
        return replace(task, team_id=known[chosen - 2][0])


class ServiceHandout(ScanDocument):
    """What goes back to the customer, on the terms on which it was there before."""

    TYPE = DocumentType.SERVICE_HANDOUT
    SCANS = HandoutScans

    async def closing_words(self, document: Document) -> Sequence[str]:
        """Return which warranties became other ones, and why. Part of a job."""
        told = await self.session.lane.read(warranties_told, document.id)
        return [warranty_sentence(each) for each in told.values()]

    async def settle_pieces(self) -> bool:
        """Ask what came of each piece."""
        return await super().settle_pieces() and await settle_outcomes(
            self.app, self.session, self.document_id
        )
