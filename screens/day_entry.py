"""A day asked of a person, as it is written on paper or as so many days from now."""

from collections.abc import Callable
from datetime import date, timedelta

from textual.app import App

from screens.entry import Entry
from store.domain.language import _


async def ask_day(
    app: App[object],
    text: str,
    *,
    today: date,
    value: date | None = None,
    check: Callable[[date], str | None] | None = None,
    bell: bool = True,
) -> date | None:
    """Ask `text` and return a day, or None when the person went back.

    `+7` is a week from `today`. `check` returns what is wrong with a day, or None.
    """

    def wrong(answer: str) -> str | None:
        day = parse_day(answer, today)
        if day is None:
            return _("Write it as {example}, or +7 for a week from now.").format(example=today.isoformat())
        return check(day) if check else None

    shown = value.isoformat() if value else ""
    answer = await app.push_screen_wait(Entry(text, value=shown, check=wrong, takes_scans=True, bell=bell))
    return None if answer is None else parse_day(answer, today)


def parse_day(text: str, today: date) -> date | None:
    """Return the day that `text` names: 2026-03-02, 02.03.2026, 2.3.2026, or +7; None for anything else."""
    stripped = text.strip()
    if stripped.startswith("+") and stripped[1:].isdecimal() and len(stripped) <= len("+9999"):
        return today + timedelta(days=int(stripped))
    try:
        if "." in stripped:
            day, month, year = (int(part) for part in stripped.split("."))
            return date(year, month, day)
        return date.fromisoformat(stripped)
    except ValueError:
        return None
