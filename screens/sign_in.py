"""Who works here: an operator's code and PIN, or a badge."""

from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input, Static

from screens.choice import yes_or_no
from screens.commands import Command
from screens.frame import Frame
from screens.session import Session
from screens.signals import Signal
from screens.words import refusal_text
from store.domain.errors import RefusedError
from store.domain.language import N_, Language, _
from store.domain.records import Operator
from store.domain.scan import Scan
from store.operations.operators import sign_in, sign_in_badge

LANGUAGE = Command(
    code="LANGUAGE",
    key="f2",
    label=N_("Language"),
    action="language",
    help=N_("Speak the next language, until somebody signs in who has chosen one."),
)


class SignIn(Frame):
    """Asks for an operator's code and PIN, or a scanned badge. Dismissed once somebody has signed in."""

    CSS_PATH: ClassVar = ["frame.tcss", "form.tcss"]
    OFFERS: ClassVar = (LANGUAGE,)
    # Before any widget sees it: a PIN that was typed ahead, on a slow line, must not land in the open field.
    KEYS: ClassVar = (Binding("enter", "next_field", show=False, priority=True),)
    IS_BOTTOM = True

    class Failed(Message):
        """Nobody has signed in, and this is why."""

        def __init__(self, text: str) -> None:
            """Tell `text`."""
            super().__init__()
            self.text = text

    def __init__(self, session: Session) -> None:
        """Let somebody in who may work with `session`."""
        super().__init__(session)
        self._code = ""

    def title_text(self) -> str:
        """Return where this is."""
        terminal = self.session.terminal
        return "Sztuka" if terminal is None else f"Sztuka {terminal.location.name}, {terminal.code}"

    def compose_body(self) -> ComposeResult:
        """Build the two fields."""
        yield Static(self.session.hint or _("Scan your badge, or type."), classes="lead", markup=False)
        yield Static(_("Operator"), classes="label")
        yield _field("code", self._code)
        yield Static(_("PIN"), classes="label")
        yield _field("pin", secret=True)
        yield Static(id="why", markup=False)

    def on_mount(self) -> None:
        """Be ready to type."""
        super().on_mount()
        self.query_one("#code", Input).focus()

    def action_next_field(self) -> None:
        """Go from the code to the PIN at once; what is typed next is the PIN's."""
        if self.focused is not self.query_one("#code"):
            raise SkipAction
        self.set_focus(self.query_one("#pin"))

    @on(Input.Submitted, "#pin")
    def _check_pin(self, message: Input.Submitted) -> None:
        code = self.query_one("#code", Input).value
        self.enqueue(partial(self._sign_in, code, message.value))
        message.input.clear()

    async def _sign_in(self, code: str, pin: str) -> None:
        self._let_in(await self.session.lane.write(sign_in, code, pin, self.session.clock()))

    async def take_scan(self, scan: Scan) -> None:
        """Take a badge."""
        self._let_in(await self.session.lane.write(sign_in_badge, scan.text, self.session.clock()))

    def _let_in(self, answer: Operator | RefusedError) -> None:
        if isinstance(answer, RefusedError):
            self.post_message(self.Failed(refusal_text(answer.refusal)))
        else:
            self.session.greet(answer)
            self.dismiss()

    @on(Failed)
    def _tell_failure(self, message: Failed) -> None:
        """Tell it on the message line, or below the fields when that line is too narrow for it."""
        is_long = cell_len(message.text) > self.size.width
        self.query_one("#why", Static).update(message.text if is_long else "")
        self.say("" if is_long else message.text, signal=Signal.REFUSED, problem=True)

    async def action_language(self) -> None:
        """Speak the next language."""
        languages = list(Language)
        self.session.language = languages[(languages.index(self.session.language) + 1) % len(languages)]
        self.session.speak(self.session.language)
        self._code = self.query_one("#code", Input).value
        await self.recompose()
        self.query_one("#code", Input).focus()

    def action_back(self) -> None:
        """Ask whether to close the program."""
        self.enqueue(self._close)

    async def _close(self) -> None:
        if await self.app.push_screen_wait(yes_or_no(_("Close the program?"), bell=self.session.bell)) == 0:
            self.app.exit(0)


def _field(name: str, value: str = "", *, secret: bool = False) -> Input:
    field = Input(value, password=secret, id=name)
    field.cursor_blink = False
    return field
