"""The commands of a party's holdings, and what its workers tell their screen."""

from collections.abc import Sequence

from textual.message import Message

from screens.commands import Command
from screens.finder import MORE
from screens.widgets.window import Side
from store.domain.holdings import HeldPart, HeldRow, HeldUnit, Holdings
from store.domain.language import N_
from store.domain.records import Party

GROUP = Command(
    code="GROUP",
    key="f2",
    label=N_("Group"),
    action="group",
    help=N_("Switch: by product, by kind of product, piece by piece."),
)
PAGES = Command(
    code=MORE.code,
    key=MORE.key,
    label=MORE.label,
    action="more",
    help=N_("Show the next page; after the last one the first again."),
)
SELECT = Command(
    code="SELECT",
    key="f4",
    label=N_("Select"),
    action="select",
    help=N_("Choose the row for what is to be done, or leave it out again. Scanning a unit chooses it."),
)
DO = Command(
    code="DO", key="f5", label=N_("Do"), action="do", help=N_("Choose what to do with the chosen units.")
)
ALL = Command(
    code="ALL", key="f6", label=N_("All"), action="all", help=N_("Choose all that is shown, or none again.")
)


class Summed(Message):
    """What the party has was added up."""

    def __init__(self, party: Party, found: Holdings) -> None:
        """Carry whose it is, and what."""
        super().__init__()
        self.party = party
        self.found = found


class Paged(Message):
    """A page of the list was read, or could not be."""

    def __init__(self, part: HeldPart, side: Side, rows: Sequence[HeldRow] | None, *, more: bool) -> None:
        """Carry what was asked for and the rows; `more` follow on that side."""
        super().__init__()
        self.part = part
        self.side = side
        self.rows = rows
        self.more = more


class Picked(Message):
    """Units were chosen, or are not any more."""

    def __init__(self, product_id: int, unit_ids: Sequence[int], *, chosen: bool) -> None:
        """Carry the units of one product."""
        super().__init__()
        self.product_id = product_id
        self.unit_ids = unit_ids
        self.chosen = chosen


class Selection:
    """The units that something is to be done with, by product."""

    def __init__(self) -> None:
        """Begin with none."""
        self._chosen: dict[int, set[int]] = {}

    def has(self, unit: HeldUnit) -> bool:
        """Tell whether a unit is chosen."""
        return unit.id in self._chosen.get(unit.product_id, ())

    def count(self, product_id: int) -> int:
        """Return how many units of a product are chosen."""
        return len(self._chosen.get(product_id, ()))

    def take(self, message: Picked) -> None:
        """Choose units, or leave them out again."""
        chosen = self._chosen.setdefault(message.product_id, set())
        if message.chosen:
            chosen.update(message.unit_ids)
        else:
            chosen.difference_update(message.unit_ids)

    def clear(self) -> None:
        """Choose none."""
        self._chosen.clear()

    def ids(self) -> list[int]:
        """Return the ids of all chosen units, in order."""
        return sorted(unit_id for chosen in self._chosen.values() for unit_id in chosen)

    def __len__(self) -> int:
        """Count the chosen units."""
        return sum(map(len, self._chosen.values()))
