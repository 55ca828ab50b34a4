"""Accepted scans of an open document: written, counted, taken back."""

from dataclasses import replace
from decimal import Decimal

from store.domain.documents import Accepted, Document, DocumentLine, DraftScan
from store.domain.errors import RefusalCode, RefusedError
from store.domain.found import Take
from store.domain.kinds import KINDS
from store.domain.loans import BackPart
from store.domain.records import Actor
from store.domain.terms import DocumentType
from store.models.documents import DocumentLineRow, DraftScanRow
from store.operations.counting import record_of
from store.operations.opened import open_head
from store.queries.documents import lines
from store.queries.scans import scan_by_id
from store.transaction import RaceLostError


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
    """Write an accepted scan and count it on its line, and return both as they are now.

    Pieces that come back under several rentals are a scan for each; the last of them is returned.
    """
    if not verdict.parts:
        return _write(
            actor, document, document_lines, verdict, token=token, text=text, quantity=quantity,
            rejected=rejected,
        )  # fmt: skip
    for number, part in enumerate(verdict.parts):
        written = _write(
            actor, document, document_lines, verdict, token=f"{token}/{number}" if number else token,
            text=text, quantity=part.quantity, part=part,
        )  # fmt: skip
        document_lines = tuple(
            written.line if line.id == written.line.id else line for line in document_lines
        )
    return written


def _write(
    actor: Actor,
    document: Document,
    document_lines: tuple[DocumentLine, ...],
    verdict: Take,
    *,
    token: str,
    text: str,
    quantity: Decimal,
    rejected: str | None = None,
    part: BackPart | None = None,
) -> Accepted:
    line = verdict.line
    assert line is not None  # noqa: S101 - as above
    record = record_of(document, verdict) if KINDS[document.type].counts else {}
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
        back_as=verdict.back_as,
        loan_id=part.loan_id if part else None,
        giver=part.giver_id if part else None,
        giver_terms=part.giver_terms if part else None,
        **record,
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
    done = accepted(draft, tuple(counted if old.id == line.id else old for old in document_lines))
    return replace(done, told=verdict.told)


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


def accepted(draft: DraftScan, document_lines: tuple[DocumentLine, ...]) -> Accepted:
    """Return the outcome for a draft, with its line and the document's totals as they are now."""
    return Accepted(
        row=draft,
        line=next(line for line in document_lines if line.id == draft.line_id),
        scanned=sum((line.scanned for line in document_lines), Decimal(0)),
        expected=sum((line.expected or Decimal(0) for line in document_lines), Decimal(0)),
    )


def undo(actor: Actor, document_id: int, *, token: str | None = None) -> DraftScan | None:
    """Take back the last scan that this terminal made in a document, and return it; None: there is none.

    The row stays, with who removed it and when. Called again with the same `token` it takes back nothing
    more. Raises RefusedError(NOT_OPEN).
    """
    done = _removed_with(token)
    if done is not None:
        return done
    open_head(document_id)
    last = (
        DraftScanRow.select(DraftScanRow.id)
        .where(
            (DraftScanRow.document == document_id)
            & (DraftScanRow.terminal == actor.terminal.id)
            & (DraftScanRow.state == "draft")
        )
        .order_by(DraftScanRow.id.desc())
        .first()
    )
    return _remove(actor, document_id, last.id, token) if last else None


def remove(actor: Actor, scan_id: int, *, token: str | None = None) -> DraftScan:
    """Take back any accepted scan of an open document and return it.

    Called again with the same `token` it returns it again. Raises RefusedError: UNKNOWN when there is no such
    scan or it is removed already, NOT_OPEN.
    """
    done = _removed_with(token)
    if done is not None:
        return done
    row = DraftScanRow.get_or_none(DraftScanRow.id == scan_id)
    if row is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(scan_id))
    open_head(row.document_id)
    return _remove(actor, row.document_id, scan_id, token)


def _removed_with(token: str | None) -> DraftScan | None:
    """Return the scan that this very call removed, before the connection broke."""
    row = None if token is None else DraftScanRow.get_or_none(DraftScanRow.removed_token == token)
    return None if row is None else scan_by_id(row.id)


def _remove(actor: Actor, document_id: int, scan_id: int, token: str | None) -> DraftScan:
    draft = scan_by_id(scan_id)
    removed = (
        DraftScanRow.update(
            state="removed", removed_at=actor.at, removed_by=actor.operator.id, removed_token=token
        )
        .where((DraftScanRow.id == scan_id) & (DraftScanRow.state == "draft"))
        .execute()
    )
    if not removed:
        raise RefusedError(RefusalCode.UNKNOWN, text=draft.serial or draft.product_name)
    line = next(line for line in lines(document_id) if line.id == draft.line_id)
    count_on_line(line, -draft.quantity, rejected=draft.rejected)
    return draft
