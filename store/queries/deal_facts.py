"""What the store knows about the deals that an invoice may be about: asked for whole documents."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from store.domain.covers import CoverKey, FreeLine
from store.domain.deals import DealState
from store.domain.same_goods import LinkWhy, SameGoods
from store.domain.terms import DocumentStatus, DocumentType
from store.models.bulk import among, listed
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store, to_store
from store.models.sql import select

_COVERED = """coalesce((SELECT sum(c.quantity) FROM deal_cover c
    JOIN invoice_line v ON v.id = c.invoice_line_id JOIN invoice i ON i.id = v.invoice_id
    WHERE c.deal_line_id = n.id AND i.family = :family), 0)"""


class Found(NamedTuple):
    """Documents or deals with the goods of an invoice."""

    sure: list[SameGoods]
    """About the same goods."""
    maybe: list[SameGoods]
    """A person is to say it."""
    apart: list[SameGoods]
    """A person said that they are about other goods."""


def free_of_deals(line_ids: Collection[int], family: str) -> dict[CoverKey, Any]:
    """Return how much of deals' lines no document of this family has."""
    if not line_ids:
        return {}
    rows = select(
        f"SELECT n.id, n.quantity - n.dropped - {_COVERED} AS free FROM deal_line n "
        f"WHERE {among('n.id', 'ids')}",
        ids=listed(line_ids),
        family=family,
    )
    return {CoverKey(row["id"], of_deal=True): unscaled(row["free"], PIECES) for row in rows}


def same_deals(
    invoice_id: int,
    *,
    party_id: int,
    product_ids: Collection[int],
    family: str,
    names: Collection[str],
    near: datetime,
) -> Found:
    """Return the deals that are about the goods of an invoice, the oldest first of each kind.

    Sure, as a whole, are those that the invoice names by their number, the customer's order, or one of their
    documents, and those that a person linked. Sure is also what the same party got of the same products since
    `near`. The rest of what it was promised, or is to be, may be meant. Those apart are of other goods, as a
    person said.
    """
    rows = select(
        f"""
        SELECT d.id, d.number, d.their_order, d.state,
               coalesce(d.delivered_at, d.finalised_at, d.made_at) AS moved_at,
               n.id AS line_id, n.product_id, n.delivered, n.quantity - n.dropped AS agreed,
               coalesce(x.role, '') AS role,
               CASE WHEN {among("d.number", "names")} OR {among("d.their_order", "names")} OR EXISTS (
                   SELECT 1 FROM deal_document y JOIN document o ON o.id = y.document_id
                   WHERE y.deal_id = d.id AND {among("o.number", "names")}) THEN 1 ELSE 0 END AS named
        FROM deal d JOIN deal_line n ON n.deal_id = d.id
             LEFT JOIN deal_invoice x ON x.deal_id = d.id AND x.invoice_id = :invoice_id
        WHERE d.party_id = :party_id AND d.state <> 'cancelled' AND {among("n.product_id", "products")}
        ORDER BY d.id, n.position
        """,
        invoice_id=invoice_id,
        party_id=party_id,
        names=listed(name for name in names if name),
        products=listed(product_ids),
    )
    covered = _covered(party_id, family) if rows else {}
    by_deal: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        row["covered"] = covered.get(row["line_id"], 0)
        if row["agreed"] > row["covered"]:
            by_deal.setdefault(row["id"], []).append(row)
    named: list[SameGoods] = []
    got: list[SameGoods] = []
    found = Found([], [], [])
    for lines in by_deal.values():
        head = lines[0]
        whole = tuple(_free(row, int(row["agreed"])) for row in lines)
        if head["role"] == "other":
            found.apart.append(_same(head, whole))
            continue
        if head["role"] == "linked" or head["named"]:
            named.append(_same(head, whole, LinkWhy.NAMED if head["named"] else LinkWhy.SAID))
            continue
        there = tuple(_free(row, int(row["delivered"])) for row in lines if row["delivered"] > row["covered"])
        if there and to_store(from_store(head["moved_at"])) >= to_store(near):
            got.append(_same(head, there))
        if head["state"] != DealState.DONE:
            found.maybe.append(_same(head, whole))
    found.sure.extend((*named, *got))
    return found


def _covered(party_id: int, family: str) -> dict[int, int]:
    """Return how much of the lines of a party's deals documents of a family have."""
    rows = select(
        """
        SELECT c.deal_line_id, sum(c.quantity) AS covered
        FROM deal d JOIN deal_line n ON n.deal_id = d.id JOIN deal_cover c ON c.deal_line_id = n.id
             JOIN invoice_line v ON v.id = c.invoice_line_id JOIN invoice i ON i.id = v.invoice_id
        WHERE d.party_id = :party_id AND i.family = :family GROUP BY c.deal_line_id
        """,
        party_id=party_id,
        family=family,
    )
    return {row["deal_line_id"]: int(row["covered"]) for row in rows}


def _free(row: dict[str, Any], most: int) -> FreeLine:
    covered, delivered = int(row["covered"]), int(row["delivered"])
    return FreeLine(
        key=CoverKey(row["line_id"], of_deal=True),
        product_id=row["product_id"],
        free=unscaled(most - covered, PIECES),
        to_come=unscaled(max(0, most - max(delivered, covered)), PIECES),
    )


def _same(head: dict[str, Any], lines: tuple[FreeLine, ...], why: LinkWhy = LinkWhy.NEAR) -> SameGoods:
    return SameGoods(
        id=head["id"],
        type=DocumentType.DEAL,
        status=DocumentStatus.OPEN if DealState(head["state"]).is_open else DocumentStatus.POSTED,
        name=head["number"],
        opened_at=from_store(head["moved_at"]),
        lines=lines,
        why=why,
    )
