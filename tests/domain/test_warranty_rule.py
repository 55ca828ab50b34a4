"""What becomes of a warranty after a repair or a replacement: art. 581, or the product's own rule."""

from datetime import date

import pytest

from store.domain.repairs import Settlement
from store.domain.warranty import (
    Warranty,
    WarrantyCause,
    WarrantyRule,
    after_repair,
    after_replacement,
)

HAD = Warranty(first=date(2026, 1, 10), last=date(2028, 1, 10))
BROUGHT, GIVEN = date(2026, 11, 2), date(2026, 11, 25)


def repaired(rule: WarrantyRule, settlement: Settlement, **known: object) -> tuple[str, date] | None:
    given = {"warranty": HAD, "months": 24, "brought": BROUGHT, "given": GIVEN} | known
    after = after_repair(rule, settlement, given.pop("warranty"), **given)  # type: ignore[arg-type]
    return None if after is None else (after.cause.value, after.warranty.last)


@pytest.mark.parametrize(
    ("rule", "settlement", "expected"),
    [
        (WarrantyRule.LAW, Settlement.ESSENTIAL, ("anew", date(2028, 11, 25))),
        (WarrantyRule.LAW, Settlement.MINOR, ("prolonged", date(2028, 2, 2))),
        (WarrantyRule.ANEW, Settlement.MINOR, ("anew", date(2028, 11, 25))),
        (WarrantyRule.PROLONG, Settlement.ESSENTIAL, ("prolonged", date(2028, 2, 2))),
        (WarrantyRule.NONE, Settlement.ESSENTIAL, None),
        (WarrantyRule.LAW, Settlement.PAID, None),
        (WarrantyRule.LAW, Settlement.NONE, None),
    ],
)
def test_a_repair_changes_the_warranty_by_the_rule(
    rule: WarrantyRule, settlement: Settlement, expected: tuple[str, date] | None
) -> None:
    assert repaired(rule, settlement) == expected


def test_a_repair_after_the_end_or_of_what_has_no_warranty_changes_nothing() -> None:
    late = {"brought": date(2028, 1, 11), "given": date(2028, 1, 20)}
    assert repaired(WarrantyRule.LAW, Settlement.ESSENTIAL, **late) is None
    assert repaired(WarrantyRule.LAW, Settlement.ESSENTIAL, warranty=None) is None


def test_brought_on_the_last_day_it_is_still_covered() -> None:
    last = {"brought": date(2028, 1, 10), "given": date(2028, 1, 15)}
    assert repaired(WarrantyRule.LAW, Settlement.MINOR, **last) == ("prolonged", date(2028, 1, 15))


def test_repaired_on_the_day_it_was_brought_prolongs_nothing() -> None:
    assert repaired(WarrantyRule.LAW, Settlement.MINOR, given=BROUGHT) is None


def test_anew_is_never_less_than_what_was_left() -> None:
    assert repaired(WarrantyRule.LAW, Settlement.ESSENTIAL, months=12) == ("prolonged", date(2028, 2, 2))


def test_a_replacement_has_the_warranty_anew_or_carries_on_what_was_left() -> None:
    known = {"months": 24, "brought": BROUGHT, "given": GIVEN}
    anew = after_replacement(WarrantyRule.LAW, HAD, **known)  # type: ignore[arg-type]
    assert anew is not None
    assert (anew.cause, anew.warranty) == (
        WarrantyCause.ANEW, Warranty(first=GIVEN, last=date(2028, 11, 25)),
    )  # fmt: skip
    carried = after_replacement(WarrantyRule.PROLONG, HAD, **known)  # type: ignore[arg-type]
    assert carried is not None
    assert (carried.cause, carried.warranty.last, carried.days) == (
        WarrantyCause.CARRIED, date(2028, 2, 2), 23,
    )  # fmt: skip
    same = after_replacement(WarrantyRule.NONE, HAD, **known)  # type: ignore[arg-type]
    assert same is not None
    assert same.warranty == HAD
    assert after_replacement(WarrantyRule.LAW, None, **known) is None  # type: ignore[arg-type]
