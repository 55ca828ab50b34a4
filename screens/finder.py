"""Finding one of many: by a part of what it is called, by digit, or by a scan."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from textual import events, on
from textual.app import App, ComposeResult
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static

from screens.commands import Command
from screens.frame import Frame
from screens.session import Session
from screens.widgets.choices import DIGITS, MARGIN, Choices
from screens.widgets.text_line import shorten
from store.domain.language import N_, _
from store.domain.scan import Scan
from store.domain.serials import key_of

Found = TypeVar("Found")

MORE = Command(
    code="MORE",
    key="f3",
    label=N_("More"),
    action="more",
    help=N_("Show the next ones; after the last ones the first again."),
)
PAUSE = 0.15
"""Seconds without a key after which what was typed is looked up."""
FULL_WIDTH = 60
"""From here on a row has its details beside the name, not below it."""


class Read(Message):
    """Something was looked up in the store."""

    def __init__(self, text: str, skipped: int, found: Sequence[object], *, is_asked: bool) -> None:
        """Carry what was `found` for `text`; `is_asked`: by Enter, and not while typing."""
        super().__init__()
        self.text = text
        self.skipped = skipped
        self.found = found
        self.is_asked = is_asked


class Finder(Frame, Generic[Found]):
    """A field, and below it a page of what has the typed text in it. Enter goes from the field to the list.

    A page never has more rows than fit and than there are digits, so that a digit chooses any of them.
    """

    OFFERS: ClassVar[tuple[Command, ...]] = (MORE,)
    CSS_PATH: ClassVar = ["frame.tcss", "form.tcss", "finder.tcss"]
    NAME_WIDTH: ClassVar[int] = 36
    """Columns of what a row is called, where its details stand beside it."""

    def __init__(self, session: Session) -> None:
        """Look up in the store of `session`."""
        super().__init__(session)
        self.chosen: Found | None = None
        self._found: list[Found] = []
        self._skipped = 0
        self._has_more = False
        self._pause: Timer | None = None

    def label(self) -> str:
        """Return what can be typed."""
        raise NotImplementedError

    def shortest(self) -> int:
        """Return how many characters have to be typed before anything is looked up."""
        return 0

    def find(self, text: str, skip: int, limit: int) -> list[Found]:
        """Return what has `text` in it. It runs in the lane."""
        raise NotImplementedError

    def named(self, scan: Scan) -> list[Found]:  # noqa: ARG002
        """Return what a scan names. It runs in the lane."""
        return []

    def parts(self, item: Found) -> tuple[str, str]:
        """Return the two parts of an item's row: what it is called, and what tells it from others."""
        raise NotImplementedError

    async def ask(self, app: App[object]) -> Found | None:
        """Show this screen and return what was chosen; None: the person went back."""
        await app.push_screen_wait(self)
        return self.chosen

    def compose_body(self) -> ComposeResult:
        """Build the field and the list."""
        yield Static(self.label(), classes="label", markup=False)
        # Selected, the first letter typed in the list would be overwritten by the second.
        field = Input(id="part", select_on_focus=False)
        field.cursor_blink = False
        yield field
        yield Choices(id="found")

    def on_mount(self) -> None:
        """Be ready to type."""
        super().on_mount()
        self.query_one(Input).focus()

    def on_resize(self) -> None:
        """Fill the page anew: it holds another number of rows."""
        self.call_after_refresh(self._look_up, 0)

    @property
    def page_size(self) -> int:
        """How many rows fit and have a digit."""
        lines = 1 if self.size.width >= FULL_WIDTH else 2
        return max(1, min(len(DIGITS), self.query_one(Choices).size.height // lines))

    @on(Input.Changed)
    def _wait_for_more(self) -> None:
        self._stop_waiting()
        self._pause = self.set_timer(PAUSE, partial(self._look_up, 0))

    @on(Input.Submitted)
    def _look_up_now(self) -> None:
        self._look_up(0, is_asked=True)

    def action_more(self) -> None:
        """Show the next page; after the last one the first again."""
        self._look_up(self._skipped + len(self._found) if self._has_more else 0, is_asked=True)

    def look_up(self) -> None:
        """Look up anew what stands in the field."""
        self._look_up(0)

    def _look_up(self, skip: int, *, is_asked: bool = False) -> None:
        self._stop_waiting()
        text = self.query_one(Input).value.strip()
        self.enqueue(partial(self._read, text, skip, self.page_size, is_asked=is_asked))

    def _stop_waiting(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None

    async def _read(self, text: str, skip: int, size: int, *, is_asked: bool) -> None:
        found: list[Found] = []
        if len(key_of(text)) >= self.shortest():
            found = await self.session.lane.read(self.find, text, skip, size + 1)
        self.post_message(Read(text, skip, found, is_asked=is_asked))

    @on(Read)
    def _show(self, message: Read) -> None:
        if message.text != self.query_one(Input).value.strip():
            return
        size = self.page_size
        self._found = list(message.found)[:size]  # type: ignore[assignment]  # a message is not generic
        self._has_more, self._skipped = len(message.found) > size, message.skipped
        width = max(1, self.size.width - MARGIN - 2 * self.query_one("#body").styles.padding.left)
        self.query_one(Choices).fill(
            row_text(*self.parts(item), width, self.NAME_WIDTH) for item in self._found
        )
        self.say(self._state(message.text))
        if not message.is_asked or not self._found:
            self.query_one(Input).focus()
        elif len(self._found) == 1 and not self._skipped:
            self._choose(self._found[0])
        else:
            self.query_one(Choices).focus()

    def _state(self, text: str) -> str:
        """Return what to do next."""
        if len(key_of(text)) < self.shortest():
            return _("Type on, or scan it.")
        if not self._found:
            return _("Not found: {text}").format(text=text)
        return _("Enter, then a digit. F3: more") if self._has_more else _("Enter, then a digit.")

    def on_key(self, event: events.Key) -> None:
        """Go from the field down into the list; type on in the field, where a letter is typed in the list."""
        field = self.query_one(Input)
        if field.has_focus:
            if event.key != "down" or not self._found:
                return
            self.query_one(Choices).focus()
        elif event.key == "backspace":
            field.focus()
            field.action_delete_left()
        elif event.is_printable and event.character and not event.character.isdigit():
            field.focus()
            field.insert_text_at_cursor(event.character)
        else:
            return
        event.stop()

    @on(OptionList.OptionSelected)
    def _choose_row(self, message: OptionList.OptionSelected) -> None:
        self._choose(self._found[message.option_index])

    def _choose(self, item: Found) -> None:
        self.enqueue(partial(self.take_chosen, item))

    async def take_chosen(self, item: Found) -> None:
        """Go back with what was chosen. It is a job."""
        self.chosen = item
        self.dismiss()

    async def take_scan(self, scan: Scan) -> None:
        """Choose what is named by a scan, or by a scan of a part that only one has."""
        named = await self.session.lane.read(self.named, scan)
        if len(named) != 1:
            found = named or await self.session.lane.read(self.find, scan.text, 0, 2)
            named = found if len(found) == 1 else []
        if named:
            await self.take_chosen(named[0])
        else:
            await self.stop_work(
                _("{text} is not known here. Check the code and scan again.").format(text=scan.text)
            )


def row_text(name: str, more: str, width: int, name_width: int) -> str:
    """Return the two parts of a row side by side, or one below the other where it is narrow."""
    if width < FULL_WIDTH - MARGIN:
        return f"{shorten(name, width)}\n{shorten(more, width)}"
    gap = max(2, name_width + 1 - cell_len(name))
    return shorten(name + " " * gap + more, width)
