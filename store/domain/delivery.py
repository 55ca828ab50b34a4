"""How a scan into a delivery is judged: which line it belongs to, and whether the piece may come in."""

from store.domain.documents import DocumentLine, Question, QuestionKind, Refused
from store.domain.errors import RefusalCode
from store.domain.found import Take
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
)
from store.domain.roles import Permission
from store.domain.serials import fits, key_of
from store.domain.terms import Nature, Tracking


def judge_delivery(case: Case) -> Judgement:
    """Judge a scan into a delivery.

    A code that names a product picks its line, or counts one piece of it. A serial goes to the one line it
    can belong to: the one its GTIN names, the one it was announced for, the picked one, the one whose pattern
    it fits. Only when several are left is a person asked.
    """
    refused = check_text(case)
    if refused:
        return refused
    reading, found = case.reading, case.found
    if found.product is not None:
        return _judge_known_product(case, found.product.id, found.product.name)
    if reading.gtin is not None:
        judgement = _judge_unknown_gtin(case)
        if judgement is not None:
            return judgement
    if reading.is_data or found.ours is not None:
        return case.refuse(RefusalCode.NOT_A_SERIAL, text=reading.text, name=found.ours or "")
    line = _line_for_serial(case)
    return line if isinstance(line, Refused | Question) else _judge_serial(case, line)


def _judge_known_product(case: Case, product_id: int, name: str) -> Judgement:
    lines = case.lines_of(product_id)
    if not lines:
        if not case.may(Permission.ADD_LINE):
            return case.refuse(RefusalCode.NOT_ON_DOCUMENT, product=name)
        if QuestionKind.ADD_LINE not in case.confirmed:
            return case.ask(QuestionKind.ADD_LINE)
        # The line has to be there before its serial can be judged: it is added, and the scan comes again.
        return Take(line=None, product_id=product_id)
    if not case.reading.from_gs1 or case.reading.serial is None:
        return judge_product(case, lines)
    if not _has_serials(case, lines[0]):
        return judge_product(case, lines)
    return _judge_serial(case, _picked_of(case, lines))


def _has_serials(case: Case, line: DocumentLine) -> bool:
    """Tell whether a line takes serials: those of its product, else of a piece of it that became a unit."""
    product = line.product
    known = any(unit.product_id == product.id for unit in case.found.units)
    return known or product.tracking is Tracking.SERIAL


def _picked_of(case: Case, lines: tuple[DocumentLine, ...]) -> DocumentLine:
    return case.picked if case.picked is not None and case.picked in lines else lines[0]


def _judge_unknown_gtin(case: Case) -> Judgement | None:
    """Judge a GTIN that no product has; None: it is a serial that only looks like one."""
    reading, line = case.reading, case.picked or _only_line(case)
    if not reading.from_gs1:
        is_serial = (
            QuestionKind.KEEP_AS_SERIAL in case.confirmed
            or bool(case.found.announced)
            or _has_pattern(line, reading.text)
            or bool(case.found.units)
        )
        if is_serial:
            return None
    if line is None:
        return case.refuse(RefusalCode.UNKNOWN_GTIN, gtin=reading.gtin)
    if line.product.gtins and reading.from_gs1:
        return case.refuse(RefusalCode.OTHER_PRODUCT, gtin=reading.gtin, line_product=line.product.name)
    if not case.may(Permission.LEARN_GTIN):
        return case.refuse(RefusalCode.UNKNOWN_GTIN, gtin=reading.gtin, product=line.product.name)
    if QuestionKind.LEARN_GTIN not in case.confirmed:
        return case.ask(QuestionKind.LEARN_GTIN, line)
    if reading.from_gs1 and reading.serial is not None:
        judgement = _judge_serial(case, line)
        if isinstance(judgement, Take):
            return _learning(judgement, reading.gtin)
        return judgement
    return _learning(Take(line=line, product_id=line.product.id), reading.gtin)


def _only_line(case: Case) -> DocumentLine | None:
    return case.lines[0] if len(case.lines) == 1 else None


def _has_pattern(line: DocumentLine | None, text: str) -> bool:
    pattern = line.product.serial_pattern if line else None
    return pattern is not None and fits(pattern, text)


def _learning(take: Take, gtin: str | None) -> Take:
    return Take(
        line=take.line, product_id=take.product_id, serial=take.serial, serial_key=take.serial_key,
        unit_id=take.unit_id, announced=take.announced, learn_gtin=gtin,
    )  # fmt: skip


def _line_for_serial(case: Case) -> DocumentLine | Question | Refused:
    serial = case.reading.serial or ""
    lines = [line for line in case.lines if _has_serials(case, line)]
    if not lines:
        service = next((unit for unit in case.found.units if unit.nature is Nature.SERVICE), None)
        return (
            refuse_unit(case, service)
            if service
            else case.refuse(RefusalCode.UNKNOWN_SERIAL, serial=case.reading.text)
        )
    fitting = [line for line in lines if fits(line.product.serial_pattern, serial)]
    announced = [line for line in fitting if line.id in case.found.announced]
    if len(announced) == 1:
        return announced[0]
    if case.picked is not None and case.picked in fitting:
        return case.picked
    by_pattern = [line for line in fitting if line.product.serial_pattern is not None]
    if case.picked is not None and not by_pattern:
        # A picked line whose pattern refuses the code: another line without a pattern proves nothing.
        product = case.picked.product
        if product.tracking is Tracking.SERIAL:
            return case.refuse(
                RefusalCode.WRONG_PATTERN,
                serial=serial, product=product.name, pattern=product.serial_pattern,
            )  # fmt: skip
    return _choose(case, announced or by_pattern or fitting, lines)


def _choose(
    case: Case, candidates: list[DocumentLine], lines: list[DocumentLine]
) -> DocumentLine | Question | Refused:
    known = {unit.product_id for unit in case.found.units}
    of_known = [line for line in candidates if line.product.id in known]
    candidates = of_known or candidates
    needing = [line for line in candidates if not line.is_full]
    products = {line.product.id for line in candidates}
    if len(products) == 1:
        return by_need(candidates)[0]
    if len(needing) == 1:
        return needing[0]
    if candidates:
        return case.ask(QuestionKind.WHICH_LINE, *by_need(candidates))
    if case.found.units:
        # A piece that we know is no misread code, whatever the patterns of the lines say.
        return refuse_unit(case, case.found.units[0])
    names = ", ".join(dict.fromkeys(line.product.name for line in lines))
    patterns = ", ".join(dict.fromkeys(line.product.serial_pattern or "" for line in lines))
    return case.refuse(RefusalCode.WRONG_PATTERN, serial=case.reading.serial, product=names, pattern=patterns)


def _judge_serial(case: Case, line: DocumentLine) -> Judgement:
    serial = (case.reading.serial or "").strip()
    product = line.product
    if not fits(product.serial_pattern, serial):
        return case.refuse(
            RefusalCode.WRONG_PATTERN, serial=serial, product=product.name, pattern=product.serial_pattern
        )
    refused = check_drafts(case, product.id, serial)
    if refused:
        return refused
    unit = next((unit for unit in case.found.units if unit.product_id == product.id), None)
    if not case.rejected and unit is not None:
        installed = check_carrier(case, unit)
        if installed or transition_of(case, unit) is None:
            return installed or refuse_unit(case, unit)
    if unit is None and case.found.units and not _is_certain(case, line):
        return case.ask(QuestionKind.OTHER_UNIT, line)
    announced = line.id in case.found.announced
    if line.announced and not announced and QuestionKind.UNEXPECTED_SERIAL not in case.confirmed:
        return case.ask(QuestionKind.UNEXPECTED_SERIAL, line)
    return judge_full(case, line) or Take(
        line=line,
        product_id=product.id,
        serial=unit.serial if unit else serial,
        serial_key=unit.serial_key if unit else key_of(serial),
        unit_id=unit.id if unit else None,
        announced=announced,
    )


def _is_certain(case: Case, line: DocumentLine) -> bool:
    """Tell whether the number is surely this product's, though another product's unit has it too."""
    return (
        case.reading.from_gs1
        or line.id in case.found.announced
        or line.product.serial_pattern is not None
        or QuestionKind.OTHER_UNIT in case.confirmed
    )
