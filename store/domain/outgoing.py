"""How a scan into a document that takes units out is judged: is it the right model, is it here, may it go."""

from store.domain.documents import DocumentLine, QuestionKind
from store.domain.errors import RefusalCode
from store.domain.found import FoundUnit, Take
from store.domain.judgement import (
    Case,
    Judgement,
    by_need,
    check_carrier,
    check_drafts,
    check_text,
    judge_full,
    judge_product,
    refuse_unit,
    transition_of,
    wrong_model,
)
from store.domain.terms import Condition, Tracking


def judge_outgoing(case: Case) -> Judgement:
    """Judge a scan into a document that takes out what is known already: an issue, a transfer.

    The unit is found by its serial or any further number. It must be of a model that the document still needs
    (a document without expectations takes any), be where and whose and on the terms that the table lets go,
    and not be blocked when it goes into somebody's use.
    """
    refused = check_text(case)
    if refused:
        return refused
    units = _units(case)
    if len({unit.product_id for unit in units}) > 1:
        lines = by_need(line for unit in units for line in case.lines_of(unit.product_id))
        if not lines:
            names = tuple(dict.fromkeys(unit.product_name for unit in units))
            return case.refuse(RefusalCode.WHICH_PRODUCT, serial=units[0].serial, products=names)
        return case.ask(QuestionKind.WHICH_LINE, *lines)
    if units:
        return _judge_unit(case, units[0])
    if case.found.product is not None:
        return _judge_product_code(case, case.found.product.id, case.found.product.name)
    return case.refuse(RefusalCode.UNKNOWN, text=case.reading.serial or case.reading.text)


def _units(case: Case) -> tuple[FoundUnit, ...]:
    """Return the units that the scan can mean, narrowed by GTIN, picked line and need."""
    units = case.found.units
    if case.reading.from_gs1:
        product = case.found.product
        return tuple(unit for unit in units if product and unit.product_id == product.id)
    if case.picked is not None and len(units) > 1:
        picked = tuple(unit for unit in units if unit.product_id == case.picked.product.id)
        units = picked or units
    wanted = tuple(unit for unit in units if case.lines_of(unit.product_id))
    welcome = wanted or (units if case.is_free else ())
    here = tuple(unit for unit in welcome if transition_of(case, unit) is not None)
    return here or wanted or units


def _judge_unit(case: Case, unit: FoundUnit) -> Judgement:
    lines = case.lines_of(unit.product_id)
    if not lines and not case.is_free:
        return wrong_model(case, unit.product_name)
    refused = check_carrier(case, unit) or check_drafts(case, unit.product_id, unit.serial)
    if refused:
        return refused
    transition = transition_of(case, unit)
    if transition is None:
        return refuse_unit(case, unit)
    if transition.into_use and unit.condition is Condition.BLOCKED:
        return case.refuse(RefusalCode.BLOCKED, serial=unit.serial, condition=unit.condition)
    line: DocumentLine | None = lines[0] if lines else None
    full = judge_full(case, line) if line else None
    return full or Take(
        line=line,
        product_id=unit.product_id,
        serial=unit.serial,
        serial_key=unit.serial_key,
        unit_id=unit.id,
    )


def _judge_product_code(case: Case, product_id: int, name: str) -> Judgement:
    lines = case.lines_of(product_id)
    if case.reading.from_gs1 and case.reading.serial is not None and (lines or case.is_free):
        is_serial = not lines or lines[0].product.tracking is Tracking.SERIAL
        if is_serial:
            return case.refuse(RefusalCode.UNKNOWN, text=case.reading.serial)
    if lines:
        return judge_product(case, lines)
    if case.is_free:
        return Take(line=None, product_id=product_id)
    return wrong_model(case, name)
