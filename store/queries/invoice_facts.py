"""What the store knows about the goods of an invoice: asked for whole documents, never line by line."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from store.domain.covers import CoverKey, FreeLine
from store.domain.direction import Direction
from store.domain.received import KnownUnit
from store.domain.records import Product
from store.domain.same_goods import LinkWhy, SameGoods
from store.domain.terms import Condition, DocumentStatus, DocumentType, PlaceKind, Terms
from store.domain.transitions import TAKING_STOCK
from store.models.bulk import among, listed
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store, to_store
from store.models.sql import is_postgres, select
from store.queries.balances import PIECES_ON_LINE
from store.queries.deal_facts import Found, free_of_deals
from store.queries.products import product_of

POSTED = DocumentStatus.POSTED

SAME_GOODS = {
    Direction.SALE: (DocumentType.ISSUE,),
    Direction.PURCHASE: (DocumentType.DELIVERY,),
}
"""Documents that may have moved already what an invoice is about."""


def products(ids: Collection[int]) -> dict[int, Product]:
    """Return products by their ids."""
    gtins = "string_agg(g.gtin, ' ')" if is_postgres() else "group_concat(g.gtin, ' ')"
    rows = select(
        f"""
        SELECT p.id AS product_id, p.sku, p.name, p.tracking, p.warranty_months, p.serial_pattern,
               k.id AS kind_id, k.name AS kind_name, k.nature,
               (SELECT {gtins} FROM gtin g WHERE g.product_id = p.id) AS gtins
        FROM product p JOIN product_kind k ON k.id = p.kind_id WHERE {among("p.id", "ids")}
        """,
        ids=listed(ids),
    )
    return {row["product_id"]: product_of(row) for row in rows}


def known_units(keys: Collection[str]) -> dict[tuple[int, str], KnownUnit]:
    """Return the units with these serials, as serials are compared, by product and serial."""
    if not keys:
        return {}
    rows = select(
        f"""
        SELECT u.id, u.product_id, u.serial_key, u.place_id, u.terms, u.condition, o.is_own, l.id AS
        location_id,
               c.kind AS place_kind, m.line_id, d.type AS document_type,
               coalesce(y.deal_line_id, (
                   SELECT min(s.deal_line_id) FROM pending_fill f JOIN pending_serial s ON s.id = f.pending_id
                   WHERE f.document_line_id = m.line_id)) AS deal_line_id,
               EXISTS (SELECT 1 FROM draft_scan s WHERE s.state = 'draft' AND NOT s.counted
                       AND s.product_id = u.product_id
                       AND s.serial_key = u.serial_key) AS taken
        FROM unit u JOIN party o ON o.id = u.owner_id LEFT JOIN place c ON c.id = u.place_id
             LEFT JOIN location l ON l.place_id = u.place_id
             JOIN movement m ON m.id = coalesce(
                 -- What came into service and went back was sold by neither.
                 (SELECT max(x.id) FROM movement x WHERE x.unit_id = u.id AND x.to_terms <> 'service'
                  AND coalesce(x.from_terms, '') <> 'service'),
                 (SELECT max(x.id) FROM movement x WHERE x.unit_id = u.id))
             JOIN document d ON d.id = m.document_id
             LEFT JOIN deal_part y ON y.document_line_id = m.line_id
        WHERE {among("u.serial_key", "keys")}
        """,
        keys=listed(keys),
    )
    return {
        (row["product_id"], row["serial_key"]): KnownUnit(
            id=row["id"],
            place_id=row["place_id"],
            location_id=row["location_id"],
            is_stock=row["terms"] == Terms.STOCK and bool(row["is_own"]),
            is_sold=row["terms"] == Terms.SOLD and row["place_kind"] == PlaceKind.PARTY,
            blocked=row["condition"] == Condition.BLOCKED,
            withdrawn=row["terms"] == Terms.SCRAPPED and row["document_type"] == DocumentType.CORRECTION,
            line_id=row["line_id"],
            taken=bool(row["taken"]),
            deal_line_id=row["deal_line_id"],
        )
        for row in rows
    }


def arriving(keys: Collection[str]) -> frozenset[tuple[int, str]]:
    """Return those of these serials that are scanned into an open document and are no unit's yet."""
    if not keys:
        return frozenset()
    rows = select(
        "SELECT s.product_id, s.serial_key FROM draft_scan s "
        f"WHERE s.state = 'draft' AND s.unit_id IS NULL AND {among('s.serial_key', 'keys')}",
        keys=listed(keys),
    )
    return frozenset((row["product_id"], row["serial_key"]) for row in rows)


_COVERED = """coalesce((SELECT sum(c.quantity) FROM invoice_cover c
    JOIN invoice_line v ON v.id = c.invoice_line_id JOIN invoice i ON i.id = v.invoice_id
    WHERE c.document_line_id = n.id AND i.family = :family), 0)
    - coalesce((SELECT sum(f.quantity) FROM pending_fill f JOIN pending_serial s ON s.id = f.pending_id
    JOIN invoice_line v ON v.id = s.invoice_line_id JOIN invoice i ON i.id = v.invoice_id
    WHERE f.document_line_id = n.id AND i.family = :family AND NOT s.released), 0)"""
"""What invoices have of a line: what they cover, and what it scanned for pieces that they had placed."""


def free_of(keys: Collection[CoverKey], family: str) -> dict[CoverKey, Decimal]:
    """Return how much of lines no document of this family (invoices, despatch advices) has."""
    free = dict(free_of_deals({key.id for key in keys if key.of_deal}, family))
    ids = {key.id for key in keys if not key.of_deal}
    if not ids:
        return free
    rows = select(
        # What an invoice itself has placed is on that invoice.
        f"""
        SELECT n.id, CASE WHEN d.type IN ('invoice', 'on_site') THEN 0 ELSE n.scanned - {_COVERED} END AS free
        FROM document_line n JOIN document d ON d.id = n.document_id WHERE {among("n.id", "ids")}
        """,
        ids=listed(ids),
        family=family,
    )
    return free | {CoverKey(row["id"]): unscaled(row["free"], PIECES) for row in rows}


def with_party(
    product_ids: Collection[int], party_id: int, *, with_units: bool = False
) -> dict[int, Decimal]:
    """Return how much of products without serials a party has as sold.

    `with_units`: with the pieces that became units there.
    """
    values = {"party_id": party_id, "ids": listed(product_ids)}
    rows = select(
        "SELECT b.product_id, b.quantity FROM balance b JOIN party p ON p.place_id = b.place_id "
        "WHERE p.id = :party_id AND b.owner_id = p.id AND b.terms = 'sold' "
        f"AND {among('b.product_id', 'ids')}",
        **values,
    )
    if with_units:
        rows += select(
            "SELECT u.product_id, count(*) * 1000 AS quantity FROM party p JOIN unit u "
            "ON u.place_id = p.place_id JOIN product r ON r.id = u.product_id "
            "WHERE p.id = :party_id AND u.owner_id = p.id AND u.terms = 'sold' AND r.tracking = 'quantity' "
            f"AND {among('u.product_id', 'ids')} GROUP BY u.product_id",
            **values,
        )
    found: dict[int, Decimal] = {}
    for row in rows:
        found[row["product_id"]] = found.get(row["product_id"], Decimal()) + unscaled(row["quantity"], PIECES)
    return found


def in_stock(product_ids: Collection[int], place_id: int) -> dict[int, Decimal]:
    """Return how much of products lies in our stock at a place and is not scanned into an open document."""
    rows = select(
        f"""
        SELECT b.product_id, b.quantity - coalesce((
            SELECT sum({PIECES_ON_LINE}) FROM document d JOIN document_line n ON n.document_id = d.id
            JOIN location l ON l.id = d.location_id
            WHERE d.status = 'open' AND {among("d.type", "takers")} AND l.place_id = :place_id
            AND n.product_id = b.product_id), 0) AS quantity
        FROM balance b JOIN party o ON o.id = b.owner_id
        WHERE b.place_id = :place_id AND b.terms = 'stock' AND o.is_own AND {among("b.product_id", "ids")}
        """,
        place_id=place_id,
        takers=listed(kind.value for kind in sorted(TAKING_STOCK)),
        ids=listed(product_ids),
    )
    return {row["product_id"]: unscaled(max(0, row["quantity"]), PIECES) for row in rows}


def same_goods(
    invoice_id: int,
    *,
    party_id: int,
    product_ids: Collection[int],
    direction: Direction,
    family: str,
    names: Collection[str],
    near: datetime,
    since: datetime,
) -> Found:
    """Return the documents that are about the goods of an invoice, and those that may be; the oldest first.

    Sure are those that the invoice names by one of `names` (their number, or the reference that they have),
    those that a person linked, and issues to the same party since `near` of products that no invoice has yet.
    Those that may be are older, but not than `since`. What a person called other goods stands apart, and what
    delivers a deal is the deal's: see `same_deals`.
    """
    rows = select(
        f"""
        SELECT d.id, d.type, d.status, d.number, d.reference, d.opened_at, n.id AS line_id, n.product_id,
               (CASE WHEN d.status = 'posted' THEN n.scanned ELSE coalesce(n.expected, n.scanned) END)
               - {_COVERED} AS free, coalesce(x.role, '') AS role
        FROM document d JOIN document_line n ON n.document_id = d.id
             LEFT JOIN invoice_document x ON x.document_id = d.id AND x.invoice_id = :invoice_id
        WHERE (d.party_id = :party_id OR {among("d.number", "names")}) AND {among("d.type", "types")}
              AND d.status <> 'cancelled' AND {among("n.product_id", "products")}
              AND NOT EXISTS (SELECT 1 FROM deal_part y WHERE y.document_line_id = n.id)
              AND (d.opened_at >= :since OR {among("d.number", "names")} OR {among("d.reference", "names")})
        ORDER BY d.id, n.position
        """,
        invoice_id=invoice_id,
        party_id=party_id,
        family=family,
        names=listed(name for name in names if name),
        types=listed(kind.value for kind in SAME_GOODS.get(direction, ())),
        products=listed(product_ids),
        since=to_store(since),
    )
    by_document: dict[int, list[dict[str, object]]] = {}
    for row in rows:
        if row["free"] > 0:
            by_document.setdefault(row["id"], []).append(row)
    result = Found([], [], [])
    close: list[SameGoods] = []
    for lines in by_document.values():
        head = lines[0]
        is_named = bool({str(head["number"] or ""), str(head["reference"])} & (set(names) - {""}))
        is_said = head["role"] == "linked"
        found = SameGoods(
            id=int(str(head["id"])),
            type=DocumentType(str(head["type"])),
            status=DocumentStatus(str(head["status"])),
            name=str(head["number"] or head["reference"] or head["id"]),
            opened_at=from_store(head["opened_at"]),
            lines=tuple(
                FreeLine(
                    key=CoverKey(int(str(row["line_id"]))),
                    product_id=int(str(row["product_id"])),
                    free=unscaled(int(str(row["free"])), PIECES),
                )
                for row in lines
            ),
            why=LinkWhy.NAMED if is_named else LinkWhy.SAID if is_said else LinkWhy.NEAR,
        )
        is_close = direction is Direction.SALE and found.opened_at >= near and found.status is POSTED
        if head["role"] == "other":
            result.apart.append(found)
        else:
            (result.sure if found.explicit else close if is_close else result.maybe).append(found)
    result.sure.extend(close)
    return result
