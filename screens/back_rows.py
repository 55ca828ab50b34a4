"""What a return says of the piece that was scanned last: whose it was, under what, how late, how it is."""

from collections.abc import Sequence
from datetime import date

from screens.days import lateness_text
from screens.widgets.text_line import shorten
from screens.words import word
from store.domain.language import _
from store.domain.loans import ComingBack
from store.domain.terms import Condition, Terms

FOUND = (Condition.NEW, Condition.USED, Condition.DAMAGED, Condition.BLOCKED)
"""The conditions in the order of their digits; the digit after them is 'as it was'."""
FULL_WIDTH = 60
"""Columns from which on what belongs together stands in one row."""


def back_rows(back: ComingBack, today: date, width: int) -> list[str]:
    """Return the rows of a piece that comes back, for so many columns."""
    under = [_under(back)]
    if back.until is not None:
        under.append(lateness_text(back.until, today))
    with_it = _("With it: {what}").format(what=back.accessories) if back.accessories else ""
    rows = [[back.what, back.holder], under, [with_it], [back.note]]
    if width < FULL_WIDTH:
        # The piece itself is the last of the scans below.
        rows[0] = [back.holder]
        told = [shorten(text, width) for row in rows for text in row if text]
    else:
        told = [shorten("  ".join(part for part in row if part), width) for row in rows if any(row)]
    return [*told, condition] if (condition := _condition(back)) else told


def _under(back: ComingBack) -> str:
    """Return the rental, or why a sold unit comes back, or on which terms it was there."""
    if back.back_as is not None:
        return word(back.back_as)
    return back.number or (word(back.terms) if back.terms is not Terms.RENTED else "")


def _condition(back: ComingBack) -> str:
    """Return the condition that was noted, or the question for it."""
    if back.condition is not None:
        return _("Condition: {condition}").format(condition=word(back.condition))
    return _("Condition? {answers}").format(answers="  ".join(_answers(back.was)))


def _answers(was: Condition | None) -> Sequence[str]:
    digits = [f"{digit} {word(condition)}" for digit, condition in enumerate(FOUND, start=1)]
    # Pieces without serials have none of their own, and need none.
    return [*digits, _("Enter: {condition}").format(condition=word(was)) if was else _("Enter: none")]
