"""A file is received: read, recognised when it was here before, matched, and kept with what it asks."""

import hashlib
import logging
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from store.domain.direction import Direction, Route, route_of
from store.domain.invoices import Invoice, InvoiceLine
from store.domain.move_rules import plan
from store.domain.received import Assessment, Decision, Receipt
from store.domain.received_words import questions_of
from store.domain.records import Actor, Party
from store.domain.serials import key_of
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.options import ReadOptions
from store.imports.reader import read_invoice
from store.models.bulk import BIG, TEXT, packed, rows_as
from store.models.invoices import InvoiceFileRow, InvoiceRow
from store.models.sql import execute
from store.operations.assessing import Source, as_values, assess, family_of, options_text
from store.operations.matching import match_lines, match_party
from store.queries.csv_mappings import csv_mappings
from store.queries.invoices import by_hash, by_number, invoice_head, made_documents, pending_of
from store.queries.parties import own_company

log = logging.getLogger(__name__)

_LINE = {
    "position": BIG, "number": TEXT, "name": TEXT, "seller_index": TEXT, "buyer_index": TEXT, "gtin": TEXT,
    "quantity": TEXT, "unit": TEXT, "price": TEXT, "why": TEXT, "product_id": BIG, "matched_by": TEXT,
    "decision": TEXT, "serials": TEXT,
}  # fmt: skip


def receive(
    actor: Actor, data: bytes, *, name: str, options: ReadOptions | None = None, ours: Sequence[str] = ()
) -> Receipt:
    """Keep an invoice or despatch advice that a file holds, and return what it asks; nothing moves yet.

    `name` is the file's, for people; `ours` are our tax ids and GLNs beside the one in the store. An invoice
    that was here before, in this file or in another one, is returned as it is, `known`.

    Raises UnreadableInvoiceError for a file that is none, or of strangers; nothing is kept then.
    """
    content_hash = hashlib.sha256(data).hexdigest()
    known = by_hash(content_hash)
    if known is not None:
        return _known(known)
    us = own_company()
    options, invoice = _read(data, options or ReadOptions())
    all_ours = tuple(dict.fromkeys(text for text in (us.tax_id, *ours) if text.strip()))
    route = route_of(invoice, all_ours)
    seller_key = key_of(invoice.seller.tax_id) or key_of(invoice.seller.name)
    number_key = key_of(invoice.number)
    if not (seller_key and number_key):
        seller_key = number_key = ""
    known = by_number(seller_key or None, number_key or None, family_of(invoice), invoice.ksef_number)
    if known is None:
        known, fresh = (
            _keep(actor, invoice, route, us, seller_key, number_key, all_ours, options.link_days),
            True,
        )
    else:
        fresh = False
    InvoiceFileRow.create(
        invoice=known,
        content_hash=content_hash,
        name=name,
        format=invoice.format.value,
        options=options_text(options, all_ours),
        data=zlib.compress(data),
        received_at=actor.at,
    )
    if not fresh:
        log.info("invoice %d came once more, as %s", known, invoice.format.value)
        return _known(known)
    found = reassess(known, Source(invoice=invoice, ours=all_ours))
    return Receipt(invoice=found.invoice, known=False, questions=questions_of(found))


def reassess(invoice_id: int, source: Source | None = None) -> Assessment:
    """Assess an invoice anew, keep what it asks, and return it."""
    found = assess(invoice_id, source)
    execute(
        f"""
        UPDATE invoice_line SET why = v.why, question = v.question
        FROM {rows_as("v", {"position": BIG, "why": TEXT, "question": TEXT})}
        WHERE invoice_line.invoice_id = :invoice_id AND invoice_line.position = v.position
        """,
        invoice_id=invoice_id,
        rows=packed(as_values(found)),
    )
    InvoiceRow.update(questions=found.questions).where(InvoiceRow.id == invoice_id).execute()
    return replace(found, invoice=replace(found.invoice, questions=found.questions))


def _known(invoice_id: int) -> Receipt:
    head = invoice_head(invoice_id)
    assert head is not None  # noqa: S101 - it was found a moment ago
    asked = questions_of(assess(invoice_id)) if head.questions else ()
    return Receipt(
        invoice=head,
        known=True,
        made=made_documents(invoice_id),
        questions=asked,
        pending=pending_of(invoice_id),
    )


def _read(data: bytes, options: ReadOptions) -> tuple[ReadOptions, Invoice]:
    """Read a file; a table whose columns do not say what they are is tried with the mappings of senders."""
    try:
        return options, read_invoice(data, options)
    except UnreadableInvoiceError as error:
        if error.code is not Unreadable.NO_COLUMNS or options.csv is not None:
            raise
        for mapping in csv_mappings():
            tried = replace(options, csv=mapping)
            try:
                return tried, read_invoice(data, tried)
            except UnreadableInvoiceError:
                continue
        raise


def _keep(
    actor: Actor,
    invoice: Invoice,
    route: Route,
    us: Party,
    seller_key: str,
    number_key: str,
    ours: tuple[str, ...],
    link_days: int,
) -> int:
    """Write the head and the matched lines, and return the invoice's id."""
    other = route.source if route.direction is Direction.PURCHASE else route.holder
    undecided = route.direction is Direction.UNDECIDED
    party = None if undecided else match_party(other)
    row = InvoiceRow.create(
        format=invoice.format.value,
        family=family_of(invoice),
        kind=invoice.kind.value,
        number=invoice.number,
        number_key=number_key or None,
        seller_key=seller_key or None,
        ksef_number=invoice.ksef_number or None,
        seller_tax_id=invoice.seller.tax_id,
        seller_name=invoice.seller.name,
        buyer_tax_id=invoice.buyer.tax_id,
        buyer_name=invoice.buyer.name,
        holder_tax_id=other.tax_id,
        holder_name=other.name,
        holder_address=other.address,
        direction=route.direction,
        doubt=route.doubt.value if route.doubt else None,
        party=party.id if party else None,
        issued_on=invoice.issued_on,
        delivered_on=invoice.delivered_on,
        currency=invoice.currency,
        corrects=", ".join(each.number or each.ksef_number for each in invoice.corrects),
        line_count=len(invoice.lines),
        link_days=link_days,
        received_at=actor.at,
        received_by=actor.operator.id,
        received_name=actor.operator.name,
    )
    seller = party if route.direction is Direction.PURCHASE else None if undecided else us
    match_and_write(row.id, invoice, route.direction, seller.id if seller else None, ours)
    return int(row.id)


def match_and_write(
    invoice_id: int, invoice: Invoice, direction: Direction, seller_id: int | None, ours: tuple[str, ...]
) -> None:
    """Match all lines and write them."""
    matches = match_lines(invoice.lines, seller_id=seller_id, direction=direction)
    whys = {move.line.position: move.why for move in plan(invoice, ours).moves[: len(invoice.lines)]}
    rows: list[dict[str, Any]] = []
    for line in invoice.lines:
        match = matches.get(line.position)
        rows.append(
            {
                **_read_of(line),
                "why": whys[line.position].value,
                "product_id": match.product_id if match else None,
                "matched_by": match.by.value if match else "",
                "decision": Decision.SKIP.value if match and match.skip else "",
            }
        )
    execute(
        f"""
        INSERT INTO invoice_line (invoice_id, {", ".join(_LINE)}, offers, question, placed, returned, covered,
                                  pending, ordered)
        SELECT :invoice_id, {", ".join(f"v.{column}" for column in _LINE)}, '', '', 0, 0, 0, 0, 0
        FROM {rows_as("v", _LINE)} WHERE true ORDER BY v.position
        """,
        invoice_id=invoice_id,
        rows=packed(rows),
    )


def _read_of(line: InvoiceLine) -> dict[str, Any]:
    price = line.price_net if line.price_net is not None else line.price_gross
    return {
        "position": line.position,
        "number": line.number,
        "name": line.name,
        "seller_index": line.seller_index,
        "buyer_index": line.buyer_index,
        "gtin": line.gtin,
        "quantity": "" if line.quantity is None else format(line.quantity, "f"),
        "unit": line.unit,
        "price": "" if price is None else format(price, "f"),
        "serials": "\n".join(line.serials),
    }
