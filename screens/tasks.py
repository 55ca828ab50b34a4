"""What is to be done: my tasks, and everybody's that are late. One is done together with its event."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.commands import Command
from screens.days import today_of
from screens.finder import row_text
from screens.frame import Frame
from screens.naming import ask_named
from screens.new_task import NewTaskForm
from screens.paged_choice import pick_listed
from screens.service_words import due_text
from screens.session import Session
from screens.task_work import task_facts, work_on
from screens.unit_card import UnitCard
from screens.widgets.choices import Choices
from store.domain.language import N_, _, ngettext
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.domain.tasks import Task
from store.operations.recurring import make_due_tasks
from store.queries.tasks import PAGE, my_tasks, overdue

NEW = Command(
    code="NEW", key="f2", label=N_("New"), action="new", help=N_("Set a task that belongs to no unit.")
)
LATE = Command(
    code="LATE",
    key="f3",
    label=N_("Late"),
    action="switch",
    help=N_("Switch between my tasks and all that are late."),
)
FURTHER = Command(
    code="OLDER", key="f4", label=N_("Further"), action="further", help=N_("Show the tasks after these.")
)


class Listed(Message):
    """Tasks were read from the store."""

    def __init__(self, found: tuple[Task, ...]) -> None:
        """Carry what was `found`."""
        super().__init__()
        self.found = found


class Tasks(Frame):
    """Choose a task by its digit, or by a scan of its unit."""

    OFFERS: ClassVar[tuple[Command, ...]] = (NEW, LATE, FURTHER)
    CSS_PATH: ClassVar = ["frame.tcss", "service.tcss"]

    def __init__(self, session: Session, *, late: bool = False) -> None:
        """List my tasks, or all that are `late`."""
        super().__init__(session)
        self._late = late
        self._found: tuple[Task, ...] = ()
        self._skip = 0
        self._after: Task | None = None

    def title_text(self) -> str:
        """Return whose tasks are listed."""
        return _("Late tasks") if self._late else _("My tasks")

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="tasks")

    def on_mount(self) -> None:
        """Read the tasks."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._begin)

    async def _begin(self) -> None:
        """Make the tasks of services that are due again first."""
        await self.session.lane.write(make_due_tasks, self.session.actor())
        await self._read()

    async def _read(self) -> None:
        lane, today = self.session.lane, today_of(self.session)
        if self._late:
            found = await lane.read(overdue, today, after=self._after)
        else:
            found = await lane.read(my_tasks, self.session.actor().operator.id, skip=self._skip)
        self.post_message(Listed(found))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self._found = message.found
        found, today = self._found, today_of(self.session)
        self.query_one(Choices).lay_out(
            lambda width: [
                row_text(task.title, " | ".join(task_facts(task, today, whose=self._late)), width, 30)
                for task in found
            ]
        )
        self.show_title()
        count = len(self._found)
        self.say(ngettext("{count} task", "{count} tasks", count).format(count=count))

    def action_switch(self) -> None:
        """Switch between my tasks and all that are late."""
        self._late, self._skip, self._after = not self._late, 0, None
        self.enqueue(self._read)

    def action_further(self) -> None:
        """Show the tasks after these; after the last ones the first again."""
        is_full = len(self._found) == PAGE
        self._skip = self._skip + PAGE if is_full else 0
        self._after = self._found[-1] if is_full else None
        self.enqueue(self._read)

    def action_new(self) -> None:
        """Set a task that belongs to no unit."""
        self.enqueue(self._add)

    async def _add(self) -> None:
        await NewTaskForm(self.session).ask(self.app)
        await self._read()

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._work_on, self._found[message.option_index].id))

    async def take_scan(self, scan: Scan) -> None:
        """Work on the task of the scanned unit, on which of several is asked; without one, show the unit."""
        hit = await ask_named(self, scan, {Named.UNIT})
        if hit is None:
            return
        waiting = [task for task in self._found if task.unit_id == hit.id]
        if not waiting:
            await self.app.push_screen_wait(await UnitCard.opened(self.session, hit.id))
            await self._read()
            return
        task = waiting[0] if len(waiting) == 1 else await self._which(waiting)
        if task is not None:
            await self._work_on(task.id)

    async def _which(self, waiting: Sequence[Task]) -> Task | None:
        today = today_of(self.session)
        options = [(task, f"{task.title}, {due_text(task, today)}") for task in waiting]
        return await pick_listed(self, _("Which task?"), options)

    async def _work_on(self, task_id: int) -> None:
        await work_on(self, task_id)
        await self._read()
