"""What the program keeps of screens that were left, and how long a collection of garbage holds a scan up."""

import gc

from textual.strip import Strip

from screens.home import Home
from screens.unit_card import UnitCard
from tests.screens.stage import until
from tests.tui.conftest import Working

OPENED = 12


def painted_lines() -> int:
    """Return how many painted lines are kept anywhere."""
    gc.collect()
    return sum(isinstance(each, Strip) for each in gc.get_objects())


async def test_nothing_that_was_painted_stays_when_a_screen_is_left(working: Working) -> None:
    async with working() as hands:
        await hands.sign_in()
        database = hands.app.session.lane.database
        serial = await hands.app.session.lane.read(
            lambda: database.execute_sql("SELECT min(serial) FROM unit").fetchone()[0]
        )

        async def look_at_a_card() -> None:
            await hands.scan(serial)
            await hands.on(UnitCard)
            await hands.pilot.press("escape")
            await hands.on(Home)

        await look_at_a_card()
        before = painted_lines()
        for _time in range(OPENED):
            await look_at_a_card()
        assert painted_lines() - before < OPENED


async def test_what_was_imported_is_left_out_of_collections(working: Working) -> None:
    async with working() as hands:
        await hands.sign_in()
        await until(hands.pilot, lambda: gc.get_freeze_count() > 0)
