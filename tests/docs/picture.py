"""The picture of the README, made from the program: `make picture` writes it anew.

The real App on the demo company of one certain day, at 80x24, with a delivery half scanned.
"""

import asyncio
import os
import re
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from textual.pilot import Pilot

from screens.delivery import Delivery
from screens.session import Session
from store.demo.build import build
from store.demo.people import CHIEF, PIN
from store.domain.language import Language
from store.lane import Lane
from store.opening import ready
from store.queries.terminals import named
from tests.docs.pages import ROOT
from tests.screens.stage import flat, scan, screen_text, until
from tui import speech
from tui.app import SztukaApp
from tui.config.settings import Settings

PICTURE = ROOT / "docs/delivery.svg"
SIZE = (80, 24)
DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, 14, tzinfo=UTC)
SCANS = ("NV1400000464", "NV1400000469", "5901234003605", "NVD00009001", "NVD00009002", "NVD00009003")
WEB_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


@asynccontextmanager
async def program() -> AsyncIterator[tuple[SztukaApp, Pilot[int]]]:
    """Run the program on the demo company, at the sign-in."""
    with tempfile.TemporaryDirectory() as folder:
        with ready(str(Path(folder, "demo.db")), Path(folder), makes=True) as database:
            build(database, today=DAY)
            terminal = named("T1")
        session = Session(lane=Lane(database), terminal=terminal, clock=lambda: NOW, bell=False)
        app = SztukaApp(session, Settings())
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: "PIN" in screen_text(app))
            yield app, pilot
        await session.lane.close()


async def choose(app: SztukaApp, pilot: Pilot[int], name: str) -> None:
    """Press the digit of the row that has `name` in it, once it is there."""
    await until(pilot, lambda: re.search(rf"^ *\d .*{name}", screen_text(app), re.MULTILINE))
    row = next(line for line in screen_text(app).splitlines() if name in line)
    await pilot.press(row.split()[0])


async def draw() -> str:
    """Return the picture as SVG; it fetches nothing from anywhere."""
    async with program() as (app, pilot):
        await pilot.press(*CHIEF, "enter", *PIN, "enter")
        await choose(app, pilot, "Deliveries")
        await choose(app, pilot, "Norvik")
        await until(pilot, lambda: isinstance(app.screen, Delivery) and "Norvik" in screen_text(app))
        for text in SCANS:
            await scan(pilot, text)
        await until(pilot, lambda: "3/12Stacja" in flat(screen_text(app)))
        picture = WEB_FONTS.sub("", app.export_screenshot(title="Sztuka"))
    # Without it some viewers drop the blank before a name.
    picture = picture.replace("<svg ", '<svg xml:space="preserve" ', 1)
    return "\n".join(line.rstrip() for line in picture.splitlines()) + "\n"


def words(picture: str) -> list[str]:
    """Return the texts of an SVG in their order."""
    return re.findall(r"<text [^>]*>([^<]*)</text>", picture)


def drawn() -> str:
    """Return the picture as it is now, in English and at the same hour on every machine."""
    zone = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    speech.speak(Language.EN)
    try:
        return asyncio.run(draw())
    finally:
        os.environ.pop("TZ")
        if zone is not None:
            os.environ["TZ"] = zone
        time.tzset()


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
