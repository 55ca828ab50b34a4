"""The README is true: its first walk can be walked, its files and make targets are there."""

import re

from store.domain.language import Language
from tests.docs.pages import ROOT, codes, page
from tests.docs.picture import choose, program
from tests.screens.stage import flat, scan, screen_text, until
from tui import speech

TEXT = page("README.md")
LAPTOP, SECOND, STATION, PIECE = "NV1400000464", "NV1400000469", "5901234003605", "NVD00009001"


async def test_the_first_walk_can_be_walked() -> None:
    """A step is named in the README by the codes and words that are used here."""
    speech.speak(Language.EN)
    walk = TEXT.split("### A first walk")[1].split("## Use it")[0]
    assert {LAPTOP, SECOND, STATION, PIECE} <= set(codes(walk))
    async with program() as (app, pilot):

        async def shows(*texts: str) -> None:
            await until(pilot, lambda: all(flat(text) in flat(screen_text(app)) for text in texts))

        await pilot.press(*"201", "enter", *"1234", "enter")
        await choose(app, pilot, "Deliveries")
        await choose(app, pilot, "Norvik Polska")
        await shows("0/24")
        for text in (LAPTOP, SECOND, STATION, PIECE):
            await scan(pilot, text)
        await shows("2/12", "1/12", "3/24")
        await scan(pilot, PIECE)
        await shows("scanned already")
        await pilot.press("enter", "f5")
        await shows("Taken back", "2/24")
        await pilot.press("f10")
        await shows("10 missing")
        await pilot.press("1")
        await shows("Why?")
        await pilot.press("1")
        await shows("PZ/", "Closed: 2 pieces.")
        await pilot.press("enter")
        await shows("Deliveries: open")
        await pilot.press("escape")
        await choose(app, pilot, "Issues")
        await choose(app, pilot, "Spółdzielnia Mleczarska")
        await shows("1/8")
        await scan(pilot, LAPTOP)
        await shows("WRONG MODEL")
        await pilot.press("enter", "escape")
        await choose(app, pilot, "Niwelator")
        await shows("F10")
        await scan(pilot, LAPTOP)
        await shows("1 Laptop")
        await pilot.press("f10")
        await shows("Close with 1?")
        await pilot.press("1")
        await shows("WZ/")
        await pilot.press("enter")
        await shows("Issues: open")
        await pilot.press("f12")
        await shows("Find a unit")
        await scan(pilot, LAPTOP)
        await shows("Terms: sold, new", "WZ/", "PZ/")


def test_the_files_it_names_are_there() -> None:
    named = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", TEXT)
    named += [name for name in codes(TEXT) if re.fullmatch(r"[a-z]+/[\w/.-]+\.\w+", name)]
    assert "docs/delivery.svg" in named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_targets_are_those_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for name in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"(?:`|^ {4})make ([a-z]+)", page(name), re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
