"""What is in service: whose, since when, what is wrong; and what is said of the pieces of a document."""

from datetime import date, datetime
from typing import Any, NamedTuple

from store.domain.loans import BackAs
from store.domain.records import Party
from store.domain.repairs import Repair, ScannedPiece, Settlement, TakenAs
from store.domain.terms import Terms
from store.models.moments import day_of, from_store, to_store
from store.models.sql import select
from store.queries.parties import party_by_id

PAGE = 50

_REPAIRS = """
    SELECT r.*, u.serial, p.name AS product_name, q.name AS party_name, d.number,
           coalesce(l.name, h.name, '') AS place_name
    FROM repair r JOIN unit u ON u.id = r.unit_id JOIN product p ON p.id = u.product_id
         JOIN party q ON q.id = r.party_id JOIN document d ON d.id = r.document_id
         LEFT JOIN location l ON l.place_id = u.place_id LEFT JOIN party h ON h.place_id = u.place_id
"""


class After(NamedTuple):
    """The last row of a page."""

    since: datetime
    id: int


def in_service(*, party_id: int | None = None, after: After | None = None, limit: int = PAGE) -> list[Repair]:
    """Return what is in service, what came first is first: at most `limit` behind `after`.

    `party_id` narrows it to what one party brought. Read along an index, whatever their number.
    """
    of_party = "r.party_id = :party_id AND" if party_id is not None else ""
    behind = "AND (r.since, r.id) > (:since, :id)" if after is not None else ""
    values: dict[str, Any] = {"limit": limit, "party_id": party_id}
    if after is not None:
        values |= {"since": to_store(after.since), "id": after.id}
    rows = select(
        f"{_REPAIRS} WHERE {of_party} r.ended_at IS NULL {behind} ORDER BY r.since, r.id LIMIT :limit",
        **values,
    )
    return [_repair(row) for row in rows]


def count_in_service() -> int:
    """Return how many units are in service."""
    return int(select("SELECT count(*) AS n FROM repair WHERE ended_at IS NULL")[0]["n"])


def open_repair(unit_id: int) -> Repair | None:
    """Return the repair of a unit that is in service, or None."""
    rows = select(f"{_REPAIRS} WHERE r.unit_id = :unit_id AND r.ended_at IS NULL", unit_id=unit_id)
    return _repair(rows[0]) if rows else None


def party_behind(unit_id: int) -> Party | None:
    """Return who brought a unit that is in service, or None."""
    repair = open_repair(unit_id)
    return party_by_id(repair.party_id) if repair else None


def scanned_pieces(document_id: int) -> list[ScannedPiece]:
    """Return the scanned units of an open intake, hand-out or return, each with what is said of it."""
    rows = select(
        """
        SELECT s.id, s.unit_id, s.serial, p.name AS product_name, s.taken_as, s.back_as, s.note, s.settlement,
               coalesce(r.fault, s.fault) AS fault, r.since, u.warranty_until, d.opened_at
        FROM draft_scan s JOIN document d ON d.id = s.document_id JOIN product p ON p.id = s.product_id
             LEFT JOIN unit u ON u.id = s.unit_id
             LEFT JOIN repair r ON r.unit_id = s.unit_id AND r.ended_at IS NULL
        WHERE s.document_id = :document_id AND s.state = 'draft' AND NOT s.rejected
              AND s.serial_key IS NOT NULL ORDER BY s.id
        """,
        document_id=document_id,
    )
    return [_piece(row) for row in rows]


def _piece(row: dict[str, Any]) -> ScannedPiece:
    since = from_store(row["since"]) if row["since"] else None
    until = day_of(row["warranty_until"])
    came: date = (since or from_store(row["opened_at"])).astimezone().date()
    return ScannedPiece(
        scan_id=row["id"],
        unit_id=row["unit_id"],
        serial=row["serial"],
        product_name=row["product_name"],
        fault=row["fault"],
        taken_as=TakenAs(row["taken_as"]) if row["taken_as"] else None,
        back_as=BackAs(row["back_as"]) if row["back_as"] else None,
        note=row["note"],
        settlement=Settlement(row["settlement"]) if row["settlement"] else None,
        since=since,
        is_under_warranty=until is not None and until >= came,
    )


def _repair(row: dict[str, Any]) -> Repair:
    return Repair(
        id=row["id"],
        unit_id=row["unit_id"],
        serial=row["serial"],
        product_name=row["product_name"],
        party_id=row["party_id"],
        party_name=row["party_name"],
        since=from_store(row["since"]),
        place_name=row["place_name"],
        back_terms=Terms(row["back_terms"]),
        fault=row["fault"],
        accessories=row["accessories"],
        event_id=row["event_id"],
        number=row["number"] or "",
        ended_at=from_store(row["ended_at"]) if row["ended_at"] else None,
        settlement=Settlement(row["settlement"]) if row["settlement"] else None,
        outcome=row["outcome"],
    )
