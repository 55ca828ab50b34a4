"""A paper as text, before it is printed: what is on it, where it stands on the sheet."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from print.text_page import TextPage, laid_out
from screens.commands import READ_ON, Command
from screens.frame import Frame
from screens.session import Session
from screens.widgets.reader import Reader
from store.domain.language import ngettext


class PaperPreview(Frame):
    """Shows the pages of a paper one below the other."""

    OFFERS: ClassVar[tuple[Command, ...]] = (READ_ON,)

    def __init__(self, session: Session, title: str, pages: Sequence[TextPage]) -> None:
        """Show `pages` under `title`."""
        super().__init__(session)
        self._title = title
        self._pages = pages

    def title_text(self) -> str:
        """Return what is shown."""
        return self._title

    def compose_body(self) -> ComposeResult:
        """Build the text."""
        yield Reader(id="paper")

    def on_mount(self) -> None:
        """Let the arrows read on, and say how long it is."""
        super().on_mount()
        self.query_one(Reader).focus()
        count = len(self._pages)
        self.say(ngettext("{count} page", "{count} pages", count).format(count=count))

    @on(Reader.Resized)
    def _lay_out(self) -> None:
        reader = self.query_one(Reader)
        reader.show(laid_out(self._pages, max(1, reader.size.width), plain=self.session.plain))

    def action_more(self) -> None:
        """Read on; at the end from the top again."""
        self.query_one(Reader).read_on()
