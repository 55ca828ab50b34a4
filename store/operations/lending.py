"""What a rental lent becomes loans, and what comes back closes them, a whole document at a time."""

from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.models.fields import PIECES, unscaled
from store.models.moments import to_store
from store.models.sql import execute, select
from store.operations.posted import Posting

# A unit's scan in the document, by the index that holds a serial once there.
_OF_UNIT = (
    "s.document_id = :document_id AND s.product_id = {unit}.product_id "
    "AND s.serial_key = {unit}.serial_key AND s.state <> 'removed'"
)


def open_loans(posting: Posting) -> None:
    """Open a loan for everything that a rental moved, until the day that its head says."""
    execute(
        """
        INSERT INTO loan (document_id, movement_id, product_id, unit_id, party_id, quantity, since,
                          due, ask_again, condition, accessories, returned_note)
        SELECT m.document_id, m.id, m.product_id, m.unit_id, d.party_id, m.quantity, m.effective_at,
               r.due, r.ask_again, u.condition, coalesce(s.note, ''), ''
        FROM movement m JOIN document d ON d.id = m.document_id JOIN rental r ON r.document_id = d.id
             LEFT JOIN unit u ON u.id = m.unit_id
             LEFT JOIN draft_scan s ON s.document_id = m.document_id AND s.product_id = u.product_id
                  AND s.serial_key = u.serial_key AND s.state <> 'removed'
        WHERE m.document_id = :document_id ORDER BY m.id
        """,
        document_id=posting.document.id,
    )


def note_conditions(posting: Posting, number: str) -> None:
    """Change the conditions of the units that were found other than they were, and say in which document.

    What a rental hands out is as it was found when it was handed out, so this comes before its loans.
    """
    values = {
        "document_id": posting.document.id,
        "number": number,
        "operator": posting.actor.operator.id,
        "operator_name": posting.actor.operator.name,
        "effective_at": to_store(posting.effective_at),
        "recorded_at": to_store(posting.actor.at),
    }
    changed = execute(
        """
        INSERT INTO condition_change (unit_id, from_condition, to_condition, reason, operator_id,
                                      operator_name, effective_at, recorded_at)
        SELECT u.id, u.condition, s.condition,
               CASE WHEN s.note = '' THEN :number ELSE :number || ': ' || s.note END,
               :operator, :operator_name, :effective_at, :recorded_at
        FROM draft_scan s JOIN unit u ON u.id = s.unit_id
        WHERE s.document_id = :document_id AND s.state <> 'removed' AND s.condition IS NOT NULL
              AND s.condition <> u.condition ORDER BY s.id
        """,
        **values,
    )
    if changed:
        execute(
            f"""
            UPDATE unit SET version = version + 1, condition = (
                SELECT s.condition FROM draft_scan s WHERE {_OF_UNIT.format(unit="unit")})
            WHERE id IN (SELECT s.unit_id FROM draft_scan s
                         WHERE s.document_id = :document_id AND s.state <> 'removed'
                         AND s.condition IS NOT NULL AND s.unit_id IS NOT NULL)
            """,
            **values,
        )


def close_loans(posting: Posting) -> None:
    """Close the loans of the units that a return moved; `close_pieces` those of pieces without serials."""
    execute(
        f"""
        UPDATE loan SET
            returned_document_id = :document_id, returned_at = :effective_at,
            returned_movement_id = (SELECT m.id FROM movement m
                                    WHERE m.document_id = :document_id AND m.unit_id = loan.unit_id),
            returned_condition = (SELECT u.condition FROM unit u WHERE u.id = loan.unit_id),
            returned_note = coalesce(
                (SELECT s.note FROM unit u JOIN draft_scan s ON {_OF_UNIT.format(unit="u")}
                 WHERE u.id = loan.unit_id), '')
        WHERE returned_at IS NULL
              AND unit_id IN (SELECT m.unit_id FROM movement m
                              WHERE m.document_id = :document_id AND m.unit_id IS NOT NULL)
        """,
        document_id=posting.document.id,
        effective_at=to_store(posting.effective_at),
    )


def close_pieces(posting: Posting, loan: dict[str, Any], quantity: int, movement_id: int) -> None:
    """Close so many thousandths of a loan of pieces without serials; the rest of it stays open.

    `loan` is its row. Raises RefusedError(TOO_FEW_OUT) when less of it is open.
    """
    values = {
        "loan_id": loan["id"],
        "quantity": quantity,
        "document_id": posting.document.id,
        "movement_id": movement_id,
        "returned_at": to_store(posting.effective_at),
        "note": loan["note"],
        "found": loan["found"],
    }
    back = (
        "returned_document_id = :document_id, returned_movement_id = :movement_id, "
        "returned_at = :returned_at, returned_note = :note, returned_condition = :found"
    )
    if execute(
        f"UPDATE loan SET {back} WHERE id = :loan_id AND returned_at IS NULL AND quantity = :quantity",
        **values,
    ):
        return
    rest = (
        "UPDATE loan SET quantity = quantity - :quantity "
        "WHERE id = :loan_id AND returned_at IS NULL AND quantity > :quantity"
    )
    if not execute(rest, **values):
        open_now = select("SELECT quantity FROM loan WHERE id = :loan_id AND returned_at IS NULL", **values)
        raise RefusedError(
            RefusalCode.TOO_FEW_OUT,
            product=loan["product_name"],
            wanted=unscaled(quantity, PIECES),
            available=unscaled(open_now[0]["quantity"] if open_now else 0, PIECES),
        )
    execute(
        """
        INSERT INTO loan (document_id, movement_id, product_id, party_id, quantity, since, due, ask_again,
                          accessories, returned_note, returned_condition, returned_document_id,
                          returned_movement_id, returned_at)
        SELECT document_id, movement_id, product_id, party_id, :quantity, since, due, ask_again,
               accessories, :note, CAST(:found AS TEXT), :document_id, :movement_id, :returned_at
        FROM loan WHERE id = :loan_id
        """,
        **values,
    )
