"""The App itself: one operator after the other, and every scan to the screen on top."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

import pytest

from scanners.client import Scanned as Read
from scanners.client import ScannerEvent, Unusable
from scanners.settings import ScannerSettings
from scanners.status import State, Status
from scanners.symbology import to_scan
from screens.help import Help
from screens.home import Home
from screens.paper_desk import PaperDesk
from screens.sign_in import SignIn
from screens.terminal_choice import TerminalChoice
from screens.unit_card import UnitCard
from store.demo.people import PIN, badge_of
from store.domain.errors import Refusal, RefusalCode
from store.domain.scan import Source
from tests.screens.stage import until
from tests.tui.conftest import SERIAL, Working
from tui import app as module
from tui.config.settings import Settings
from tui.driver import Pasted, TornScan


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


async def test_home_is_one_key_away_however_deep(working: Working) -> None:
    async with working() as hands:
        await hands.sign_in()
        await hands.open_delivery()
        await hands.pilot.press("f1")
        await hands.on(Help)
        hands.app.action_home()
        await hands.on(Home)
        assert [type(screen) for screen in hands.app.screen_stack[1:]] == [Home]
        await hands.open_delivery()


async def test_home_from_the_papers_of_a_document_that_was_just_closed(working: Working) -> None:
    async with working() as hands:
        await hands.sign_in()
        await hands.open_delivery()
        await hands.scan(SERIAL)
        await hands.shows("1/15")
        await hands.pilot.press("f10")
        await hands.shows("due back?", "No day is agreed")
        await hands.pilot.press("2")
        await hands.shows("Close with 1/15?")
        await hands.pilot.press("1")
        await hands.shows("Supplier sent less")
        await hands.pilot.press("1")
        await hands.shows("Closed: 1 piece.")
        await hands.pilot.press("f5")
        await hands.on(PaperDesk)
        await hands.pilot.press("f12")
        await hands.on(Home)
        await hands.pilot.pause()
        assert [type(screen) for screen in hands.app.screen_stack[1:]] == [Home]


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
    reading(unusable, monkeypatch=monkeypatch)
    async with working(settings=Settings(scanners=SCANNERS)) as hands:
        await hands.shows("Nothing was read. Scan again.")
    reading(news, monkeypatch=monkeypatch)
    async with working(settings=Settings(scanners=SCANNERS)) as hands:
        await hands.shows("Here was unplugged. Plug it in again.")


async def test_pin_and_code_sign_in(working: Working) -> None:
    async with working() as hands:
        await hands.on(SignIn)
        await hands.pilot.press(*"104", "enter", *PIN, "enter")
        await hands.on(Home)
