"""Days as people give and read them: a day, or in how many days."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from textual.app import App

from screens.choice import Choice
from screens.entry import Entry
from screens.session import Session
from screens.words import refusal_text
from store.domain.errors import Refusal, RefusalCode
from store.domain.language import _, ngettext
from store.domain.loans import Until

SOON = (7, 14, 30)
"""Days that are offered to choose from."""
LONGEST = 3650
"""Days ahead that still are meant and not mistyped."""


def today_of(session: Session) -> date:
    """Return the day of this terminal's clock."""
    return session.clock().astimezone().date()


def until_text(until: Until) -> str:
    """Return how long something is lent."""
    if until.due is not None:
        return _("to {day}").format(day=until.due.isoformat())
    return _("open-ended, ask on {day}").format(day=until.day.isoformat())


def span_text(untils: Sequence[Until]) -> str:
    """Return how long several pieces are lent, the earliest first: one day, or the first and the last."""
    if not untils:
        return _("all back")
    if len(untils) == 1:
        return until_text(untils[0])
    return _("to {first} ... {last}").format(first=untils[0].day.isoformat(), last=untils[-1].day.isoformat())


def lateness_text(until: Until, today: date) -> str:
    """Return how late something is, or that it has time; with the day."""
    late, asked = until.days_late(today), until.asked_since(today)
    if late:
        return ngettext("{count} day late", "{count} days late", late).format(count=late)
    if asked:
        return ngettext("to be asked for {count} day", "to be asked for {count} days", asked).format(
            count=asked
        )
    return until_text(until)


async def ask_until(app: App[object], session: Session, *, question: str = "") -> Until | None:
    """Ask how long something is lent: to a day, or open-ended with a day to ask again. None: went back."""
    today = today_of(session)
    days = [today + timedelta(days=count) for count in SOON]
    answers = [
        ngettext("{count} day: {day}", "{count} days: {day}", count).format(count=count, day=day.isoformat())
        for count, day in zip(SOON, days, strict=True)
    ]
    answers += [_("To another day"), _("Open-ended")]
    chosen = await app.push_screen_wait(Choice(question or _("How long?"), answers, bell=session.bell))
    if chosen is None:
        return None
    if chosen < len(days):
        return Until(due=days[chosen])
    if chosen == len(days):
        due = await ask_day_ahead(app, session, _("To which day, or for how many days?"))
        return None if due is None else Until(due=due)
    ask_again = await ask_day_ahead(
        app, session, _("Ask again on which day, or in how many days?"), value="30"
    )
    return None if ask_again is None else Until(ask_again=ask_again)


async def ask_day_ahead(app: App[object], session: Session, question: str, *, value: str = "") -> date | None:
    """Ask for a day that has not passed, or in how many days. The barcode QTY 10 answers 'in ten days'."""
    today = today_of(session)

    def passed(day: date) -> str | None:
        return refusal_text(Refusal(RefusalCode.DUE_PAST, {"day": day})) if day < today else None

    text = f"{question} ({today.isoformat()}, 7)"
    return await ask_day(
        app, text, today=today, value=value, check=passed, parse=day_in, takes_scans=False, bell=session.bell
    )


async def ask_day(
    app: App[object],
    text: str,
    *,
    today: date,
    value: date | str | None = None,
    check: Callable[[date], str | None] | None = None,
    parse: Callable[[str, date], date | None] | None = None,
    takes_scans: bool = True,
    bell: bool = True,
) -> date | None:
    """Ask `text` and return a day, or None when the person went back.

    `+7` is a week from `today`. `check` returns what is wrong with a day, or None; `parse` reads the answer
    in another way than `parse_day`.
    """
    read = parse or parse_day

    def wrong(answer: str) -> str | None:
        day = read(answer, today)
        if day is None:
            return _("Write it as {example}, or +7 for a week from now.").format(example=today.isoformat())
        return check(day) if check else None

    shown = value.isoformat() if isinstance(value, date) else value or ""
    answer = await app.push_screen_wait(
        Entry(text, value=shown, check=wrong, takes_scans=takes_scans, bell=bell)
    )
    return None if answer is None else read(answer, today)


def day_in(text: str, today: date) -> date | None:
    """Return the day that `parse_day` finds, or that is as many days away as a bare number says."""
    if text.strip().isdecimal():
        return today + timedelta(days=int(text)) if int(text) <= LONGEST else None
    return parse_day(text, today)


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
