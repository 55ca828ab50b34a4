"""The form of one row of master data: a digit changes a line, each by a question that fits any screen."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.choice import Choice, yes_or_no
from screens.commands import Command
from screens.entry import Entry
from screens.field_entry import ask_lines
from screens.frame import Frame
from screens.master_columns import NAMES, REFERENCES, SEVERAL, Asked, choices_for, how_asked, label_of
from screens.master_list import MasterList, key_of_row
from screens.session import Session
from screens.type_change import save_type
from screens.widgets.choices import Choices
from screens.words import refusal_about
from store.domain.errors import RefusedError
from store.domain.fields import CHOOSING, FieldType
from store.domain.language import N_, _
from store.domain.lists import COLUMNS, SECRETS, STANDARD, ListKind, ListRow
from store.operations.administration import save_row
from store.queries.lists import by_key

SAVE = Command(
    code="SAVE", key="f10", label=N_("Save"), action="save", help=N_("Save what the form says, and go back.")
)
ONLY_FOR: dict[str, frozenset[FieldType]] = {
    "measure": frozenset({FieldType.NUMBER, FieldType.MONEY}),
    "choices": CHOOSING,
    "pattern": frozenset({FieldType.TEXT, FieldType.LINK}),
    "message": frozenset({FieldType.TEXT, FieldType.LINK}),
}
"""Columns of a field that only some types have a use for."""
MOST_SHOWN = 60


class Changed(Message):
    """Something was entered."""


class RecordForm(Frame):
    """One row: new, with each needed answer asked in turn; or as it stands, changed line by line."""

    OFFERS: ClassVar[tuple[Command, ...]] = (SAVE,)
    CSS_PATH: ClassVar = ["frame.tcss", "record_form.tcss"]

    def __init__(self, session: Session, kind: ListKind, row: ListRow | None) -> None:
        """Change `row`, or make a new one."""
        super().__init__(session)
        self._kind = kind
        self._row = row
        standard = {name: text for name, text in STANDARD.items() if name in COLUMNS[kind].all}
        self._cells: dict[str, str] = dict(row.cells) if row else standard
        self._is_changed = False
        self.saved: ListRow | None = None

    def title_text(self) -> str:
        """Return what is changed."""
        return (
            self._row.cells["name"] if self._row else _("New row: {list}").format(list=_(NAMES[self._kind]))
        )

    def compose_body(self) -> ComposeResult:
        """Build the lines."""
        yield Choices(id="rows")

    def on_mount(self) -> None:
        """Ask what a new row needs."""
        super().on_mount()
        self.query_one(Choices).focus()
        self._fill()
        if self._row is None:
            self.enqueue(self._ask_all)

    def _columns(self) -> list[str]:
        """Return the columns that can be changed now."""
        columns = COLUMNS[self._kind]
        names = [name for name in columns.all if self._row is None or name not in columns.key]
        if self._row is None:
            names.remove("retired")
        if self._kind is ListKind.FIELDS:
            names = [name for name in names if name != "code"]
            type_ = self._cells.get("type")
            names = [name for name in names if name not in ONLY_FOR or type_ in ONLY_FOR[name]]
        return names

    def _rows(self) -> list[tuple[str, Callable[[], Awaitable[object]]]]:
        rows: list[tuple[str, Callable[[], Awaitable[object]]]] = [
            (f"{_(label_of(self._kind, name))}: {self._shown(name)}", partial(self._ask, name))
            for name in self._columns()
        ]
        if self._kind is ListKind.KINDS and self._row is not None:
            rows.append((_("Its fields..."), self._open_fields))
        return rows

    def _shown(self, column: str) -> str:
        text = self._cells.get(column, "")
        if column in SECRETS:
            return "***" if text else "-"
        choices = choices_for(self._kind, column)
        if text in choices:
            return _(choices[text])
        line = " / ".join(text.split("\n"))
        return line[:MOST_SHOWN] or "-"

    @on(Changed)
    def _fill(self) -> None:
        rows = self.query_one(Choices)
        highlighted = rows.highlighted or 0
        rows.fill(text for text, _job in self._rows())
        rows.highlighted = min(highlighted, rows.option_count - 1)
        self.say(_("F10 saves it.") if self._is_changed else _("Digit: change a row."))

    @on(OptionList.OptionSelected)
    def _change_row(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._do, self._rows()[message.option_index][1]))

    async def _do(self, job: Callable[[], Awaitable[object]]) -> None:
        await job()

    async def _ask_all(self) -> None:
        asked: set[str] = set()
        while True:
            needed = [
                name
                for name in self._columns()
                if name not in asked
                and (name in COLUMNS[self._kind].required or name in ONLY_FOR)
                # What is told to those who miss a pattern is nothing without one.
                and (name != "message" or self._cells.get("pattern"))
            ]
            if not needed:
                return
            asked.add(needed[0])
            if not await self._ask(needed[0]) and needed[0] in COLUMNS[self._kind].required:
                return

    async def _ask(self, column: str) -> bool:
        """Ask for a column; tell whether there was an answer."""
        answer = await self._answer(column)
        if answer is not None and answer != self._cells.get(column, ""):
            self._cells[column] = answer
            self._is_changed = True
        self.post_message(Changed())
        return answer is not None

    async def _answer(self, column: str) -> str | None:
        label, value, bell = _(label_of(self._kind, column)), self._cells.get(column, ""), self.session.bell
        asked = how_asked(self._kind, column)
        if asked is Asked.CHOICE:
            choices = choices_for(self._kind, column)
            known = [key for key in choices if key != "own" or value == "own"]
            question = Choice(f"{label}?", [_(choices[key]) for key in known], bell=bell)
            chosen = await self.app.push_screen_wait(question)
            return None if chosen is None else known[chosen]
        if asked is Asked.REFERENCE:
            found = await MasterList(self.session, REFERENCES[column], only_choose=True).ask(self.app)
            return found.cells["code"] if found else None
        if asked is Asked.LINES:
            lines = "\n".join(
                part for part in value.split(SEVERAL[column].strip() or SEVERAL[column]) if part
            )
            lines = "\n".join(line.strip() for line in lines.split("\n"))
            several = await ask_lines(self.app, self.session, label, lines)
            return None if several is None else SEVERAL[column].join(several.split("\n"))
        is_secret = asked is Asked.SECRET
        entry = Entry(f"{label}?", value=value, secret=is_secret, takes_scans=True, bell=bell)
        text = await self.app.push_screen_wait(entry)
        return None if text is None else text.strip()

    async def _open_fields(self) -> None:
        from screens.kind_fields import KindFields

        if self._row is not None:
            await self.app.push_screen_wait(KindFields(self.session, self._row))

    def action_save(self) -> None:
        """Save what was entered, and go back."""
        self.enqueue(self._save)

    async def _save(self) -> None:
        try:
            await self._save_row()
        except RefusedError as error:
            column = error.refusal.column
            if not column:
                raise
            await self.stop_work(refusal_about(_(label_of(self._kind, column)), error.refusal))

    async def _save_row(self) -> None:
        cells = {name: text for name, text in self._cells.items() if name not in SECRETS or text}
        actor, lane = self.session.actor(), self.session.lane
        if self._kind is ListKind.FIELDS:
            key = await save_type(self.app, self.session, self._row, cells)
            if key is None:
                return
        else:
            await lane.write(save_row, actor, self._kind, cells, is_new=self._row is None)
            key = key_of_row(self._kind, cells)
        self.saved = await lane.read(by_key, self._kind, *key)
        self.dismiss()

    def action_back(self) -> None:
        """Go back, and ask first when something was entered."""
        self.enqueue(self._go_back)

    async def _go_back(self) -> None:
        if self._is_changed:
            question = yes_or_no(_("Leave without saving it?"), bell=self.session.bell)
            if await self.app.push_screen_wait(question) != 0:
                return
        self.dismiss()
