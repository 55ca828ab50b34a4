"""Where an administrator begins: the lists of master data."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList

from screens.frame import Frame
from screens.master_columns import NAMES
from screens.master_list import MasterList
from screens.widgets.choices import Choices
from store.domain.language import _
from store.domain.lists import ListKind


class Administration(Frame):
    """The lists, a digit each."""

    CSS_PATH: ClassVar = ["frame.tcss", "record_form.tcss"]

    def title_text(self) -> str:
        """Return where this is."""
        return _("Administration")

    def compose_body(self) -> ComposeResult:
        """Build the menu."""
        yield Choices((_(name) for name in NAMES.values()), id="rows")

    def on_mount(self) -> None:
        """Let digits and arrows choose."""
        super().on_mount()
        self.query_one(Choices).focus()

    @on(OptionList.OptionSelected)
    def _open_row(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._open, list(NAMES)[message.option_index]))

    async def _open(self, kind: ListKind) -> None:
        await self.app.push_screen_wait(MasterList(self.session, kind))
