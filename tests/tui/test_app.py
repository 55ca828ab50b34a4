"""The App itself: one operator after the other, and every scan to the screen on top."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from scanners.client import Scanned as Read
from scanners.client import ScannerEvent, Unusable
from scanners.settings import ScannerSettings
from scanners.status import State, Status
from scanners.symbology import to_scan
from screens.delivery import Delivery
from screens.document_list import DocumentList
from screens.home import Home
from screens.session import Session
from screens.sign_in import SignIn
from screens.terminal_choice import TerminalChoice
from screens.unit_card import UnitCard
from store.database import open_database
from store.demo.build import build
from store.demo.people import PIN, badge_of
from store.domain.errors import Refusal, RefusalCode
from store.domain.scan import Source
from store.lane import Lane
from store.migrate import migrate
from tests.screens.stage import flat, screen_text, until
from tui import app as module
from tui.app import SztukaApp
from tui.config.settings import Settings
from tui.driver import Pasted, TornScan, TypedScan

HOST = "desk"
REFERENCE = "WX-2210"
SERIAL = "WXA690000001"


class Hands:
    """A person at the App, and what they see."""

    def __init__(self, app: SztukaApp, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot

    async def on(self, kind: type) -> None:
        await until(self.pilot, lambda: isinstance(self.app.screen, kind) and self.app.screen.is_running)

    async def shows(self, *texts: str) -> None:
        await until(self.pilot, lambda: all(flat(text) in flat(screen_text(self.app)) for text in texts))

    async def scan(self, text: str) -> None:
        self.app.post_message(TypedScan(text))
        await self.pilot.pause()

    async def sign_in(self, code: str = "104") -> None:
        await self.on(SignIn)
        await self.scan(badge_of(code))
        await self.on(Home)

    async def open_delivery(self) -> None:
        await self.pilot.press("1")
        await self.on(DocumentList)
        await self.shows("F2")
        await self.scan(REFERENCE)
        await self.on(Delivery)
        await self.shows("0/15")


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = str(tmp_path / "store.db")
    database = open_database(path)
    with database.connection_context():
        migrate(database)
        build(database, units=60, today=datetime(2026, 11, 24, tzinfo=UTC).date(), hostname=HOST)
    return path


Working = Callable[..., Any]


@pytest.fixture
def working(store: str) -> Working:
    """Opens the App at a host, or at a client's address."""

    @asynccontextmanager
    async def work(
        *, hostname: str | None = HOST, address: str | None = None, settings: Settings | None = None
    ) -> AsyncIterator[Hands]:
        lane = Lane(open_database(store))
        session = Session(lane=lane, hostname=hostname, address=address, bell=False)
        app = SztukaApp(session, settings or Settings())
        try:
            async with app.run_test(size=(80, 24)) as pilot:
                yield Hands(app, pilot)
        finally:
            await lane.close()

    return work


async def test_one_operator_after_the_other(working: Working) -> None:
    async with working() as hands:
        await hands.sign_in("101")
        await hands.shows("Magazynier Warszawa")
        await hands.pilot.press("escape")
        await hands.shows("Sign out?")
        await hands.pilot.press("1")
        await hands.on(SignIn)
        assert hands.app.session.operator is None
        await hands.sign_in("104")
        await hands.shows("Warehouse temp")


async def test_a_terminal_that_is_not_known_is_asked_for_once(working: Working) -> None:
    async with working(hostname=None, address="192.0.2.7") as hands:
        await hands.on(TerminalChoice)
        await hands.pilot.press("T", "3", "enter")
        await hands.on(SignIn)
        assert hands.app.session.terminal.code == "T3"
    async with working(hostname=None, address="192.0.2.7") as hands:
        await hands.on(SignIn)
        assert hands.app.session.terminal.code == "T3"


async def test_a_scan_goes_to_the_screen_on_top(working: Working) -> None:
    async with working() as hands:
        await hands.sign_in()
        await hands.open_delivery()
        await hands.scan(SERIAL)
        await hands.shows("1/15", SERIAL)
        hands.app.post_message(Pasted(("WXA690000002", "WXA690000003")))
        await hands.shows("2 serials taken.")
        await hands.pilot.press("enter")
        await hands.shows("3/15", "WXA690000003")
        hands.app.post_message(Pasted(("WXA690000004",)))
        await hands.shows("4/15")


async def test_a_unit_is_opened_from_the_menu(working: Working, store: str) -> None:
    async with working() as hands:
        await hands.sign_in()
        await hands.open_delivery()
        await hands.pilot.press("f12")
        await hands.on(Home)
        assert len(hands.app.screen_stack) == 2
        database = hands.app.session.lane.database
        serial = await hands.app.session.lane.read(
            lambda: database.execute_sql("SELECT min(serial) FROM unit").fetchone()[0]
        )
        await hands.scan(serial)
        await hands.on(UnitCard)


async def test_a_torn_scan_and_an_unreadable_one_are_told_and_never_taken(working: Working) -> None:
    async with working() as hands:
        await hands.sign_in()
        await hands.open_delivery()
        hands.app.post_message(TornScan("WXA69000"))
        await hands.shows("WXA69000", "a part is missing. Scan again.")
        await hands.scan("x" * 4097)
        await hands.shows("too many for a serial")
        await hands.shows("0/15")


async def test_a_scan_that_is_no_badge_signs_nobody_in(working: Working) -> None:
    async with working() as hands:
        await hands.on(SignIn)
        await hands.scan(SERIAL)
        await hands.shows("do not fit")
        assert hands.app.session.operator is None


class FakeClient:
    """Says what a test has it say, and then nothing."""

    script: Sequence[ScannerEvent] = ()
    asked: Sequence[ScannerSettings] = ()

    def __init__(self, scanners: Sequence[ScannerSettings], *, terminal: str = "") -> None:
        type(self).asked = scanners
        self.terminal = terminal

    async def __aenter__(self) -> "FakeClient":
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Let go."""

    async def events(self) -> AsyncIterator[ScannerEvent]:
        for event in self.script:
            yield event
        await asyncio.Event().wait()


def reading(*events: ScannerEvent, monkeypatch: pytest.MonkeyPatch) -> None:
    FakeClient.script, FakeClient.asked = events, ()
    monkeypatch.setattr(module, "ScannerClient", FakeClient)


SCANNERS = (
    ScannerSettings(id="a", name="Everywhere"),
    ScannerSettings(id="b", name="Here", terminal="T1"),
    ScannerSettings(id="c", name="There", terminal="T2"),
)


async def test_only_the_scanners_of_this_terminal_are_read(
    working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading(monkeypatch=monkeypatch)
    async with working(settings=Settings(scanners=SCANNERS)) as hands:
        await until(hands.pilot, lambda: FakeClient.asked)
        assert [scanner.name for scanner in FakeClient.asked] == ["Everywhere", "Here"]


async def test_over_ssh_no_scanner_of_the_server_is_read(
    working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading(monkeypatch=monkeypatch)
    async with working(hostname=None, address="192.0.2.7", settings=Settings(scanners=SCANNERS)) as hands:
        await hands.on(TerminalChoice)
        await hands.pilot.press("T", "1", "enter")
        await hands.sign_in()
        assert FakeClient.asked == ()


async def test_what_a_scanner_reads_and_suffers_is_seen(
    working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = to_scan(badge_of("104"), source=Source.DEVICE, at=datetime.now(UTC), device="Here")
    news = Status(state=State.UNPLUGGED, device="Here", data={"path": "/dev/null"})
    unusable = Unusable(id="2", raw="", device="Here", refusal=Refusal(RefusalCode.EMPTY))
    reading(Read(id="1", scan=scan), monkeypatch=monkeypatch)
    async with working(settings=Settings(scanners=SCANNERS)) as hands:
        await hands.on(Home)
    reading(unusable, news, monkeypatch=monkeypatch)
    async with working(settings=Settings(scanners=SCANNERS)) as hands:
        await hands.shows("Here was unplugged. Plug it in again.")


async def test_pin_and_code_sign_in(working: Working) -> None:
    async with working() as hands:
        await hands.on(SignIn)
        await hands.pilot.press(*"104", "enter", *PIN, "enter")
        await hands.on(Home)
