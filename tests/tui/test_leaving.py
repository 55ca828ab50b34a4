"""How the program ends when a person ends it."""

import pytest

from tests.docs.picture import program


async def test_ctrl_q_is_no_failure() -> None:
    async with program() as (app, pilot):
        await pilot.press("ctrl+q")
        assert app.return_value == 0


async def test_an_unexpected_error_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise ZeroDivisionError("found by nobody")

    async def work() -> None:
        async with program() as (app, pilot):
            app.call_later(fail)
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await work()
    assert "found by nobody" in caplog.text
