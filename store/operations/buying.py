"""What a purchase invoice or a despatch advice does: a delivery to be scanned, with prices and serials."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from store.domain.covers import CoverKey
from store.domain.invoices import InvoiceLine
from store.domain.moves import NOTHING
from store.domain.purchases import HOME_CURRENCY
from store.domain.received import LineOutcome, ReceivedInvoice
from store.domain.records import Actor, Party
from store.domain.terms import DocumentType
from store.models.bulk import BIG, packed, rows_as
from store.models.fields import MONEY
from store.models.invoices import InvoiceRow
from store.models.sql import execute
from store.operations.selling import Effect
from store.operations.writing import WrittenLine, open_written

_CENT = Decimal(1).scaleb(-MONEY)


def buy(actor: Actor, head: ReceivedInvoice, party: Party, lines: Sequence[LineOutcome]) -> list[Effect]:
    """Open a delivery for what is to come, and give prices to what came already. Returns what was done."""
    currency = InvoiceRow.get_by_id(head.id).currency.strip().upper() or HOME_CURRENCY
    ordered = [line for line in lines if line.counted > NOTHING]
    effects = [Effect(role="linked", column="covered", lines=tuple((line, line.covered) for line in lines))]
    _price_linked(lines, currency)
    if ordered:
        written = [
            WrittenLine(
                product_id=line.chosen.product.id if line.chosen.product else 0,
                expected=line.counted,
                announced=line.announced,
                unit_price=price_of(line.move.line),
                currency=currency,
            )
            for line in ordered
        ]
        here = actor.terminal.location
        document_id = open_written(actor, DocumentType.DELIVERY, party, here, head.number, written)
        for line, made in zip(ordered, written, strict=True):
            # The delivery's lines are this document's: another one of its family does not count them again.
            line.covers[CoverKey(made.id)] = line.counted
        effects.append(
            Effect(
                role="delivery",
                column="ordered",
                lines=tuple((line, line.counted) for line in ordered),
                document_id=document_id,
            )
        )
    return effects


def price_of(line: InvoiceLine) -> Decimal | None:
    """Return the net price of one piece, or None where the invoice does not say it."""
    if line.price_net is not None:
        price = line.price_net / (line.base_quantity or 1)
    elif line.net is not None and line.quantity:
        price = line.net / line.quantity
    else:
        return None
    return price.quantize(_CENT, ROUND_HALF_UP) if NOTHING <= price < Decimal(10) ** 12 else None


def _price_linked(lines: Sequence[LineOutcome], currency: str) -> None:
    """Give the prices of an invoice to the delivery before it, and to the units that it let be born."""
    rows: list[dict[str, Any]] = []
    for line in lines:
        price = price_of(line.move.line)
        if price is not None:
            rows += [{"line_id": key.id, "price": int(price.scaleb(MONEY))} for key in line.covers]
    if not rows:
        return
    source = rows_as("v", {"line_id": BIG, "price": BIG})
    execute(
        f"UPDATE document_line SET unit_price = v.price, currency = :currency FROM {source} "
        "WHERE document_line.id = v.line_id AND document_line.unit_price IS NULL",
        rows=packed(rows),
        currency=currency,
    )
    execute(
        f"""
        UPDATE unit SET purchase_price = v.price, purchase_currency = :currency
        FROM {source} JOIN document_line n ON n.id = v.line_id
             JOIN movement m ON m.document_id = n.document_id AND m.line_id = n.id AND m.from_terms IS NULL
        WHERE unit.id = m.unit_id AND unit.purchase_price IS NULL
        """,
        rows=packed(rows),
        currency=currency,
    )
