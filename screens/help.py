"""What can be done on a screen: its commands, with keys and barcodes."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.commands import BACK, HELP, OK, READ_ON, Command, command_text
from screens.messages import Scanned
from screens.widgets.read_on import read_on
from store.domain.language import _


class Help(ModalScreen[None]):
    """Lists commands; any of the usual keys closes it, arrows scroll."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar = [
        *(Binding(key, "dismiss_help", show=False) for key in ("escape", "enter", "f1", "space")),
        Binding(READ_ON.key, READ_ON.action, show=False),
    ]

    def __init__(self, commands: Sequence[Command], title: str) -> None:
        """Explain `commands` under `title`."""
        super().__init__()
        self._commands = commands
        self._title = title

    def compose(self) -> ComposeResult:
        """Build one entry a command."""
        with VerticalScroll():
            yield Static(_("Help: {title}").format(title=self._title), id="heading", markup=False)
            for command in self._commands:
                label, text = command.words()
                yield Static(f"{command.key_name}  {label}", classes="command", markup=False)
                yield Static(f"{text} [{command.barcode}]", classes="meaning", markup=False)
        yield Static(_("Esc: close  F3: more"), id="hint", markup=False)

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    @on(Scanned)
    def _pass_on(self, message: Scanned) -> None:
        """Somebody scans on: close, and let the screen below take it."""
        message.stop()
        code = command_text(message.scan.text)
        if code in {BACK.code, HELP.code, OK}:
            self.dismiss()
            return
        if code == READ_ON.code:
            self.action_more()
            return
        below = self.app.screen_stack[-2]
        self.dismiss()
        below.post_message(Scanned(message.scan))

    def action_more(self) -> None:
        """Read on; at the end from the top again."""
        read_on(self.query_one(VerticalScroll))

    def action_dismiss_help(self) -> None:
        """Close."""
        self.dismiss()
