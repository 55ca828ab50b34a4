"""A scan into an open document: judged by the rules of its type, and on disk when this returns."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from store.domain.delivery import judge_delivery
from store.domain.documents import (
    Accepted,
    Document,
    DocumentLine,
    DraftScan,
    LinePicked,
    NewLine,
    Outcome,
    Question,
    QuestionKind,
    Refused,
)
from store.domain.errors import RefusalCode, RefusedError
from store.domain.found import Reading, Take
from store.domain.gtins import normalised
from store.domain.issue import judge_issue
from store.domain.judgement import Case, Judgement
from store.domain.records import Actor
from store.domain.scan import Scan
from store.domain.terms import DocumentStatus, DocumentType
from store.models.documents import DocumentLineRow, DraftScanRow
from store.models.products import GtinRow
from store.operations.lines import add_line_row
from store.operations.refusals import keep_refusal
from store.queries.documents import head, lines
from store.queries.found import found
from store.queries.scans import scan_by_id
from store.transaction import RaceLostError

RULES: dict[DocumentType, Callable[[Case], Judgement]] = {
    DocumentType.DELIVERY: judge_delivery,
    DocumentType.ISSUE: judge_issue,
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
    confirmed: frozenset[QuestionKind] = frozenset(),
) -> Outcome:
    """Judge a scan and keep the verdict.

    `line_id` is the picked line; `rejected` the reason why the piece is not accepted (damaged,
    wrong); `confirmed` the questions that a person said yes to. `token` names this scan for ever: called again with
    it, for example after a lost connection, the scan is not taken twice. Raises RefusedError(NOT_OPEN) when
    the document is not open.
    """
    document = open_head(document_id)
    reading = Reading.of(scan, normalised(scan.text))
    known = found(document_id, reading, token=token)
    document_lines = lines(document_id)
    if known.repeated is not None:
        return _accepted(scan_by_id(known.repeated), document_lines)
    case = Case(
        document=document,
        lines=document_lines,
        reading=reading,
        found=known,
        role=actor.operator.role,
        picked=next((line for line in document_lines if line.id == line_id), None),
        confirmed=confirmed,
        rejected=rejected is not None,
    )
    judgement = RULES[document.type](case)
    if isinstance(judgement, Take) and judgement.line is None:
        case = _with_line(case, judgement.product_id)
        judgement = RULES[document.type](case)
    if isinstance(judgement, Refused):
        keep_refusal(actor, document_id, judgement, token=token)
        return judgement
    if isinstance(judgement, Take):
        return _apply(actor, case, judgement, token=token, rejected=rejected)
    return judgement


def open_head(document_id: int) -> Document:
    """Return the head of an open document, which stays open until this transaction ends.

    Raises RefusedError(NOT_OPEN) when it is not open or does not exist.
    """
    document = head(document_id, lock="FOR SHARE")
    if document is None or document.status is not DocumentStatus.OPEN:
        name = (document.number or document.reference) if document else str(document_id)
        status = document.status if document else None
        raise RefusedError(RefusalCode.NOT_OPEN, document=name, status=status)
    return document


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


def write_draft(
    actor: Actor,
    document: Document,
    document_lines: tuple[DocumentLine, ...],
    verdict: Take,
    *,
    token: str,
    text: str,
    quantity: Decimal,
    rejected: str | None = None,
) -> Accepted:
    """Write an accepted scan and count it on its line, and return both as they are now."""
    line = verdict.line
    assert line is not None  # noqa: S101 - as above
    row = DraftScanRow.create(
        document=document.id,
        line=line.id,
        product=verdict.product_id,
        unit=verdict.unit_id,
        serial=verdict.serial,
        serial_key=verdict.serial_key,
        quantity=quantity,
        rejected=rejected is not None,
        reason=rejected or "",
        announced=verdict.announced,
        text=text,
        scanned_at=actor.at,
        operator=actor.operator.id,
        operator_name=actor.operator.name,
        terminal=actor.terminal.id,
        terminal_name=actor.terminal.name,
        token=token,
    )
    counted = count_on_line(line, quantity, rejected=rejected is not None, limited=_is_limited(document))
    draft = DraftScan(
        id=row.id,
        line_id=line.id,
        product_name=line.product.name,
        serial=verdict.serial,
        quantity=quantity,
        rejected=rejected is not None,
        reason=rejected or "",
        announced=verdict.announced,
        at=actor.at,
        operator=actor.operator.name,
        terminal=actor.terminal.name,
    )
    return _accepted(draft, tuple(counted if old.id == line.id else old for old in document_lines))


def _is_limited(document: Document) -> bool:
    """Tell whether a line may never hold more than it expects; a delivery may, when a person says so."""
    return document.type is not DocumentType.DELIVERY


def count_on_line(
    line: DocumentLine, quantity: Decimal, *, rejected: bool = False, limited: bool = False
) -> DocumentLine:
    """Add `quantity` (less than zero: take away) to a line's count and return the line as it is now.

    Two terminals may count on one line at once, so the store adds, and nobody writes a sum that they read.
    Raises RaceLostError when `limited` and another terminal has filled the line meanwhile.
    """
    column = DocumentLineRow.rejected if rejected else DocumentLineRow.scanned
    where = DocumentLineRow.id == line.id
    if limited and quantity > 0:
        where &= DocumentLineRow.expected.is_null() | (
            DocumentLineRow.scanned + quantity <= DocumentLineRow.expected
        )
    rows = list(
        DocumentLineRow.update({column: column + quantity})
        .where(where)
        .returning(DocumentLineRow.scanned, DocumentLineRow.rejected)
    )
    if not rows:
        raise RaceLostError
    return replace(line, scanned=rows[0].scanned, rejected=rows[0].rejected)


def _accepted(draft: DraftScan, document_lines: tuple[DocumentLine, ...]) -> Accepted:
    return Accepted(
        row=draft,
        line=next(line for line in document_lines if line.id == draft.line_id),
        scanned=sum((line.scanned for line in document_lines), Decimal(0)),
        expected=sum((line.expected or Decimal(0) for line in document_lines), Decimal(0)),
    )
