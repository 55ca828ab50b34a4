"""Whether a piece may leave that others were promised."""

from datetime import date
from decimal import Decimal

from store.domain.documents import DocumentLine, Refused
from store.domain.errors import RefusalCode
from store.domain.found import FoundPromise, Take
from store.domain.judgement import Case
from store.domain.reservations import Promise, peak
from store.domain.transitions import TRANSITIONS, Side
from store.queries.reservations import pieces_here

LEAVING = frozenset(row.document for row in TRANSITIONS if row.to_place is Side.PARTY)
"""Documents by which goods leave us; what moves between our own places keeps every promise."""
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
    if not of_product:
        return None
    units = (unit.product_name for unit in case.found.units if unit.id == verdict.unit_id)
    promised = [found.promise for found in of_product]
    return _leave_enough(case, verdict.product_id, next(units, ""), promised, ONE, today)


def check_pieces(case: Case, line: DocumentLine, quantity: Decimal, today: date) -> Refused | None:
    """Refuse pieces of a product without serials that others were promised."""
    promised = [found.promise for found in _of_product(case, line.product.id)]
    if case.document.type not in LEAVING or not promised:
        return None
    return _leave_enough(case, line.product.id, line.product.name, promised, quantity, today)


def _of_product(case: Case, product_id: int) -> list[FoundPromise]:
    return [found for found in case.found.promised if found.product_id == product_id]


def _leave_enough(
    case: Case, product_id: int, name: str, promised: list[Promise], quantity: Decimal, today: date
) -> Refused | None:
    free = pieces_here(product_id, case.document.location.place_id) - peak(promised, today, date.max)
    if quantity <= free:
        return None
    first = promised[0]
    return case.refuse(
        RefusalCode.PROMISED, product=name, wanted=quantity, available=max(free, Decimal(0)),
        party=first.party_name, begins=first.first, ends=first.last,
    )  # fmt: skip
