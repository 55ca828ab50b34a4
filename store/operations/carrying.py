"""What is built into a unit goes where that one goes: a movement of its own, that says in which."""

from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.models.moments import from_store
from store.models.sql import execute, select
from store.operations.posted import MOVEMENT_COLUMNS, Posting, warranty_values

# Parts have parts: a disk is in a server, which is in a cabinet.
_PARTS = """
    WITH RECURSIVE part (unit_id, carrier_id, movement_id) AS (
        SELECT k.unit_id, k.other_id, m.id FROM movement m
        JOIN unit_link k ON k.other_id = m.unit_id AND k.kind = 'installed' AND k.ended_at IS NULL
        WHERE m.document_id = :document_id AND m.carrier_id IS NULL
        UNION ALL
        SELECT k.unit_id, k.other_id, part.movement_id FROM part
        JOIN unit_link k ON k.other_id = part.unit_id AND k.kind = 'installed' AND k.ended_at IS NULL
    )
"""


def carry(posting: Posting) -> int:
    """Let everything that is built into the units that a document moved go with them; return how many.

    Raises RefusedError: TOO_EARLY when a part moved after the document's moment, BLOCKED when one that is
    blocked would go into use.
    """
    document_id = posting.document.id
    carried = execute(
        f"""
        {_PARTS}
        INSERT INTO movement ({MOVEMENT_COLUMNS}, carrier_id)
        SELECT u.id, u.product_id, m.document_id, m.line_id, m.quantity, u.place_id, u.owner_id, u.terms,
               m.to_place_id, m.to_owner_id, m.to_terms, p.name, m.from_name, m.to_name, m.owner_name,
               m.operator_id, m.operator_name, m.terminal_id, m.terminal_name, m.effective_at, m.recorded_at,
               part.carrier_id
        FROM part JOIN movement m ON m.id = part.movement_id JOIN unit u ON u.id = part.unit_id
             JOIN product p ON p.id = u.product_id
        ORDER BY m.id, u.id
        """,
        document_id=document_id,
    )
    if carried:
        _check_parts(posting)
        execute(
            """
            UPDATE unit SET place_id = m.to_place_id, owner_id = m.to_owner_id, terms = m.to_terms,
                            version = version + 1, last_movement_at = m.effective_at
            FROM movement m
            WHERE m.document_id = :document_id AND m.carrier_id IS NOT NULL AND m.unit_id = unit.id
            """,
            document_id=document_id,
        )
        _start_warranties(posting)
    return carried


def _check_parts(posting: Posting) -> None:
    rows = select(
        "SELECT u.serial, u.last_movement_at FROM movement m JOIN unit u ON u.id = m.unit_id "
        "WHERE m.document_id = :document_id AND m.carrier_id IS NOT NULL "
        "AND u.last_movement_at > m.effective_at ORDER BY u.id LIMIT 1",
        document_id=posting.document.id,
    )
    if rows:
        last = from_store(rows[0]["last_movement_at"])
        raise RefusedError(RefusalCode.TOO_EARLY, serial=rows[0]["serial"], last=last)
    into_use = {(row.from_terms, row.to_terms) for row in posting.transitions() if row.into_use}
    blocked = (
        select(
            "SELECT u.serial, u.condition, c.from_terms, c.to_terms FROM movement m "
            "JOIN movement c ON c.document_id = m.document_id AND c.unit_id = m.carrier_id "
            "JOIN unit u ON u.id = m.unit_id WHERE m.document_id = :document_id AND m.carrier_id IS NOT NULL "
            "AND u.condition = 'blocked' ORDER BY u.id",
            document_id=posting.document.id,
        )
        if into_use
        else []
    )
    for row in blocked:
        if (row["from_terms"], row["to_terms"]) in into_use:
            raise RefusedError(RefusalCode.BLOCKED, serial=row["serial"], condition=row["condition"])


def _start_warranties(posting: Posting) -> None:
    """Give parts that are sold with what they are in their own warranties."""
    if not any(row.starts_warranty for row in posting.transitions()):
        return
    sold = (
        "FROM movement m JOIN product p ON p.id = m.product_id "
        "WHERE m.document_id = :document_id AND m.carrier_id IS NOT NULL AND m.to_terms = 'sold'"
    )
    months = select(f"SELECT DISTINCT p.warranty_months AS months {sold}", document_id=posting.document.id)
    for each in (int(row["months"]) for row in months):
        values: dict[str, Any] = warranty_values(posting, each)
        if values:
            execute(
                "UPDATE unit SET warranty_from = :warranty_from, warranty_until = :warranty_until "
                f"WHERE id IN (SELECT m.unit_id {sold} AND p.warranty_months = :months)",
                document_id=posting.document.id,
                months=each,
                **values,
            )
