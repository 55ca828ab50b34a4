"""Opening, extending and cancelling documents."""

from store.domain.documents import Document, DocumentLine, NewDocument, NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.kinds import KINDS
from store.domain.loans import RentalTerms, Until, check_until
from store.domain.records import Actor
from store.domain.roles import Permission
from store.domain.terms import DocumentStatus
from store.models.documents import DocumentLineRow, DocumentRow, DraftScanRow
from store.models.loans import RentalRow
from store.models.parties import LocationRow
from store.operations.allowed import require
from store.operations.counting import check_uncounted, forget_record, note_record
from store.operations.deal_parts import free_parts
from store.operations.lines import add_line_row, refuse_service
from store.operations.open_again import open_again
from store.operations.opened import open_head
from store.operations.reservation_end import settle_reservation
from store.queries.documents import head, lines
from store.queries.parties import own_company


def open_document(actor: Actor, new: NewDocument, *, token: str | None = None) -> Document:
    """Open a document with its lines and return its head.

    Called again with the same `token` it returns the document that it opened. Raises RefusedError:
    BAD_QUANTITY when a line expects nothing or less, SAME_PLACE when it goes where it comes from,
    DUE_NEEDED and DUE_PAST for a document that lends, COUNTED_TWICE for a count of a place where one is open.
    """
    opened = None if token is None else DocumentRow.get_or_none(DocumentRow.open_token == token)
    if opened is not None:
        return _head(opened.id)
    for line in new.lines:
        if line.expected is not None and line.expected <= 0:
            raise RefusedError(RefusalCode.BAD_QUANTITY, text=str(line.expected))
    if new.target_id == new.location_id:
        raise RefusedError(RefusalCode.SAME_PLACE, place=LocationRow.get_by_id(new.location_id).name)
    if KINDS[new.type].lends:
        check_until(new.rental.until if new.rental else Until(), actor.at.astimezone().date())
    if KINDS[new.type].counts:
        check_uncounted(new.location_id)
    row = DocumentRow.create(
        type=new.type,
        location=new.location_id,
        party=new.party_id or own_company().id,
        target=new.target_id,
        units_of_supplier=new.units_of_supplier,
        reference=new.reference,
        opened_at=actor.at,
        opened_by=actor.operator.id,
        opened_name=actor.operator.name,
        open_token=token,
    )
    if new.rental is not None:
        _write_rental(row.id, new.rental)
    if KINDS[new.type].counts:
        note_record(row.id, LocationRow.get_by_id(new.location_id).place_id)
    for line in new.lines:
        refuse_service(line.product_id)
        add_line_row(row.id, line)
    return _head(row.id)


def _write_rental(document_id: int, terms: RentalTerms) -> None:
    RentalRow.create(
        document=document_id,
        due=terms.until.due,
        ask_again=terms.until.ask_again,
        purpose=terms.purpose.strip(),
        deposit=terms.deposit,
        daily_rate=terms.daily_rate,
    )


def _head(document_id: int) -> Document:
    document = head(document_id)
    assert document is not None  # noqa: S101 - it was read or written in this transaction
    return document


def add_line(actor: Actor, document_id: int, new: NewLine) -> DocumentLine:
    """Add a line to an open document and return it.

    Raises RefusedError: NOT_ALLOWED for a role that may not, NOT_OPEN, BAD_QUANTITY.
    """
    require(actor, Permission.ADD_LINE)
    if new.expected is not None and new.expected <= 0:
        raise RefusedError(RefusalCode.BAD_QUANTITY, text=str(new.expected))
    open_head(document_id)
    refuse_service(new.product_id)
    row = add_line_row(document_id, new)
    return next(line for line in lines(document_id) if line.id == row.id)


def cancel_document(actor: Actor, document_id: int) -> Document:
    """Cancel an open document: its scans are given back, nothing moves. Returns its head.

    Raises RefusedError: NOT_ALLOWED when it has scans and the role may not, NOT_OPEN.
    """
    document = open_head(document_id)
    drafts = (DraftScanRow.document == document_id) & (DraftScanRow.state == "draft")
    if DraftScanRow.select().where(drafts).exists():
        require(actor, Permission.CANCEL)
    DraftScanRow.update(state="removed", removed_at=actor.at, removed_by=actor.operator.id).where(
        drafts
    ).execute()
    DocumentLineRow.update(scanned=0, rejected=0).where(DocumentLineRow.document == document_id).execute()
    settle_reservation(document_id, posted=False)
    free_parts(document_id)
    open_again(actor, document, moves=False)
    if KINDS[document.type].counts:
        forget_record(document_id)
    DocumentRow.update(status=DocumentStatus.CANCELLED).where(DocumentRow.id == document_id).execute()
    return _head(document_id)
