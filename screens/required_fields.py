"""What pieces must have before their document is closed: one field at a time, for each or for all."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static

from screens.field_entry import ask_value
from screens.frame import Frame
from screens.session import Session
from screens.widgets.choices import Choices
from store.domain.fields import MissingValues
from store.domain.language import _, ngettext
from store.domain.scan import Scan
from store.domain.serials import key_of
from store.operations.field_values import set_draft_values
from store.queries.fields import missing_values

LISTED = 100
"""So many pieces are listed; the others come up when these are done, or are found by a scan."""


class Loaded(Message):
    """What is missing now."""

    def __init__(self, missing: list[MissingValues]) -> None:
        """Carry `missing`."""
        super().__init__()
        self.missing = missing


class RequiredFields(Frame):
    """Asks for what is missing, and goes back by itself when nothing is.

    The first row fills in all pieces at once; a digit or a scan of its serial chooses one piece.
    """

    CSS_PATH: ClassVar = ["frame.tcss", "unit_fields.tcss"]

    def __init__(self, session: Session, document_id: int) -> None:
        """Ask for the pieces of the document `document_id`."""
        super().__init__(session)
        self._document_id = document_id
        self._missing: list[MissingValues] = []
        self.is_done = False

    def title_text(self) -> str:
        """Return what has to be done."""
        return _("Required before closing")

    def compose_body(self) -> ComposeResult:
        """Build the question and the rows."""
        yield Static(id="what", markup=False)
        yield Choices(id="rows")

    def on_mount(self) -> None:
        """Read what is missing."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        missing = await self.session.lane.read(missing_values, self._document_id)
        self.is_done = not missing
        if self.is_done:
            self.dismiss()
        else:
            self.post_message(Loaded(missing))

    @on(Loaded)
    def _show(self, message: Loaded) -> None:
        self._missing = message.missing
        first = self._missing[0]
        count = len(first.scans)
        text = ngettext("{field}: missing on {count} piece", "{field}: missing on {count} pieces", count)
        self.query_one("#what", Static).update(text.format(field=first.field.name, count=count))
        rows = [f"{serial}  {product}" for _id, serial, product in first.scans[:LISTED]]
        if count > LISTED:
            rows.append(_("and {count} more").format(count=count - LISTED))
        self.query_one(Choices).fill([_("The same for all"), *rows])
        self.say(_("Digit, or scan a piece."))

    @on(OptionList.OptionSelected)
    def _fill_row(self, message: OptionList.OptionSelected) -> None:
        # The row below those that are listed only says how many more there are.
        if message.option_index <= LISTED:
            self.enqueue(partial(self._fill, message.option_index - 1))

    async def _fill(self, place: int) -> None:
        first = self._missing[0]
        answer = await ask_value(self.app, self.session, first.field, required=True)
        if answer:
            await self.session.lane.write(
                set_draft_values,
                self._document_id,
                first.field.id,
                answer,
                [scan_id for scan_id, _serial, _name in first.scans]
                if place < 0
                else [first.scans[place][0]],
            )
        await self._read()

    async def take_scan(self, scan: Scan) -> None:
        """Fill in the piece that was scanned."""
        text = scan.gs1.serial if scan.gs1 and scan.gs1.serial else scan.text
        serials = [key_of(serial) for _id, serial, _name in self._missing[0].scans] if self._missing else []
        if key_of(text) in serials:
            await self._fill(serials.index(key_of(text)))
        else:
            await self.stop_work(_("{text} is none of these pieces.").format(text=text))


async def settle_required(app: App[object], session: Session, document_id: int) -> bool:
    """Ask for everything that is missing; tell whether nothing is any more."""
    if not await session.lane.read(missing_values, document_id):
        return True
    screen = RequiredFields(session, document_id)
    await app.push_screen_wait(screen)
    return screen.is_done
