"""What a unit has in its fields, as plain text for any width."""

from collections.abc import Sequence

from screens.words import word
from store.domain.field_values import shown
from store.domain.fields import UnitField
from store.domain.language import _


def field_rows(fields: Sequence[UnitField]) -> list[str]:
    """Return a row for each field that is to be on the card, or has a value."""
    return [field_row(found) for found in fields if found.text or (found.applies and found.on_card)]


def field_row(found: UnitField) -> str:
    """Return a field with what the unit has in it, and what is odd about that."""
    text = shown(found.field, found.text, found.named) if found.text else "-"
    marks = []
    if not found.applies:
        marks.append(_("no longer of its kind"))
    if not found.fits:
        marks.append(_("not yet: {type}").format(type=word(found.field.type)))
    if found.applies and found.required and not found.text:
        marks.append(_("required"))
    row = f"{found.field.name}: " + " / ".join(text.split("\n"))
    return row + (f" ({', '.join(marks)})" if marks else "")
