"""Posting a received invoice: everything that it says moves, in one transaction, or nothing does."""

import logging
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from store.domain.direction import Direction
from store.domain.errors import RefusalCode, RefusedError
from store.domain.moves import NOTHING
from store.domain.received import Assessment, InvoiceState, LineOutcome, Receipt, ReceivedInvoice
from store.domain.received_words import questions_of
from store.domain.records import Actor, Party
from store.models.bulk import BIG, packed, rows_as
from store.models.fields import PIECES
from store.models.invoices import InvoiceDocumentRow, InvoiceRow
from store.models.parties import PartyRow
from store.models.sql import execute
from store.operations.assessing import assess
from store.operations.buying import buy
from store.operations.receiving import reassess
from store.operations.selling import Effect, sell, take_back
from store.queries.invoice_links import links_of
from store.queries.invoices import invoice_head, made_documents, pending_of

log = logging.getLogger(__name__)


def post_invoice(actor: Actor, invoice_id: int) -> Receipt:
    """Post a waiting invoice and return what it did; one that is posted already is returned as it is.

    A sale goes onto the holdings of its buyer or recipient, a purchase becomes an open delivery. Raises
    RefusedError and posts nothing: UNKNOWN, NOT_WAITING when it was reversed, ASKS while a question is open,
    and what posting refuses: BLOCKED, CONFLICT, TOO_FEW.
    """
    head = invoice_head(invoice_id, lock=True)
    if head is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(invoice_id))
    if head.state is InvoiceState.IMPORTED:
        return Receipt(
            invoice=head, known=True, made=made_documents(invoice_id), pending=pending_of(invoice_id)
        )
    if head.state is InvoiceState.REVERSED:
        raise RefusedError(RefusalCode.NOT_WAITING, invoice=head.number or str(head.id))
    found = reassess(invoice_id)
    if found.questions:
        raise RefusedError(RefusalCode.ASKS, invoice=head.number or str(head.id), count=found.questions)
    links = links_of(found)
    _post(actor, found)
    done = invoice_head(invoice_id)
    assert done is not None  # noqa: S101 - it was read above
    log.info("invoice %d posted by operator %s", invoice_id, actor.operator.code)
    return Receipt(
        invoice=done,
        known=False,
        made=made_documents(invoice_id),
        pending=pending_of(invoice_id),
        links=links,
    )


def post_if_clear(actor: Actor, receipt: Receipt) -> Receipt:
    """Post what was just received, unless it asks something or is no news."""
    if receipt.invoice.state is not InvoiceState.WAITING:
        return receipt
    try:
        return post_invoice(actor, receipt.invoice.id)
    except RefusedError as error:
        if error.refusal.code is not RefusalCode.ASKS:
            raise
    found = assess(receipt.invoice.id)
    return Receipt(
        invoice=found.invoice, known=receipt.known, questions=questions_of(found), links=links_of(found)
    )


_DONE = ("placed", "returned", "covered", "pending", "ordered")
"""What a line says of what was done for it."""


def _post(actor: Actor, found: Assessment) -> None:
    head, effects = found.invoice, []
    moving = [line for line in found.lines if line.wanted != NOTHING]
    if moving and head.party is not None:
        _play_part(head.party, head.direction)
        if head.direction is Direction.PURCHASE:
            effects = buy(actor, head, head.party, moving)
        else:
            at = effective_at(head)
            out = [line for line in moving if line.wanted > NOTHING]
            back = [line for line in moving if line.wanted < NOTHING]
            effects = [*sell(actor, head, head.party, out, at), *take_back(actor, head, head.party, back, at)]
    add_effects(head.id, effects)
    _write_covers(head.id, moving)
    InvoiceRow.update(
        state=InvoiceState.IMPORTED,
        # An advance or a correction of names moves nothing, whoever bought.
        direction=Direction.SALE if head.direction is Direction.UNDECIDED else head.direction,
        imported_at=actor.at,
        imported_by=actor.operator.id,
        imported_name=actor.operator.name,
    ).where(InvoiceRow.id == head.id).execute()


def effective_at(head: ReceivedInvoice) -> datetime | None:
    """Return when the goods of an invoice went: at noon of its day, where nothing is known of the hour."""
    day: date | None = head.issued_on
    return None if day is None else datetime.combine(day, time(12)).astimezone(UTC)


def _play_part(party: Party, direction: Direction) -> None:
    """Let a party be a customer or a supplier from now on."""
    role = PartyRow.is_supplier if direction is Direction.PURCHASE else PartyRow.is_customer
    PartyRow.update({role: True}).where((PartyRow.id == party.id) & ~role).execute()


_LINKS = (
    # cover, its line, the table of these lines, what they are lines of, and where that is linked
    (False, "invoice_cover", "document_line", "document", "invoice_document"),
    (True, "deal_cover", "deal_line", "deal", "deal_invoice"),
)


def _write_covers(invoice_id: int, lines: Sequence[LineOutcome]) -> None:
    """Keep by which lines of documents and of deals the invoice is counted already."""
    for of_deal, cover, line_table, whole, link in _LINKS:
        rows: list[dict[str, Any]] = [
            {"position": line.move.line.position, "line_id": key.id, "quantity": _steps(quantity)}
            for line in lines
            for key, quantity in line.covers.items()
            if key.of_deal == of_deal
        ]
        if not rows:
            continue
        source = rows_as("v", {"position": BIG, "line_id": BIG, "quantity": BIG})
        execute(
            f"""
            INSERT INTO {cover} (invoice_line_id, {line_table}_id, quantity)
            SELECT n.id, v.line_id, v.quantity FROM {source}
            JOIN invoice_line n ON n.invoice_id = :invoice_id AND n.position = v.position
            """,
            invoice_id=invoice_id,
            rows=packed(rows),
        )
        execute(
            f"""
            INSERT INTO {link} (invoice_id, {whole}_id, role)
            SELECT DISTINCT v.invoice_id, n.{whole}_id, 'linked' FROM {cover} c
            JOIN invoice_line v ON v.id = c.invoice_line_id JOIN {line_table} n ON n.id = c.{line_table}_id
            WHERE v.invoice_id = :invoice_id
            ON CONFLICT (invoice_id, {whole}_id) DO NOTHING
            """,
            invoice_id=invoice_id,
        )


def add_effects(invoice_id: int, effects: Sequence[Effect]) -> None:
    """Keep the documents by which an invoice did something, and count on its lines what was done."""
    for effect in effects:
        if effect.document_id is not None:
            InvoiceDocumentRow.create(invoice=invoice_id, document=effect.document_id, role=effect.role)
    rows: dict[int, dict[str, int]] = {}
    for effect in effects:
        for line, quantity in effect.lines:
            row = rows.setdefault(line.move.line.position, {})
            row[effect.column] = row.get(effect.column, 0) + _steps(quantity)
    columns = ("position", *_DONE)
    source = rows_as("v", dict.fromkeys(columns, BIG))
    added = ", ".join(f"{column} = invoice_line.{column} + v.{column}" for column in _DONE)
    execute(
        f"""
        UPDATE invoice_line SET {added}
        FROM {source} WHERE invoice_line.invoice_id = :invoice_id AND invoice_line.position = v.position
        """,
        invoice_id=invoice_id,
        rows=packed(
            [dict.fromkeys(columns, 0) | {"position": position} | row for position, row in rows.items()]
        ),
    )


def _steps(value: Decimal) -> int:
    return int(value.scaleb(PIECES))
