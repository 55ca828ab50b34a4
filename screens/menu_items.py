"""What the menus offer: the screen of each type of document, and every row with its group."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.screen import Screen

from screens import menu_counts
from screens.about import About
from screens.consignment import Consignment, ConsignmentReturn, ConsignmentSale
from screens.customer_choice import CustomerChoice
from screens.delivery import Delivery
from screens.document_list import DocumentList
from screens.issue import Issue
from screens.menu_counts import (
    CUSTOMERS,
    EXPIRING,
    IN_SERVICE,
    INVOICES,
    LATE_TASKS,
    LENDING,
    MY_TASKS,
    SERIALS,
    SERVICE,
    UNRETURNED,
)
from screens.on_site import OnSite
from screens.placed import Corrected, Placed, PlacedByDeal, Replaced, ServicesGiven
from screens.rental import Rental
from screens.reservations import Reservations
from screens.returns import Return
from screens.scan_document import ScanDocument
from screens.service_documents import ServiceHandout, ServiceIntake
from screens.session import Session
from screens.stocktake import Stocktake
from screens.suppliers_units import Borrowing, BorrowingEnd, Buyout, SupplierReturn
from screens.transfer import Transfer
from screens.unit_search import UnitSearch
from screens.unreturned import Unreturned
from store.domain.kinds import KINDS
from store.domain.language import N_, _
from store.domain.roles import Permission, may
from store.domain.terms import DocumentType

SCREENS: dict[DocumentType, type[ScanDocument]] = {
    DocumentType.DELIVERY: Delivery,
    DocumentType.ISSUE: Issue,
    DocumentType.TRANSFER: Transfer,
    DocumentType.STOCKTAKE: Stocktake,
    DocumentType.RENTAL: Rental,
    DocumentType.RETURN: Return,
    DocumentType.CONSIGNMENT: Consignment,
    DocumentType.CONSIGNMENT_RETURN: ConsignmentReturn,
    DocumentType.CONSIGNMENT_SALE: ConsignmentSale,
    DocumentType.BORROWING: Borrowing,
    DocumentType.BORROWING_END: BorrowingEnd,
    DocumentType.BUYOUT: Buyout,
    DocumentType.SUPPLIER_RETURN: SupplierReturn,
    DocumentType.SERVICE_INTAKE: ServiceIntake,
    DocumentType.SERVICE_HANDOUT: ServiceHandout,
    DocumentType.INVOICE: Placed,
    DocumentType.DEAL: PlacedByDeal,
    DocumentType.CORRECTION: Corrected,
    DocumentType.REPLACEMENT: Replaced,
    DocumentType.SERVICES: ServicesGiven,
    DocumentType.ON_SITE: OnSite,
}
"""The screen of each type of document, in the order of the menu. A further type is a row here."""


HANDING_OUT = (DocumentType.ISSUE, DocumentType.RENTAL)
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
PROGRAM = N_("Program")

MADE = frozenset(
    {
        DocumentType.INVOICE,
        DocumentType.DEAL,
        DocumentType.CORRECTION,
        DocumentType.SERVICES,
        DocumentType.REPLACEMENT,
    }
)
"""Documents that nobody opens by hand: invoices and deals make them, or adding and renewing services."""
LATER = (DocumentType.ON_SITE,)
"""Documents under `INVOICES`: what they put somewhere gets its serials."""
DAILY = (DocumentType.DELIVERY, DocumentType.ISSUE)
"""Documents that are rows of the home menu themselves."""
LENT = frozenset(
    {
        DocumentType.RENTAL,
        DocumentType.RETURN,
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
"""Documents under `CUSTOMERS`."""
REPAIRS = frozenset({DocumentType.SERVICE_INTAKE, DocumentType.SERVICE_HANDOUT})
"""Documents under `SERVICE`. The others move goods, and stand under `MOVING`."""


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


def _suppliers_held(session: Session) -> Screen[Any]:
    from screens.suppliers_held import SuppliersHeld

    return SuppliersHeld(session)


def _invoices(session: Session) -> Screen[Any]:
    """Return the invoices; what reads them is imported by who opens them only."""
    from screens.invoice_import import InvoiceImport

    return InvoiceImport(session)


def _deals(session: Session) -> Screen[Any]:
    from screens.deals import Deals

    return Deals(session)


def _pending(session: Session) -> Screen[Any]:
    from screens.pending_serials import PendingSerials

    return PendingSerials(session)


def _my_tasks(session: Session) -> Screen[Any]:
    from screens.tasks import Tasks

    return Tasks(session)


def _late_tasks(session: Session) -> Screen[Any]:
    from screens.tasks import Tasks

    return Tasks(session, late=True)


def _in_service(session: Session) -> Screen[Any]:
    from screens.in_service import InService

    return InService(session)


def _costs(session: Session) -> Screen[Any]:
    from screens.costs import Costs

    return Costs(session)


def _expiring(session: Session) -> Screen[Any]:
    from screens.expiring import Expiring

    return Expiring(session)


ITEMS: tuple[Item, ...] = (
    *_documents(DAILY),
    Item(label=N_("Find a unit"), opens=UnitSearch),
    *_documents((type_ for type_ in SCREENS if type_ in LENT), LENDING),
    Item(label=UNRETURNED, opens=Unreturned, group=LENDING),
    Item(label=N_("Reservations"), opens=Reservations, group=LENDING),
    *_documents(
        (type_ for type_ in SCREENS if type_ not in LENT | MADE | THEIRS | REPAIRS | {*DAILY, *LATER}), MOVING
    ),
    Item(label=N_("Customer holdings"), opens=CustomerChoice, group=CUSTOMERS),
    *_documents((type_ for type_ in SCREENS if type_ in THEIRS), CUSTOMERS),
    Item(label=menu_counts.THEIRS, opens=_suppliers_held, group=CUSTOMERS),
    Item(label=N_("Supplier purchases"), opens=_purchases, group=CUSTOMERS),
    Item(label=N_("Deals"), opens=_deals, group=INVOICES),
    Item(label=N_("Import of invoices"), opens=_invoices, group=INVOICES),
    Item(label=SERIALS, opens=_pending, group=INVOICES),
    *_documents(LATER, INVOICES),
    *_documents((type_ for type_ in SCREENS if type_ in REPAIRS), SERVICE),
    Item(label=IN_SERVICE, opens=_in_service, group=SERVICE),
    Item(label=MY_TASKS, opens=_my_tasks, group=SERVICE),
    Item(label=LATE_TASKS, opens=_late_tasks, group=SERVICE),
    Item(label=EXPIRING, opens=_expiring, group=SERVICE),
    Item(label=N_("After-sales costs"), opens=_costs, group=SERVICE),
    Item(label=N_("Administration"), opens=_administration, group=PROGRAM, permission=Permission.ADMINISTER),
    Item(label=N_("About"), opens=About, group=PROGRAM),
    Item(label=N_("Sign out"), opens=None, group=PROGRAM),
)


def home_rows() -> list[Item | str]:
    """Return the rows of the home menu: items of no group, and each group where its first item stands."""
    rows: list[Item | str] = []
    for item in ITEMS:
        row = item.group or item
        if row not in rows:
            rows.append(row)
    return rows


def rows_of(session: Session, group: str) -> list[Item | str]:
    """Return the items of a group that the operator may see."""
    role = session.operator.role if session.operator else None
    return [
        item
        for item in ITEMS
        if item.group == group
        and (item.permission is None or (role is not None and may(role, item.permission)))
    ]


def label_of(row: Item | str) -> str:
    """Return what a row of a menu says; a group ends in dots."""
    return f"{_(row)}..." if isinstance(row, str) else _(row.label)
