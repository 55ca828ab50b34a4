"""Whether a piece may leave that others were promised."""

from datetime import date
from decimal import Decimal
from typing import Any

from store.domain.documents import DocumentLine, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.found import FoundPromise, FoundUnit, Take
from store.domain.judgement import Case
from store.domain.records import Location
from store.domain.reservations import peak
from store.domain.terms import Condition, Terms
from store.domain.transitions import LEAVING, TAKING_STOCK
from store.queries.reservations import holder_of_days, pieces_here, promises

ONE = Decimal(1)


def check_unit(case: Case, verdict: Take, today: date) -> Refused | None:
    """Refuse a unit that another party was promised, and one without which too few are left for others."""
    if case.document.type not in LEAVING or verdict.unit_id is None:
        return None
    of_product = _of_product(case, verdict.product_id)
    for found in of_product:
        if found.unit_id == verdict.unit_id:
            return case.refuse(
                RefusalCode.RESERVED, serial=verdict.serial, party=found.promise.party_name,
                begins=found.promise.first, ends=found.promise.last,
            )  # fmt: skip
    unit = next((unit for unit in case.found.units if unit.id == verdict.unit_id), None)
    if not of_product or unit is None or not _counts(case, unit):
        return None
    return _leave_enough(case, verdict.product_id, unit.product_name, ONE, today)


def check_pieces(case: Case, line: DocumentLine, quantity: Decimal, today: date) -> Refused | None:
    """Refuse pieces of a product without serials that others were promised."""
    takes = case.document.type in LEAVING & TAKING_STOCK
    if not takes or not _of_product(case, line.product.id):
        return None
    return _leave_enough(case, line.product.id, line.product.name, quantity, today)


def _counts(case: Case, unit: FoundUnit) -> bool:
    """Tell whether a unit is one of those that promises of its product were counted against."""
    is_here = unit.place_id == case.document.location.place_id
    return is_here and unit.terms is Terms.STOCK and unit.condition is not Condition.BLOCKED


def _of_product(case: Case, product_id: int) -> list[FoundPromise]:
    return [found for found in case.found.promised if found.product_id == product_id]


def _leave_enough(case: Case, product_id: int, name: str, quantity: Decimal, today: date) -> Refused | None:
    here, party = case.document.location, case.document.party
    short = _shortage(product_id, name, here, quantity, today, besides_party=party.id)
    return case.refuse(RefusalCode.PROMISED, **short) if short else None


def _shortage(
    product_id: int, name: str, here: Location, quantity: Decimal, today: date, *, besides_party: int
) -> dict[str, Any] | None:
    """Say for whom too little of a product would be left, if `quantity` left; None: enough is."""
    promised = promises(product_id, here.id, since=today, until=date.max, besides_party=besides_party)
    free = pieces_here(product_id, here.place_id) - peak(promised, today, date.max)
    if quantity <= free or not promised:
        return None
    first = promised[0]
    return {
        "product": name, "wanted": quantity, "available": max(free, Decimal(0)), "party": first.party_name,
        "begins": first.first, "ends": first.last,
    }  # fmt: skip


def check_given(unit_id: int, product_id: int, name: str, here: Location, party_id: int, today: date) -> None:
    """Refuse to give a party a unit of our stock that another one was promised, or that others need.

    Raises RefusedError: RESERVED, PROMISED.
    """
    taken = holder_of_days([unit_id], since=today, until=date.max, besides_party=party_id)
    if taken is not None:
        raise RefusedError(RefusalCode.RESERVED, **taken)
    short = _shortage(product_id, name, here, ONE, today, besides_party=party_id)
    if short is not None:
        raise RefusedError(RefusalCode.PROMISED, **short)
