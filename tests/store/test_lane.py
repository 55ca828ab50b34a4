"""The lane runs everything in order on one thread, keeps what was asked for, and waits for a lost store."""

import asyncio
import threading
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest
from peewee import InterfaceError

from store.database import open_database
from store.domain.documents import Accepted, Document, NewDocument, NewLine
from store.domain.errors import RefusedError, StoreError, StoreLostError
from store.domain.terms import DocumentType
from store.lane import Lane
from store.models.people import OperatorRow
from store.models.sql import select
from store.operations.documents import add_line, open_document
from store.operations.drafts import remove, undo
from store.operations.parties import create_party
from store.operations.scanning import take
from store.queries import documents, scans
from tests.store.company import Company, found_company
from tests.store.servers import Server


@pytest.fixture
async def lane(store_url: str) -> AsyncIterator[Lane]:
    lane = Lane(open_database(store_url))
    await lane.start()
    try:
        yield lane
    finally:
        await lane.close()


@pytest.fixture
async def company(lane: Lane) -> Company:
    """Overrides the fixture for one thread: the company is founded in the lane, and scanned into there."""
    return await lane.read(found_company, lane.database)


async def open_delivery(lane: Lane, company: Company) -> Document:
    return await lane.read(company.delivery, NewLine(product_id=company.printer.id))


async def test_functions_run_in_the_order_in_which_they_were_asked_for(lane: Lane) -> None:
    order: list[int] = []
    await asyncio.gather(*(lane.read(order.append, number) for number in range(20)))
    assert order == list(range(20))


async def test_a_write_whose_caller_went_away_is_done(lane: Lane, company: Company) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        create_party("NEW", "Nowy")
        entered.set()
        assert go_on.wait(10)

    caller = asyncio.create_task(lane.write(slowly))
    await asyncio.to_thread(entered.wait, 10)
    caller.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert await lane.read(select, "SELECT code FROM party WHERE code = 'NEW'") == [{"code": "NEW"}]


async def test_a_refused_write_leaves_nothing(lane: Lane, company: Company) -> None:
    def two_parties() -> None:
        create_party("NEW", "Nowy")
        create_party("SUP", "Ten kod jest zajęty")

    with pytest.raises(RefusedError):
        await lane.write(two_parties)
    assert await lane.read(select, "SELECT code FROM party WHERE code = 'NEW'") == []


async def test_closing_finishes_what_was_asked_for(store_url: str) -> None:
    lane = Lane(open_database(store_url))
    await lane.start()
    writes = [asyncio.create_task(lane.write(create_party, f"P{n}", "Nazwa")) for n in range(30)]
    await asyncio.sleep(0)
    await lane.close()
    assert len(await asyncio.gather(*writes)) == 30
    with lane.database.connection_context():
        assert select("SELECT count(*) AS n FROM party") == [{"n": 30}]


async def test_closing_without_a_loop_finishes_too(store_url: str) -> None:
    lane = Lane(open_database(store_url))
    await lane.start()
    write = asyncio.create_task(lane.write(create_party, "LAST", "Nazwa"))
    await asyncio.sleep(0)
    lane.close_now()
    with lane.database.connection_context():
        assert select("SELECT count(*) AS n FROM party") == [{"n": 1}]
    await write


async def test_the_thread_of_the_screens_has_no_connection(lane: Lane, company: Company) -> None:
    with pytest.raises(InterfaceError):
        OperatorRow.select().first()


class Killer:
    """Cuts the store's connections again and again, from a thread of its own."""

    def __init__(self, server: Server, database: str) -> None:
        self._server = server
        self._database = database
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._cut)
        self.cuts = 0

    def __enter__(self) -> "Killer":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._enough.set()
        self._thread.join()

    def _cut(self) -> None:
        while not self._enough.wait(0.05):
            rows = self._server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = '{self._database}' AND pid <> pg_backend_pid()"
            )
            self.cuts += len(rows)


class Watched:
    """A lane and a company on PostgreSQL, and what the operator was told meanwhile."""

    def __init__(self, url: str, *, patience: float = 60.0) -> None:
        self.told: list[bool] = []
        self._waits = asyncio.Event()
        self.lane = Lane(open_database(url), on_waiting=self._tell, patience=patience)
        self.company: Company
        self.document: Document

    def _tell(self, waiting: bool) -> None:
        self.told.append(waiting)
        if waiting:
            self._waits.set()

    async def waits(self) -> None:
        """Return as soon as the operator was told that the lane waits for the store."""
        async with asyncio.timeout(20):
            await self._waits.wait()

    async def scan(self, *serials: str) -> None:
        for serial in serials:
            actor = self.company.actor()
            scan = self.company.scan(serial)
            outcome = await self.lane.write(take, actor, self.document.id, scan, token=f"scan {serial}")
            assert isinstance(outcome, Accepted), outcome

    async def kept(self) -> list[str]:
        rows = await self.lane.read(scans.scans, self.document.id, limit=1000)
        return sorted(row.serial or "" for row in rows)

    async def counted(self) -> Decimal:
        (line,) = await self.lane.read(documents.lines, self.document.id)
        return line.scanned


@pytest.fixture
async def watched(postgresql_url: str) -> AsyncIterator[Watched]:
    watched = Watched(postgresql_url)
    await watched.lane.start()
    watched.company = await watched.lane.read(found_company, watched.lane.database)
    watched.document = await open_delivery(watched.lane, watched.company)
    try:
        yield watched
    finally:
        await watched.lane.close()


SERIALS = [f"Z{number:03}" for number in range(100)]


async def test_connections_cut_in_a_series_lose_and_double_no_scan(
    watched: Watched, postgres: Server, postgresql_url: str
) -> None:
    with Killer(postgres, postgresql_url.rpartition("/")[2]) as killer:
        await watched.scan(*SERIALS)
    assert killer.cuts > 3
    assert await watched.kept() == SERIALS
    assert await watched.counted() == len(SERIALS)
    assert watched.told == [True, False] * (len(watched.told) // 2)


async def test_a_server_restarted_in_a_series_loses_and_doubles_no_scan(
    watched: Watched, postgres: Server
) -> None:
    await watched.scan(*SERIALS[:50])
    postgres.stop()
    try:
        rest = asyncio.create_task(watched.scan(*SERIALS[50:]))
        await watched.waits()
        assert not rest.done()
    finally:
        await asyncio.to_thread(postgres.start)
    await rest
    assert await watched.kept() == SERIALS
    assert await watched.counted() == len(SERIALS)
    assert watched.told == [True, False]


async def test_what_is_refused_after_waiting_still_says_that_the_store_is_back(
    watched: Watched, postgres: Server, postgresql_url: str
) -> None:
    name = postgresql_url.rpartition("/")[2]
    postgres.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    postgres.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    actor = watched.company.actor()
    refused = asyncio.create_task(
        watched.lane.write(add_line, actor, watched.document.id, NewLine(product_id=1))
    )
    await watched.waits()
    postgres.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    with pytest.raises(RefusedError):
        await refused
    await asyncio.sleep(0)
    assert watched.told == [True, False]


async def test_a_store_that_does_not_come_back_is_given_up(postgresql_url: str, postgres: Server) -> None:
    watched = Watched(postgresql_url, patience=0.2)
    await watched.lane.start()
    postgres.stop()
    try:
        with pytest.raises(StoreLostError, match="does not answer"):
            await watched.lane.write(create_party, "NEW", "Nowy")
    finally:
        await asyncio.to_thread(postgres.start)
    await watched.lane.write(create_party, "NEW", "Nowy")
    await watched.lane.close()


async def test_leaving_does_not_wait_for_a_lost_store(postgresql_url: str, postgres: Server) -> None:
    watched = Watched(postgresql_url)
    await watched.lane.start()
    postgres.stop()
    try:
        write = asyncio.create_task(watched.lane.write(create_party, "NEW", "Nowy"))
        await watched.waits()
        async with asyncio.timeout(2):
            await watched.lane.close()
        with pytest.raises(StoreLostError):
            await write
    finally:
        await asyncio.to_thread(postgres.start)


async def test_a_database_that_is_not_there_is_said_at_once(postgres: Server) -> None:
    lane = Lane(open_database(postgres.url("no_such_database")))
    async with asyncio.timeout(10):
        with pytest.raises(StoreError, match="no_such_database"):
            await lane.start()
        await lane.close()


async def test_undo_made_again_after_a_lost_answer_takes_nothing_more_back(
    lane: Lane, company: Company
) -> None:
    delivery = await open_delivery(lane, company)
    for serial in ("A1", "A2", "A3"):
        await lane.write(take, company.actor(), delivery.id, company.scan(serial), token=serial)
    first = await lane.write(undo, company.actor(), delivery.id, token="undo")
    again = await lane.write(undo, company.actor(), delivery.id, token="undo")
    assert first is not None
    assert (first, first.serial) == (again, "A3")
    (left, *_older) = await lane.read(scans.scans, delivery.id, limit=10)
    removed = [await lane.write(remove, company.actor(), left.id, token="remove") for _try in range(2)]
    assert removed[0] == removed[1]
    assert [scan.serial for scan in await lane.read(scans.scans, delivery.id, limit=10)] == ["A1"]


async def test_a_document_opened_again_after_a_lost_answer_is_the_same(lane: Lane, company: Company) -> None:
    actor = company.actor()
    new = NewDocument(
        type=DocumentType.ISSUE, party_id=company.customer.id, location_id=company.main.id, reference="ZAM 1"
    )
    opened = [await lane.write(open_document, actor, new, token="open") for _try in range(2)]
    assert opened[0] == opened[1]
    assert await lane.read(select, "SELECT count(*) AS n FROM document") == [{"n": 1}]
    other = await lane.write(open_document, actor, new, token="open another")
    assert other.id != opened[0].id
