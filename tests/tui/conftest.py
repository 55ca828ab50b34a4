"""The App on a demo company, and a person at it."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.delivery import Delivery
from screens.document_list import DocumentList
from screens.home import Home
from screens.session import Session
from screens.sign_in import SignIn
from store.database import open_database
from store.demo.build import build
from store.demo.people import badge_of
from store.lane import Lane
from tests.screens.stage import flat, screen_text, until
from tui.app import SztukaApp
from tui.config.settings import Settings
from tui.driver import TypedScan

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

    def listen(self) -> list[str]:
        """Collect from now on what goes to the terminal beside the painting: the bells."""
        written: list[str] = []
        driver = self.app._driver
        assert driver is not None
        driver.write = written.append  # type: ignore[method-assign]
        return written

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


@pytest.fixture(scope="session")
def demo_template(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo company, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "store.db"
    shutil.copy(migrated_file, path)
    database = open_database(str(path))
    with database.connection_context():
        build(database, units=60, today=datetime(2026, 11, 24, tzinfo=UTC).date(), hostname=HOST)
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def store(demo_template: Path, tmp_path: Path) -> str:
    return str(shutil.copy(demo_template, tmp_path / "store.db"))


Working = Callable[..., Any]


@pytest.fixture
def working(store: str) -> Working:
    """Opens the App at a host, or at a client's address."""

    @asynccontextmanager
    async def work(
        *,
        hostname: str | None = HOST,
        address: str | None = None,
        settings: Settings | None = None,
        bell: bool = False,
    ) -> AsyncIterator[Hands]:
        lane = Lane(open_database(store))
        session = Session(lane=lane, hostname=hostname, address=address, bell=bell)
        app = SztukaApp(session, settings or Settings())
        try:
            async with app.run_test(size=(80, 24)) as pilot:
                yield Hands(app, pilot)
        finally:
            await lane.close()

    return work
