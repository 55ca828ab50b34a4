"""A form of rows: each shows what was entered, a digit changes it, F10 saves the whole."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, TypeVar
from uuid import uuid4

from textual import on
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.choice import yes_or_no
from screens.commands import Command
from screens.entry import Entry
from screens.frame import Frame, Job
from screens.paged_choice import pick_listed
from screens.session import Session
from screens.widgets.choices import Choices
from store.domain.language import N_, _

SAVE = Command(code="SAVE", key="f10", label=N_("Save"), action="save", help=N_("Save what was entered."))
Picked = TypeVar("Picked")


class Changed(Message):
    """Something was entered."""


class Form(Frame):
    """Asks row by row. Nothing is written before it is saved, and then once: a form has its own token."""

    OFFERS: ClassVar[tuple[Command, ...]] = (SAVE,)
    CSS_PATH: ClassVar = ["frame.tcss", "service.tcss"]

    def __init__(self, session: Session) -> None:
        """Begin empty."""
        super().__init__(session)
        self.token = str(uuid4())
        self.is_saved = False
        self.is_changed = False

    def rows(self) -> list[tuple[str, Job]]:
        """Return the rows, and the job behind each."""
        raise NotImplementedError

    def lacks(self) -> Job | None:
        """Return the job that asks for what is needed and not there yet; None: it can be saved."""
        return None

    async def write(self) -> None:
        """Write what was entered. Part of a job."""
        raise NotImplementedError

    async def ask(self, app: App[object]) -> bool:
        """Show this form and tell whether it was saved."""
        await app.push_screen_wait(self)
        return self.is_saved

    def compose_body(self) -> ComposeResult:
        """Build the rows."""
        yield Choices(id="rows")

    def on_mount(self) -> None:
        """Ask first for what is needed."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self.begin)

    async def begin(self) -> None:
        """Read what the form offers, and ask for what it cannot do without."""
        self.post_message(Changed())
        first = self.lacks()
        if first is not None:
            await first()
            self.post_message(Changed())

    @on(Changed)
    def _fill(self) -> None:
        rows = self.query_one(Choices)
        highlighted = rows.highlighted or 0
        rows.fill(text for text, _job in self.rows())
        rows.highlighted = min(highlighted, rows.option_count - 1)
        self.show_title()
        self.say(_("Digit: change a row.") if self.lacks() else _("F10 saves it."))

    @on(OptionList.OptionSelected)
    def _change_row(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._change, self.rows()[message.option_index][1]))

    async def _change(self, job: Job) -> None:
        await job()
        self.is_changed = True
        self.post_message(Changed())

    async def ask_text(
        self, question: str, value: str, *, check: Callable[[str], str | None] | None = None
    ) -> str:
        """Ask for a line of text and return it, or `value` when the person went back."""
        entry = Entry(question, value=value, takes_scans=True, check=check, bell=self.session.bell)
        answer = await self.app.push_screen_wait(entry)
        return value if answer is None else answer.strip()

    async def pick(self, question: str, options: Sequence[tuple[Picked, str]]) -> Picked | None:
        """Ask for one of several options and return it; None: none of them."""
        return await pick_listed(self, question, options)

    def action_save(self) -> None:
        """Save what was entered."""
        self.enqueue(self._save)

    async def _save(self) -> None:
        missing = self.lacks()
        if missing is not None:
            await missing()
            self.post_message(Changed())
        if self.lacks() is not None:
            return
        await self.write()
        self.is_saved = True
        self.dismiss()

    def action_back(self) -> None:
        """Go back, and ask first when something was entered."""
        self.enqueue(self._go_back)

    async def _go_back(self) -> None:
        if self.is_changed:
            question = yes_or_no(_("Leave without saving?"), bell=self.session.bell)
            if await self.app.push_screen_wait(question) != 0:
                return
        self.dismiss()
