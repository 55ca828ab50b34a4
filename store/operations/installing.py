"""Building one unit into another, and taking it out again; both histories tell of it."""

from datetime import date, datetime
from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.domain.events import WAYS, BuiltIn, Way
from store.domain.records import Actor
from store.domain.terms import Nature
from store.models.events import UnitLinkRow
from store.models.moments import from_store
from store.models.sql import select
from store.operations.events import record_event
from store.queries.reservations import holder_of_days

_UNITS = """
    SELECT u.id, u.serial, u.place_id, u.owner_id, u.terms, u.last_movement_at, p.name AS product, y.nature,
           coalesce(l.name, h.name, '') AS place, k.other_id AS carrier_id, w.serial AS carrier,
           v.name AS carrier_product
    FROM unit u JOIN product p ON p.id = u.product_id JOIN product_kind y ON y.id = p.kind_id
         LEFT JOIN location l ON l.place_id = u.place_id LEFT JOIN party h ON h.place_id = u.place_id
         LEFT JOIN unit_link k ON k.unit_id = u.id AND k.kind = 'installed' AND k.ended_at IS NULL
         LEFT JOIN unit w ON w.id = k.other_id LEFT JOIN product v ON v.id = w.product_id
    WHERE u.id IN (:part_id, :carrier_id)
"""
_ABOVE = """
    WITH RECURSIVE above (id) AS (
        SELECT CAST(:carrier_id AS BIGINT)
        UNION SELECT k.other_id FROM above JOIN unit_link k
              ON k.unit_id = above.id AND k.kind = 'installed' AND k.ended_at IS NULL
    )
    SELECT id FROM above WHERE id = :part_id
"""


def install(actor: Actor, part_id: int, carrier_id: int, *, text: str = "", token: str) -> None:
    """Build the unit `part_id` into `carrier_id`: from now on it goes where that one goes.

    Both must be at one place, of one owner and on the same terms; an upgrade is told of both. Called again
    with the same `token` it does no more. Raises RefusedError: UNKNOWN, IS_SERVICE for what lies nowhere,
    INSTALLED when the part is in a unit already, NOT_TOGETHER, also when both are written off, SAME_UNIT when
    the one is, or is within, the other, RESERVED when the part was promised to somebody: they get it alone.
    """
    part, carrier = _both(part_id, carrier_id)
    if part["carrier_id"] == carrier_id:
        return
    if part["carrier_id"] is not None:
        raise RefusedError(
            RefusalCode.INSTALLED,
            serial=part["serial"], carrier=part["carrier"], product=part["carrier_product"],
        )  # fmt: skip
    if part_id == carrier_id or select(_ABOVE, part_id=part_id, carrier_id=carrier_id):
        raise RefusedError(RefusalCode.SAME_UNIT, serial=part["serial"])
    for each in (part, carrier):
        if each["nature"] == Nature.SERVICE:
            raise RefusedError(RefusalCode.IS_SERVICE, product=each["product"])
    if part["place_id"] is None or any(
        part[fact] != carrier[fact] for fact in ("place_id", "owner_id", "terms")
    ):
        raise RefusedError(
            RefusalCode.NOT_TOGETHER,
            serial=part["serial"], place=part["place"], carrier=carrier["serial"], other=carrier["place"],
        )  # fmt: skip
    promised = holder_of_days([part_id], since=actor.at.astimezone().date(), until=date.max)
    if promised is not None:
        raise RefusedError(RefusalCode.RESERVED, **promised)
    moment = max(actor.at, *(from_store(each["last_movement_at"]) for each in (part, carrier)))
    event_id = _tell(actor, part, carrier, text, moment, token, (Way.BUILT_INTO, Way.BUILT_IN))
    UnitLinkRow.create(
        kind="installed", unit=part_id, other=carrier_id, event=event_id, begun_at=moment, ended_at=None
    )


def take_out(actor: Actor, part_id: int, *, text: str = "", token: str) -> None:
    """Take the unit `part_id` out of what it is built into; it stays where that one is, whose it is.

    Raises RefusedError: UNKNOWN, NOT_INSTALLED.
    """
    link = UnitLinkRow.get_or_none(
        (UnitLinkRow.unit == part_id) & (UnitLinkRow.kind == "installed") & UnitLinkRow.ended_at.is_null()
    )
    if link is None:
        raise RefusedError(RefusalCode.NOT_INSTALLED)
    part, carrier = _both(part_id, link.other_id)
    moment = max(actor.at, link.begun_at)
    event_id = _tell(actor, part, carrier, text, moment, token, (Way.TAKEN_OUT_OF, Way.TAKEN_OUT))
    UnitLinkRow.update(ended_at=moment, ended_event=event_id).where(UnitLinkRow.id == link.id).execute()


def _both(part_id: int, carrier_id: int) -> tuple[dict[str, Any], dict[str, Any]]:
    rows = {row["id"]: row for row in select(_UNITS, part_id=part_id, carrier_id=carrier_id)}
    for unit_id in (part_id, carrier_id):
        if unit_id not in rows:
            raise RefusedError(RefusalCode.UNKNOWN, text=str(unit_id))
    return rows[part_id], rows[carrier_id]


def _tell(
    actor: Actor,
    part: dict[str, Any],
    carrier: dict[str, Any],
    text: str,
    moment: datetime,
    token: str,
    ways: tuple[Way, Way],
) -> int:
    """Tell an upgrade of both units, each its way, and return the id of the part's event.

    Kept is the other unit, then the text: which way it went is worded for whoever reads it.
    """
    by = Actor(operator=actor.operator, terminal=actor.terminal, at=moment)
    words = {
        unit["id"]: ", ".join(
            each for each in (f"{other['product']} {other['serial']}", text.strip()) if each
        )
        for unit, other in ((part, carrier), (carrier, part))
    }
    of_part, of_carrier = (f"{token}{WAYS[way]}" for way in ways)
    record_event(by, carrier["id"], BuiltIn.UPGRADE, words[carrier["id"]], token=of_carrier)
    return record_event(by, part["id"], BuiltIn.UPGRADE, words[part["id"]], token=of_part).id
