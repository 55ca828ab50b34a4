"""The text of a paper as it is previewed is the text that is printed."""

import asyncio
from functools import partial

import pytest

from print.drawing import DrawingError, Job, elsewhere
from print.goods_note import goods_note
from print.pdf_text import pages_of
from print.text_page import laid_out
from store.domain.language import Language, catalogues
from store.domain.papers import LabelCode, LabelSheets, UnitLabel
from tests.print.papers import LONG, laptops, note
from tui import speech


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 132])
def test_every_width_has_all_of_it_and_no_line_is_longer(width: int) -> None:
    pages = pages_of(goods_note(note(laptops(120, name=LONG)), Language.PL))
    lines = laid_out(pages, width)
    assert max(len(line) for line in lines) <= width
    text = "".join("".join(lines).split())
    assert [f"LT{number:06}" in text for number in range(120)] == [True] * 120
    assert "Wydaniezewnętrzne(WZ)" in text
    assert lines.count("─" * width) == len(pages) - 1
    assert set("".join(laid_out(pages, width, plain=True))) & {"─"} == set()


def test_texts_stand_where_they_stand_on_paper() -> None:
    lines = laid_out(pages_of(goods_note(note(laptops(3)), Language.EN)), 80)
    (row,) = [line for line in lines if "LT000000" in line]
    (head,) = [line for line in lines if "Name and serials" in line]
    assert row.index("LT000000") == head.index("Name and serials")
    assert row.index("LT000000") < row.index("LT000001") < row.index("LT000002")
    (parties,) = [line for line in lines if "Hurtownia Żółw S.A." in line]
    assert "Odbiorca sp. z o.o." in parties


async def test_a_paper_drawn_elsewhere_is_the_same_file() -> None:
    job = Job(
        function="print.goods_note:goods_note",
        arguments=(note(laptops(5)), Language.PL),
        catalogues=catalogues(),
    )
    assert await elsewhere(job) == goods_note(note(laptops(5)), Language.PL)


async def test_what_cannot_be_drawn_is_said_in_the_language_in_force() -> None:
    labels = LabelSheets(labels=(UnitLabel(name="A", sku="A", serial="A" * 60),), code=LabelCode.CODE128)
    job = partial(
        Job, function="print.unit_labels:label_sheets", arguments=(labels,), catalogues=catalogues()
    )
    with pytest.raises(ValueError, match="is too long for a bar code"):
        await elsewhere(job(language=Language.EN))
    with pytest.raises(ValueError, match="za długi"):
        await elsewhere(job(language=Language.PL))


async def test_a_process_that_breaks_is_no_paper() -> None:
    with pytest.raises(DrawingError, match="no_such_module"):
        await elsewhere(Job(function="print.no_such_module:draw", arguments=()))


async def test_nobody_waits_for_a_paper_that_is_not_wanted_any_more() -> None:
    job = Job(function="print.goods_note:goods_note", arguments=(note(laptops(2000)), Language.EN))
    drawing = asyncio.create_task(elsewhere(job))
    await asyncio.sleep(0)
    drawing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await drawing
