"""The company's own kinds of events, and the teams that tasks are given to, as rows of master data."""

from store.domain.errors import RefusalCode, RefusedError
from store.domain.lists import Row
from store.models.events import EventKindRow
from store.models.people import OperatorRow
from store.models.tasks import TeamMemberRow, TeamRow
from store.operations.cells import LAST, WrongCellError, flag, whole


def add_event_kind(row: Row) -> None:
    """Add a kind of events. Raises RefusedError(EMPTY)."""
    _check_name(row)
    known = EventKindRow.create(code=row["code"].strip(), name=row["name"].strip())
    edit_event_kind(known, row)


def edit_event_kind(known: EventKindRow, row: Row) -> bool:
    """Change one of the company's own kinds; what was told keeps the name that it had then.

    Raises RefusedError: EMPTY, EXISTS for a kind that the program knows by itself.
    """
    if known.is_built_in:
        raise RefusedError(RefusalCode.EXISTS, text=known.code, column="code")
    _check_name(row)
    values: dict[str, object] = {name: row[name].strip() for name in ("name", "name_pl") if name in row}
    if row.get("position"):
        values["position"] = whole(row, "position", 0, LAST)
    values |= {name: flag(row, name) for name in ("stays_open", "retired") if name in row}
    return _written(EventKindRow, known, values)


def add_team(row: Row) -> None:
    """Add a team with its members. Raises RefusedError(EMPTY)."""
    _check_name(row)
    known = TeamRow.create(code=row["code"].strip(), name=row["name"].strip(), retired=False)
    edit_team(known, row)


def edit_team(known: TeamRow, row: Row) -> bool:
    """Change a team: its members are those that the row names, and one team at most takes services."""
    _check_name(row)
    values: dict[str, object] = {"name": row["name"].strip()} if "name" in row else {}
    values |= {name: flag(row, name) for name in ("takes_services", "retired") if name in row}
    if values.get("takes_services") and not known.takes_services:
        TeamRow.update(takes_services=False).where(TeamRow.takes_services).execute()
    changed = _written(TeamRow, known, values)
    return ("members" in row and _members(known, row["members"])) or changed


def _members(known: TeamRow, text: str) -> bool:
    wanted = operators_of(text)
    member = TeamMemberRow.team == known.id
    had = {each.operator_id for each in TeamMemberRow.select().where(member)}
    if had - wanted:
        TeamMemberRow.delete().where(member & TeamMemberRow.operator.in_(sorted(had - wanted))).execute()
    for operator_id in sorted(wanted - had):
        TeamMemberRow.create(team=known.id, operator=operator_id)
    return had != wanted


def operators_of(text: str) -> set[int]:
    """Return the operators whose codes a text names."""
    known = {row.code: row.id for row in OperatorRow.select(OperatorRow.id, OperatorRow.code)}
    codes = text.split()
    if not known.keys() >= set(codes):
        raise WrongCellError("members", ", ".join(sorted(known)[:20]))
    return {known[code] for code in codes}


def _check_name(row: Row) -> None:
    for column in ("code", "name"):
        if column in row and not row[column].strip():
            raise RefusedError(RefusalCode.EMPTY, column=column)


def _written(model: type[EventKindRow] | type[TeamRow], known: object, values: dict[str, object]) -> bool:
    """Write the values that differ; tell whether any did."""
    changed = {name: value for name, value in values.items() if getattr(known, name) != value}
    if changed:
        model.update(**changed).where(model.id == known.id).execute()  # type: ignore[attr-defined]
    return bool(changed)
