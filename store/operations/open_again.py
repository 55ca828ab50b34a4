"""An invoice had counted on an open issue that does not move its goods: they are the invoice's own again."""

from collections.abc import Sequence
from typing import Any

from store.domain.documents import Document
from store.domain.invoices import InvoiceLine
from store.domain.moves import NOTHING, LineMove, Why
from store.domain.received import Chosen, InvoiceState, LineOutcome
from store.domain.records import Actor
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
    freed = _freed(document.id, moves=moves)
    if freed:
        _let_go(freed)
        for invoice_id in dict.fromkeys(row["invoice_id"] for row in freed):
            _place(actor, document, invoice_id, [row for row in freed if row["invoice_id"] == invoice_id])
    if not moves:
        execute(
            "DELETE FROM invoice_document WHERE document_id = :document_id AND role = 'linked'",
            document_id=document.id,
        )


def _freed(document_id: int, *, moves: bool) -> list[dict[str, Any]]:
    """Return the links that hold more than the issue moves: how much more, and what of it is to be placed."""
    rows = select(
        """
        SELECT c.id, c.document_line_id AS line_id, c.quantity, c.invoice_line_id, v.invoice_id, v.position,
               v.name, v.product_id, i.family, n.scanned
        FROM document_line n JOIN invoice_cover c ON c.document_line_id = n.id
             JOIN invoice_line v ON v.id = c.invoice_line_id JOIN invoice i ON i.id = v.invoice_id
        WHERE n.document_id = :document_id
        ORDER BY n.position, CASE WHEN i.family = 'invoice' THEN 0 ELSE 1 END, i.family, c.id
        """,
        document_id=document_id,
    )
    left: dict[tuple[int, str], int] = {}
    placed: dict[int, int] = {}
    by_family: dict[tuple[int, str], int] = {}
    freed = []
    for row in rows:
        line, family = row["line_id"], row["family"]
        room = left.get((line, family), int(row["scanned"]) if moves else 0)
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


def _let_go(freed: Sequence[dict[str, Any]]) -> None:
    columns = {"id": BIG, "part": BIG}
    source = rows_as("v", columns)
    rows = packed([{"id": row["id"], "part": row["freed"]} for row in freed])
    execute(
        "DELETE FROM invoice_cover WHERE id IN "
        f"(SELECT c.id FROM {source} JOIN invoice_cover c ON c.id = v.id WHERE c.quantity = v.part)",
        rows=rows,
    )
    execute(
        f"UPDATE invoice_cover SET quantity = quantity - v.part FROM {source} WHERE invoice_cover.id = v.id",
        rows=rows,
    )
    execute(
        f"UPDATE invoice_line SET covered = covered - t.part "
        f"FROM (SELECT v.id, sum(v.part) AS part FROM {source} GROUP BY v.id) AS t "
        "WHERE invoice_line.id = t.id",
        rows=packed([{"id": row["invoice_line_id"], "part": row["freed"]} for row in freed]),
    )


def _place(actor: Actor, document: Document, invoice_id: int, freed: Sequence[dict[str, Any]]) -> None:
    """Put onto the holdings what an invoice had left to the issue."""
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
        token=f"invoice {head.id} instead of {document.id}",
        invoice_id=head.id,
        location=document.location,
    )
    if lines:
        add_effects(invoice_id, place(actor, origin, head.party, lines, effective_at(head)))
