"""Reservations as lists, one by one, and as what they leave of a product."""

from datetime import date
from decimal import Decimal
from typing import Any

from store.domain.reservations import Promise, Reservation, ReservationStatus, ReservedPiece
from store.domain.terms import Terms, Tracking
from store.domain.transitions import TAKING_STOCK
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import select
from store.queries.balances import PIECES_ON_LINE

_HEADS = """
    SELECT r.id, r.party_id, p.name AS party_name, r.location_id, l.name AS location_name, r.first_day,
           r.last_day, r.note, r.status, r.document_id, r.made_at, r.made_name
    FROM reservation r JOIN party p ON p.id = r.party_id JOIN location l ON l.id = r.location_id
"""

# What is built into another unit goes out with that one only.
_IN_STOCK = """u.place_id = :place_id AND u.terms = :terms AND u.condition <> 'blocked' AND NOT EXISTS (
    SELECT 1 FROM unit_link k WHERE k.unit_id = u.id AND k.kind = 'installed' AND k.ended_at IS NULL)"""
_TAKERS = ", ".join(f"'{kind}'" for kind in sorted(TAKING_STOCK))


def open_reservations(
    *, limit: int = 100, after: tuple[date, int] | None = None, party_id: int | None = None
) -> list[Reservation]:
    """Return open reservations without their pieces, the next to begin first.

    `after` is first day and id of the last one of the page before.
    """
    day, last_id = after or (date.min, 0)
    narrowed = "" if party_id is None else " AND r.party_id = :party_id"
    rows = select(
        f"{_HEADS} WHERE r.status = 'open' AND (r.first_day, r.id) > (:day, :last_id){narrowed} "
        "ORDER BY r.first_day, r.id LIMIT :limit",
        day=day.isoformat(), last_id=last_id, limit=limit, party_id=party_id,
    )  # fmt: skip
    return [_reservation(row, ()) for row in rows]


def reservation_by_id(reservation_id: int) -> Reservation:
    """Return a reservation with its pieces. Raises LookupError when there is none."""
    rows = select(f"{_HEADS} WHERE r.id = :reservation_id", reservation_id=reservation_id)
    if not rows:
        raise LookupError(reservation_id)
    pieces = select(
        """
        SELECT i.id, i.product_id, p.name AS product_name, u.serial, i.quantity
        FROM reserved_piece i JOIN product p ON p.id = i.product_id LEFT JOIN unit u ON u.id = i.unit_id
        WHERE i.reservation_id = :reservation_id ORDER BY i.id
        """,
        reservation_id=reservation_id,
    )
    return _reservation(
        rows[0],
        tuple(
            ReservedPiece(
                id=row["id"],
                product_id=row["product_id"],
                product_name=row["product_name"],
                serial=row["serial"],
                quantity=unscaled(row["quantity"], PIECES),
            )
            for row in pieces
        ),
    )


def promises(
    product_id: int, location_id: int, *, since: date, until: date, besides_party: int | None = None
) -> list[Promise]:
    """Return the open promises of a product at a location that touch the days from `since` to `until`.

    Of what is being handed out just the rest is still promised: what is scanned is not here any more.
    Promises to `besides_party` are left out: what it is given keeps them.
    """
    rows = select(
        """
        SELECT p.name AS party_name, r.first_day, r.last_day, sum(i.quantity) - coalesce((
                   SELECT sum(n.scanned) FROM document_line n
                   WHERE n.document_id = r.document_id AND n.product_id = :product_id), 0) AS quantity
        FROM reserved_piece i JOIN reservation r ON r.id = i.reservation_id JOIN party p ON p.id = r.party_id
        WHERE i.product_id = :product_id AND r.status = 'open' AND r.location_id = :location_id
        AND r.first_day <= :until AND r.last_day >= :since AND r.party_id <> :besides
        GROUP BY r.id, p.name, r.first_day, r.last_day ORDER BY r.first_day, r.id
        """,
        product_id=product_id, location_id=location_id, since=since.isoformat(), until=until.isoformat(),
        besides=besides_party or 0,
    )  # fmt: skip
    return [
        Promise(
            party_name=row["party_name"],
            first=as_day(row["first_day"]),
            last=as_day(row["last_day"]),
            quantity=unscaled(row["quantity"], PIECES),
        )
        for row in rows
        if row["quantity"] > 0
    ]


def holder_of_days(
    unit_ids: list[int], *, since: date, until: date, besides_party: int | None = None
) -> dict[str, Any] | None:
    """Return who was promised one of these units then, if any: serial, party, begins and ends.

    Promises to `besides_party` are left out.
    """
    ids = ", ".join(str(int(unit_id)) for unit_id in unit_ids)
    if not ids:
        return None
    rows = select(
        f"""
        SELECT u.serial, p.name AS party, r.first_day, r.last_day
        FROM reserved_day d JOIN unit u ON u.id = d.unit_id JOIN reserved_piece i ON i.id = d.piece_id
             JOIN reservation r ON r.id = i.reservation_id JOIN party p ON p.id = r.party_id
        WHERE d.unit_id IN ({ids}) AND d.day BETWEEN :since AND :until AND r.party_id <> :besides
        ORDER BY d.day LIMIT 1
        """,
        since=since.isoformat(),
        until=until.isoformat(),
        besides=besides_party or 0,
    )
    if not rows:
        return None
    row = rows[0]
    return {
        "serial": row["serial"],
        "party": row["party"],
        "begins": as_day(row["first_day"]),
        "ends": as_day(row["last_day"]),
    }


def pieces_here(product_id: int, place_id: int) -> Decimal:
    """Return how many pieces of a product of ours lie in stock at a place and are not scanned out already."""
    row = select(
        f"""
        SELECT p.tracking,
               (SELECT coalesce(sum(b.quantity), 0) FROM balance b JOIN party o ON o.id = b.owner_id
                WHERE b.product_id = p.id AND b.place_id = :place_id AND b.terms = :terms AND o.is_own)
               AS balance,
               (SELECT count(*) FROM unit u WHERE u.product_id = p.id AND {_IN_STOCK}) AS units,
               (SELECT count(*) FROM draft_scan s JOIN unit u ON u.id = s.unit_id
                WHERE s.state = 'draft' AND NOT s.counted AND s.product_id = p.id AND {_IN_STOCK}) AS drafts,
               (SELECT coalesce(sum({PIECES_ON_LINE}), 0) FROM document_line n
                JOIN document d ON d.id = n.document_id JOIN location l ON l.id = d.location_id
                WHERE n.product_id = p.id AND d.status = 'open' AND d.type IN ({_TAKERS})
                AND l.place_id = :place_id) AS counted
        FROM product p WHERE p.id = :product_id
        """,
        product_id=product_id,
        place_id=place_id,
        terms=Terms.STOCK.value,
    )[0]
    if row["tracking"] == Tracking.SERIAL:
        return Decimal(row["units"] - row["drafts"])
    return unscaled(row["balance"], PIECES) - unscaled(row["counted"], PIECES)


def as_day(value: date | str) -> date:
    """Return a day as either database gives it."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def _reservation(row: dict[str, Any], pieces: tuple[ReservedPiece, ...]) -> Reservation:
    return Reservation(
        id=row["id"],
        party_id=row["party_id"],
        party_name=row["party_name"],
        location_id=row["location_id"],
        location_name=row["location_name"],
        first=as_day(row["first_day"]),
        last=as_day(row["last_day"]),
        note=row["note"],
        status=ReservationStatus(row["status"]),
        document_id=row["document_id"],
        made_at=from_store(row["made_at"]),
        made_by=row["made_name"],
        pieces=pieces,
    )
