"""What a received invoice will do: read anew from its file, with what people said about it since."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from store.domain.direction import Direction
from store.domain.invoices import Invoice, InvoiceFormat, InvoiceKind
from store.domain.move_rules import plan
from store.domain.moves import NOTHING, LineMove, LineProduct
from store.domain.placing import Facts, Judge
from store.domain.received import (
    Ask,
    Assessment,
    Chosen,
    Decision,
    InvoiceState,
    LineOutcome,
    MatchedBy,
    Offers,
    ReceivedInvoice,
)
from store.domain.records import Product
from store.domain.same_goods import SameGoods
from store.domain.serials import key_of
from store.imports.csv_mapping import CsvMapping
from store.imports.options import ReadOptions
from store.imports.reader import read_invoice
from store.models.sql import select
from store.queries.deal_facts import Found, same_deals
from store.queries.invoice_facts import arriving, free_of, known_units, products, same_goods, with_party
from store.queries.invoices import invoice_head

MONTHS_BACK = timedelta(days=180)
"""How long before an invoice its goods may have been issued without its saying so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A received file, read."""

    invoice: Invoice
    ours: tuple[str, ...]


def family_of(invoice: Invoice) -> str:
    """Return the family in which the numbers of a document are unique."""
    if invoice.format is InvoiceFormat.UBL_DESPATCH:
        return "despatch"
    return "pro_forma" if invoice.kind is InvoiceKind.PRO_FORMA else "invoice"


def options_text(options: ReadOptions, ours: tuple[str, ...]) -> str:
    """Return how a file is read, as it is kept beside it."""
    mapping = None
    if options.csv is not None:
        mapping = {
            name: getattr(options.csv, name) for name in ("sender", "delimiter", "decimal", "encoding")
        }
        mapping |= {"heading": options.csv.heading}
        mapping |= {name: dict(getattr(options.csv, name)) for name in ("columns", "values")}
    return json.dumps(
        {
            "ours": ours,
            "ksef_number": options.ksef_number,
            "serial_keys": options.serial_keys,
            "lot_keys": options.lot_keys,
            "csv": mapping,
        },
        ensure_ascii=False,
    )


def source_of(invoice_id: int) -> Source:
    """Return the first file of an invoice, read as it was read then. Raises LookupError."""
    rows = select(
        "SELECT data, options FROM invoice_file WHERE invoice_id = :invoice_id ORDER BY id LIMIT 1",
        invoice_id=invoice_id,
    )
    if not rows:
        raise LookupError(invoice_id)
    saved = json.loads(rows[0]["options"])
    options = ReadOptions(
        serial_keys=tuple(saved["serial_keys"]),
        lot_keys=tuple(saved["lot_keys"]),
        csv=CsvMapping.parse(saved["csv"]) if saved["csv"] else None,
        ksef_number=saved["ksef_number"],
    )
    data = zlib.decompress(bytes(rows[0]["data"]))
    return Source(invoice=read_invoice(data, options), ours=tuple(saved["ours"]))


def assess(invoice_id: int, source: Source | None = None) -> Assessment:
    """Return what an invoice will do and what it asks. Raises LookupError when there is none."""
    head = invoice_head(invoice_id)
    if head is None:
        raise LookupError(invoice_id)
    source = source or source_of(invoice_id)
    chosen = _chosen(invoice_id)
    moves = _moves(source, chosen)
    facts = _facts(source.invoice, head, moves, chosen)
    sure, maybe, apart = _same_goods(source.invoice, head, moves, chosen)
    judge = Judge(facts, tuple(sure))
    nothing = Chosen()
    outcomes = tuple(judge.judge(move, chosen.get(move.line.position, nothing)) for move in moves)
    maybe = _still_open(outcomes, maybe)
    return Assessment(
        invoice=head,
        lines=outcomes,
        asks=_asks(head, outcomes, maybe),
        same_goods=tuple(maybe),
        linked=tuple(each for each in sure if _is_used(each, outcomes)),
        apart=tuple(apart),
    )


def _still_open(outcomes: tuple[LineOutcome, ...], maybe: list[SameGoods]) -> list[SameGoods]:
    """Leave out documents of goods that are found already, by their serials or by a named document."""
    left = {
        line.chosen.product.id
        for line in outcomes
        if line.chosen.product is not None and line.wanted > line.covered
    }
    return [each for each in maybe if any(line.product_id in left for line in each.lines)]


def _is_used(found: SameGoods, outcomes: tuple[LineOutcome, ...]) -> bool:
    keys = {line.key for line in found.lines}
    return any(not keys.isdisjoint(outcome.covers) for outcome in outcomes)


def _chosen(invoice_id: int) -> dict[int, Chosen]:
    rows = select(
        "SELECT position, product_id, matched_by, decision, offers FROM invoice_line "
        "WHERE invoice_id = :invoice_id",
        invoice_id=invoice_id,
    )
    known = products({row["product_id"] for row in rows if row["product_id"] is not None})
    return {
        row["position"]: Chosen(
            product=known.get(row["product_id"]),
            by=MatchedBy(row["matched_by"]),
            decision=Decision(row["decision"]),
            offers=Offers(row["offers"]),
        )
        for row in rows
    }


def _moves(source: Source, chosen: Mapping[int, Chosen]) -> tuple[LineMove, ...]:
    """Return the moves of the lines; what was only ordered has no lines in the store."""
    known = {
        position: LineProduct(
            tracking=each.product.tracking,
            nature=each.product.nature,
            serial_pattern=each.product.serial_pattern,
        )
        for position, each in chosen.items()
        if each.product is not None
    }
    return plan(source.invoice, source.ours, known).moves[: len(source.invoice.lines)]


def _facts(
    invoice: Invoice, head: ReceivedInvoice, moves: tuple[LineMove, ...], chosen: Mapping[int, Chosen]
) -> Facts:
    keys = {
        key_of(serial.text)
        for move in moves
        if move.line.position in chosen and chosen[move.line.position].product
        for serial in move.serials
    }
    units = known_units(keys)
    place = head.party.place_id if head.party else None
    there = {unit.key for unit in units.values() if unit.is_sold and unit.place_id == place}
    back = {
        _product(chosen, move).id
        for move in moves
        if chosen.get(move.line.position, Chosen()).product
        and (move.pieces or move.quantity or move.proposed) < 0
    }
    return Facts(
        direction=head.direction,
        route_settled=head.route_settled,
        party_place=place,
        units=units,
        arriving=arriving(keys),
        free=free_of(there, family_of(invoice)),
        with_party=with_party(back, head.party.id) if back and head.party else {},
    )


def _product(chosen: Mapping[int, Chosen], move: LineMove) -> Product:
    product = chosen[move.line.position].product
    assert product is not None  # noqa: S101 - asked for by the caller
    return product


def _same_goods(
    invoice: Invoice, head: ReceivedInvoice, moves: tuple[LineMove, ...], chosen: Mapping[int, Chosen]
) -> Found:
    wanted = {
        _product(chosen, move).id
        for move in moves
        if chosen.get(move.line.position, Chosen()).product
        and (move.pieces or move.quantity or move.proposed) > NOTHING
    }
    is_open = head.state is InvoiceState.WAITING and head.party and head.direction is not Direction.UNDECIDED
    if not wanted or not is_open or head.party is None:
        return Found([], [], [])
    day = datetime.combine(invoice.issued_on or head.received_at.date(), time(), tzinfo=UTC)
    near = day - timedelta(days=head.link_days) if head.link_days else head.received_at + MONTHS_BACK
    names = (*invoice.delivery_notes, *invoice.orders, invoice.number)
    found = same_goods(
        head.id,
        party_id=head.party.id,
        product_ids=wanted,
        direction=head.direction,
        family=family_of(invoice),
        names=names,
        near=near,
        since=day - MONTHS_BACK,
    )
    if head.direction is not Direction.SALE:
        return found
    deals = same_deals(
        head.id,
        party_id=head.party.id,
        product_ids=wanted,
        family=family_of(invoice),
        names=names,
        near=near,
    )
    # What was named goes before what was found, and among these the older before the newer.
    sure = sorted([*found.sure, *deals.sure], key=lambda each: (not each.explicit, each.opened_at))
    return Found(sure, [*found.maybe, *deals.maybe], [*found.apart, *deals.apart])


def _asks(
    head: ReceivedInvoice, outcomes: tuple[LineOutcome, ...], maybe: list[SameGoods]
) -> tuple[Ask, ...]:
    moving = any(line.wanted != NOTHING or line.question is not None for line in outcomes)
    if not moving:
        return ()
    asks = []
    if head.direction is Direction.UNDECIDED or (head.doubt is not None and not head.route_settled):
        asks.append(Ask.ROUTE)
    if head.party is None:
        asks.append(Ask.PARTY)
    if maybe:
        asks.append(Ask.SAME_GOODS)
    return tuple(asks)


def as_values(found: Assessment) -> list[dict[str, Any]]:
    """Return what the store keeps of each line's assessment."""
    return [
        {
            "position": line.move.line.position,
            "why": line.move.why.value,
            "question": line.question.value if line.question else "",
        }
        for line in found.lines
    ]
