"""The home menu: what can be done here, one digit each; a scan opens what it names."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import OptionList

from screens.about import About
from screens.choice import yes_or_no
from screens.commands import Command
from screens.delivery import Delivery
from screens.document_list import DocumentList
from screens.frame import Frame
from screens.issue import Issue
from screens.naming import ask_named
from screens.scan_document import ScanDocument
from screens.session import Session
from screens.transfer import Transfer
from screens.unit_card import UnitCard
from screens.unit_search import UnitList, UnitSearch
from screens.widgets.choices import Choices
from store.domain.errors import RefusalCode, RefusedError
from store.domain.kinds import KINDS
from store.domain.language import N_, _
from store.domain.resolution import Hit, Named
from store.domain.scan import Scan
from store.domain.terms import DocumentType
from store.queries.documents import head
from store.queries.parties import party_by_id
from store.queries.products import product_by_id

SCREENS: dict[DocumentType, type[ScanDocument]] = {
    DocumentType.DELIVERY: Delivery,
    DocumentType.ISSUE: Issue,
    DocumentType.TRANSFER: Transfer,
}
"""The screen of each type of document, in the order of the menu. A further type is a row here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row of the menu."""

    label: str
    opens: Callable[[Session], Screen[Any]] | None
    """None: signs the operator out."""


ITEMS: tuple[Item, ...] = (
    *(
        Item(label=KINDS[type_].listed, opens=partial(DocumentList, opens=screen))
        for type_, screen in SCREENS.items()
    ),
    Item(label=N_("Find a unit"), opens=UnitSearch),
    Item(label=N_("About"), opens=About),
    Item(label=N_("Sign out"), opens=None),
)


NAMES = (Named.UNIT, Named.DOCUMENT, Named.PRODUCT, Named.PARTY)
"""What a scan opens: a unit's card, a document, the units of a product or of a party."""


class Home(Frame):
    """Where every operator begins. Leaving it signs out."""

    CSS_PATH: ClassVar = ["frame.tcss", "home.tcss"]
    OFFERS: ClassVar[tuple[Command, ...]] = ()
    IS_BOTTOM = True

    def title_text(self) -> str:
        """Return the location and who works here."""
        terminal, operator = self.session.terminal, self.session.operator
        return " ".join(part.name for part in (terminal and terminal.location, operator) if part)

    def compose_body(self) -> ComposeResult:
        """Build the menu."""
        yield Choices((_(item.label) for item in ITEMS), id="menu")

    def on_mount(self) -> None:
        """Let digits and arrows choose."""
        super().on_mount()
        self.query_one(Choices).focus()

    @on(OptionList.OptionSelected)
    def _open_item(self, message: OptionList.OptionSelected) -> None:
        item = ITEMS[message.option_index]
        if item.opens is None:
            self.action_back()
        else:
            self.enqueue(partial(self._show, item.opens))

    async def _show(self, opens: Callable[[Session], Screen[Any]]) -> None:
        await self.app.push_screen_wait(opens(self.session))

    async def take_scan(self, scan: Scan) -> None:
        """Open what a scan names: a unit's card, a document."""
        hit = await ask_named(self, scan, NAMES)
        if hit is not None:
            await self.app.push_screen_wait(await self._screen_of(hit))

    async def _screen_of(self, hit: Hit) -> Frame:
        """Return the screen of what a scan names."""
        session = self.session
        if hit.kind is Named.UNIT:
            return UnitCard(session, hit.id)
        if hit.kind is Named.PRODUCT:
            return UnitList(session, await session.lane.read(product_by_id, hit.id))
        if hit.kind is Named.PARTY:
            return UnitList(session, await session.lane.read(party_by_id, hit.id))
        document = await session.lane.read(head, hit.id)
        if document is None:
            raise RefusedError(RefusalCode.UNKNOWN, text=hit.name)
        return SCREENS[document.type](session, document.id)

    def action_back(self) -> None:
        """Ask whether to sign out."""
        self.enqueue(self._sign_out)

    async def _sign_out(self) -> None:
        if await self.app.push_screen_wait(yes_or_no(_("Sign out?"), bell=self.session.bell)) == 0:
            self.dismiss()
