"""Which fields a kind of products has, in which order, and how: required, on lists, labels and the card."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.choice import Choice
from screens.commands import Command
from screens.frame import Frame
from screens.master_list import MasterList
from screens.record_form import RecordForm
from screens.session import Session
from screens.widgets.choices import Choices
from screens.words import word
from store.domain.fields import KindField
from store.domain.language import N_, _, ngettext
from store.domain.lists import ListKind, ListRow
from store.operations.administration import administer
from store.operations.fields import give_field, order_fields, set_flags, take_field
from store.queries.fields import fields_of_kind
from store.queries.lists import by_key

ADD_FIELD = Command(
    code="NEW",
    key="f2",
    label=N_("Add field"),
    action="add",
    help=N_("Let the kind have one more field: one that is defined already, or a new one."),
)
FLAGS = {
    "required": N_("Required"),
    "on_list": N_("On lists"),
    "on_label": N_("On labels"),
    "on_card": N_("On the card"),
}


class Loaded(Message):
    """The fields of the kind as the store has them now."""

    def __init__(self, fields: list[KindField]) -> None:
        """Carry `fields`."""
        super().__init__()
        self.fields = fields


@dataclass(frozen=True, slots=True)
class _Deed:
    """Something that can be done with a field of a kind."""

    label: str
    run: Callable[[], object]


class KindFields(Frame):
    """The fields of one kind. A digit chooses a field and then what to do with it."""

    OFFERS: ClassVar[tuple[Command, ...]] = (ADD_FIELD,)
    CSS_PATH: ClassVar = ["frame.tcss", "record_form.tcss"]

    def __init__(self, session: Session, kind: ListRow) -> None:
        """Show the fields of `kind`."""
        super().__init__(session)
        self._of = kind
        self._fields: list[KindField] = []

    def title_text(self) -> str:
        """Return whose fields these are."""
        return _("Fields: {name}").format(name=self._of.cells["name"])

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="rows")

    def on_mount(self) -> None:
        """Read the fields."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        self.post_message(Loaded(await self.session.lane.read(fields_of_kind, self._of.id)))

    @on(Loaded)
    def _show(self, message: Loaded) -> None:
        self._fields = message.fields
        rows = self.query_one(Choices)
        highlighted = rows.highlighted or 0
        rows.fill(_row(field) for field in self._fields)
        if self._fields:
            rows.highlighted = min(highlighted, len(self._fields) - 1)
        count = len(self._fields)
        text = ngettext("{count} field. F2 adds one.", "{count} fields. F2 adds one.", count)
        self.say(text.format(count=count))

    @on(OptionList.OptionSelected)
    def _choose_row(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._choose, message.option_index))

    async def _choose(self, place: int) -> None:
        chosen = self._fields[place]
        deeds = self._deeds(place)
        answers = [_("Change the field..."), *(deed.label for deed in deeds)]
        answer = await self.app.push_screen_wait(Choice(_row(chosen), answers, bell=self.session.bell))
        if answer == 0:
            row = await self.session.lane.read(by_key, ListKind.FIELDS, chosen.field.code)
            if row is not None:
                await self.app.push_screen_wait(RecordForm(self.session, ListKind.FIELDS, row))
        elif answer is not None:
            deed = deeds[answer - 1]
            actor = self.session.actor()
            await self.session.lane.write(administer, actor, deed.run)
        await self._read()

    def _deeds(self, place: int) -> list[_Deed]:
        kind, chosen = self._of.id, self._fields[place]
        order = [field.field.id for field in self._fields]
        deeds = []
        for label, other in ((_("Move up"), place - 1), (_("Move down"), place + 1)):
            if 0 <= other < len(order):
                moved = list(order)
                moved[place], moved[other] = moved[other], moved[place]
                deeds.append(_Deed(label, partial(order_fields, kind, moved)))
        for name, words in FLAGS.items():
            is_on = getattr(chosen, name)
            label = (_("{flag}: switch off") if is_on else _("{flag}: switch on")).format(flag=_(words))
            deeds.append(_Deed(label, partial(set_flags, kind, chosen.field.id, **{name: not is_on})))
        deeds.append(_Deed(_("Take it from this kind"), partial(take_field, kind, chosen.field.id)))
        return deeds

    def action_add(self) -> None:
        """Add a field."""
        self.enqueue(self._add)

    async def _add(self) -> None:
        found = await MasterList(self.session, ListKind.FIELDS, only_choose=True).ask(self.app)
        if found is not None:
            actor = self.session.actor()
            await self.session.lane.write(administer, actor, give_field, self._of.id, found.id)
        await self._read()


def _row(field: KindField) -> str:
    marks = [_(words) for name, words in FLAGS.items() if getattr(field, name) and name != "on_card"]
    type_ = word(field.field.type) + (f" {field.field.measure}" if field.field.measure else "")
    return f"{field.field.name}: " + ", ".join((type_, *(mark.lower() for mark in marks)))
