"""A list is laid out for the terminal as it is now: smaller and larger again, it is as if it were new."""

import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from peewee import Database

import screens
from screens.costs import Costs
from screens.customer_choice import CustomerChoice
from screens.customer_holdings import CustomerHoldings
from screens.deals import Deals
from screens.delivery import Delivery
from screens.document_list import DocumentList
from screens.document_scans import DocumentScans
from screens.expiring import Expiring
from screens.extension import Extension
from screens.finder import Finder
from screens.frame import Frame
from screens.holder_units import HolderUnits
from screens.in_service import InService
from screens.invoice_import import InvoiceImport
from screens.paper_desk import PaperDesk
from screens.paper_subject import of_document
from screens.pending_pieces import PendingAt
from screens.pending_serials import PendingSerials
from screens.reservations import Reservations
from screens.session import Session
from screens.stocktake_differences import StocktakeDifferences
from screens.supplier_held_units import SupplierHeldUnits
from screens.supplier_purchases import SupplierPurchases
from screens.suppliers_held import SuppliersHeld
from screens.tasks import Tasks
from screens.unit_card import UnitCard
from screens.unreturned import Unreturned
from screens.widgets.choices import Choices
from screens.widgets.window import Window
from store.database import open_database
from store.demo.build import build
from store.domain.unreturned import Which
from store.lane import Lane
from store.migrate import migrate
from store.models.sql import select
from store.operations.operators import sign_in
from store.queries import documents, terminals
from store.queries.parties import party_by_id
from tests.screens.stage import SIZES, Stage, at_rest, staged

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
PIN = "1234"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo company: each list has rows in it."""
    path = tmp_path_factory.mktemp("resized") / "store.db"
    database = open_database(str(path))
    with database.connection_context():
        migrate(database)
        build(database, units=400, today=TODAY, hostname="desk")
    return path


class Found:
    """What the lists are of."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def run(self, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        with self.database.connection_context():
            return function(*args, **options)

    def id(self, statement: str) -> int:
        return int(self.run(select, f"SELECT {statement} LIMIT 1")[0]["id"])

    def party(self, statement: str) -> Any:
        return self.run(party_by_id, self.id(statement))


CASES: dict[type[Frame], Callable[[Session, Found], Frame]] = {
    Costs: lambda session, _found: Costs(session),
    CustomerChoice: lambda session, _found: CustomerChoice(session),
    CustomerHoldings: lambda session, found: CustomerHoldings(
        session,
        found.party("owner_id AS id FROM unit WHERE terms = 'sold' GROUP BY owner_id ORDER BY count(*) DESC"),
    ),
    Deals: lambda session, _found: Deals(session),
    DocumentList: lambda session, _found: DocumentList(session, Delivery),
    DocumentScans: lambda session, found: DocumentScans(
        session, found.id("document_id AS id FROM draft_scan WHERE state = 'draft' ORDER BY document_id")
    ),
    Expiring: lambda session, _found: Expiring(session),
    Extension: lambda session, found: Extension(
        session, found.id("document_id AS id FROM loan WHERE returned_at IS NULL ORDER BY document_id")
    ),
    HolderUnits: lambda session, found: HolderUnits(
        session,
        found.id("party_id AS id FROM loan WHERE returned_at IS NULL ORDER BY id"),
        "Odbiorca",
        Which.ALL,
    ),
    InService: lambda session, _found: InService(session),
    InvoiceImport: lambda session, _found: InvoiceImport(session),
    PaperDesk: lambda session, found: PaperDesk(
        session,
        of_document(
            found.run(documents.head, found.id("id FROM document WHERE status = 'posted' AND type = 'issue'"))
        ),
    ),
    PendingAt: lambda session, found: PendingAt(session, found.party("party_id AS id FROM pending_serial")),
    PendingSerials: lambda session, _found: PendingSerials(session),
    Reservations: lambda session, _found: Reservations(session),
    StocktakeDifferences: lambda session, found: StocktakeDifferences(
        session, found.id("id FROM document WHERE type = 'stocktake' AND status = 'open'")
    ),
    SupplierHeldUnits: lambda session, found: SupplierHeldUnits(
        session, found.id("owner_id AS id FROM unit WHERE terms = 'held' ORDER BY owner_id"), "Dostawca"
    ),
    SupplierPurchases: lambda session, found: SupplierPurchases(
        session,
        found.party("party_id AS id FROM document WHERE type = 'delivery' AND status = 'posted' ORDER BY id"),
    ),
    SuppliersHeld: lambda session, _found: SuppliersHeld(session),
    Tasks: lambda session, _found: Tasks(session, late=True),
    UnitCard: lambda session, found: UnitCard(session, found.id("id FROM unit WHERE terms = 'sold'")),
    Unreturned: lambda session, _found: Unreturned(session),
}
"""The lists whose rows are painted for the width that there is."""


@pytest.fixture
def found(demo: Path) -> Found:
    return Found(open_database(str(demo)))


@pytest.fixture
async def session(found: Found) -> AsyncIterator[Session]:
    terminal = found.run(terminals.find, "desk", None)
    operator = found.run(sign_in, "201", PIN, NOW)
    lane = Lane(found.database)
    await lane.start()
    yield Session(
        lane=lane, terminal=terminal, operator=operator, hostname="desk", bell=False,
        clock=lambda: NOW,
    )  # fmt: skip
    await lane.close()


async def settled(stage: Stage) -> str:
    """Return what is painted when the screen has read everything."""
    for _turn in range(3):
        await at_rest(stage.pilot)
        await stage.pilot.pause()
    return stage.text()


@pytest.mark.parametrize("kind", CASES, ids=lambda kind: kind.__name__)
async def test_a_list_made_smaller_and_larger_is_as_if_it_were_new(
    kind: type[Frame], session: Session, found: Found
) -> None:
    fresh = {}
    for size in (SIZES["full"], SIZES["handheld"]):
        async with staged(CASES[kind](session, found), session, size) as stage:
            fresh[size] = await settled(stage)
            rows = [choices.option_count for choices in stage.app.screen.query(Choices)]
            rows += [window.held for window in stage.app.screen.query(Window)]
            assert all(rows)
    async with staged(CASES[kind](session, found), session, SIZES["full"]) as stage:
        await settled(stage)
        for size in (SIZES["handheld"], SIZES["full"]):
            await stage.pilot.resize_terminal(*size)
            await settled(stage)
            await stage.until(lambda size=size: stage.text() == fresh[size])


def sources() -> Iterator[tuple[str, str]]:
    for found in iter_modules(screens.__path__, "screens."):
        if not found.ispkg:
            yield found.name, inspect.getsource(import_module(found.name))


def test_no_list_is_left_out() -> None:
    tried = {kind.__module__ for kind in CASES}
    lists = {name for name, source in sources() if ".lay_out(" in source or "Window(self" in source}
    assert lists - tried - {"screens.invoice_inbox"} == set()
    once = {name for name, source in sources() if "size.width - MARGIN" in source}
    assert once == {Finder.__module__}
