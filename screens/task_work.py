"""Working on one task: doing it with its event, ticking its checklist off, giving it up or to another."""

from datetime import date
from functools import partial
from uuid import uuid4

from screens.assignee_choice import ask_assignee
from screens.choice import Choice
from screens.days import ask_day, today_of
from screens.entry import Entry
from screens.frame import Frame, Job
from screens.hand_entry import parse_quantity
from screens.new_event import reading_fault
from screens.service_words import PRIORITIES, due_text, kind_options
from store.domain.events import BuiltIn
from store.domain.language import _
from store.domain.tasks import Priority, Task, TaskItem, Team
from store.operations.tasks import assign_task, do_task, drop_task, put_off_task, tick_item
from store.queries.events import kinds
from store.queries.tasks import task_by_id


async def work_on(frame: Frame, task_id: int, *, shows_unit: bool = True) -> None:
    """Ask what to do with a task and do it; ticking its checklist off asks again. Part of a job of `frame`.

    `shows_unit` offers the card of its unit as well.
    """
    task = await frame.session.lane.read(task_by_id, task_id)
    answers = _answers(frame, task)
    if shows_unit and task.unit_id is not None:
        answers.append((_("Show the unit"), partial(_show_unit, frame, task.unit_id)))
    words = [word for word, _job in answers]
    question = Choice(_told(task, today_of(frame.session)), words, bell=frame.session.bell)
    chosen = await frame.app.push_screen_wait(question)
    if chosen is None:
        return
    await answers[chosen][1]()
    if 1 <= chosen <= len(task.items):
        await work_on(frame, task_id, shows_unit=shows_unit)


def task_facts(task: Task, today: date, *, whose: bool) -> list[str]:
    """Return what a row says of a task beside its title; `whose` it is, where that is not plain."""
    urgent = [_(PRIORITIES[task.priority])] if task.priority is Priority.HIGH else []
    names = [task.assignee or _("nobody yet")] if whose else []
    unit = [f"{task.serial} {task.product_name}"] if task.unit_id else []
    return [due_text(task, today), *urgent, *names, *unit]


def _told(task: Task, today: date) -> str:
    return "\n".join(part for part in (task.title, *task_facts(task, today, whose=True), task.text) if part)


def _answers(frame: Frame, task: Task) -> list[tuple[str, Job]]:
    points = [
        (f"[{'x' if item.is_done else ' '}] {item.text}", partial(_tick, frame, item)) for item in task.items
    ]
    return [
        (_("Done"), partial(_do, frame, task)),
        *points,
        (_("Need not be done"), partial(_drop, frame, task)),
        (_("Give it to another"), partial(_assign, frame, task)),
        (_("Change the day"), partial(_put_off, frame, task)),
    ]


async def _do(frame: Frame, task: Task) -> None:
    """Ask what came of it and, where the meter decides, what it shows; do it in one step."""
    kind = await _ask_kind(frame, task)
    if kind is None:
        return
    entry = Entry(_("What was done?"), takes_scans=True, bell=frame.session.bell)
    text = await frame.app.push_screen_wait(entry)
    if text is None:
        return
    meter = None
    if task.unit_id and (task.every_meter is not None or task.due_meter is not None):
        question = Entry(_("What does the meter show?"), check=reading_fault, bell=frame.session.bell)
        reading = await frame.app.push_screen_wait(question)
        if reading is None:
            return
        meter = parse_quantity(reading)
    actor, token = frame.session.actor(), str(uuid4())
    await frame.session.lane.write(do_task, actor, task.id, kind=kind, text=text, meter=meter, token=token)


async def _ask_kind(frame: Frame, task: Task) -> str | None:
    """Ask as what it stands in the unit's history, where that is not settled; None: the person went back."""
    if task.is_planned or task.unit_id is None:
        return BuiltIn.NOTE
    options = kind_options(await frame.session.lane.read(kinds), first=BuiltIn.NOTE)
    words = [word for _code, word in options]
    question = Choice(_("Done: what kind of event is it?"), words, bell=frame.session.bell)
    chosen = await frame.app.push_screen_wait(question)
    return None if chosen is None else options[chosen][0]


async def _tick(frame: Frame, item: TaskItem) -> None:
    actor = frame.session.actor()
    await frame.session.lane.write(tick_item, actor, item.id, is_done=not item.is_done)


async def _drop(frame: Frame, task: Task) -> None:
    reason = await frame.app.push_screen_wait(Entry(_("Why?"), bell=frame.session.bell))
    if reason is not None:
        actor, token = frame.session.actor(), str(uuid4())
        await frame.session.lane.write(drop_task, actor, task.id, reason=reason, token=token)


async def _assign(frame: Frame, task: Task) -> None:
    chosen = await ask_assignee(frame)
    if chosen is not None:
        is_team = isinstance(chosen, Team)
        await frame.session.lane.write(
            assign_task, frame.session.actor(), task.id,
            operator_id=None if is_team else chosen.id, team_id=chosen.id if is_team else None,
        )  # fmt: skip


async def _put_off(frame: Frame, task: Task) -> None:
    today = today_of(frame.session)
    day = await ask_day(
        frame.app, _("Until which day?"), today=today, value=task.due, bell=frame.session.bell
    )
    if day is not None:
        await frame.session.lane.write(put_off_task, frame.session.actor(), task.id, day)


async def _show_unit(frame: Frame, unit_id: int) -> None:
    from screens.unit_card import UnitCard

    await frame.app.push_screen_wait(await UnitCard.opened(frame.session, unit_id))
