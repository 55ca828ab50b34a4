"""How a reservation ends: handed out or cancelled, it promises nothing any more."""

from store.domain.errors import RefusalCode, RefusedError
from store.domain.reservations import Reservation, ReservationStatus
from store.models.reservations import ReservationRow
from store.models.sql import execute
from store.queries.reservations import reservation_by_id


def cancel_reservation(reservation_id: int) -> Reservation:
    """Take a promise back. Raises RefusedError(NOT_OPEN) when it is not open any more."""
    finish(reservation_id, ReservationStatus.CANCELLED)
    return reservation_by_id(reservation_id)


def settle_reservation(document_id: int, *, posted: bool) -> None:
    """Keep the promise that a document was opened for when it is posted; free it when it is cancelled.

    One that was taken back meanwhile stays so.
    """
    is_of = (ReservationRow.document == document_id) & (ReservationRow.status == ReservationStatus.OPEN)
    row = ReservationRow.get_or_none(is_of)
    if row is None:
        return
    if posted:
        finish(row.id, ReservationStatus.FULFILLED)
    else:
        ReservationRow.update(document=None).where(ReservationRow.id == row.id).execute()


def finish(reservation_id: int, status: ReservationStatus) -> None:
    """End an open reservation; raise RefusedError(NOT_OPEN) when it is not open."""
    changed = (
        ReservationRow.update(status=status)
        .where((ReservationRow.id == reservation_id) & (ReservationRow.status == ReservationStatus.OPEN))
        .execute()
    )
    if not changed:
        raise not_open(reservation_by_id(reservation_id))
    execute(
        "DELETE FROM reserved_day WHERE piece_id IN "
        "(SELECT id FROM reserved_piece WHERE reservation_id = :reservation_id)",
        reservation_id=reservation_id,
    )


def not_open(reservation: Reservation) -> RefusedError:
    """Return the refusal of a reservation that has ended."""
    return RefusedError(RefusalCode.NOT_OPEN, document=reservation.party_name, status=None)
