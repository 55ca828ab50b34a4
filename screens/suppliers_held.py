"""What belongs to suppliers and is with us, supplier by supplier, the most pressing first."""

from functools import partial

from screens.days import today_of
from screens.finder import Finder
from screens.naming import ask_named
from screens.supplier_held_units import SupplierHeldUnits
from screens.unit_card import UnitCard
from screens.words import quantity
from store.domain.deposits import SupplierHeld
from store.domain.language import _
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.queries.deposits import suppliers_held
from store.queries.parties import party_by_id


class SuppliersHeld(Finder[SupplierHeld]):
    """Suppliers with the earliest day first. Enter opens one; a scan opens a supplier or a unit."""

    def title_text(self) -> str:
        """Return what is listed."""
        return _("Suppliers' units with us")

    def label(self) -> str:
        """Return what can be typed."""
        return _("Supplier's name or code")

    def find(self, text: str, skip: int, limit: int) -> list[SupplierHeld]:
        """Return the suppliers who have something with us."""
        return suppliers_held(today_of(self.session), text=text, limit=limit, skip=skip)

    def parts(self, item: SupplierHeld) -> tuple[str, str]:
        """Return the supplier; and how much, how late."""
        return item.name, held_text(item)

    def _state(self, text: str) -> str:
        if not text and not self._found:
            return _("Nothing of suppliers' is with us.")
        return super()._state(text)

    async def take_chosen(self, item: SupplierHeld) -> None:
        """Open what a supplier has with us."""
        await self._open(item.party_id, item.name)

    async def _open(self, party_id: int, name: str) -> None:
        await self.app.push_screen_wait(SupplierHeldUnits(self.session, party_id, name))
        self.call_later(partial(self._look_up, 0))

    async def take_scan(self, scan: Scan) -> None:
        """Open the supplier or the unit that a scan names."""
        hit = await ask_named(self, scan, {Named.PARTY, Named.UNIT})
        if hit is None:
            return
        if hit.kind is Named.UNIT:
            await self.app.push_screen_wait(await UnitCard.opened(self.session, hit.id))
        else:
            party = await self.session.lane.read(party_by_id, hit.id)
            await self._open(party.id, party.name)


def held_text(item: SupplierHeld) -> str:
    """Return the sums in a line, the most pressing first; what is nothing is left out."""
    parts = []
    if item.overdue:
        parts.append(_("{count} overdue").format(count=item.overdue))
    if item.week:
        parts.append(_("{count} this week").format(count=item.week))
    parts.append(_("{count} with us").format(count=quantity(item.pieces)))
    return ", ".join(parts)
