"""Saving the definition of a field: what a change of its type would do to stored values is shown before."""

from textual.app import App

from screens.choice import Choice
from screens.session import Session
from store.domain.field_values import choices_of
from store.domain.fields import FieldSpec, FieldType, TypeChange
from store.domain.language import _, ngettext
from store.domain.lists import ListKind, ListRow
from store.operations.administration import administer, save_row
from store.operations.field_types import change_type, preview_type
from store.operations.fields import define_field


async def save_type(
    app: App[object], session: Session, row: ListRow | None, cells: dict[str, str]
) -> tuple[str, ...] | None:
    """Define a field, or change one; return by what it is known. None: the person thought better of it.

    Raises RefusedError as the operations do.
    """
    actor, lane = session.actor(), session.lane
    if row is None:
        field = await lane.write(administer, actor, define_field, _spec(cells))
        return (field.code,)
    if cells["type"] != row.cells["type"]:
        spec = _spec(cells)
        change = await lane.read(preview_type, row.id, spec)
        if change.units:
            answers = (_("Change the type"), _("Leave it as it is"))
            chosen = await app.push_screen_wait(Choice(change_text(change), answers, bell=session.bell))
            if chosen != 0:
                return None
        await lane.write(administer, actor, change_type, actor, row.id, spec)
    await lane.write(save_row, actor, ListKind.FIELDS, cells, is_new=False)
    return (row.cells["code"],)


def change_text(change: TypeChange) -> str:
    """Return what a change of type converts, and what stays as it is."""
    units = ngettext("{count} unit has a value.", "{count} units have a value.", change.units)
    lines = [
        units.format(count=change.units),
        _("Converted: {count}, of these written otherwise: {rewritten}.").format(
            count=change.converts, rewritten=change.rewritten
        ),
    ]
    if change.left:
        lines.append(_("Kept as they are and marked: {count}").format(count=change.left))
        lines += [f"  {' / '.join(text.splitlines())} ({units})" for text, units in change.examples]
    if change.unlisted:
        lines.append("  " + _("and {count} more").format(count=change.unlisted))
    return "\n".join(lines)


def _spec(cells: dict[str, str]) -> FieldSpec:
    return FieldSpec(
        name=cells.get("name", ""),
        type=FieldType(cells.get("type") or FieldType.TEXT),
        measure=cells.get("measure", ""),
        choices=choices_of(cells.get("choices", "")),
        pattern=cells.get("pattern", ""),
        message=cells.get("message", ""),
        default=cells.get("default", ""),
    )
