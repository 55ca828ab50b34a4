"""The list of serials that are scanned at one customer's: opened once, and kept to what waits there."""

from store.domain.documents import Document, DocumentLine, NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Actor, Party
from store.domain.serials import key_of
from store.domain.terms import DocumentType
from store.models.bulk import BIG, TEXT, packed, rows_as
from store.models.documents import DocumentRow
from store.models.sql import execute, select
from store.operations.lines import add_line_row
from store.operations.opened import open_head
from store.queries.documents import head, lines
from store.queries.on_site import open_on_site_id, turnable

_WAITING = """(SELECT product_id, min(id) AS first, sum(quantity - filled - dropped) AS pieces
    FROM pending_serial WHERE party_id = :party_id AND filled + dropped < quantity
    GROUP BY product_id) AS w"""


def open_on_site(actor: Actor, party: Party) -> Document:
    """Return a customer's open list of serials, opened if there is none, with a line for all that waits.

    Several who scan there share it. Raises RefusedError(NOTHING_PENDING) when nothing waits, and nothing lies
    there without serials either.
    """
    document_id = open_on_site_id(party.id)
    if document_id is None:
        document_id = DocumentRow.create(
            type=DocumentType.ON_SITE,
            location=actor.terminal.location.id,
            party=party.id,
            opened_at=actor.at,
            opened_by=actor.operator.id,
            opened_name=actor.operator.name,
        ).id
    open_head(document_id)
    _follow(document_id, party)
    if not lines(document_id) and not turnable(party):
        raise RefusedError(RefusalCode.NOTHING_PENDING, party=party.name)
    document = head(document_id)
    assert document is not None  # noqa: S101 - it was read or written in this transaction
    return document


def add_turnable(document_id: int, product_id: int) -> DocumentLine:
    """Let pieces of a product without serials become units as they are scanned; return their line.

    Raises RefusedError: NOT_OPEN, NOTHING_PENDING when the customer has none.
    """
    document = open_head(document_id)
    there = next((each for each in turnable(document.party) if each.product.id == product_id), None)
    known = next((line for line in lines(document_id) if line.product.id == product_id), None)
    if known is None:
        if there is None:
            raise RefusedError(RefusalCode.NOTHING_PENDING, party=document.party.name)
        add_line_row(document_id, NewLine(product_id=product_id, expected=there.quantity))
    return next(line for line in lines(document_id) if line.product.id == product_id)


def _follow(document_id: int, party: Party) -> None:
    """Bring the lines to what waits now; what was scanned already stays."""
    values = {"document_id": document_id, "party_id": party.id, "place_id": party.place_id}
    execute(
        """
        DELETE FROM expected_serial WHERE line_id IN (
            SELECT n.id FROM document_line n WHERE n.document_id = :document_id AND n.scanned = 0)
        """,
        document_id=document_id,
    )
    execute(
        """
        DELETE FROM document_line WHERE document_id = :document_id
        AND NOT EXISTS (SELECT 1 FROM draft_scan s WHERE s.line_id = document_line.id)
        AND NOT EXISTS (SELECT 1 FROM pending_serial w WHERE w.party_id = :party_id
                        AND w.product_id = document_line.product_id AND w.filled + w.dropped < w.quantity)
        AND NOT EXISTS (SELECT 1 FROM balance b WHERE b.place_id = :place_id AND b.owner_id = :party_id
                        AND b.terms = 'sold' AND b.product_id = document_line.product_id
                        AND b.quantity >= 1000)
        """,
        **values,
    )
    execute(
        f"""
        UPDATE document_line SET expected = CASE WHEN w.pieces < scanned THEN scanned ELSE w.pieces END
        FROM {_WAITING} WHERE document_line.document_id = :document_id
        AND document_line.product_id = w.product_id
        """,
        **values,
    )
    execute(
        f"""
        INSERT INTO document_line (document_id, position, product_id, expected, scanned, rejected, announced)
        SELECT :document_id, row_number() OVER (ORDER BY w.first) + (
                   SELECT coalesce(max(n.position), 0) FROM document_line n
                   WHERE n.document_id = :document_id),
               w.product_id, w.pieces, 0, 0, 0
        FROM {_WAITING} WHERE NOT EXISTS (
            SELECT 1 FROM document_line n WHERE n.document_id = :document_id AND n.product_id = w.product_id)
        """,
        **values,
    )
    _announce(document_id, party)


def _announce(document_id: int, party: Party) -> None:
    """Note on the lines the serials that the invoices name: whichever is scanned is ticked off."""
    rows = select(
        """
        SELECT n.id, w.announced FROM pending_serial w
        JOIN document_line n ON n.document_id = :document_id AND n.product_id = w.product_id
        WHERE w.party_id = :party_id AND w.filled + w.dropped < w.quantity AND w.announced <> ''
        """,
        document_id=document_id,
        party_id=party.id,
    )
    serials = {
        (row["id"], key_of(text)): text
        for row in rows
        for text in row["announced"].split("\n")
        if key_of(text)
    }
    if serials:
        columns = {"line_id": BIG, "serial": TEXT, "serial_key": TEXT}
        execute(
            "INSERT INTO expected_serial (line_id, serial, serial_key) "
            f"SELECT v.line_id, v.serial, v.serial_key FROM {rows_as('v', columns)} WHERE true "
            "ON CONFLICT (line_id, serial_key) DO NOTHING",
            rows=packed(
                [
                    {"line_id": line_id, "serial": text, "serial_key": key}
                    for (line_id, key), text in serials.items()
                ]
            ),
        )
    execute(
        """
        UPDATE document_line SET announced = (
            SELECT count(*) FROM expected_serial e WHERE e.line_id = document_line.id)
        WHERE document_id = :document_id
        """,
        document_id=document_id,
    )
