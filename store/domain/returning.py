"""How a scan into a return is judged: who has the unit, may it come back, and as what."""

from decimal import Decimal

from store.domain.documents import GiverPicked, Question, QuestionKind, Refused
from store.domain.errors import RefusalCode
from store.domain.found import FoundProduct, FoundUnit, Take
from store.domain.judgement import (
    Case,
    Judgement,
    check_carrier,
    check_drafts,
    check_text,
    judge_product,
    transition_of,
)
from store.domain.loans import BackAs, Giver, OpenPieces, holdings_of, share
from store.domain.terms import Nature, Terms, Tracking
from store.domain.transitions import PIECES_BACK, transitions_of

ANSWERS = {
    QuestionKind.AS_COMPLAINT: BackAs.COMPLAINT,
    QuestionKind.AS_WITHDRAWAL: BackAs.WITHDRAWAL,
    QuestionKind.AS_SERVICE: BackAs.SERVICE,
}
"""Why a sold unit comes back, by what was answered."""
ONE = Decimal(1)


def judge_return(case: Case) -> Judgement:
    """Judge a scan into a return.

    A unit comes back from whoever has it; one that was sold needs the answer why. Pieces without serials do
    so as well, and nothing on them says whose they are: a scan of the customer's code or the rental's number
    before does, or that nobody else has any; else it is asked.
    """
    refused = check_text(case)
    if refused:
        return refused
    units = _units(case)
    if len({unit.product_id for unit in units}) > 1:
        products = tuple(dict.fromkeys(unit.product_name for unit in units))
        return case.refuse(RefusalCode.WHICH_PRODUCT, serial=units[0].serial, products=products)
    if units:
        return _judge_unit(case, units[0])
    if case.found.product is not None:
        return _judge_product_code(case, case.found.product)
    if case.found.giver is not None:
        return GiverPicked(giver=case.found.giver)
    return case.refuse(RefusalCode.UNKNOWN, text=case.reading.serial or case.reading.text)


def _units(case: Case) -> tuple[FoundUnit, ...]:
    """Return the units that the scan can mean, narrowed by GTIN, by who has one, and by the picked line."""
    units = case.found.units
    if case.reading.from_gs1:
        product = case.found.product
        return tuple(unit for unit in units if product and unit.product_id == product.id)
    out = tuple(unit for unit in units if _is_out(case, unit)) or units
    if case.picked is not None and len(out) > 1:
        return tuple(unit for unit in out if unit.product_id == case.picked.product.id) or out
    return out


def _is_out(case: Case, unit: FoundUnit) -> bool:
    return transition_of(case, unit) is not None or _needs_reason(case, unit)


def _needs_reason(case: Case, unit: FoundUnit) -> bool:
    """Tell whether `unit` comes back only with an answer why: it was sold."""
    reasons = {row.back_as for row in transitions_of(case.document.type)} - {None}
    return any(transition_of(case, unit, back_as=reason) is not None for reason in reasons)


def _judge_unit(case: Case, unit: FoundUnit) -> Judgement:
    if unit.nature is Nature.SERVICE:
        return case.refuse(RefusalCode.IS_SERVICE, product=unit.product_name)
    refused = check_carrier(case, unit) or check_drafts(case, unit.product_id, unit.serial)
    if refused:
        return refused
    back_as = None
    if transition_of(case, unit) is None:
        if not _needs_reason(case, unit):
            return case.refuse(
                RefusalCode.NOT_OUT, serial=unit.serial, terms=unit.terms, place=unit.place_name or "-"
            )
        back_as = _answered(case)
        if back_as is None:
            return Question(kind=QuestionKind.BACK_AS, text=unit.serial, party=unit.place_name)
    lines = case.lines_of(unit.product_id)
    return Take(
        line=lines[0] if lines else None,
        product_id=unit.product_id,
        serial=unit.serial,
        serial_key=unit.serial_key,
        unit_id=unit.id,
        back_as=back_as,
    )


def _answered(case: Case) -> BackAs | None:
    """Return why a sold piece comes back, if somebody said so."""
    return next((ANSWERS[answer] for answer in ANSWERS if answer in case.confirmed), None)


def _judge_product_code(case: Case, product: FoundProduct) -> Judgement:
    if product.tracking is Tracking.QUANTITY:
        return judge_pieces(case, product.id, product.name, ONE)
    if case.reading.from_gs1 and case.reading.serial is not None:
        return case.refuse(RefusalCode.UNKNOWN, text=case.reading.serial)
    lines = case.lines_of(product.id)
    return judge_product(case, lines) if lines else Take(line=None, product_id=product.id)


def judge_pieces(case: Case, product_id: int, name: str, quantity: Decimal) -> Take | Refused | Question:
    """Judge that many pieces of a product without serials: whose they are, and as what they come back."""
    out = [pieces for pieces in case.found.pieces if pieces.left > 0]
    if case.giver is not None:
        out = _of_giver(case.giver, out)
        if not out:
            return case.refuse(RefusalCode.GIVER_HAS_NONE, product=name, giver=case.giver.name)
    if not out:
        return case.refuse(RefusalCode.NOBODY_HAS, product=name)
    holdings = holdings_of(out)
    if len(holdings) > 1:
        return Question(kind=QuestionKind.WHOSE, text=name, holdings=holdings)
    parts = share(out, quantity)
    available = sum((part.quantity for part in parts), Decimal(0))
    if available < quantity:
        return case.refuse(RefusalCode.TOO_FEW_OUT, product=name, wanted=quantity, available=available)
    back_as = None
    if holdings[0].terms is Terms.SOLD:
        back_as = _answered(case)
        if back_as is None:
            return Question(
                kind=QuestionKind.BACK_AS, text=name, party=holdings[0].party_name, holdings=holdings
            )
        if back_as not in PIECES_BACK:
            return case.refuse(RefusalCode.PIECES_IN_SERVICE, product=name)
    lines = case.lines_of(product_id)
    return Take(line=lines[0] if lines else None, product_id=product_id, parts=parts, back_as=back_as)


def _of_giver(giver: Giver, pieces: list[OpenPieces]) -> list[OpenPieces]:
    """Return what a giver has, on the terms that were named as far as there is something on them."""
    theirs = [
        each
        for each in pieces
        if each.party_id == giver.party_id and giver.document_id in {None, each.document_id}
    ]
    return [each for each in theirs if each.terms is giver.terms] or theirs
