"""Closing a document: everything it scanned moves, in one transaction, under one number."""

import logging
from dataclasses import replace
from datetime import datetime

from store.domain.documents import Document
from store.domain.errors import RefusalCode, RefusedError
from store.domain.kinds import KINDS
from store.domain.records import Actor
from store.domain.roles import Permission
from store.domain.terms import DocumentStatus, DocumentType
from store.domain.transitions import BIRTHS
from store.models.documents import DocumentRow
from store.models.sql import execute
from store.operations.allowed import require
from store.operations.counting_once import count_once
from store.operations.deal_parts import deliver_parts
from store.operations.deposits import keep_due
from store.operations.field_values import check_required, post_values
from store.operations.filling import settle_on_site
from store.operations.lending import close_loans, note_conditions, open_loans
from store.operations.moving import move_units
from store.operations.open_again import open_again
from store.operations.opened import ALONE, open_head
from store.operations.posted import Posting
from store.operations.posting import newest_movement
from store.operations.posting_counts import newest_of_count, post_count
from store.operations.posting_quantities import post_quantities
from store.operations.prices import post_prices
from store.operations.reservation_end import settle_reservation
from store.operations.returning import bring_back_pieces, newest_loan
from store.operations.series import next_number
from store.operations.validities import keep_validities
from store.queries.documents import head
from store.queries.parties import own_company
from store.queries.scans import differences, scan_count

log = logging.getLogger(__name__)


def close_document(
    actor: Actor,
    document_id: int,
    *,
    reason: str = "",
    effective_at: datetime | None = None,
    fills_pending: bool | None = None,
    token: str,
) -> Document:
    """Post an open document and return its head with its number.

    `reason` says why it differs from what was expected, or why there is such a document; it is required then.
    `effective_at` is when it really happened, if that was earlier: aware, not before the last movement of any
    unit in it, and only for roles that may. `fills_pending`: whether an issue has the pieces that an invoice
    before it has put there (`queries.invoices_first.fillable`), which count once then; None: by the days that
    lie between them. Called again with the same `token`, it returns what it posted the first time.

    Raises RefusedError and posts nothing: NOT_OPEN, NOTHING_SCANNED, REASON_NEEDED, NOT_ALLOWED, IN_FUTURE,
    TOO_EARLY, INSTALLED, BLOCKED, CONFLICT, TOO_FEW, TOO_FEW_OUT, FIELDS_NEEDED, PRICE_NEEDED, FAULT_NEEDED,
    OUTCOME_NEEDED, REASONS_NEEDED.
    """
    posted = DocumentRow.get_or_none(DocumentRow.close_token == token)
    if posted is not None:
        return _head(posted.id)
    document = open_head(document_id, lock=ALONE)
    kind = KINDS[document.type]
    if scan_count(document_id) == 0 and not kind.counts:
        raise RefusedError(RefusalCode.NOTHING_SCANNED)
    if not reason.strip() and (
        kind.reason_question
        or (not kind.rest_waits and any(found.needs_reason for found in differences(document_id)))
    ):
        raise RefusedError(RefusalCode.REASON_NEEDED)
    check_required(document_id)
    open_again(actor, document, moves=True)
    count_once(actor, document, fills_pending)
    if effective_at is None:
        # Terminals' clocks differ a little. What moves now moves after what moved before.
        newest = newest_of_count if kind.counts else newest_movement
        before = newest(document_id), newest_loan(document_id) if kind.takes_back else None
        actor = replace(actor, at=max(actor.at, *(moment or actor.at for moment in before)))
    moment = _effective(actor, effective_at)
    posting = Posting(document=document, actor=actor, effective_at=moment, us=own_company())
    _post(posting)
    execute(
        "UPDATE draft_scan SET state = 'posted' WHERE document_id = :document_id AND state = 'draft'",
        document_id=document_id,
    )
    number = next_number(document.type, actor)
    _note_loans(posting, number)
    DocumentRow.update(
        status=DocumentStatus.POSTED,
        number=number,
        reason=reason.strip(),
        posted_at=actor.at,
        posted_by=actor.operator.id,
        posted_name=actor.operator.name,
        effective_at=moment,
        close_token=token,
    ).where(DocumentRow.id == document_id).execute()
    settle_reservation(document_id, posted=True)
    deliver_parts(actor, document)
    log.info("document %s posted as %s by operator %s", document_id, number, actor.operator.code)
    return _head(document_id)


def _note_loans(posting: Posting, number: str) -> None:
    """Note how the pieces were found, then open the loans of what went, or close those of what came back."""
    kind = KINDS[posting.document.type]
    if kind.lends or kind.takes_back:
        note_conditions(posting, number)
        (open_loans if kind.lends else close_loans)(posting)


def _post(posting: Posting) -> None:
    """Move what the document scanned, by the rules of its type."""
    document, kind = posting.document, KINDS[posting.document.type]
    (post_count if kind.counts else move_units)(posting)
    if document.type is DocumentType.ON_SITE:
        settle_on_site(posting)
    keep_validities(posting)
    if document.units_of_supplier:
        keep_due(posting)
    if kind.is_priced:
        post_prices(document.id)
    if document.type in BIRTHS:
        post_values(posting.actor, document.id)
    if not kind.counts:
        (bring_back_pieces if kind.takes_back else post_quantities)(posting)


def _head(document_id: int) -> Document:
    document = head(document_id)
    assert document is not None  # noqa: S101 - it was read or written in this transaction
    return document


def _effective(actor: Actor, effective_at: datetime | None) -> datetime:
    if effective_at is None:
        return actor.at
    if effective_at > actor.at:
        raise RefusedError(RefusalCode.IN_FUTURE, at=effective_at)
    if effective_at < actor.at:
        require(actor, Permission.BACKDATE)
    return effective_at
