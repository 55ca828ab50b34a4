"""Posting: the drafts of a document become movements, in statements over the whole document."""

from datetime import datetime
from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.domain.transitions import Side, Transition
from store.models.moments import from_store
from store.models.sql import execute, is_postgres, select
from store.operations.posted import MOVEMENT_COLUMNS, Posting, warranty_values

# The pieces that the document takes: accepted scans with a serial.
_PIECES = "s.document_id = :document_id AND s.state = 'draft' AND NOT s.rejected AND s.serial_key IS NOT NULL"

# Sold units come back as one thing or another, and each scan says as which.
_MEANT = (
    "(CAST(:back_as AS TEXT) IS NULL OR s.back_as = :back_as) "
    "AND (CAST(:only_line AS BIGINT) IS NULL OR s.line_id = :only_line)"
)

# What is compared as an expression is not looked up by index: a planner that has not counted a new store yet
# would take the index of places first, and read the drafts once for every unit there. The units' ids are few.
_THERE = (
    "{unit}terms || '' = :from_terms "
    "AND (:anywhere = 1 OR coalesce({unit}place_id, 0) = coalesce(:from_place, 0)) "
    "AND (CAST(:from_owner AS BIGINT) IS NULL OR {unit}owner_id + 0 = :from_owner) "
    "AND (CAST(:besides AS BIGINT) IS NULL OR {unit}owner_id + 0 <> :besides) "
    "AND (:as_before = 0 OR EXISTS (SELECT 1 FROM repair r WHERE r.unit_id = {unit}id "
    "AND r.ended_at IS NULL AND r.back_terms = :to_terms AND r.back_place_id = :to_place))"
)


def newest_movement(document_id: int) -> datetime | None:
    """Return when the last of the units that a document takes moved before, or None: all are new.

    What is built into them goes with them, and counts as well.
    """
    rows = select(
        f"""
        WITH RECURSIVE taken (unit_id) AS (
            SELECT s.unit_id FROM draft_scan s WHERE {_PIECES} AND s.unit_id IS NOT NULL
            UNION SELECT k.unit_id FROM taken JOIN unit_link k
                  ON k.other_id = taken.unit_id AND k.kind = 'installed' AND k.ended_at IS NULL
        )
        SELECT max(u.last_movement_at) AS newest FROM taken JOIN unit u ON u.id = taken.unit_id
        """,
        document_id=document_id,
    )
    return from_store(rows[0]["newest"]) if rows[0]["newest"] else None


def post_units(posting: Posting) -> bool:
    """Move every unit that was scanned, let those be born that are new; tell whether any has parts in it.

    Raises RefusedError: TOO_EARLY, INSTALLED, BLOCKED, CONFLICT, each naming the first unit concerned.
    """
    has_parts = _check_units(posting)
    wanted = _count(posting)
    moved = sum(_move(posting, row) for row in posting.transitions() if row.from_terms is not None)
    born = sum(_bear(posting, row) for row in posting.transitions() if row.from_terms is None)
    if moved + born != wanted:
        raise _conflict(posting)
    return has_parts


def ending(row: Transition, place: str, name: str) -> tuple[str, str]:
    """Return the SQL of place and name where `row` ends; `place` and `name` are those where it begins."""
    return (place, name) if row.to_place is Side.UNCHANGED else (":to_place", ":to_name")


def _count(posting: Posting) -> int:
    rows = select(f"SELECT count(*) AS n FROM draft_scan s WHERE {_PIECES}", document_id=posting.document.id)
    return int(rows[0]["n"])


def _check_units(posting: Posting) -> bool:
    """Check the scanned units, and tell whether anything is built into one of them."""
    into_use = {row.from_terms for row in posting.transitions() if row.into_use}
    lock = " FOR UPDATE OF u" if is_postgres() else ""
    rows = select(
        "SELECT u.serial, u.condition, u.terms, u.last_movement_at, w.serial AS carrier, v.name AS product, "
        "EXISTS (SELECT 1 FROM unit_link h WHERE h.other_id = u.id AND h.kind = 'installed' "
        "AND h.ended_at IS NULL) AS has_parts "
        "FROM draft_scan s JOIN unit u ON u.id = s.unit_id "
        "LEFT JOIN unit_link k ON k.unit_id = u.id AND k.kind = 'installed' AND k.ended_at IS NULL "
        "LEFT JOIN unit w ON w.id = k.other_id LEFT JOIN product v ON v.id = w.product_id "
        f"WHERE {_PIECES} ORDER BY u.id{lock}",
        document_id=posting.document.id,
    )
    for row in rows:
        last = from_store(row["last_movement_at"])
        if last > posting.effective_at:
            raise RefusedError(RefusalCode.TOO_EARLY, serial=row["serial"], last=last)
        if row["carrier"] is not None:
            raise RefusedError(
                RefusalCode.INSTALLED, serial=row["serial"], carrier=row["carrier"], product=row["product"]
            )
        if row["condition"] == "blocked" and row["terms"] in into_use:
            raise RefusedError(RefusalCode.BLOCKED, serial=row["serial"], condition=row["condition"])
    return any(row["has_parts"] for row in rows)


def _move(posting: Posting, row: Transition) -> int:
    """Move the scanned units that are in the state in which `row` starts; return how many."""
    values = posting.values(row)
    to_place, to_name = ending(row, "u.place_id", "coalesce(l.name, q.name)")
    moved = execute(
        f"""
        INSERT INTO movement ({MOVEMENT_COLUMNS})
        SELECT u.id, u.product_id, s.document_id, s.line_id, s.quantity, u.place_id, u.owner_id, u.terms,
               {to_place}, coalesce(:owner, u.owner_id), :to_terms, p.name,
               coalesce(l.name, q.name, :from_name), {to_name}, coalesce(:owner_name, o.name),
               :operator, :operator_name, :terminal, :terminal_name,
               :effective_at, :recorded_at
        FROM draft_scan s JOIN unit u ON u.id = s.unit_id JOIN product p ON p.id = u.product_id
             JOIN party o ON o.id = u.owner_id LEFT JOIN location l ON l.place_id = u.place_id
             LEFT JOIN party q ON q.place_id = u.place_id
        WHERE {_PIECES} AND {_MEANT} AND {_THERE.format(unit="u.")} ORDER BY s.id
        """,
        **values,
    )
    if moved:
        changed = _project(posting, row, values)
        if changed != moved:
            raise _conflict(posting)
    return moved


def _project(posting: Posting, row: Transition, values: dict[str, Any]) -> int:
    """Write the new state on the units' own rows, with their warranties; return how many."""
    changed = 0
    to_place, _name = ending(row, "place_id", "")
    for months in _warranties(posting):
        warranty = warranty_values(posting, months) if row.starts_warranty else {}
        assignments = "".join(f", {column} = :{column}" for column in warranty)
        changed += execute(
            f"""
            UPDATE unit SET place_id = {to_place}, owner_id = coalesce(:owner, owner_id), terms = :to_terms,
                            version = version + 1, last_movement_at = :effective_at{assignments}
            WHERE {_THERE.format(unit="unit.")}
            AND id IN (SELECT s.unit_id FROM draft_scan s JOIN product p ON p.id = s.product_id
                       WHERE {_PIECES} AND {_MEANT} AND p.warranty_months = :months)
            """,
            **values, **warranty, months=months,
        )  # fmt: skip
    return changed


def _warranties(posting: Posting) -> list[int]:
    rows = select(
        "SELECT DISTINCT p.warranty_months AS months "
        "FROM document_line n JOIN product p ON p.id = n.product_id WHERE n.document_id = :document_id",
        document_id=posting.document.id,
    )
    return [int(row["months"]) for row in rows]


def _bear(posting: Posting, row: Transition) -> int:
    """Let the scanned serials that no unit has yet become units; return how many."""
    values = posting.values(row)
    born = execute(
        f"""
        INSERT INTO unit (product_id, serial, serial_key, place_id, owner_id, terms, condition, version,
                          last_movement_at, purchase_price, purchase_currency)
        SELECT s.product_id, s.serial, s.serial_key, :to_place, :owner, :to_terms, 'new', 1,
               :effective_at, n.unit_price, n.currency
        FROM draft_scan s JOIN document_line n ON n.id = s.line_id
        WHERE {_PIECES} AND s.unit_id IS NULL ORDER BY s.id
        """,
        **values,
    )
    if born:
        execute(
            f"""
            INSERT INTO movement ({MOVEMENT_COLUMNS})
            SELECT u.id, s.product_id, s.document_id, s.line_id, s.quantity, NULL, NULL, NULL,
                   :to_place, :owner, :to_terms, p.name, :from_name, :to_name, :owner_name,
                   :operator, :operator_name, :terminal, :terminal_name, :effective_at, :recorded_at
            FROM draft_scan s JOIN unit u ON u.product_id = s.product_id AND u.serial_key = s.serial_key
                 JOIN product p ON p.id = s.product_id
            WHERE {_PIECES} AND s.unit_id IS NULL ORDER BY s.id
            """,
            **values,
        )
        execute(
            f"""
            UPDATE draft_scan SET unit_id = (
                SELECT u.id FROM unit u
                WHERE u.product_id = draft_scan.product_id AND u.serial_key = draft_scan.serial_key)
            WHERE id IN (SELECT s.id FROM draft_scan s WHERE {_PIECES} AND s.unit_id IS NULL)
            """,
            document_id=posting.document.id,
        )
        if row.starts_warranty:
            _start_warranties(posting)
    return born


def _start_warranties(posting: Posting) -> None:
    """Give the units that were born with a customer their warranties."""
    for months in _warranties(posting):
        values = warranty_values(posting, months)
        if values:
            execute(
                f"""
                UPDATE unit SET warranty_from = :warranty_from, warranty_until = :warranty_until
                WHERE warranty_from IS NULL AND id IN (
                    SELECT s.unit_id FROM draft_scan s JOIN product p ON p.id = s.product_id
                    WHERE {_PIECES} AND p.warranty_months = :months)
                """,
                document_id=posting.document.id,
                months=months,
                **values,
            )


def _conflict(posting: Posting) -> RefusedError:
    """Name the first unit that is not where the document needs it, and who moved it."""
    starts = [posting.values(row) for row in posting.transitions() if row.from_terms]
    rows = select(
        f"""
        SELECT u.serial, u.terms, u.place_id, u.owner_id, s.back_as, m.operator_name, m.recorded_at
        FROM draft_scan s JOIN unit u ON u.id = s.unit_id
             LEFT JOIN movement m ON m.id = (SELECT max(x.id) FROM movement x WHERE x.unit_id = u.id)
        WHERE {_PIECES} ORDER BY s.id
        """,
        document_id=posting.document.id,
    )
    # A unit in service that goes back to another party is where every one of them is.
    row = next((row for row in rows if not any(_starts(row, values) for values in starts)), rows[0])
    return RefusedError(
        RefusalCode.CONFLICT,
        serial=row["serial"],
        operator=row["operator_name"],
        at=from_store(row["recorded_at"]),
    )


def _starts(unit: dict[str, Any], values: dict[str, Any]) -> bool:
    """Tell whether a unit is where, whose and on the terms at which a transition with `values` begins."""
    return (
        unit["terms"] == values["from_terms"]
        and (values["anywhere"] or values["from_place"] == unit["place_id"])
        and values["from_owner"] in {None, unit["owner_id"]}
        and values["besides"] != unit["owner_id"]
        and values["back_as"] in {None, unit["back_as"]}
    )
