"""The beginning of a file as text, to see what somebody has sent."""

from asyncio import to_thread
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from screens.commands import READ_ON, Command
from screens.frame import Frame
from screens.session import Session
from screens.widgets.reader import Reader
from store.domain.errors import StoreError
from store.domain.language import _

SHOWN = 100_000
"""Bytes of a file that are shown."""


class Opened(Message):
    """The beginning of the file was read."""

    def __init__(self, text: str) -> None:
        """Carry it."""
        super().__init__()
        self.text = text


class FileView(Frame):
    """Reads on by F3; long lines go on in the next row."""

    OFFERS: ClassVar[tuple[Command, ...]] = (READ_ON,)

    def __init__(self, session: Session, path: Path) -> None:
        """Show the file at `path`."""
        super().__init__(session)
        self._path = path
        self._text = ""

    def title_text(self) -> str:
        """Return the file's name."""
        return self._path.name

    def compose_body(self) -> ComposeResult:
        """Build the text."""
        yield Reader(id="paper")

    def on_mount(self) -> None:
        """Read it."""
        super().on_mount()
        self.query_one(Reader).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        try:
            data = await to_thread(_beginning, self._path)
        except OSError as error:
            raise StoreError(f"{self._path.name}: {error.strerror}") from error
        self.post_message(Opened(data.decode("utf-8", errors="replace")))

    @on(Opened)
    def _show(self, message: Opened) -> None:
        self._text = message.text
        self.say(_("The file is empty.") if not message.text else "")
        self._lay_out()

    @on(Reader.Resized)
    def _lay_out(self) -> None:
        reader = self.query_one(Reader)
        width = max(1, reader.size.width)
        lines = [line.expandtabs(4).rstrip() for line in self._text.splitlines()]
        reader.show(
            [line[start : start + width] for line in lines for start in range(0, max(1, len(line)), width)]
        )

    def action_more(self) -> None:
        """Read on; at the end from the top again."""
        self.query_one(Reader).read_on()


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SHOWN)
