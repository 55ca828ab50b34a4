"""What the App refuses, and how loudly: nothing that was scanned is dropped in silence."""

from screens.commands import PREFIX
from screens.delivery import Delivery
from screens.refusal_panel import RefusalPanel
from screens.sign_in import SignIn
from screens.signals import Signal
from tests.screens.stage import until
from tests.tui.conftest import SERIAL, Working
from tui.driver import Pasted


async def test_a_scan_that_is_no_badge_is_refused_aloud_and_kept_nowhere(working: Working) -> None:
    async with working(bell=True) as hands:
        await hands.on(SignIn)
        written = hands.listen()
        await hands.scan(SERIAL)
        await hands.shows("nobody's badge")
        assert hands.app.session.operator is None
        assert written.count("\a" * Signal.REFUSED.value) == 1
        await hands.sign_in()
        await hands.open_delivery()


async def test_a_list_that_is_pasted_before_anybody_signed_in_is_refused_line_by_line(
    working: Working,
) -> None:
    async with working(bell=True) as hands:
        await hands.on(SignIn)
        written = hands.listen()
        hands.app.post_message(Pasted((SERIAL, "WXA690000002")))
        await until(hands.pilot, lambda: written.count("\a" * Signal.REFUSED.value) == 2)
        assert hands.app.session.operator is None


async def test_a_scan_while_something_waits_for_an_answer_is_refused_aloud(working: Working) -> None:
    async with working(bell=True) as hands:
        await hands.sign_in()
        await hands.open_delivery()
        await hands.scan(PREFIX + "CLOSE")
        await hands.on(RefusalPanel)
        written = hands.listen()
        await hands.scan(SERIAL)
        await hands.shows("Answer first; scan it again then.")
        assert written == ["\a" * Signal.REFUSED.value]
        await hands.pilot.press("escape")
        await hands.on(Delivery)
        await hands.shows("0/15")
        await hands.scan(SERIAL)
        await hands.shows("1/15")
