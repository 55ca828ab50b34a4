"""Promising units and pieces to a party for some days, and handing out what was promised."""

from collections import Counter
from decimal import Decimal

from store.domain.documents import Document, NewDocument, NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.loans import RentalTerms
from store.domain.records import Actor
from store.domain.reservations import (
    NewReservation,
    Reservation,
    ReservationStatus,
    check_period,
    days,
    peak,
)
from store.domain.terms import DocumentType
from store.models.bulk import among, listed
from store.models.parties import LocationRow
from store.models.products import ProductRow
from store.models.reservations import ReservationRow, ReservedDayRow, ReservedPieceRow
from store.models.sql import is_postgres, select
from store.operations.documents import open_document
from store.operations.lines import refuse_service
from store.operations.reservation_end import not_open
from store.queries.documents import head
from store.queries.reservations import holder_of_days, pieces_here, promises, reservation_by_id


def reserve(actor: Actor, new: NewReservation, *, token: str) -> Reservation:
    """Promise units and pieces to a party, and return the reservation.

    Pieces of a product are counted against what lies in our stock at the location: at no day more may be
    promised. Called again with the same `token` it returns what it made. Raises RefusedError and promises
    nothing: NOTHING_RESERVED, BAD_PERIOD, BAD_QUANTITY, RESERVED when a unit is promised to somebody on one
    of these days, INSTALLED when one is built into another, PROMISED when too few pieces are left,
    IS_SERVICE.
    """
    made = ReservationRow.get_or_none(ReservationRow.token == token)
    if made is not None:
        return reservation_by_id(made.id)
    check_period(new.first, new.last, actor.at.astimezone().date())
    if not new.pieces:
        raise RefusedError(RefusalCode.NOTHING_RESERVED)
    units = [piece.unit_id for piece in new.pieces if piece.unit_id is not None]
    taken = holder_of_days(units, since=new.first, until=new.last)
    if taken is not None:
        raise RefusedError(RefusalCode.RESERVED, **taken)
    _check_alone(units)
    _check_pieces(new)
    row = ReservationRow.create(
        party=new.party_id, location=new.location_id, first_day=new.first, last_day=new.last,
        note=new.note.strip(), made_at=actor.at, made_by=actor.operator.id, made_name=actor.operator.name,
        token=token,
    )  # fmt: skip
    for piece in new.pieces:
        made_piece = ReservedPieceRow.create(
            reservation=row.id, product=piece.product_id, unit=piece.unit_id, quantity=piece.quantity
        )
        if piece.unit_id is not None:
            ReservedDayRow.insert_many(
                [
                    {"unit": piece.unit_id, "day": day, "piece": made_piece.id}
                    for day in days(new.first, new.last)
                ]
            ).execute()
    return reservation_by_id(row.id)


def _check_alone(unit_ids: list[int]) -> None:
    """Refuse a unit that is built into another one: nobody could be handed it."""
    rows = select(
        "SELECT u.serial, c.serial AS carrier, p.name AS product FROM unit_link k "
        "JOIN unit u ON u.id = k.unit_id JOIN unit c ON c.id = k.other_id "
        f"JOIN product p ON p.id = c.product_id WHERE {among('k.unit_id', 'ids')} "
        "AND k.kind = 'installed' AND k.ended_at IS NULL LIMIT 1",
        ids=listed(unit_ids),
    )
    if rows:
        raise RefusedError(RefusalCode.INSTALLED, **rows[0])


def _check_pieces(new: NewReservation) -> None:
    """Refuse more pieces of a product than are left on every day of the period."""
    wanted: Counter[int] = Counter()
    for piece in new.pieces:
        if piece.quantity <= 0:
            raise RefusedError(RefusalCode.BAD_QUANTITY, text=str(piece.quantity))
        wanted[piece.product_id] += piece.quantity  # type: ignore[assignment]  # a Counter sums Decimals as well
    place_id = LocationRow.get_by_id(new.location_id).place_id
    for product_id, quantity in sorted(wanted.items()):
        refuse_service(product_id)
        if is_postgres():
            # Two reservations of one product follow each other: neither sees what the other has not kept yet.
            select("SELECT id FROM product WHERE id = :product_id FOR UPDATE", product_id=product_id)
        promised = promises(product_id, new.location_id, since=new.first, until=new.last)
        left = pieces_here(product_id, place_id) - peak(promised, new.first, new.last)
        if quantity > left:
            first = promised[0] if promised else None
            raise RefusedError(
                RefusalCode.PROMISED if first else RefusalCode.TOO_FEW,
                product=ProductRow.get_by_id(product_id).name, wanted=Decimal(quantity),
                available=max(left, Decimal(0)),
                **({"party": first.party_name, "begins": first.first, "ends": first.last} if first else {}),
            )  # fmt: skip


def hand_out(
    actor: Actor,
    reservation_id: int,
    kind: DocumentType,
    *,
    rental: RentalTerms | None = None,
    token: str,
) -> Document:
    """Open the document by which a reservation is handed out: its lines expect what was promised.

    A document that lends needs `rental`. Asked again, it returns the document that is open for it. Raises
    RefusedError: NOT_OPEN, DUE_NEEDED, DUE_PAST.
    """
    reservation = reservation_by_id(reservation_id)
    if reservation.status is not ReservationStatus.OPEN:
        raise not_open(reservation)
    if reservation.document_id is not None:
        return _head(reservation.document_id)
    expected: dict[int, Decimal] = {}
    for piece in reservation.pieces:
        expected[piece.product_id] = expected.get(piece.product_id, Decimal(0)) + piece.quantity
    order = NewDocument(
        type=kind,
        party_id=reservation.party_id,
        location_id=reservation.location_id,
        reference="" if rental else reservation.note,
        rental=rental,
        lines=tuple(NewLine(product_id=product, expected=count) for product, count in expected.items()),
    )
    document = open_document(actor, order, token=token)
    ReservationRow.update(document=document.id).where(ReservationRow.id == reservation_id).execute()
    return document


def _head(document_id: int) -> Document:
    document = head(document_id)
    assert document is not None  # noqa: S101 - a foreign key holds it
    return document
