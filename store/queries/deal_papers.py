"""Deals as they go on paper."""

from store.domain.deal_papers import ConfirmedLine, DealConfirmation
from store.domain.deals import DEAL_STATES, DealState
from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.papers import PaperRequest
from store.queries.deals import deal, deal_by_number
from store.queries.paper_sides import our_side, side_of


def deal_record(request: PaperRequest) -> DealConfirmation:
    """Return the confirmation of the deal with a number.

    Raises StoreError, in words, when there is none, and while it is still being made.
    """
    deal_id = deal_by_number(request.number)
    found = None if deal_id is None else deal(deal_id)
    if found is None:
        raise StoreError(_("no deal has the number {number}").format(number=request.number))
    head = found.head
    if head.state is DealState.DRAFT:
        raise StoreError(_("{number} is still being made; make it final first").format(number=head.number))
    return DealConfirmation(
        number=head.number,
        day=(head.finalised_at or head.made_at).astimezone().date(),
        place=head.location.name,
        state=DEAL_STATES[head.state],
        seller=our_side(),
        customer=side_of(head.party),
        currency=head.currency,
        lines=tuple(
            ConfirmedLine(
                name=line.product.name,
                sku=line.product.sku,
                quantity=line.quantity,
                unit_price=line.unit_price,
                delivered=line.delivered,
                dropped=line.dropped,
                note=line.note,
            )
            for line in found.lines
        ),
        their_order=head.their_order,
        note=head.note,
        reason=head.reason,
        confirmed_by=head.finalised_by or head.made_by,
    )
