"""The home menu: what can be done here, one digit each; a scan opens what it names."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList

from screens.about import About
from screens.choice import yes_or_no
from screens.commands import Command
from screens.consignment import Consignment, ConsignmentReturn, ConsignmentSale
from screens.customer_choice import CustomerChoice
from screens.customer_holdings import CustomerHoldings
from screens.days import today_of
from screens.delivery import Delivery
from screens.document_list import DocumentList
from screens.frame import Frame
from screens.issue import Issue
from screens.menu_counts import LATE_TASKS, LENDING, MY_TASKS, SERVICE, UNRETURNED, counted, is_counted
from screens.naming import ask_named
from screens.placed import Corrected, Placed
from screens.rental import Rental
from screens.reservations import Reservations
from screens.scan_document import ScanDocument
from screens.session import Session
from screens.suppliers_units import Borrowing, BorrowingEnd, Buyout, SupplierReturn
from screens.transfer import Transfer
from screens.unit_card import UnitCard
from screens.unit_search import UnitList, UnitSearch
from screens.unreturned import Unreturned
from screens.widgets.choices import Choices, numbered
from store.domain.errors import RefusalCode, RefusedError
from store.domain.kinds import KINDS
from store.domain.language import N_, _
from store.domain.resolution import Hit, Named
from store.domain.roles import Permission, may
from store.domain.scan import Scan
from store.domain.terms import DocumentType
from store.queries.documents import head
from store.queries.parties import party_by_id
from store.queries.products import product_by_id

SCREENS: dict[DocumentType, type[ScanDocument]] = {
    DocumentType.DELIVERY: Delivery,
    DocumentType.ISSUE: Issue,
    DocumentType.TRANSFER: Transfer,
    DocumentType.RENTAL: Rental,
    DocumentType.CONSIGNMENT: Consignment,
    DocumentType.CONSIGNMENT_RETURN: ConsignmentReturn,
    DocumentType.CONSIGNMENT_SALE: ConsignmentSale,
    DocumentType.BORROWING: Borrowing,
    DocumentType.BORROWING_END: BorrowingEnd,
    DocumentType.BUYOUT: Buyout,
    DocumentType.SUPPLIER_RETURN: SupplierReturn,
    DocumentType.INVOICE: Placed,
    DocumentType.CORRECTION: Corrected,
}
"""The screen of each type of document, in the order of the menu. A further type is a row here."""


HANDING_OUT = (DocumentType.ISSUE,)
"""Documents by which a reservation is handed out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row of the menu."""

    label: str
    opens: Callable[[Session], Screen[Any]] | None
    """None: signs the operator out."""
    group: str = ""
    """The row of the home menu under which it stands; empty: it is such a row itself."""
    permission: Permission | None = None
    """Whoever lacks it does not see the row, which stands in a group then."""


MOVING = N_("Moving and counting")
CUSTOMERS = N_("Customers and suppliers")
INVOICES = N_("Invoices and deals")
PROGRAM = N_("Program")

MADE = frozenset({DocumentType.INVOICE, DocumentType.CORRECTION})
"""Documents that nobody opens by hand: invoices make them."""
DAILY = (DocumentType.DELIVERY, DocumentType.ISSUE)
"""Documents that are rows of the home menu themselves."""
LENT = frozenset(
    {
        DocumentType.RENTAL,
        DocumentType.CONSIGNMENT,
        DocumentType.CONSIGNMENT_RETURN,
        DocumentType.CONSIGNMENT_SALE,
    }
)
"""Documents under `LENDING`."""
THEIRS = frozenset(
    {
        DocumentType.BORROWING,
        DocumentType.BORROWING_END,
        DocumentType.BUYOUT,
        DocumentType.SUPPLIER_RETURN,
    }
)
"""Documents under `CUSTOMERS`. The others move goods, and stand under `MOVING`."""


def _documents(types: Iterable[DocumentType], group: str = "") -> Iterator[Item]:
    """Return the rows of the lists of documents."""
    for type_ in types:
        opens = partial(DocumentList, opens=SCREENS[type_])
        yield Item(label=KINDS[type_].listed, opens=opens, group=group)


def _administration(session: Session) -> Screen[Any]:
    from screens.administration import Administration

    return Administration(session)


def _purchases(session: Session) -> Screen[Any]:
    from screens.supplier_purchases import SupplierChoice

    return SupplierChoice(session)


def _invoices(session: Session) -> Screen[Any]:
    """Return the invoices; what reads them is imported by who opens them only."""
    from screens.invoice_import import InvoiceImport

    return InvoiceImport(session)


def _my_tasks(session: Session) -> Screen[Any]:
    from screens.tasks import Tasks

    return Tasks(session)


def _late_tasks(session: Session) -> Screen[Any]:
    from screens.tasks import Tasks

    return Tasks(session, late=True)


def _costs(session: Session) -> Screen[Any]:
    from screens.costs import Costs

    return Costs(session)


ITEMS: tuple[Item, ...] = (
    *_documents(DAILY),
    Item(label=N_("Find a unit"), opens=UnitSearch),
    Item(label=N_("Customer holdings"), opens=CustomerChoice),
    *_documents((type_ for type_ in SCREENS if type_ in LENT), LENDING),
    Item(label=UNRETURNED, opens=Unreturned, group=LENDING),
    Item(label=N_("Reservations"), opens=Reservations, group=LENDING),
    *_documents((type_ for type_ in SCREENS if type_ not in LENT | MADE | THEIRS | set(DAILY)), MOVING),
    *_documents((type_ for type_ in SCREENS if type_ in THEIRS), CUSTOMERS),
    Item(label=N_("Supplier purchases"), opens=_purchases, group=CUSTOMERS),
    Item(label=N_("Import of invoices"), opens=_invoices, group=INVOICES),
    Item(label=MY_TASKS, opens=_my_tasks, group=SERVICE),
    Item(label=LATE_TASKS, opens=_late_tasks, group=SERVICE),
    Item(label=N_("After-sales costs"), opens=_costs, group=SERVICE),
    Item(label=N_("Administration"), opens=_administration, group=PROGRAM, permission=Permission.ADMINISTER),
    Item(label=N_("About"), opens=About, group=PROGRAM),
    Item(label=N_("Sign out"), opens=None, group=PROGRAM),
)


NAMES = (Named.UNIT, Named.DOCUMENT, Named.PRODUCT, Named.PARTY)
"""What a scan opens: a unit's card, a document, the units of a product, the holdings of a party."""


class Counted(Message):
    """What waits behind the rows was counted."""

    def __init__(self, told: dict[str, str]) -> None:
        """Carry what the rows say, by their names."""
        super().__init__()
        self.told = told


class Menu(Frame):
    """A menu: a digit opens its row; a scan opens what it names, as it does at home."""

    CSS_PATH: ClassVar = ["frame.tcss", "home.tcss"]
    OFFERS: ClassVar[tuple[Command, ...]] = ()

    def __init__(self, session: Session, group: str = "") -> None:
        """Show the rows of `group`; empty: those of the home menu, the groups among them."""
        super().__init__(session)
        self._group = group
        self._rows = rows_of(session, group) if group else home_rows()

    def title_text(self) -> str:
        """Return what can be chosen here."""
        return _(self._group)

    def compose_body(self) -> ComposeResult:
        """Build the menu."""
        yield Choices((_label(row) for row in self._rows), id="menu")

    def on_mount(self) -> None:
        """Let digits and arrows choose."""
        super().on_mount()
        self.query_one(Choices).focus()

    def on_screen_resume(self) -> None:
        """Count anew what waits, where a row says it."""
        if self.session.operator is not None and is_counted(self._names):
            self.enqueue(self._count)

    @property
    def _names(self) -> list[str]:
        return [row if isinstance(row, str) else row.label for row in self._rows]

    async def _count(self) -> None:
        operator = self.session.actor().operator
        told = await self.session.lane.read(counted, self._names, operator.id, today_of(self.session))
        self.post_message(Counted(told))

    @on(Counted)
    def _show_counts(self, message: Counted) -> None:
        menu = self.query_one(Choices)
        for number, name in enumerate(self._names):
            if name in message.told:
                text = f"{_label(self._rows[number])} {message.told[name]}".rstrip()
                menu.replace_option_prompt_at_index(number, Text(numbered(number + 1, text)))

    @on(OptionList.OptionSelected)
    def _open_row(self, message: OptionList.OptionSelected) -> None:
        row = self._rows[message.option_index]
        if isinstance(row, str):
            self.enqueue(partial(self._show, partial(Menu, group=row)))
        elif row.opens is None:
            self.enqueue(self.sign_out)
        else:
            self.enqueue(partial(self._show, row.opens))

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
            return CustomerHoldings(session, await session.lane.read(party_by_id, hit.id))
        document = await session.lane.read(head, hit.id)
        if document is None:
            raise RefusedError(RefusalCode.UNKNOWN, text=hit.name)
        return SCREENS[document.type](session, document.id)

    async def sign_out(self) -> None:
        """Ask whether to sign out, and go back to the sign-in. It is a job."""
        if await self.app.push_screen_wait(yes_or_no(_("Sign out?"), bell=self.session.bell)) != 0:
            return
        for screen in reversed(self.app.screen_stack):
            if isinstance(screen, Menu):
                screen.dismiss()


class Home(Menu):
    """Where every operator begins. Leaving it signs out."""

    IS_BOTTOM = True

    def title_text(self) -> str:
        """Return the location and who works here."""
        terminal, operator = self.session.terminal, self.session.operator
        return " ".join(part.name for part in (terminal and terminal.location, operator) if part)

    def action_back(self) -> None:
        """Ask whether to sign out."""
        self.enqueue(self.sign_out)


def rows_of(session: Session, group: str) -> list[Item | str]:
    """Return the items of a group that the operator may see."""
    role = session.operator.role if session.operator else None
    return [
        item
        for item in ITEMS
        if item.group == group
        and (item.permission is None or (role is not None and may(role, item.permission)))
    ]


def home_rows() -> list[Item | str]:
    """Return the rows of the home menu: items of no group, and each group where its first item stands."""
    rows: list[Item | str] = []
    for item in ITEMS:
        row = item.group or item
        if row not in rows:
            rows.append(row)
    return rows


def _label(row: Item | str) -> str:
    return f"{_(row)}..." if isinstance(row, str) else _(row.label)
