"""What a unit has in the fields of its kind: read, and changed row by row."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.commands import Command
from screens.field_entry import ask_value
from screens.field_rows import field_row
from screens.frame import Frame
from screens.notice import Notice
from screens.session import Session
from screens.widgets.choices import Choices
from screens.words import moment
from store.domain.field_values import read_as
from store.domain.fields import FieldChange, UnitField
from store.domain.language import N_, _, ngettext
from store.operations.field_values import set_value
from store.queries.fields import changes_of_unit, fields_of_unit

CHANGES = Command(
    code="CHANGES",
    key="f2",
    label=N_("Changes"),
    action="changes",
    help=N_("Show what was changed in these fields, by whom and when."),
)


class Loaded(Message):
    """The fields as the store has them now."""

    def __init__(self, fields: list[UnitField]) -> None:
        """Carry `fields`."""
        super().__init__()
        self.fields = fields


class UnitFields(Frame):
    """The fields of one unit. A digit changes one; what does not apply any more stands below the others."""

    OFFERS: ClassVar[tuple[Command, ...]] = (CHANGES,)
    CSS_PATH: ClassVar = ["frame.tcss", "unit_fields.tcss"]

    def __init__(self, session: Session, unit_id: int, name: str) -> None:
        """Show the fields of a unit that is called `name`."""
        super().__init__(session)
        self._unit_id = unit_id
        self._name = name
        self._fields: list[UnitField] = []

    def title_text(self) -> str:
        """Return whose fields these are."""
        return _("Fields: {name}").format(name=self._name)

    def compose_body(self) -> ComposeResult:
        """Build the rows."""
        yield Choices(id="rows")

    def on_mount(self) -> None:
        """Read the fields."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        self.post_message(Loaded(await self.session.lane.read(fields_of_unit, self._unit_id)))

    @on(Loaded)
    def _show(self, message: Loaded) -> None:
        self._fields = message.fields
        rows = self.query_one(Choices)
        highlighted = rows.highlighted or 0
        rows.fill(field_row(field) for field in self._fields)
        if self._fields:
            rows.highlighted = min(highlighted, len(self._fields) - 1)
        count = len(self._fields)
        text = ngettext("{count} field. Digit: change it.", "{count} fields. Digit: change one.", count)
        self.say(text.format(count=count) if count else _("Its kind has no fields."))

    @on(OptionList.OptionSelected)
    def _change_row(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._change, self._fields[message.option_index]))

    async def _change(self, chosen: UnitField) -> None:
        answer = await ask_value(
            self.app, self.session, chosen.field, chosen.text, required=chosen.applies and chosen.required
        )
        if answer is not None and answer != chosen.text:
            actor = self.session.actor()
            await self.session.lane.write(set_value, actor, self._unit_id, chosen.field.id, answer)
        await self._read()

    def action_changes(self) -> None:
        """Show the newest changes."""
        self.enqueue(self._show_changes)

    async def _show_changes(self) -> None:
        changes = await self.session.lane.read(changes_of_unit, self._unit_id)
        rows = [
            f"{moment(change.at)}  {change.field_name}: "
            f"{_worded(change, change.old)} -> {_worded(change, change.new)}  {change.operator}"
            for change in changes
        ]
        await self.app.push_screen_wait(
            Notice("\n".join(rows) or _("Nothing was changed yet."), bell=self.session.bell)
        )


def _worded(change: FieldChange, text: str) -> str:
    return read_as(change.type, change.measure, text) or "-"
