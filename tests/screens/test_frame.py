"""What every screen has: a title, a message line, keys that fit, and the way of a scan."""

from pathlib import Path

import pytest

from screens import frame
from screens.choice import Choice
from screens.commands import Command
from screens.frame import Frame
from screens.widgets.key_bar import fitting
from store.domain.language import N_
from store.domain.scan import Scan
from tests.screens.stage import Showing

COUNT = Command(code="COUNT", key="f2", label=N_("Count"), action="count", help=N_("Count one more."))


STYLES = Path(frame.__file__).with_name("frame.tcss")


class Counter(Frame):
    CSS_PATH = str(STYLES)
    OFFERS = (COUNT,)
    counted = 0

    def title_text(self) -> str:
        return "Counter"

    def action_count(self) -> None:
        self.counted += 1
        self.say(f"counted {self.counted}")


class Taker(Frame):
    CSS_PATH = str(STYLES)
    taken: list[str]

    async def take_scan(self, scan: Scan) -> None:
        self.taken.append(scan.text)


async def test_a_key_and_its_barcode_do_the_same(show: Showing, session) -> None:
    async with show(Counter(session)) as stage:
        await stage.shows("Counter", "F1 Help")
        await stage.press("f2")
        await stage.shows("counted 1")
        await stage.command("COUNT")
        await stage.shows("counted 2")


async def test_a_screen_that_takes_no_scan_says_so(show: Showing, session) -> None:
    async with show(Counter(session)) as stage:
        await stage.scan("X1")
        await stage.shows("X1: nothing to")
        await stage.command("NOSUCH")
        await stage.shows("NOSUCH: no command")


async def test_scans_are_taken_one_by_one_in_their_order(show: Showing, session) -> None:
    screen = Taker(session)
    screen.taken = []
    async with show(screen) as stage:
        texts = [f"SN{number:04}" for number in range(50)]
        for text in texts:
            await stage.scan(text)
        await stage.until(lambda: screen.taken == texts)


async def test_help_lists_every_command_with_its_key_and_barcode(show: Showing, session) -> None:
    async with show(Counter(session)) as stage:
        await stage.press("f1")
        await stage.shows("Help: Counter", "Count one more.", "%SZ%COUNT")
        await stage.press("escape")
        await stage.shows("F1 Help")


async def test_escape_and_the_barcode_back_leave_the_screen(show: Showing, session) -> None:
    async with show(Counter(session)) as stage:
        await stage.command("BACK")
        assert await stage.done() is None


def test_the_first_key_and_help_fit_the_smallest_screen_in_longer_words() -> None:
    keys = [
        Command(code=code, key=key, label=label, action="none", help="")
        for code, key, label in (
            ("CLOSE", "f10", "Zamknij"),
            ("UNDO", "f5", "Cofnij"),
            ("HELP", "f1", "Pomoc"),
        )
    ]
    assert fitting(keys, 20) == "F10 Zamknij F1 Pomoc"
    assert fitting(keys, 40) == "F10 Zamknij  F5 Cofnij  F1 Pomoc"


@pytest.mark.parametrize("code", ["BACK", "HELP", "OK"])
async def test_a_barcode_closes_the_help_and_nothing_below_it(show: Showing, session, code: str) -> None:
    screen = Counter(session)
    async with show(screen) as stage:
        await stage.command("HELP")
        await stage.shows("Help: Counter")
        await stage.command(code)
        await stage.on_top(Counter)
        await stage.command("COUNT")
        await stage.shows("counted 1")


async def test_a_scan_at_the_help_goes_to_the_screen_below(show: Showing, session) -> None:
    async with show(Counter(session)) as stage:
        await stage.command("HELP")
        await stage.command("COUNT")
        await stage.shows("counted 1")


async def test_the_barcode_for_more_reads_on_in_a_question_and_comes_round(show: Showing, session) -> None:
    long = " ".join(f"word{number:03}" for number in range(200))
    async with show(Counter(session)) as stage:
        stage.app.push_screen(Choice(f"{long} ENDOFIT", ["yes", "no"]))
        await stage.shows("F3: read on", "word000")
        for _page in range(60):
            if "ENDOFIT" in stage.text():
                break
            await stage.command("MORE")
        await stage.shows("ENDOFIT")
        await stage.hides("word000")
        await stage.command("MORE")
        await stage.shows("word000")


async def test_the_barcode_for_more_gives_the_digits_to_the_next_answers(show: Showing, session) -> None:
    chosen: list[int | None] = []
    async with show(Counter(session)) as stage:
        stage.app.push_screen(Choice("Which?", [f"answer {n:02}" for n in range(1, 21)]), chosen.append)
        await stage.shows("1 answer 01")
        await stage.command("MORE")
        await stage.shows("1 answer 10")
        await stage.hides("1 answer 01")
        await stage.command("3")
        await stage.until(lambda: chosen == [11])
        stage.app.push_screen(Choice("Which?", [f"answer {n:02}" for n in range(1, 12)]), chosen.append)
        await stage.shows("1 answer 01")
        await stage.press("f3")
        await stage.shows("2 answer 11")
        await stage.press("f3")
        await stage.shows("9 answer 09")
        await stage.press("f3", "2")
        await stage.until(lambda: chosen == [11, 10])


async def test_the_barcode_for_more_reads_on_in_answers_that_do_not_fit(show: Showing, session) -> None:
    async with show(Counter(session)) as stage:
        stage.app.push_screen(Choice("Which?", [f"answer {number:02}" for number in range(1, 41)]))
        await stage.shows("answer 01")
        await stage.hides("answer 40")
        for _page in range(40):
            if "answer 40" in stage.text():
                break
            await stage.command("MORE")
        await stage.shows("answer 40")
