"""Scanning on a customer's site the serials of what it has already."""

from functools import partial
from typing import ClassVar

from textual.app import App

from screens import scan_commands as commands
from screens.add_line import ADD
from screens.choice import Choice
from screens.commands import Command
from screens.frame import Frame
from screens.party_choice import PartyChoice
from screens.scan_document import ScanDocument
from screens.session import Session
from screens.words import quantity
from store.domain.documents import DocumentView
from store.domain.language import N_, _
from store.domain.records import Party
from store.domain.scan import Scan
from store.domain.terms import DocumentType
from store.operations.on_site import add_turnable, open_on_site
from store.queries.documents import view
from store.queries.on_site import Turnable, turnable

ON_SITE = Command(
    code="ONSITE",
    key="f5",
    label=N_("Scan"),
    action="on_site",
    help=N_("Scan the serials of what the customer has: what waits for them, and pieces without."),
)
ADD_PIECES = Command(
    code=ADD.code,
    key=ADD.key,
    label=ADD.label,
    action=ADD.action,
    shown=False,
    help=N_("Give serials to pieces of a product that the customer has without any."),
)


class OnSite(ScanDocument):
    """What waits for serials at one customer. Only as many are taken, of the products that wait."""

    TYPE = DocumentType.ON_SITE
    OFFERS: ClassVar[tuple[Command, ...]] = tuple(
        ADD_PIECES if command is ADD else command
        for command in commands.EVERYWHERE
        if command is not commands.AMOUNT
    )

    def __init__(
        self, session: Session, document_id: int, product_id: int | None = None, scan: Scan | None = None
    ) -> None:
        """Scan into the list `document_id`; first the product `product_id` is picked, and `scan` is taken."""
        super().__init__(session, document_id)
        self._first = product_id
        self._scan = scan

    @classmethod
    async def open_new(cls, app: App[object], session: Session) -> int | None:
        """Ask at which customer, and return the id of its list; None: the person went back."""
        party = await PartyChoice(session, suppliers=False).ask(app)
        if party is None:
            return None
        document = await session.lane.write(open_on_site, session.actor(), party)
        return document.id

    def on_mount(self) -> None:
        """Load the list, and take the scan that led here."""
        super().on_mount()
        if self._scan is not None:
            self.enqueue(partial(self.take_scan, self._scan))

    async def reload(self) -> None:
        """Read the list again, and pick the product that was chosen before. It is a job."""
        await super().reload()
        if self._first is not None:
            wanted, self._first = self._first, None
            found = await self.session.lane.read(view, self.document_id)
            line = next((line for line in found.lines if line.product.id == wanted), None) if found else None
            if line is not None:
                self.pick(line)

    async def _add(self) -> None:
        """Let pieces that are followed by quantity become units."""
        there = await self.session.lane.read(_pieces, self.document_id)
        if not there:
            await self.stop_work(_("The customer has nothing without serials."))
            return
        answers = [f"{each.product.name}  {quantity(each.quantity)}" for each in there]
        question = Choice(_("Which pieces get serials?"), answers, bell=self.session.bell)
        chosen = await self.app.push_screen_wait(question)
        if chosen is not None:
            product_id = there[chosen].product.id
            line = await self.session.lane.write(add_turnable, self.document_id, product_id)
            await self.reload()
            self.pick(line)


def _pieces(document_id: int) -> list[Turnable]:
    """Return what the list's customer has without serials. It runs in the lane."""
    found: DocumentView | None = view(document_id)
    return turnable(found.document.party) if found else []


async def scan_on_site(
    screen: Frame, party: Party, product_id: int | None = None, scan: Scan | None = None
) -> None:
    """Scan the serials of what `party` has, those of a product first, `scan` among them. Part of a job.

    Pieces of that product which are followed by quantity get a line of their own.
    """
    session = screen.session
    document = await session.lane.write(open_on_site, session.actor(), party)
    if product_id is not None:
        there = await session.lane.read(turnable, party)
        if any(each.product.id == product_id for each in there):
            await session.lane.write(add_turnable, document.id, product_id)
    await screen.app.push_screen_wait(OnSite(session, document.id, product_id, scan))
