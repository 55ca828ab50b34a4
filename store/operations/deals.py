"""Making and changing deals, and ending them. What delivers them is in `delivering`."""

import logging
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from store.domain.deals import (
    SERIES,
    Deal,
    DealHead,
    DealState,
    NewDeal,
    NewDealLine,
    check_currency,
    check_line,
)
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Actor
from store.domain.roles import Permission
from store.models.bulk import BIG, TEXT, packed, rows_as
from store.models.deals import DealLineRow, DealRow
from store.models.fields import MONEY, PIECES
from store.models.sql import execute, select
from store.operations.allowed import require
from store.operations.deal_state import settle_state
from store.operations.open_again import open_deal_again
from store.operations.series import next_in
from store.queries.deals import deal, deal_head, deal_lines
from store.queries.invoice_facts import products

log = logging.getLogger(__name__)


def make_deal(actor: Actor, new: NewDeal, *, token: str) -> Deal:
    """Make a deal with a number of its own, as a draft, and return it.

    Called again with the same `token` it returns what it made. Raises RefusedError: BAD_QUANTITY, BAD_PRICE,
    BAD_CURRENCY.
    """
    made = DealRow.get_or_none(DealRow.token == token)
    if made is not None:
        return _deal(made.id)
    row = DealRow.create(
        number=next_in(SERIES, actor),
        party=new.party_id,
        location=new.location_id,
        their_order=new.their_order.strip(),
        currency=check_currency(new.currency),
        note=new.note.strip(),
        made_at=actor.at,
        made_by=actor.operator.id,
        made_name=actor.operator.name,
        token=token,
    )
    write_lines(row.id, new.lines)
    log.info("deal %s made by operator %s", row.number, actor.operator.code)
    return _deal(row.id)


def write_lines(deal_id: int, lines: Sequence[NewDealLine], *, after: int = 0) -> None:
    """Write lines behind position `after`, in one statement. Raises RefusedError as `check_line` does."""
    known = products({line.product_id for line in lines})
    for line in lines:
        check_line(line, known[line.product_id])
    rows: list[dict[str, Any]] = [
        {
            "position": position,
            "product_id": line.product_id,
            "quantity": int(line.quantity.scaleb(PIECES)),
            "unit_price": None if line.unit_price is None else int(line.unit_price.scaleb(MONEY)),
            "note": line.note.strip(),
        }
        for position, line in enumerate(lines, start=after + 1)
    ]
    if not rows:
        return
    columns = {"position": BIG, "product_id": BIG, "quantity": BIG, "unit_price": BIG, "note": TEXT}
    execute(
        f"""
        INSERT INTO deal_line (deal_id, {", ".join(columns)}, planned, delivered, dropped)
        SELECT :deal_id, {", ".join(f"v.{column}" for column in columns)}, 0, 0, 0
        FROM {rows_as("v", columns)} WHERE true ORDER BY v.position
        """,
        deal_id=deal_id,
        rows=packed(rows),
    )


def add_deal_line(actor: Actor, deal_id: int, new: NewDealLine) -> Deal:  # noqa: ARG001
    """Add a line to a deal that has not ended, and return it.

    Raises RefusedError: UNKNOWN, WRONG_STATE, BAD_QUANTITY, BAD_PRICE.
    """
    changeable(deal_id)
    rows = select(
        "SELECT coalesce(max(position), 0) AS last FROM deal_line WHERE deal_id = :deal_id", deal_id=deal_id
    )
    write_lines(deal_id, [new], after=rows[0]["last"])
    return _deal(deal_id)


def change_deal_line(
    actor: Actor,
    line_id: int,
    *,
    quantity: Decimal,
    unit_price: Decimal | None,
    note: str,
) -> Deal:
    """Let a line of a deal that has not ended say something else, and return the deal.

    Raises RefusedError: UNKNOWN, WRONG_STATE, BAD_QUANTITY, BAD_PRICE, LESS_THAN_TAKEN when more than
    `quantity` is delivered or in open documents.
    """
    row = DealLineRow.get_or_none(DealLineRow.id == line_id)
    if row is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(line_id))
    changeable(row.deal_id)
    row = DealLineRow.get_by_id(line_id)
    product = products({row.product_id})[row.product_id]
    check_line(NewDealLine(product_id=row.product_id, quantity=quantity, unit_price=unit_price), product)
    taken = row.planned + row.delivered + row.dropped
    if quantity < taken:
        raise RefusedError(RefusalCode.LESS_THAN_TAKEN, product=product.name, wanted=quantity, taken=taken)
    if quantity < row.quantity:
        open_deal_again(actor, _head(row.deal_id), {line_id: quantity - row.dropped})
    DealLineRow.update(quantity=quantity, unit_price=unit_price, note=note.strip()).where(
        DealLineRow.id == line_id
    ).execute()
    settle_state(row.deal_id)
    return _deal(row.deal_id)


def remove_deal_line(actor: Actor, line_id: int) -> Deal:  # noqa: ARG001
    """Take a line off a draft, and return the deal. Raises RefusedError: UNKNOWN, WRONG_STATE."""
    row = DealLineRow.get_or_none(DealLineRow.id == line_id)
    if row is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(line_id))
    head = changeable(row.deal_id)
    if head.state is not DealState.DRAFT:
        raise wrong_state(head)
    DealLineRow.delete().where(DealLineRow.id == line_id).execute()
    return _deal(row.deal_id)


def move_deal(actor: Actor, deal_id: int, location_id: int) -> Deal:  # noqa: ARG001
    """Let the rest of a deal that has not ended be taken from another location of ours; return the deal.

    What is in open documents stays where it is. Raises RefusedError: UNKNOWN, WRONG_STATE.
    """
    changeable(deal_id)
    DealRow.update(location=location_id).where(DealRow.id == deal_id).execute()
    return _deal(deal_id)


def change_deal(actor: Actor, deal_id: int, *, their_order: str, note: str) -> Deal:  # noqa: ARG001
    """Change the customer's number and the note of a deal that has not ended; return the deal.

    Raises RefusedError: UNKNOWN, WRONG_STATE.
    """
    changeable(deal_id)
    DealRow.update(their_order=their_order.strip(), note=note.strip()).where(DealRow.id == deal_id).execute()
    return _deal(deal_id)


def end_deal(actor: Actor, deal_id: int, *, reason: str) -> Deal:
    """Deliver no more of a deal: the rest is dropped, or all of it is cancelled; return the deal.

    Done again it changes nothing. Raises RefusedError: UNKNOWN, REASON_NEEDED, WRONG_STATE for one that is
    done, IN_DOCUMENT while an open document has a part of it, NOT_ALLOWED when the role may not cancel.
    """
    head = deal_head(deal_id, lock=True)
    if head is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(deal_id))
    if head.state is DealState.CANCELLED or (head.state is DealState.DONE and head.dropped):
        return _deal(deal_id)
    if head.state is DealState.DONE:
        raise wrong_state(head)
    if head.state is not DealState.DRAFT:
        require(actor, Permission.CANCEL)
        if not reason.strip():
            raise RefusedError(RefusalCode.REASON_NEEDED)
    busy = select(
        "SELECT 1 FROM deal_document x JOIN document d ON d.id = x.document_id "
        "WHERE x.deal_id = :deal_id AND d.status = 'open' LIMIT 1",
        deal_id=deal_id,
    )
    if busy:
        raise RefusedError(RefusalCode.IN_DOCUMENT, deal=head.number)
    open_deal_again(actor, head, {line.id: line.delivered for line in deal_lines(deal_id)})
    execute("UPDATE deal_line SET dropped = quantity - delivered WHERE deal_id = :deal_id", deal_id=deal_id)
    state = DealState.DONE if head.delivered else DealState.CANCELLED
    DealRow.update(state=state, reason=reason.strip()).where(DealRow.id == deal_id).execute()
    log.info("deal %s ended by operator %s", head.number, actor.operator.code)
    return _deal(deal_id)


def changeable(deal_id: int) -> DealHead:
    """Return a deal that has not ended, and let nobody else change it. Raises: UNKNOWN, WRONG_STATE."""
    head = deal_head(deal_id, lock=True)
    if head is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(deal_id))
    if head.state in {DealState.DONE, DealState.CANCELLED}:
        raise wrong_state(head)
    return head


def wrong_state(head: DealHead) -> RefusedError:
    """Return the refusal of what cannot be done with a deal as it is."""
    return RefusedError(RefusalCode.WRONG_STATE, deal=head.number, state=head.state)


def _head(deal_id: int) -> DealHead:
    head = deal_head(deal_id)
    assert head is not None  # noqa: S101 - it was read in this transaction
    return head


def _deal(deal_id: int) -> Deal:
    found = deal(deal_id)
    assert found is not None  # noqa: S101 - it was read or written in this transaction
    return found
