"""What people say about a waiting invoice: each answer is kept, and the invoice is assessed anew."""

from decimal import Decimal

from store.domain.direction import Direction
from store.domain.errors import RefusalCode, RefusedError
from store.domain.gtins import normalised
from store.domain.invoices import InvoiceLine
from store.domain.received import Assessment, Decision, InvoiceState, MatchedBy, Offers, ReceivedInvoice
from store.domain.records import Actor, Party, Product
from store.domain.serials import key_of
from store.domain.terms import Tracking
from store.models.deals import DealInvoiceRow
from store.models.invoices import (
    InvoiceDocumentRow,
    InvoiceFileRow,
    InvoiceLineRow,
    InvoiceRow,
)
from store.models.parties import PartyRow
from store.models.products import GtinRow, ProductRow
from store.models.sql import execute
from store.operations.assessing import source_of
from store.operations.matching import learn, match_lines, match_party
from store.operations.parties import create_party
from store.operations.products import create_product
from store.operations.receiving import reassess
from store.queries.invoices import invoice_head
from store.queries.parties import own_company

CODE_LENGTH = 12
"""Characters of a party's code that is made from its name."""


def choose_product(
    actor: Actor, invoice_id: int, position: int, product_id: int, *, by: MatchedBy = MatchedBy.CHOSEN
) -> Assessment:
    """Say which product a line is, remember it for this seller, and give it to all lines that are the same.

    Raises RefusedError: UNKNOWN, NOT_WAITING.
    """
    return _say(actor, invoice_id, position, product_id, by)


def skip_line(actor: Actor, invoice_id: int, position: int, *, remember: bool = False) -> Assessment:
    """Let a line move nothing; `remember`: nor any other of this seller that names the same thing.

    Raises RefusedError: UNKNOWN, NOT_WAITING.
    """
    if remember:
        return _say(actor, invoice_id, position, None, MatchedBy.NOBODY)
    return decide(actor, invoice_id, position, Decision.SKIP)


def decide(actor: Actor, invoice_id: int, position: int, decision: Decision) -> Assessment:  # noqa: ARG001
    """Keep what a person says about a line: do what is proposed, move nothing, or judge it by the rules.

    Raises RefusedError: UNKNOWN, NOT_WAITING.
    """
    waiting_head(invoice_id)
    _update(invoice_id, position, decision=decision.value)
    return reassess(invoice_id)


def decide_offers(actor: Actor, invoice_id: int, offers: Offers, position: int | None = None) -> Assessment:  # noqa: ARG001
    """Take the serials that were found in texts, or leave them: of one line, or of all that ask.

    Raises RefusedError: UNKNOWN, NOT_WAITING.
    """
    waiting_head(invoice_id)
    if position is None:
        asking = (InvoiceLineRow.invoice == invoice_id) & (InvoiceLineRow.question == "offered")
        InvoiceLineRow.update(offers=offers.value).where(asking).execute()
    else:
        _update(invoice_id, position, offers=offers.value)
    return reassess(invoice_id)


def settle_route(actor: Actor, invoice_id: int, direction: Direction) -> Assessment:  # noqa: ARG001
    """Say whether an invoice is a sale or a purchase, where its own words leave that in doubt.

    Raises RefusedError: UNKNOWN, NOT_WAITING.
    """
    head = waiting_head(invoice_id)
    InvoiceRow.update(direction=direction, route_settled=True).where(InvoiceRow.id == invoice_id).execute()
    if head.direction is not direction:
        source = source_of(invoice_id)
        bought = direction is Direction.PURCHASE
        holder = source.invoice.recipients[0] if source.invoice.recipients else source.invoice.buyer
        other = source.invoice.seller if bought else holder
        party = match_party(other)
        InvoiceRow.update(
            party=party.id if party else None,
            holder_tax_id=other.tax_id,
            holder_name=other.name,
            holder_address=other.address,
        ).where(InvoiceRow.id == invoice_id).execute()
        rematch(invoice_id)
    return reassess(invoice_id)


def choose_party(actor: Actor, invoice_id: int, party_id: int) -> Assessment:  # noqa: ARG001
    """Say who holds the goods of a sale, or who sold those of a purchase.

    Raises RefusedError: UNKNOWN, NOT_WAITING.
    """
    waiting_head(invoice_id)
    InvoiceRow.update(party=party_id).where(InvoiceRow.id == invoice_id).execute()
    rematch(invoice_id)
    return reassess(invoice_id)


def create_named_party(actor: Actor, invoice_id: int) -> Party:  # noqa: ARG001
    """Create the party that the invoice names and choose it. Raises RefusedError: NOT_WAITING, EMPTY."""
    head = waiting_head(invoice_id)
    name = head.holder or head.holder_tax_id
    party = create_party(
        _free_code(name, head.holder_tax_id),
        name,
        tax_id=head.holder_tax_id.removeprefix("PL"),
        is_customer=head.direction is not Direction.PURCHASE,
        is_supplier=head.direction is Direction.PURCHASE,
        address=head.holder_address,
    )
    InvoiceRow.update(party=party.id).where(InvoiceRow.id == invoice_id).execute()
    rematch(invoice_id)
    reassess(invoice_id)
    return party


def create_named_product(
    actor: Actor,
    invoice_id: int,
    position: int,
    kind_id: int,
    *,
    tracking: Tracking,
    sku: str = "",
    warranty_months: int = 0,
) -> Product:
    """Create the product that a line names, with its GTIN, and choose it for the line.

    Without `sku` it gets the index or the GTIN of the line, as far as they are free. Raises RefusedError:
    UNKNOWN, NOT_WAITING, EMPTY, EXISTS.
    """
    waiting_head(invoice_id)
    line = _line(invoice_id, position)
    gtin = normalised(line.gtin)
    if gtin is not None and GtinRow.select().where(GtinRow.gtin == gtin).exists():
        gtin = None
    product = create_product(
        sku or _free_sku(line),
        line.name or line.seller_index or line.gtin,
        kind_id,
        tracking=tracking,
        warranty_months=warranty_months,
        gtins=[gtin] if gtin else [],
    )
    _say(actor, invoice_id, position, product.id, MatchedBy.CREATED)
    return product


def forget_invoice(actor: Actor, invoice_id: int) -> None:  # noqa: ARG001
    """Throw a waiting invoice away: it did nothing yet. Raises RefusedError: UNKNOWN, NOT_WAITING."""
    head = waiting_head(invoice_id)
    if InvoiceRow.get_by_id(invoice_id).imported_at is not None:
        raise RefusedError(RefusalCode.NOT_WAITING, invoice=head.number or str(head.id))
    InvoiceDocumentRow.delete().where(InvoiceDocumentRow.invoice == invoice_id).execute()
    DealInvoiceRow.delete().where(DealInvoiceRow.invoice == invoice_id).execute()
    InvoiceLineRow.delete().where(InvoiceLineRow.invoice == invoice_id).execute()
    InvoiceFileRow.delete().where(InvoiceFileRow.invoice == invoice_id).execute()
    InvoiceRow.delete().where(InvoiceRow.id == invoice_id).execute()


def rematch(invoice_id: int) -> None:
    """Match the lines that have no product yet, with what is known of their seller by now."""
    head = invoice_head(invoice_id)
    assert head is not None  # noqa: S101 - the caller has it
    open_lines = {
        row.position
        for row in InvoiceLineRow.select(InvoiceLineRow.position).where(
            (InvoiceLineRow.invoice == invoice_id)
            & InvoiceLineRow.product.is_null()
            & (InvoiceLineRow.decision == "")
        )
    }
    seller = _seller(head)
    if not open_lines:
        return
    lines = [line for line in source_of(invoice_id).invoice.lines if line.position in open_lines]
    for position, match in match_lines(
        lines, seller_id=seller.id if seller else None, direction=head.direction
    ).items():
        _update(
            invoice_id,
            position,
            product=match.product_id,
            matched_by=match.by.value,
            decision=Decision.SKIP.value if match.skip else "",
        )


def _say(actor: Actor, invoice_id: int, position: int, product_id: int | None, by: MatchedBy) -> Assessment:
    head = waiting_head(invoice_id)
    line = _line(invoice_id, position)
    seller = _seller(head)
    if seller is not None:
        learn(actor, seller.id, line, product_id)
    decision = Decision.SKIP.value if product_id is None else ""
    _update(invoice_id, position, product=product_id, matched_by=by.value, decision=decision)
    # Without a code of its own a line is known by its name alone.
    same = (
        "name = :name"
        if not (line.gtin or line.seller_index or line.buyer_index)
        else ("gtin = :gtin AND seller_index = :seller_index AND buyer_index = :buyer_index")
    )
    execute(
        f"UPDATE invoice_line SET product_id = :product_id, matched_by = :by, decision = :decision "
        f"WHERE invoice_id = :invoice_id AND product_id IS NULL AND decision = '' AND {same}",
        invoice_id=invoice_id,
        product_id=product_id,
        by=by.value,
        decision=decision,
        name=line.name,
        gtin=line.gtin,
        seller_index=line.seller_index,
        buyer_index=line.buyer_index,
    )
    return reassess(invoice_id)


def _seller(head: ReceivedInvoice) -> Party | None:
    if head.direction is Direction.UNDECIDED:
        return None
    return head.party if head.direction is Direction.PURCHASE else own_company()


def waiting_head(invoice_id: int) -> ReceivedInvoice:
    """Return a waiting invoice, which nobody else changes meanwhile. Raises: UNKNOWN, NOT_WAITING."""
    head = invoice_head(invoice_id, lock=True)
    if head is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(invoice_id))
    if head.state is not InvoiceState.WAITING:
        raise RefusedError(RefusalCode.NOT_WAITING, invoice=head.number or str(head.id))
    return head


def _line(invoice_id: int, position: int) -> InvoiceLine:
    row = InvoiceLineRow.get_or_none(
        (InvoiceLineRow.invoice == invoice_id) & (InvoiceLineRow.position == position)
    )
    if row is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(position))
    return InvoiceLine(
        position=row.position,
        number=row.number,
        name=row.name,
        seller_index=row.seller_index,
        buyer_index=row.buyer_index,
        gtin=row.gtin,
        quantity=Decimal(row.quantity) if row.quantity else None,
    )


def _update(invoice_id: int, position: int, **values: object) -> None:
    changed = (
        InvoiceLineRow.update(**values)
        .where((InvoiceLineRow.invoice == invoice_id) & (InvoiceLineRow.position == position))
        .execute()
    )
    if not changed:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(position))


def _free_code(name: str, tax_id: str) -> str:
    """Return a code that no party has: from the name, else the tax id, else with a number behind it."""
    letters = "".join(char for char in key_of(name) if char.isalnum())[:CODE_LENGTH]
    for code in (letters, tax_id, *(f"{letters}{number}" for number in range(2, 1000))):
        if code and not PartyRow.select().where(PartyRow.code == code).exists():
            return code
    raise RefusedError(RefusalCode.EXISTS, text=letters)


def _free_sku(line: InvoiceLine) -> str:
    for sku in (line.seller_index, line.buyer_index, line.gtin, line.name[:40]):
        if key_of(sku) and not ProductRow.select().where(ProductRow.sku_key == key_of(sku)).exists():
            return sku
    raise RefusedError(RefusalCode.EXISTS, text=line.name)
