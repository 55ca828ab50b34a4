"""Asking for the value of a field, each type in its own way: by typing, by digits, or by a scan."""

from collections.abc import Callable

from textual.app import App

from screens.choice import Choice
from screens.entry import Entry
from screens.party_choice import AnyParty
from screens.session import Session
from screens.words import refusal_text
from store.domain.errors import RefusedError
from store.domain.field_values import NO, SEPARATOR, YES, choices_of, parse
from store.domain.fields import Field, FieldType
from store.domain.language import _


async def ask_value(
    app: App[object], session: Session, field: Field, text: str = "", *, required: bool = False
) -> str | None:
    """Ask for the value of `field`, which is `text` now, and return what is to be stored.

    An empty text takes the value away. None: the person went back.
    """
    if field.type is FieldType.YES_NO:
        answers = {_("Yes"): YES, _("No"): NO}
        return await _chosen(app, session, field, answers, required=required or not text)
    if field.type is FieldType.CHOICE:
        answers = {choice: choice for choice in field.choices}
        return await _chosen(app, session, field, answers, required=required or not text)
    if field.type is FieldType.CHOICES:
        return await _several(app, session, field, text)
    if field.type is FieldType.LINES:
        return await ask_lines(app, session, field.name, text)
    if field.type is FieldType.PARTY and not text:
        party = await AnyParty(session).ask(app)
        return party.code if party else None
    label = f"{field.name} ({field.measure})?" if field.measure else f"{field.name}?"
    check = _fault(field, required=required)
    entry = Entry(label, value=text or field.default, takes_scans=True, check=check, bell=session.bell)
    answer = await app.push_screen_wait(entry)
    return None if answer is None else answer.strip()


def _fault(field: Field, *, required: bool) -> Callable[[str], str | None]:
    """Return what tells what is wrong with an answer; nothing at all is one unless it is required."""

    def wrong(text: str) -> str | None:
        if not text.strip() and not required:
            return None
        try:
            parse(field, text)
        except RefusedError as error:
            return refusal_text(error.refusal)
        return None

    return wrong


async def _chosen(
    app: App[object], session: Session, field: Field, answers: dict[str, str], *, required: bool
) -> str | None:
    rows = list(answers)
    if not required:
        rows.append(_("No value"))
    chosen = await app.push_screen_wait(Choice(f"{field.name}?", rows, bell=session.bell))
    if chosen is None:
        return None
    return answers.get(rows[chosen], "")


async def _several(app: App[object], session: Session, field: Field, text: str) -> str | None:
    """Let choices be switched on and off until it is done.

    What is kept and no choice any more is listed too, and stays until somebody switches it off.
    """
    kept = choices_of(text)
    offered = [*field.choices, *(choice for choice in kept if choice not in field.choices)]
    taken = set(kept)
    while True:
        marked = [f"[x] {choice}" if choice in taken else f"[ ] {choice}" for choice in offered]
        question = Choice(f"{field.name}?", [_("Done"), *marked], bell=session.bell)
        chosen = await app.push_screen_wait(question)
        if chosen is None:
            return None
        if chosen == 0:
            return text if taken == set(kept) else SEPARATOR.join(each for each in offered if each in taken)
        taken ^= {offered[chosen - 1]}


async def ask_lines(app: App[object], session: Session, name: str, text: str) -> str | None:
    """Ask for a text of several lines: each is typed or scanned, changed by its digit, emptied to go away."""
    lines = text.split("\n") if text else []
    while True:
        question = Choice(f"{name}?", [_("Done"), _("Add a line"), *lines], bell=session.bell)
        chosen = await app.push_screen_wait(question)
        if chosen is None:
            return None
        if chosen == 0:
            return "\n".join(lines)
        place = chosen - 2
        old = lines[place] if place >= 0 else ""
        entry = Entry(_("Line?"), value=old, takes_scans=True, bell=session.bell)
        answer = await app.push_screen_wait(entry)
        if answer is None:
            continue
        if place < 0:
            lines += [answer.strip()] if answer.strip() else []
        else:
            lines[place : place + 1] = [answer.strip()] if answer.strip() else []
