"""The card of a unit: what it is, where, whose, on which terms, its warranty and its movements."""

from collections.abc import Sequence
from functools import partial
from textwrap import wrap
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from screens.choice import Choice
from screens.commands import Command
from screens.entry import Entry
from screens.finder import MORE
from screens.frame import Frame
from screens.naming import ask_named
from screens.session import Session
from screens.unit_rows import SECTIONS, Section, sections
from screens.words import IDENTIFIERS
from store.domain.language import N_, _
from store.domain.records import Identifier
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.domain.units import Movement
from store.domain.units import UnitCard as Card
from store.operations.units import add_identifier
from store.queries.units import MOVEMENTS, card, movements

MIN_WIDTH = 16
"""Columns for which rows are broken before the card knows how wide it is."""
COMPACT_WIDTH = 40
"""Columns from which on more than one section is open."""
NUMBER = Command(
    code="NUMBER",
    key="f2",
    label=N_("Add number"),
    action="number",
    help=N_("Give the unit a further number: our own, an IMEI, a MAC, the customer's."),
)
READ_ON = Command(
    code=MORE.code,
    key=MORE.key,
    label=MORE.label,
    action="more",
    help=N_("Read on: the next page, then older movements, then the newest again."),
)
FOLDS = tuple(
    Command(
        code=str(digit),
        key=str(digit),
        label=title,
        action=f"fold({digit})",
        shown=False,
        help=N_("Open or close this section."),
    )
    for digit, title in enumerate(SECTIONS, start=1)
)


class Loaded(Message):
    """The unit as the store has it now, with a page of its movements."""

    def __init__(self, unit: Card, page: Sequence[Movement]) -> None:
        """Carry both."""
        super().__init__()
        self.unit = unit
        self.page = page


class UnitCard(Frame):
    """One unit. Scanning another one turns to its card.

    On a handheld terminal one section is open at a time, elsewhere all are; their digits change that.
    """

    OFFERS: ClassVar[tuple[Command, ...]] = (NUMBER, READ_ON, *FOLDS)
    CSS_PATH: ClassVar = ["frame.tcss", "unit_card.tcss"]

    def __init__(self, session: Session, unit_id: int) -> None:
        """Show the unit `unit_id`."""
        super().__init__(session)
        self._unit_id = unit_id
        self._unit: Card | None = None
        self._page: Sequence[Movement] = ()
        self._folded: set[int] = set()

    def title_text(self) -> str:
        """Return serial and product."""
        return f"{self._unit.serial}  {self._unit.product.name}" if self._unit else _("Unit")

    def compose_body(self) -> ComposeResult:
        """Build the place of the sections."""
        with VerticalScroll(id="card"):
            yield Static(id="text", markup=False)

    def on_mount(self) -> None:
        """Read the unit."""
        super().on_mount()
        self.query_one(VerticalScroll).focus()
        if self._folds_all:
            self._folded = set(range(2, len(SECTIONS) + 1))
        self.enqueue(self._read)

    @property
    def _folds_all(self) -> bool:
        """Tell whether there is room for one section only."""
        return self.size.width < COMPACT_WIDTH

    async def _read(self) -> None:
        unit = await self.session.lane.read(card, self._unit_id)
        self.post_message(Loaded(unit, unit.movements))

    async def _read_older(self, before_id: int) -> None:
        older = await self.session.lane.read(movements, self._unit_id, before_id=before_id)
        if older and self._unit is not None:
            self.post_message(Loaded(self._unit, older))
        else:
            await self._read()

    @on(Loaded)
    def _show(self, message: Loaded) -> None:
        self._unit, self._page = message.unit, message.page
        self.show_title()
        self._fill()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _fill(self) -> None:
        if self._unit is None:
            return
        today = self.session.clock().astimezone().date()
        indent = "" if self._folds_all else "  "
        static, scroll = self.query_one("#text", Static), self.query_one(VerticalScroll)
        # As if the bar were there: it comes and goes with the number of rows.
        width = scroll.size.width - scroll.styles.scrollbar_size_vertical - static.gutter.width
        found = enumerate(sections(self._unit, self._page, today), start=1)
        text = Text("\n").join(
            _section_text(number, section, indent, width, is_open=number not in self._folded)
            for number, section in found
        )
        static.update(text)

    def on_resize(self) -> None:
        """Break the rows anew."""
        self._fill()

    def action_fold(self, number: int) -> None:
        """Open or close a section; where one only has room, the others close."""
        if number not in self._folded:
            self._folded.add(number)
        elif self._folds_all:
            self._folded = set(range(1, len(SECTIONS) + 1)) - {number}
        else:
            self._folded.discard(number)
        self._fill()

    def action_more(self) -> None:
        """Read on: the next page, then older movements, then the newest again."""
        scroll = self.query_one(VerticalScroll)
        if scroll.scroll_y < scroll.max_scroll_y:
            scroll.scroll_page_down(animate=False)
        elif len(self._page) == MOVEMENTS:
            self.enqueue(partial(self._read_older, self._page[-1].id))
        else:
            self.enqueue(self._read)

    def action_number(self) -> None:
        """Give the unit a further number."""
        self.enqueue(self._add_number)

    async def _add_number(self) -> None:
        types = list(IDENTIFIERS)
        answers = [_(IDENTIFIERS[kind]) for kind in types]
        question = Choice(_("Which number?"), answers, bell=self.session.bell)
        chosen = await self.app.push_screen_wait(question)
        if chosen is None:
            return
        entry = Entry(f"{answers[chosen]}?", takes_scans=True, bell=self.session.bell)
        text = await self.app.push_screen_wait(entry)
        if text is None:
            return
        number = Identifier(type=types[chosen], text=text.strip())
        await self.session.lane.write(add_identifier, self._unit_id, number)
        await self._read()

    async def take_scan(self, scan: Scan) -> None:
        """Turn to the card of the scanned unit."""
        hit = await ask_named(self, scan, {Named.UNIT})
        if hit is not None:
            self._unit_id = hit.id
            await self._read()


def _section_text(number: int, section: Section, indent: str, width: int, *, is_open: bool) -> Text:
    text = Text(f"{number} {section.title}" + ("" if is_open else " ..."), style="bold")
    for row in section.rows if is_open else ():
        for line in _broken(row, indent, width):
            text.append(f"\n{line}", style="not bold")
    return text


def _broken(row: str, indent: str, width: int) -> list[str]:
    """Break a row at blanks; what goes on in the next line stands further in, where there is room for it."""
    start = indent + row[: len(row) - len(row.lstrip())]
    lines = wrap(
        row.strip(), max(width, MIN_WIDTH), initial_indent=start, subsequent_indent=start + indent,
        break_on_hyphens=False,
    )  # fmt: skip
    return lines or [""]
