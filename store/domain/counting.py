"""How a scan into a stocktake is judged: a piece is counted wherever the record has it, and that is told."""

from collections.abc import Iterator

from store.domain.documents import DocumentLine, QuestionKind
from store.domain.errors import RefusalCode
from store.domain.found import FoundUnit, Take
from store.domain.judgement import Case, Judgement, check_text, judge_product
from store.domain.serials import fits, key_of
from store.domain.stocktake import Notice, NoticeCode
from store.domain.terms import PlaceKind, Terms, Tracking


def judge_count(case: Case) -> Judgement:
    """Judge a scan into a stocktake.

    A unit that is known is counted, whatever the record says of it. A code that names a product picks its
    line, or counts one piece. A serial that nobody knows is one too many of the picked product, if a person
    says so. What was counted already, by whomever, is refused with who and when.
    """
    refused = check_text(case)
    if refused:
        return refused
    units = _units(case)
    if len({unit.product_id for unit in units}) > 1:
        names = tuple(unit.product_name for unit in units)
        return case.refuse(RefusalCode.WHICH_PRODUCT, serial=units[0].serial, products=names)
    if units:
        return _judge_unit(case, units[0])
    if case.found.product is not None:
        return _judge_product(case, case.found.product.id)
    return _judge_surplus(case, case.picked)


def _units(case: Case) -> tuple[FoundUnit, ...]:
    """Return the units that the scan can mean, narrowed by GTIN, by picked line, by what lies here."""
    units = case.found.units
    if case.reading.from_gs1:
        product = case.found.product
        return tuple(unit for unit in units if product and unit.product_id == product.id)
    here = tuple(unit for unit in units if unit.place_id == case.document.location.place_id)
    picked = case.picked.product.id if case.picked else None
    of_picked = tuple(unit for unit in units if unit.product_id == picked)
    if len(units) > 1:
        return of_picked or (here if len(here) == 1 else units)
    return units


def _judge_unit(case: Case, unit: FoundUnit) -> Judgement:
    for draft in case.found.drafts:
        if draft.document_id == case.document.id and draft.product_id == unit.product_id:
            return case.refuse(
                RefusalCode.ALREADY_HERE,
                serial=unit.serial, line=draft.position, operator=draft.operator, at=draft.at,
            )  # fmt: skip
    lines = case.lines_of(unit.product_id)
    return Take(
        line=lines[0] if lines else None,
        product_id=unit.product_id,
        serial=unit.serial,
        serial_key=unit.serial_key,
        unit_id=unit.id,
        told=tuple(_notices(case, unit)),
    )


def _notices(case: Case, unit: FoundUnit) -> Iterator[Notice]:
    """Yield what has to be known of a unit that lies here."""
    if unit.terms is Terms.SCRAPPED:
        yield Notice(NoticeCode.WRITTEN_OFF)
    elif unit.place_kind is PlaceKind.PARTY:
        yield Notice(NoticeCode.AWAY, {"place": unit.place_name, "terms": unit.terms, "since": unit.since})
    elif unit.place_id != case.document.location.place_id:
        yield Notice(NoticeCode.ELSEWHERE, {"place": unit.place_name})
    for draft in case.found.drafts:
        if draft.document_id != case.document.id and draft.product_id == unit.product_id:
            yield Notice(
                NoticeCode.PACKED, {"document": draft.document, "operator": draft.operator, "at": draft.at}
            )
    for found in case.found.promised:
        if found.unit_id == unit.id:
            promise = found.promise
            yield Notice(
                NoticeCode.RESERVED,
                {"party": promise.party_name, "begins": promise.first, "ends": promise.last},
            )


def _judge_product(case: Case, product_id: int) -> Judgement:
    lines = case.lines_of(product_id)
    if not lines:
        # The line has to be there before the scan can be judged: it is added, and the scan comes again.
        return Take(line=None, product_id=product_id)
    has_serial = case.reading.from_gs1 and case.reading.serial is not None
    if has_serial and lines[0].product.tracking is Tracking.SERIAL:
        return _judge_surplus(case, lines[0])
    return judge_product(case, lines)


def _judge_surplus(case: Case, line: DocumentLine | None) -> Judgement:
    """Judge a serial that no unit has: of the product of `line`, if that has such serials."""
    reading = case.reading
    serial = (reading.serial or "").strip()
    if reading.is_data or case.found.ours is not None:
        return case.refuse(RefusalCode.NOT_A_SERIAL, text=reading.text, name=case.found.ours or "")
    if line is None or line.product.tracking is not Tracking.SERIAL:
        return case.refuse(RefusalCode.UNKNOWN_SERIAL, serial=serial)
    product = line.product
    if not fits(product.serial_pattern, serial):
        return case.refuse(
            RefusalCode.WRONG_PATTERN, serial=serial, product=product.name, pattern=product.serial_pattern
        )
    for draft in case.found.drafts:
        if draft.document_id == case.document.id and draft.product_id == product.id:
            return case.refuse(
                RefusalCode.ALREADY_HERE,
                serial=serial, line=draft.position, operator=draft.operator, at=draft.at,
            )  # fmt: skip
    if QuestionKind.SURPLUS not in case.confirmed:
        return case.ask(QuestionKind.SURPLUS, line)
    return Take(
        line=line,
        product_id=product.id,
        serial=serial,
        serial_key=key_of(serial),
        told=(Notice(NoticeCode.SURPLUS),),
    )
