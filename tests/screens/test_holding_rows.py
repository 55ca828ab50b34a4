"""What the rows of holdings say in every width: what a unit is may be cut, what waits and lasts never."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from screens.holding_rows import group_lines, unit_lines
from screens.widgets.text_line import shorten
from store.domain.fields import Field, FieldType, ListedValue
from store.domain.holdings import HeldUnit, HoldingGroup
from store.domain.language import Language, speaking, use
from store.domain.terms import Condition, Terms
from tui.paths import locale_folder

TODAY = date(2026, 3, 2)
FIELD = Field(id=1, code="host", name="Nazwa w sieci", type=FieldType.TEXT)
UNIT = HeldUnit(
    id=1, serial="TT2-00000063", product_id=1, sku="TL-T2", product_name="Terminal Talvi Thin 2",
    kind_name="Komputery", terms=Terms.SOLD, condition=Condition.NEW, place_name="", is_elsewhere=False,
    since=datetime(2026, 1, 1, tzinfo=UTC), warranty_until=TODAY + timedelta(days=639),
    values=(ListedValue(field=FIELD, text="KASA-01"),),
)  # fmt: skip
GROUP = HoldingGroup(
    product_id=1, sku="TL-T2", product_name="Terminal Talvi Thin 2 bez wentylatora", kind_id=1,
    kind_name="Komputery", by_terms={Terms.SOLD: Decimal(30), Terms.RENTED: Decimal(2)}, units=32,
    under_warranty=30,
)  # fmt: skip


@pytest.fixture(params=list(Language), autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    use(Language.EN, locale_folder())
    with speaking(request.param):
        yield request.param


def seen(lines: list[str], width: int) -> str:
    """Return the lines as the list paints them."""
    return "\n".join(shorten(line, width) for line in lines)


@pytest.mark.parametrize("width", [78, 58, 38])
@pytest.mark.parametrize("with_product", [True, False])
def test_terms_warranty_and_what_waits_are_never_cut(
    width: int, *, with_product: bool, language: Language
) -> None:
    in_service = replace(
        UNIT, terms=Terms.SERVICE, is_elsewhere=True, place_name="Magazyn Warszawa",
        repair_since=datetime(2026, 2, 1, tzinfo=UTC),
    )  # fmt: skip
    for unit in (UNIT, in_service, replace(UNIT, terms=Terms.HELD, is_elsewhere=True, place_name="Magazyn")):
        for tasks, complaints in ((0, 0), (2, 0), (0, 1), (2, 1)):
            busy = replace(unit, open_tasks=tasks, open_complaints=complaints)
            text = seen(unit_lines(busy, width, TODAY, with_product=with_product), width)
            assert "639" in text
            assert ("reklama" if language is Language.PL else "complaint") in text or not complaints
            assert ("zada" if language is Language.PL else "task") in text or not tasks


def test_the_name_is_cut_before_the_fields_and_words_before_both(language: Language) -> None:
    busy = replace(UNIT, open_tasks=2, open_complaints=1)
    (plain,), (line,) = (unit_lines(each, 78, TODAY, with_product=True) for each in (UNIT, busy))
    if language is Language.EN:
        assert plain == "TT2-00000063         Terminal Talvi Thin 2, KASA-01, sold, 639 days left"
        assert line == "TT2-00000063         Terminal Ta., KASA-01, sold, 639 d, tasks 2, complaints 1"


def test_a_handheld_marks_what_waits() -> None:
    first, second = unit_lines(replace(UNIT, open_tasks=1), 18, TODAY, with_product=False)
    assert first.startswith("! TT2-00000063")
    assert "639 d" in shorten(second, 18)
    assert group_lines(replace(GROUP, open_complaints=1), 18)[0].startswith("! Terminal")


@pytest.mark.parametrize("width", [78, 58, 38])
def test_products_tell_of_open_tasks_and_complaints(width: int, language: Language) -> None:
    text = seen(group_lines(replace(GROUP, open_tasks=2, open_complaints=1), width), width)
    assert ("reklama" if language is Language.PL else "complaint") in text
    assert ("zada" if language is Language.PL else "task") in text
    assert "30" in text
    plain = seen(group_lines(GROUP, width), width)
    assert ("reklama" if language is Language.PL else "complaint") not in plain
