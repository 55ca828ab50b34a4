"""A list of master data: found as you type, added to, changed, taken out of use and back."""

from typing import ClassVar

from screens.commands import Command
from screens.finder import MORE, Finder
from screens.master_columns import NAMES, choices_for
from screens.session import Session
from store.domain.language import N_, _
from store.domain.lists import COLUMNS, ListKind, ListRow
from store.domain.scan import Scan
from store.queries.lists import by_key, listed

ADD_ROW = Command(
    code="NEW",
    key="f2",
    label=N_("New"),
    action="add",
    help=N_("Add one: each question in turn, then the form."),
)
RETIRED = Command(
    code="RETIRED",
    key="f4",
    label=N_("Out of use"),
    action="switch",
    help=N_("Switch between those in use and those that were taken out of use."),
)
DETAILS: dict[ListKind, tuple[str, ...]] = {
    ListKind.PRODUCTS: ("sku", "kind", "tracking"),
    ListKind.KINDS: ("code", "nature"),
    ListKind.FIELDS: ("type", "measure", "code"),
    ListKind.PARTIES: ("code", "tax_id", "role"),
    ListKind.LOCATIONS: ("code",),
    ListKind.OPERATORS: ("code", "role"),
    ListKind.TERMINALS: ("code", "location"),
    ListKind.EVENT_KINDS: ("code", "name_pl"),
    ListKind.TEAMS: ("code", "members"),
}
"""What tells the rows of a list apart, beside the name."""


class MasterList(Finder[ListRow]):
    """The rows of one list. Choosing one opens its form, a scan of its code too."""

    OFFERS: ClassVar[tuple[Command, ...]] = (ADD_ROW, MORE, RETIRED)

    def __init__(self, session: Session, kind: ListKind, *, only_choose: bool = False) -> None:
        """List `kind`; `only_choose`: go back with the row that is chosen."""
        super().__init__(session)
        self.kind = kind
        self._only_choose = only_choose
        self._retired = False

    def title_text(self) -> str:
        """Return what is listed."""
        name = _(NAMES[self.kind])
        return _("{name}: out of use").format(name=name) if self._retired else name

    def label(self) -> str:
        """Return what can be typed."""
        return _("Part of the name or the code")

    def find(self, text: str, skip: int, limit: int) -> list[ListRow]:
        """Return the rows with `text` in what they are called."""
        return listed(self.kind, text, retired=self._retired, limit=limit, skip=skip)

    def named(self, scan: Scan) -> list[ListRow]:
        """Return the row whose code was scanned."""
        found = by_key(self.kind, scan.text.strip())
        return [found] if found else []

    def parts(self, item: ListRow) -> tuple[str, str]:
        """Return the name; and what tells it from others."""
        words = [_word(self.kind, column, item.cells[column]) for column in DETAILS[self.kind]]
        return item.cells["name"], "  ".join(word for word in words if word)

    async def take_chosen(self, item: ListRow) -> None:
        """Open the row's form, or go back with it."""
        if self._only_choose:
            await super().take_chosen(item)
            return
        await self._open(item)

    async def _open(self, item: ListRow | None) -> None:
        from screens.record_form import RecordForm

        form = RecordForm(self.session, self.kind, item)
        await self.app.push_screen_wait(form)
        if self._only_choose and item is None and form.saved is not None:
            await super().take_chosen(form.saved)
            return
        self.call_after_refresh(self._look_up, 0)

    def action_add(self) -> None:
        """Add a row."""
        self.enqueue(self._add)

    async def _add(self) -> None:
        await self._open(None)

    def action_switch(self) -> None:
        """Switch between those in use and the others."""
        self._retired = not self._retired
        self.show_title()
        self._look_up(0)


def _word(kind: ListKind, column: str, text: str) -> str:
    choices = choices_for(kind, column)
    return _(choices[text]) if text in choices else text


def key_of_row(kind: ListKind, cells: dict[str, str]) -> tuple[str, ...]:
    """Return by what a row is known."""
    return tuple(cells[name] for name in COLUMNS[kind].key)
