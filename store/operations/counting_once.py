"""An issue after its invoice: what the invoice has put on the holdings already is not counted again."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from store.domain.documents import Document
from store.domain.records import Actor
from store.domain.terms import DocumentType
from store.models.bulk import BIG, packed, rows_as
from store.models.fields import PIECES, unscaled
from store.models.invoices import InvoiceDocumentRow
from store.models.moments import from_store
from store.models.sql import execute
from store.operations.filling import write_fills
from store.operations.selling import AWAY, BACK
from store.operations.writing import WrittenLine, post_written
from store.queries.invoice_facts import with_party
from store.queries.invoices_first import (
    Asked,
    asked_of,
    free_lines,
    placed_lines,
    placed_parts,
    waiting_serials,
)
from store.queries.locations import by_ids


def count_once(actor: Actor, document: Document, same: bool | None) -> None:  # noqa: FBT001 - three answers
    """Link an issue that is about to be posted with the invoices that had its goods before it.

    These are invoices of the same customer with the same product, the oldest first: where `same` leaves it
    open, of the days before the issue that the invoice says, or older ones that the issue names; else all or
    none. Serials that an invoice waits for are scanned by it; pieces without serials are taken back from the
    holdings, where the issue puts them now. The number of statements does not depend on the lines.
    """
    if document.type is not DocumentType.ISSUE or same is False:
        return
    lines = free_lines(document.id)
    if not lines:
        return
    products, asked = {line["product_id"] for line in lines}, asked_of(document)
    serials = [row for row in waiting_serials(asked, products) if same or is_near(row, asked)]
    placed = [row for row in placed_lines(asked, products) if same or is_near(row, asked)]
    cap(placed, asked)
    covers = match(lines, serials) + match(lines, placed)
    if not covers:
        return
    _write_covers(covers)
    _fill(covers)
    _give_back(actor, document, covers)


def moved_ahead(document: Document, product_id: int) -> Decimal:
    """Return how many pieces an issue may take though an invoice has taken them from its stock already."""
    if document.type is not DocumentType.ISSUE:
        return Decimal()
    asked = asked_of(document)
    placed = [row for row in placed_lines(asked, {product_id}) if is_near(row, asked)]
    cap(placed, asked)
    parts = placed_parts({row["invoice_id"] for row in placed}) if placed else []
    lying = sum(
        int(part["stocked"])
        for part in parts
        if part["product_id"] == product_id and part["location_id"] == document.location.id
    )
    return _pieces(max(0, min(lying, sum(row["open"] for row in placed))))


def is_near(row: dict[str, Any], asked: Asked) -> bool:
    """Tell whether an invoice is named, or came in so few days before as it says."""
    named = bool(asked.reference) and row["number"] == asked.reference
    return named or from_store(row["at"]) >= asked.at - timedelta(days=row["link_days"])


def cap(rows: list[dict[str, Any]], asked: Asked, *, with_units: bool = False) -> None:
    """Take back no more than the customer has: a correction may have brought some of it back already.

    `with_units`: pieces that got serials where they are count as well.
    """
    products = {row["product_id"] for row in rows}
    there = with_party(products, asked.party_id, with_units=with_units) if products else {}
    left = {product: int(quantity.scaleb(PIECES)) for product, quantity in there.items()}
    for row in rows:
        row["open"] = min(row["open"], left.get(row["product_id"], 0))
        left[row["product_id"]] = left.get(row["product_id"], 0) - row["open"]


def match(lines: list[dict[str, Any]], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the lines of the issue, in their order, to the rows of invoices, the oldest first."""
    found = []
    by_product: dict[int, list[dict[str, Any]]] = {}
    for line in lines:
        by_product.setdefault(line["product_id"], []).append(line)
    for row in rows:
        for line in by_product.get(row["product_id"], ()):
            part = min(line["free"], row["open"])
            if part > 0:
                line["free"] -= part
                row["open"] -= part
                found.append(
                    {**row, "line_id": line["id"], "deal_line_id": line["deal_line_id"], "part": part}
                )
    return found


def _write_covers(covers: list[dict[str, Any]]) -> None:
    """Keep the links; a deal has what its issues have."""
    columns = {"invoice_line_id": BIG, "target": BIG, "part": BIG}
    for table, column, other in (
        ("invoice_cover", "document_line_id", "line_id"),
        ("deal_cover", "deal_line_id", "deal_line_id"),
    ):
        of_deal = table == "deal_cover"
        rows = [
            {"invoice_line_id": row["invoice_line_id"], "target": row[other], "part": row["part"]}
            for row in covers
            # What fills a pending serial says by itself which line of which invoice it is about.
            if (row["deal_line_id"] is not None) == of_deal and (of_deal or row["pending_id"] is None)
        ]
        if rows:
            execute(
                f"""
                INSERT INTO {table} (invoice_line_id, {column}, quantity)
                SELECT v.invoice_line_id, v.target, sum(v.part) FROM {rows_as("v", columns)} WHERE true
                GROUP BY v.invoice_line_id, v.target
                ON CONFLICT (invoice_line_id, {column})
                DO UPDATE SET quantity = {table}.quantity + excluded.quantity
                """,
                rows=packed(rows),
            )
    pairs = packed(
        [{"invoice_line_id": row["invoice_line_id"], "target": row["line_id"], "part": 0} for row in covers]
    )
    source = rows_as("v", columns)
    execute(
        f"""
        INSERT INTO invoice_document (invoice_id, document_id, role)
        SELECT DISTINCT l.invoice_id, n.document_id, 'linked' FROM {source}
        JOIN invoice_line l ON l.id = v.invoice_line_id JOIN document_line n ON n.id = v.target WHERE true
        ON CONFLICT (invoice_id, document_id) DO NOTHING
        """,
        rows=pairs,
    )
    execute(
        f"""
        INSERT INTO deal_invoice (deal_id, invoice_id, role)
        SELECT DISTINCT x.deal_id, l.invoice_id, 'linked' FROM {source}
        JOIN invoice_line l ON l.id = v.invoice_line_id JOIN document_line n ON n.id = v.target
        JOIN deal_document x ON x.document_id = n.document_id WHERE true
        ON CONFLICT (invoice_id, deal_id) DO NOTHING
        """,
        rows=pairs,
    )


def _fill(covers: list[dict[str, Any]]) -> None:
    """Count the serials that the issue has scanned on the pieces that waited for them."""
    write_fills(
        [
            {"pending_id": row["pending_id"], "line_id": row["line_id"], "quantity": row["part"]}
            for row in covers
            if row["pending_id"] is not None
        ]
    )


def _give_back(actor: Actor, document: Document, covers: list[dict[str, Any]]) -> None:
    """Take what invoices had moved without serials back by documents: from the stock, it lies there again."""
    back = [row for row in covers if row["pending_id"] is None]
    if not back:
        return
    execute(
        f"""
        UPDATE invoice_line SET returned = invoice_line.returned + t.part,
                                covered = invoice_line.covered + t.part
        FROM (SELECT v.id, sum(v.part) AS part FROM {rows_as("v", {"id": BIG, "part": BIG})}
              GROUP BY v.id) AS t
        WHERE invoice_line.id = t.id
        """,
        rows=packed([{"id": row["invoice_line_id"], "part": row["part"]} for row in back]),
    )
    wanted: dict[tuple[int, int], int] = {}
    for row in back:
        key = row["invoice_id"], row["product_id"]
        wanted[key] = wanted.get(key, 0) + row["part"]
    numbers = {row["invoice_id"]: row["number"] for row in back}
    written: dict[tuple[int, int], list[WrittenLine]] = {}
    for part in placed_parts(numbers):
        key = part["invoice_id"], part["product_id"]
        for left, transition in ((part["stocked"], BACK), (part["born"], AWAY)):
            count = min(left, wanted.get(key, 0))
            if count > 0:
                wanted[key] -= count
                line = WrittenLine(product_id=part["product_id"], counted=_pieces(count), row=transition)
                written.setdefault((part["invoice_id"], part["location_id"]), []).append(line)
    locations = {place.id: place for place in by_ids({location for _invoice, location in written})}
    for (invoice_id, location_id), lines in written.items():
        posted = post_written(
            actor, DocumentType.CORRECTION, document.party, locations[location_id], numbers[invoice_id],
            lines, token=f"issue {document.id} invoice {invoice_id} {location_id}",
        )  # fmt: skip
        InvoiceDocumentRow.create(invoice=invoice_id, document=posted.id, role="returned")


def _pieces(steps: int) -> Decimal:
    return unscaled(steps, PIECES)
