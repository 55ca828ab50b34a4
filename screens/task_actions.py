"""What is done with the tasks of the unit of a card: setting one, and working on one, whosever it is."""

from typing import TYPE_CHECKING, Any

from screens.days import today_of
from screens.new_task import NewTaskForm
from screens.paged_choice import DIGITS, Answers, page_of, pick_of_many
from screens.service_words import due_text
from screens.task_work import work_on
from store.domain.language import _
from store.domain.tasks import Task
from store.queries.tasks import unit_tasks

if TYPE_CHECKING:
    from screens.unit_card import UnitCard

NEW = 0
"""Stands for a task that is none yet."""


async def choose_task(card: "UnitCard") -> None:
    """Ask which open task of the unit is meant, or a new one, and work on it; without one, set the first."""
    session, today = card.session, today_of(card.session)

    def word(task: Task) -> str:
        return ", ".join(text for text in (task.title, due_text(task, today), task.assignee) if text)

    async def read(before: Any) -> Answers:
        room = DIGITS - 1 if before is None else DIGITS
        found = await session.lane.read(
            unit_tasks, card.unit_id, only_open=True, limit=room + 1, before_id=before
        )
        page = page_of(found, word, room=room)
        options = [(task.id, text) for task, text in page.options]
        return Answers(options if before else [(NEW, _("New task")), *options], page.next)

    has_one = await session.lane.read(unit_tasks, card.unit_id, only_open=True, limit=1)
    chosen = await pick_of_many(card, _("Which task?"), read, int) if has_one else NEW
    if chosen is None:
        return
    if chosen == NEW:
        await NewTaskForm(session, card.unit_id, card.title_text()).ask(card.app)
    else:
        await work_on(card, chosen, shows_unit=False)
    await card.read()
