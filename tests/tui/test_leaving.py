"""How the program ends when a person ends it."""

from tests.docs.picture import program


async def test_ctrl_q_is_no_failure() -> None:
    async with program() as (app, pilot):
        await pilot.press("ctrl+q")
        assert app.return_value == 0
