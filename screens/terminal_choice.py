"""Which terminal this is: asked once, where neither the host name nor the address tells it."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input, Static

from screens.choice import yes_or_no
from screens.frame import Frame
from screens.session import Session
from screens.widgets.page import PageRow
from screens.widgets.rows import Rows
from store.domain.language import _
from store.domain.records import Terminal
from store.domain.scan import Scan
from store.operations.terminals import remember_terminal
from store.queries.terminals import listing


class TerminalChoice(Frame):
    """Asks for the terminal's code, by scan or by hand, and remembers it for this host or address."""

    IS_BOTTOM = True
    CSS_PATH: ClassVar = ["frame.tcss", "form.tcss"]

    class Known(Message):
        """These are the terminals there are."""

        def __init__(self, terminals: list[Terminal]) -> None:
            """Offer `terminals`."""
            super().__init__()
            self.terminals = terminals

    def __init__(self, session: Session) -> None:
        """Find the terminal of `session`."""
        super().__init__(session)
        self._terminals: list[Terminal] = []

    def title_text(self) -> str:
        """Return the question."""
        return _("Which terminal is this?")

    def compose_body(self) -> ComposeResult:
        """Build the field and the list of codes."""
        yield Static(_("Scan its code, or type it. It is asked once."), classes="lead")
        field = Input(id="code")
        field.cursor_blink = False
        yield field
        yield Rows(id="terminals")

    def on_mount(self) -> None:
        """Be ready to type, and list the terminals."""
        super().on_mount()
        self.query_one(Input).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        self.post_message(self.Known(await self.session.lane.read(listing)))

    @on(Known)
    def _list(self, message: Known) -> None:
        self._terminals = message.terminals
        rows = [PageRow(f"{terminal.code}  {terminal.name}") for terminal in message.terminals]
        self.query_one(Rows).show(rows)
        if not rows:
            self.say(_("There is no terminal yet: 'sztuka init' makes the first."), problem=True)

    @on(Input.Submitted)
    def _take_code(self, message: Input.Submitted) -> None:
        if message.value.strip():
            self.enqueue(partial(self._choose, message.value))
            message.input.clear()

    async def take_scan(self, scan: Scan) -> None:
        """Take the terminal's code from its label."""
        await self._choose(scan.text)

    async def _choose(self, text: str) -> None:
        wanted = text.strip().casefold()
        found = next((known for known in self._terminals if known.code.casefold() == wanted), None)
        session = self.session
        session.terminal = await session.lane.write(
            remember_terminal,
            found.code if found else text,
            hostname=None if session.address else session.hostname,
            address=session.address,
        )
        self.dismiss()

    def action_back(self) -> None:
        """Ask whether to close the program."""
        self.enqueue(self._close)

    async def _close(self) -> None:
        if await self.app.push_screen_wait(yes_or_no(_("Close the program?"), bell=self.session.bell)) == 0:
            self.app.exit(0)
