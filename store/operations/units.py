"""What happens to a unit outside documents: further numbers, and its condition."""

from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Actor, Identifier
from store.domain.serials import key_of
from store.domain.terms import Condition, IdentifierType
from store.models.movements import ConditionChangeRow
from store.models.units import IdentifierRow, UnitRow
from store.transaction import RaceLostError


def add_identifier(unit_id: int, identifier: Identifier) -> None:
    """Give a unit a further number, by which it is found from now on.

    Raises RefusedError: EMPTY, EXISTS when the unit has it, or when an own inventory number is another's.
    """
    key = key_of(identifier.text)
    if not key:
        raise RefusedError(RefusalCode.EMPTY)
    same = (IdentifierRow.key == key) & (IdentifierRow.type == identifier.type)
    if identifier.type is not IdentifierType.INVENTORY:
        same &= IdentifierRow.unit == unit_id
    if IdentifierRow.select().where(same).exists():
        raise RefusedError(RefusalCode.EXISTS, text=identifier.text)
    IdentifierRow.create(unit=unit_id, type=identifier.type, text=identifier.text, key=key)


def change_condition(actor: Actor, unit_id: int, condition: Condition, *, reason: str) -> None:
    """Change a unit's condition and keep a row of it; the same condition again changes nothing.

    Raises RefusedError: UNKNOWN when there is no such unit, REASON_NEEDED.
    """
    unit = UnitRow.get_or_none(UnitRow.id == unit_id)
    if unit is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(unit_id))
    if unit.condition is condition:
        return
    if not reason.strip():
        raise RefusedError(RefusalCode.REASON_NEEDED)
    changed = (
        UnitRow.update(condition=condition, version=UnitRow.version + 1)
        .where((UnitRow.id == unit_id) & (UnitRow.version == unit.version))
        .execute()
    )
    if not changed:
        raise RaceLostError
    ConditionChangeRow.create(
        unit=unit_id,
        from_condition=unit.condition,
        to_condition=condition,
        reason=reason.strip(),
        operator=actor.operator.id,
        operator_name=actor.operator.name,
        effective_at=actor.at,
        recorded_at=actor.at,
    )
