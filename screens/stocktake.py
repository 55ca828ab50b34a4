"""Counting a location: everything that lies here is scanned, by as many terminals as there are."""

from typing import ClassVar
from uuid import uuid4

from textual.app import App, ComposeResult
from textual.widgets import Static

from screens import scan_commands as commands
from screens.add_line import ADD
from screens.commands import Command
from screens.count_place import ask_place, confirmed, place_of
from screens.product_choice import ProductChoice
from screens.required_fields import settle_required
from screens.scan_document import ScanDocument
from screens.session import Session
from screens.signals import Signal
from screens.stocktake_words import notice_text
from screens.words import refusal_text
from store.domain.documents import Accepted, NewDocument
from store.domain.errors import Refusal, RefusalCode
from store.domain.language import N_
from store.domain.records import Location
from store.domain.scan import Scan
from store.domain.terms import DocumentStatus, DocumentType
from store.operations.counting import add_counted, open_count_of
from store.operations.documents import open_document
from store.operations.stocktakes import compare

DIFFERENCES = Command(
    code=commands.CLOSE.code,
    key=commands.CLOSE.key,
    label=N_("Differences"),
    action=commands.CLOSE.action,
    help=N_("Compare what was counted with the record, give reasons, and post it."),
)
PRODUCT = Command(
    code=ADD.code,
    key=ADD.key,
    label=N_("Product"),
    action=ADD.action,
    shown=False,
    help=N_("Choose a product that has no code to scan, and count it."),
)
_OWN = {commands.CLOSE: DIFFERENCES, ADD: PRODUCT}


class Stocktake(ScanDocument):
    """A blind count: what should be here is not shown before everything was scanned."""

    TYPE = DocumentType.STOCKTAKE
    OFFERS: ClassVar[tuple[Command, ...]] = tuple(
        _OWN.get(command, command) for command in commands.EVERYWHERE
    )
    CSS_PATH: ClassVar = ["frame.tcss", "scan_document.tcss", "stocktake.tcss"]

    @classmethod
    async def open_new(cls, app: App[object], session: Session) -> int | None:
        """Open a count of a location, or join the one that is open there; None: the person went back."""
        place = await ask_place(app, session, is_open=open_count_of)
        return None if place is None else await cls._count_of(session, place)

    @classmethod
    async def open_scanned(cls, app: App[object], session: Session, scan: Scan) -> int | None:
        """Count the location whose code was scanned."""
        place = await place_of(session, scan)
        if place is None or not await confirmed(app, session, place):
            return None
        return await cls._count_of(session, place)

    @classmethod
    async def _count_of(cls, session: Session, place: Location) -> int:
        """Return the id of the open count of a location, which is opened if there is none."""
        known = await session.lane.read(open_count_of, place.id)
        if known is not None:
            return known
        new = NewDocument(type=cls.TYPE, location_id=place.id)
        document = await session.lane.write(open_document, session.actor(), new, token=str(uuid4()))
        return document.id

    def title_parts(self) -> list[str]:
        """Return what is counted."""
        head = self._view.document if self._view else None
        return [part for part in (head.location.name, head.reference) if part] if head else []

    def compose_body(self) -> ComposeResult:
        """Put what is told of a piece above the scans."""
        *above, scans = super().compose_body()
        yield from above
        yield Static(id="told", markup=False)
        yield scans

    def tell(self, outcome: Accepted) -> None:
        """Say what has to be known of the piece: it is counted all the same."""
        told = self.query_one("#told", Static)
        text = notice_text(outcome.told)
        told.update(f"{outcome.row.serial}: {text}" if text else "")
        told.set_class(bool(text), "-said")
        if text:
            self.say(text, signal=Signal.REFUSED)
        else:
            super().tell(outcome)

    async def _add(self) -> None:
        """Count a product whose code cannot be scanned."""
        product = await ProductChoice(self.session).ask(self.app)
        if product is not None:
            line = await self.session.lane.write(add_counted, self.document_id, product.id)
            await self.reload()
            self.pick(line)

    async def _close(self) -> None:
        # The list of differences is imported by who is done with counting.
        from screens.stocktake_differences import StocktakeDifferences

        if self.status is not DocumentStatus.OPEN:
            await self.stop_work(refusal_text(Refusal(RefusalCode.NOT_OPEN, {"document": self.title_text()})))
            return
        if not await settle_required(self.app, self.session, self.document_id):
            return
        await self.session.lane.write(compare, self.document_id)
        differences = StocktakeDifferences(self.session, self.document_id)
        await self.app.push_screen_wait(differences)
        if differences.is_posted:
            self.dismiss()
        else:
            await self.reload()
