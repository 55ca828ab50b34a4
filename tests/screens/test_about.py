"""The page that somebody who helps by telephone asks for."""

from importlib.metadata import version

from screens.about import About
from screens.home import Home
from screens.menu_items import PROGRAM, home_rows
from tests.screens.stage import Showing


async def test_it_names_versions_store_terminal_operator_and_licence(show: Showing, session) -> None:
    async with show(About(session)) as stage:
        await stage.shows(f"Sztuka {version('sztuka')}", "SQLite 3.", "store.db")
        seen = stage.text()
        for _page in range(8):
            await stage.command("MORE")
            seen += stage.text()
        flat = "".join(seen.split())
        for part in ("T1,Stanowisko1", "Magazyngłówny", "C1,Kierownik", f"Textual{version('textual')}"):
            assert part in flat
        assert "AGPL" in flat


async def test_the_menu_opens_it(show: Showing, session) -> None:
    async with show(Home(session)) as stage:
        await stage.shows("Program...")
        await stage.press(str(home_rows().index(PROGRAM) + 1))
        await stage.shows("1 About")
        await stage.press("1")
        await stage.on_top(About)
        await stage.press("escape")
        await stage.shows("2 Sign out")
        await stage.press("escape")
        await stage.shows("1 Deliveries")
