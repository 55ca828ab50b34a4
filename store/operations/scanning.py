"""A scan into an open document: judged by the rules of its type, and on disk when this returns."""

import logging
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from store.domain.counting import judge_count
from store.domain.delivery import judge_delivery
from store.domain.documents import (
    Accepted,
    LinePicked,
    NewLine,
    Outcome,
    Question,
    QuestionKind,
    Refused,
)
from store.domain.errors import RefusalCode, RefusedError
from store.domain.found import Found, Reading, Take
from store.domain.gtins import normalised
from store.domain.intake import judge_intake
from store.domain.judgement import Case, Judgement
from store.domain.kinds import KINDS
from store.domain.loans import Giver
from store.domain.on_site import judge_on_site
from store.domain.outgoing import judge_outgoing
from store.domain.records import Actor
from store.domain.returning import judge_return
from store.domain.scan import Scan
from store.domain.terms import DocumentType, Tracking
from store.models.products import GtinRow
from store.operations.availability import check_available
from store.operations.drafts import accepted, write_draft
from store.operations.lines import add_line_row, refuse_service
from store.operations.opened import open_head
from store.operations.promised import check_unit
from store.operations.refusals import keep_refusal
from store.queries.documents import lines
from store.queries.found import found
from store.queries.givers import giver_of, pieces_out
from store.queries.scans import scan_by_id

log = logging.getLogger(__name__)

RULES: dict[DocumentType, Callable[[Case], Judgement]] = {
    DocumentType.DELIVERY: judge_delivery,
    DocumentType.ISSUE: judge_outgoing,
    DocumentType.TRANSFER: judge_outgoing,
    DocumentType.RENTAL: judge_outgoing,
    DocumentType.RETURN: judge_return,
    DocumentType.CONSIGNMENT: judge_outgoing,
    DocumentType.CONSIGNMENT_RETURN: judge_outgoing,
    DocumentType.CONSIGNMENT_SALE: judge_outgoing,
    DocumentType.SUPPLIER_RETURN: judge_outgoing,
    DocumentType.BORROWING: judge_outgoing,
    DocumentType.BORROWING_END: judge_outgoing,
    DocumentType.BUYOUT: judge_outgoing,
    DocumentType.ON_SITE: judge_on_site,
    DocumentType.STOCKTAKE: judge_count,
    DocumentType.SERVICE_INTAKE: judge_intake,
    DocumentType.SERVICE_HANDOUT: judge_outgoing,
}
"""How each type of document judges a scan. A further type is a row here."""

ONE = Decimal(1)


def take(
    actor: Actor,
    document_id: int,
    scan: Scan,
    *,
    token: str,
    line_id: int | None = None,
    rejected: str | None = None,
    giver: Giver | None = None,
    confirmed: frozenset[QuestionKind] = frozenset(),
) -> Outcome:
    """Judge a scan and keep the verdict.

    `line_id` is the picked line; `rejected` the reason why the piece is not accepted (damaged, wrong);
    `giver` who gives pieces without serials back; `confirmed` the questions that a person said yes to.
    `token` names this scan for ever: called again with it, for example after a lost connection, the scan is
    not taken twice. Raises RefusedError: NOT_OPEN, REASON_NEEDED when a piece is rejected for no reason.
    """
    if rejected is not None and not rejected.strip():
        raise RefusedError(RefusalCode.REASON_NEEDED)
    document = open_head(document_id)
    reading = Reading.of(scan, normalised(scan.text))
    today = actor.at.astimezone().date()
    known = found(document_id, reading, today=today, token=token)
    document_lines = lines(document_id)
    if known.repeated is not None:
        return accepted(scan_by_id(known.repeated), document_lines)
    if KINDS[document.type].takes_back:
        known = _with_givers(known, reading, giver)
    case = Case(
        document=document,
        lines=document_lines,
        reading=reading,
        found=known,
        role=actor.operator.role,
        picked=next((line for line in document_lines if line.id == line_id), None),
        confirmed=confirmed,
        rejected=rejected is not None,
        giver=giver,
    )
    judgement = RULES[document.type](case)
    if isinstance(judgement, Take) and judgement.line is None:
        judgement = _service(case, judgement.product_id) or judgement
    if isinstance(judgement, Take) and judgement.line is None:
        case = _with_line(case, judgement.product_id)
        judgement = RULES[document.type](case)
    if isinstance(judgement, Take) and judgement.line is not None and judgement.serial is None:
        judgement = check_available(case, judgement.line, ONE, today) or judgement
    if isinstance(judgement, Take):
        judgement = check_unit(case, judgement, today) or judgement
    if isinstance(judgement, Refused):
        keep_refusal(actor, document_id, judgement, token=token)
        log.info("document %d: scan refused: %s", document_id, judgement.refusal.code)
        return judgement
    if isinstance(judgement, Take):
        outcome = _apply(actor, case, judgement, token=token, rejected=rejected)
        log.info("document %d: scan taken, unit %s", document_id, judgement.unit_id or "new")
        return outcome
    return judgement


def _with_givers(known: Found, reading: Reading, giver: Giver | None) -> Found:
    """Add who has pieces of the product that was found, or whom the code names if it is nothing else's."""
    if known.product is not None and known.product.tracking is Tracking.QUANTITY:
        return replace(known, pieces=pieces_out(known.product.id, giver))
    if known.units or known.product is not None or reading.from_gs1:
        return known
    return replace(known, giver=giver_of(reading.text))


def _service(case: Case, product_id: int) -> Refused | None:
    """Refuse what is never in a warehouse; on site its number may be scanned."""
    if case.document.type is DocumentType.ON_SITE:
        return None
    try:
        refuse_service(product_id)
    except RefusedError as error:
        return case.refuse(error.refusal.code, **error.refusal.data)
    return None


def _with_line(case: Case, product_id: int) -> Case:
    """Add the line that the judgement asks for, and return the case with it."""
    line_id = add_line_row(case.document.id, NewLine(product_id=product_id)).id
    document_lines = lines(case.document.id)
    added = next(line for line in document_lines if line.id == line_id)
    return replace(case, lines=document_lines, picked=added)


def _apply(
    actor: Actor, case: Case, verdict: Take, *, token: str, rejected: str | None
) -> Accepted | LinePicked | Question:
    line = verdict.line
    assert line is not None  # noqa: S101 - a line that was missing has been added by now
    if verdict.learn_gtin is not None:
        GtinRow.create(product=line.product.id, gtin=verdict.learn_gtin)
        if verdict.serial is None:
            return LinePicked(line=line)
    return write_draft(actor, case.document, case.lines, verdict, token=token, text=case.reading.text,
                       quantity=ONE, rejected=rejected)  # fmt: skip
