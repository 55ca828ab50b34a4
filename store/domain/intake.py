"""How a scan into a service intake is judged: a unit that the customer has, or one that we never sold."""

from store.domain.documents import QuestionKind
from store.domain.errors import RefusalCode
from store.domain.found import Take
from store.domain.judgement import Case, Judgement, check_drafts, check_text
from store.domain.outgoing import judge_outgoing
from store.domain.serials import fits, key_of
from store.domain.terms import Nature, Tracking


def judge_intake(case: Case) -> Judgement:
    """Judge a scan into a service intake.

    What the customer has comes in as any unit leaves a place. A number that no unit has is taken as a new
    unit of the picked product, the customer's own, when a person says so. Pieces without serials have no
    history that could be told of one of them: they are refused.
    """
    refused = check_text(case)
    if refused:
        return refused
    serial = (case.reading.serial or "").strip()
    product = case.found.product
    if any(unit.nature is Nature.SERVICE for unit in case.found.units):
        return case.refuse(RefusalCode.IS_SERVICE, product=case.found.units[0].product_name)
    if case.found.units or (product is not None and (not case.reading.from_gs1 or not serial)):
        return judge_outgoing(case)
    if case.found.ours is not None or case.reading.is_data or not serial:
        return case.refuse(RefusalCode.NOT_A_SERIAL, text=case.reading.text, name=case.found.ours or "")
    return _judge_foreign(case, serial)


def _judge_foreign(case: Case, serial: str) -> Judgement:
    """Judge a number that no unit has."""
    product = case.found.product
    if product is not None and not case.lines_of(product.id):
        # The line has to be there before its serial can be judged: it is added, and the scan comes again.
        return Take(line=None, product_id=product.id)
    lines = case.lines_of(product.id) if product else case.lines
    line = case.picked if case.picked in lines else next(iter(lines if len(lines) == 1 else ()), None)
    if line is None:
        if lines:
            return case.ask(QuestionKind.WHICH_LINE, *lines)
        return case.refuse(RefusalCode.NOT_OURS, text=serial)
    if line.product.tracking is not Tracking.SERIAL:
        return case.refuse(RefusalCode.NO_SERIALS, product=line.product.name)
    if not fits(line.product.serial_pattern, serial):
        return case.refuse(
            RefusalCode.WRONG_PATTERN,
            serial=serial, product=line.product.name, pattern=line.product.serial_pattern,
        )  # fmt: skip
    refused = check_drafts(case, line.product.id, serial)
    if refused:
        return refused
    if QuestionKind.FOREIGN_UNIT not in case.confirmed:
        return case.ask(QuestionKind.FOREIGN_UNIT, line)
    return Take(line=line, product_id=line.product.id, serial=serial, serial_key=key_of(serial))
