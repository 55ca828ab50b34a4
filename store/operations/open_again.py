"""An invoice had left its goods to an issue or a deal that does not deliver them: they are its own again."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from store.domain.deals import DealHead
from store.domain.documents import Document
from store.domain.invoices import InvoiceLine
from store.domain.moves import NOTHING, LineMove, Why
from store.domain.received import Chosen, InvoiceState, LineOutcome
from store.domain.records import Actor, Location
from store.domain.terms import DocumentType, Tracking
from store.models.bulk import BIG, packed, rows_as
from store.models.fields import PIECES, unscaled
from store.models.sql import execute, select
from store.operations.importing import add_effects, effective_at
from store.operations.selling import Origin, place
from store.queries.invoice_facts import products
from store.queries.invoices import invoice_head


def open_again(actor: Actor, document: Document, *, moves: bool) -> None:
    """Let invoices do for themselves what they had left to an issue that moves less, or nothing at all.

    `moves`: the issue is about to be posted with what it has scanned; else it is about to be cancelled. What
    is left over is put onto the customer's holdings as if the issue had never been linked: pieces wait there
    for their serials or come from the issue's location, and the next issue of them fills that. The oldest
    links keep what was scanned. One statement where nothing was linked, few for all lines together.
    """
    if document.type is not DocumentType.ISSUE:
        return
    rows = select(_OF_ISSUE, id=document.id)
    for row in rows:
        row["most"] = int(row["scanned"]) if moves else 0
    _free(actor, rows, "invoice_cover", document.location, f"instead of {document.id}")
    if not moves:
        execute(
            "DELETE FROM invoice_document WHERE document_id = :document_id AND role = 'linked'",
            document_id=document.id,
        )


def open_deal_again(actor: Actor, head: DealHead, most: Mapping[int, Decimal]) -> None:
    """Do the same for a deal that will deliver no more than `most` of its lines, by their ids.

    What an invoice itself had put there before the deal stays the deal's.
    """
    rows = select(_OF_DEAL, id=head.id)
    rows = [
        row | {"most": int(most[row["line_id"]].scaleb(PIECES))} for row in rows if row["line_id"] in most
    ]
    _free(actor, rows, "deal_cover", head.location, f"instead of deal {head.id}")
    execute(
        """
        DELETE FROM deal_invoice WHERE deal_id = :deal_id AND role = 'linked'
        AND EXISTS (SELECT 1 FROM invoice i WHERE i.id = deal_invoice.invoice_id AND i.state = 'imported')
        AND NOT EXISTS (SELECT 1 FROM deal_line n JOIN deal_cover c ON c.deal_line_id = n.id
                        JOIN invoice_line v ON v.id = c.invoice_line_id
                        WHERE n.deal_id = deal_invoice.deal_id AND v.invoice_id = deal_invoice.invoice_id)
        """,
        deal_id=head.id,
    )


def _free(actor: Actor, rows: list[dict[str, Any]], table: str, location: Location, instead: str) -> None:
    """Take from the links of `rows` what they hold beyond `most` of their line, and let invoices place it."""
    freed = _freed(rows)
    if freed:
        _let_go(table, freed)
        for invoice_id in dict.fromkeys(row["invoice_id"] for row in freed):
            mine = [row for row in freed if row["invoice_id"] == invoice_id]
            _place(actor, location, instead, invoice_id, mine)


_OF_ISSUE = """
    SELECT c.id, n.id AS line_id, c.quantity, c.invoice_line_id, v.invoice_id, v.position, v.name,
           v.product_id, i.family, n.scanned
    FROM document_line n JOIN invoice_cover c ON c.document_line_id = n.id
         JOIN invoice_line v ON v.id = c.invoice_line_id JOIN invoice i ON i.id = v.invoice_id
    WHERE n.document_id = :id
    ORDER BY n.position, CASE WHEN i.family = 'invoice' THEN 0 ELSE 1 END, i.family, c.id
"""
_OF_DEAL = """
    SELECT c.id, n.id AS line_id, c.quantity, c.invoice_line_id, v.invoice_id, v.position, v.name,
           v.product_id, i.family
    FROM deal_line n JOIN deal_cover c ON c.deal_line_id = n.id
         JOIN invoice_line v ON v.id = c.invoice_line_id JOIN invoice i ON i.id = v.invoice_id
         LEFT JOIN deal_billed b ON b.deal_line_id = n.id AND b.invoice_line_id = v.id
    WHERE n.deal_id = :id
    ORDER BY n.position, CASE WHEN i.family = 'invoice' THEN 0 ELSE 1 END, i.family,
             CASE WHEN b.id IS NULL THEN 1 ELSE 0 END, c.id
"""


def _freed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the links that hold more than their line: how much more, and what of it is to be placed."""
    left: dict[tuple[int, str], int] = {}
    placed: dict[int, int] = {}
    by_family: dict[tuple[int, str], int] = {}
    freed = []
    for row in rows:
        line, family = row["line_id"], row["family"]
        room = left.get((line, family), row["most"])
        kept = min(room, int(row["quantity"]))
        left[line, family] = room - kept
        row["freed"] = int(row["quantity"]) - kept
        # A despatch advice about the same pieces as an invoice does not put them there as well.
        before = by_family.get((line, family), 0)
        by_family[line, family] = before + row["freed"]
        row["placed"] = max(0, by_family[line, family] - max(before, placed.get(line, 0)))
        placed[line] = max(placed.get(line, 0), by_family[line, family])
        if row["freed"]:
            freed.append(row)
    return freed


def _let_go(table: str, freed: Sequence[dict[str, Any]]) -> None:
    columns = {"id": BIG, "part": BIG}
    source = rows_as("v", columns)
    rows = packed([{"id": row["id"], "part": row["freed"]} for row in freed])
    execute(
        f"DELETE FROM {table} WHERE id IN "
        f"(SELECT c.id FROM {source} JOIN {table} c ON c.id = v.id WHERE c.quantity = v.part)",
        rows=rows,
    )
    execute(
        f"UPDATE {table} SET quantity = quantity - v.part FROM {source} WHERE {table}.id = v.id",
        rows=rows,
    )
    execute(
        f"UPDATE invoice_line SET covered = covered - t.part "
        f"FROM (SELECT v.id, sum(v.part) AS part FROM {source} GROUP BY v.id) AS t "
        "WHERE invoice_line.id = t.id",
        rows=packed([{"id": row["invoice_line_id"], "part": row["freed"]} for row in freed]),
    )


def _place(
    actor: Actor, location: Location, instead: str, invoice_id: int, freed: Sequence[dict[str, Any]]
) -> None:
    """Put onto the holdings what an invoice had left to others."""
    head = invoice_head(invoice_id, lock=True)
    pieces: dict[int, int] = {}
    for row in freed:
        pieces[row["position"]] = pieces.get(row["position"], 0) + row["placed"]
    if head is None or head.party is None or head.state is not InvoiceState.IMPORTED:
        return
    known = products({row["product_id"] for row in freed})
    lines = []
    for position, row in sorted({row["position"]: row for row in freed}.items()):
        quantity = unscaled(pieces[position], PIECES)
        if quantity == NOTHING:
            continue
        product = known[row["product_id"]]
        read = InvoiceLine(position=position, name=row["name"], quantity=quantity)
        outcome = LineOutcome(
            move=LineMove(line=read, why=Why.SALE, pieces=quantity),
            chosen=Chosen(product=product),
            wanted=quantity,
        )
        if product.tracking is Tracking.SERIAL:
            outcome.pending = quantity
        else:
            outcome.counted = quantity
        lines.append(outcome)
    origin = Origin(
        document=DocumentType.INVOICE,
        name=head.number,
        token=f"invoice {head.id} {instead}",
        invoice_id=head.id,
        location=location,
    )
    if lines:
        add_effects(invoice_id, place(actor, origin, head.party, lines, effective_at(head)))
