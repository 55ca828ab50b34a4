"""What this program is, and what it works with: what somebody who helps by telephone asks first."""

from collections.abc import Sequence
from importlib.metadata import version
from platform import python_version
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from screens.commands import READ_ON, Command
from screens.frame import Frame
from screens.widgets.read_on import read_on
from store.domain.language import _
from store.queries.about import StoreFacts, facts

LICENCE = "GNU AGPL 3.0 or later"


class Facts(Message):
    """What the store is."""

    def __init__(self, store: StoreFacts) -> None:
        """Carry it."""
        super().__init__()
        self.store = store


class About(Frame):
    """Names the versions, the store, the terminal, who is signed in, and the licence."""

    OFFERS: ClassVar[tuple[Command, ...]] = (READ_ON,)
    CSS_PATH: ClassVar = ["frame.tcss", "about.tcss"]

    def title_text(self) -> str:
        """Return the program's name and version."""
        return f"Sztuka {version('sztuka')}"

    def compose_body(self) -> ComposeResult:
        """Build the place of the text."""
        with VerticalScroll(id="facts"):
            yield Static(id="text", markup=False)

    def on_mount(self) -> None:
        """Ask the store what it is."""
        super().on_mount()
        self.query_one(VerticalScroll).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        self.post_message(Facts(await self.session.lane.read(facts)))

    @on(Facts)
    def _show(self, message: Facts) -> None:
        self.query_one("#text", Static).update("\n".join(self._rows(message.store)))

    def _rows(self, store: StoreFacts) -> Sequence[str]:
        actor = self.session.actor()
        operator, terminal = actor.operator, actor.terminal
        return (
            _("Every unit from the delivery to the customer's desk."),
            _("Store: {name} ({engine})").format(name=store.name, engine=store.engine),
            _("Terminal: {code}, {name}").format(code=terminal.code, name=terminal.name),
            _("Location: {name}").format(name=terminal.location.name),
            _("Operator: {code}, {name}").format(code=operator.code, name=operator.name),
            f"Python {python_version()}, Textual {version('textual')}",
            _("Licence: {name}").format(name=LICENCE),
            _("Free software without any warranty: use, read, change and share it under this licence."),
        )

    def action_more(self) -> None:
        """Read on; at the end from the top again."""
        read_on(self.query_one(VerticalScroll))
