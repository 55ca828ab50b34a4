"""The home menu: what can be done here, one digit each; a scan opens what it names."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList

from screens.choice import yes_or_no
from screens.commands import Command
from screens.days import today_of
from screens.frame import Frame
from screens.menu_counts import counted, is_counted
from screens.menu_items import home_rows, label_of, rows_of
from screens.named_screen import NAMES, screen_of
from screens.naming import ask_named
from screens.session import Session
from screens.widgets.choices import Choices, numbered
from store.domain.language import _
from store.domain.scan import Scan

"""What a scan opens: a unit's card, a document, the units of a product, the holdings of a party."""


class Counted(Message):
    """What waits behind the rows was counted."""

    def __init__(self, told: dict[str, str]) -> None:
        """Carry what the rows say, by their names."""
        super().__init__()
        self.told = told


class Menu(Frame):
    """A menu: a digit opens its row; a scan opens what it names, as it does at home."""

    CSS_PATH: ClassVar = ["frame.tcss", "home.tcss"]
    OFFERS: ClassVar[tuple[Command, ...]] = ()

    def __init__(self, session: Session, group: str = "") -> None:
        """Show the rows of `group`; empty: those of the home menu, the groups among them."""
        super().__init__(session)
        self._group = group
        self._rows = rows_of(session, group) if group else home_rows()

    def title_text(self) -> str:
        """Return what can be chosen here."""
        return _(self._group)

    def compose_body(self) -> ComposeResult:
        """Build the menu."""
        yield Choices((label_of(row) for row in self._rows), id="menu")

    def on_mount(self) -> None:
        """Let digits and arrows choose."""
        super().on_mount()
        self.query_one(Choices).focus()

    def on_screen_resume(self) -> None:
        """Count anew what waits, where a row says it."""
        if self.session.operator is not None and is_counted(self._names):
            self.enqueue(self._count)

    @property
    def _names(self) -> list[str]:
        return [row if isinstance(row, str) else row.label for row in self._rows]

    async def _count(self) -> None:
        operator = self.session.actor().operator
        told = await self.session.lane.read(counted, self._names, operator.id, today_of(self.session))
        self.post_message(Counted(told))

    @on(Counted)
    def _show_counts(self, message: Counted) -> None:
        menu = self.query_one(Choices)
        for number, name in enumerate(self._names):
            if name in message.told:
                text = f"{label_of(self._rows[number])} {message.told[name]}".rstrip()
                menu.replace_option_prompt_at_index(number, Text(numbered(number + 1, text)))

    @on(OptionList.OptionSelected)
    def _open_row(self, message: OptionList.OptionSelected) -> None:
        row = self._rows[message.option_index]
        if isinstance(row, str):
            self.enqueue(partial(self._show, partial(Menu, group=row)))
        elif row.opens is None:
            self.enqueue(self.sign_out)
        else:
            self.enqueue(partial(self._show, row.opens))

    async def _show(self, opens: Callable[[Session], Screen[Any]]) -> None:
        await self.app.push_screen_wait(opens(self.session))

    async def take_scan(self, scan: Scan) -> None:
        """Open what a scan names: a unit's card, a document."""
        hit = await ask_named(self, scan, NAMES)
        if hit is not None:
            await self.app.push_screen_wait(await screen_of(self.session, hit))

    async def sign_out(self) -> None:
        """Ask whether to sign out, and go back to the sign-in. It is a job."""
        if await self.app.push_screen_wait(yes_or_no(_("Sign out?"), bell=self.session.bell)) != 0:
            return
        for screen in reversed(self.app.screen_stack):
            if isinstance(screen, Menu):
                screen.dismiss()


class Home(Menu):
    """Where every operator begins. Leaving it signs out."""

    IS_BOTTOM = True

    def title_text(self) -> str:
        """Return the location and who works here."""
        terminal, operator = self.session.terminal, self.session.operator
        return " ".join(part.name for part in (terminal and terminal.location, operator) if part)

    def action_back(self) -> None:
        """Ask whether to sign out."""
        self.enqueue(self.sign_out)
