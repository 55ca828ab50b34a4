"""At whom serials are still to be scanned: how many, of how many products, and since when."""

from functools import partial
from typing import ClassVar

from screens.commands import Command
from screens.finder import MORE, Finder
from screens.naming import ask_named
from screens.pending_pieces import PendingAt
from screens.session import Session
from screens.words import quantity
from store.domain.language import _
from store.domain.pending import PendingParty, PendingTotals
from store.domain.records import Party
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.queries.holdings import party_of_unit
from store.queries.parties import party_by_id
from store.queries.pending import pending_parties, pending_totals


class PendingSerials(Finder[PendingParty]):
    """Customers with the oldest first. Enter opens one; a scan opens a customer, or whoever has a unit."""

    OFFERS: ClassVar[tuple[Command, ...]] = (MORE,)

    def __init__(self, session: Session) -> None:
        """List everybody."""
        super().__init__(session)
        self._totals: PendingTotals | None = None

    def title_text(self) -> str:
        """Return how much waits in all."""
        if self._totals is None:
            return _("Serials to be scanned")
        return _("Serials to be scanned: {count}").format(count=quantity(self._totals.count))

    def label(self) -> str:
        """Return what can be typed."""
        return _("Name, NIP or code; or scan")

    def find(self, text: str, skip: int, limit: int) -> list[PendingParty]:
        """Return the customers with `text` in them, the oldest first."""
        self._totals = pending_totals()
        return pending_parties(text=text, skip=skip, limit=limit)

    def parts(self, item: PendingParty) -> tuple[str, str]:
        """Return the name; and how much waits since when."""
        count = _("{count} pcs").format(count=quantity(item.count))
        return item.name, f"{count}  {item.since.isoformat()}"

    def _state(self, text: str) -> str:
        self.show_title()
        return super()._state(text)

    async def take_chosen(self, item: PendingParty) -> None:
        """Show what waits at a customer."""
        await self._open(await self.session.lane.read(party_by_id, item.party_id))

    async def _open(self, party: Party) -> None:
        await self.app.push_screen_wait(PendingAt(self.session, party))
        self.call_later(partial(self._look_up, 0))

    async def take_scan(self, scan: Scan) -> None:
        """Show what waits at the customer that is scanned, or that has the scanned unit."""
        hit = await ask_named(self, scan, {Named.PARTY, Named.UNIT})
        if hit is None:
            return
        if hit.kind is Named.PARTY:
            party: Party | None = await self.session.lane.read(party_by_id, hit.id)
        else:
            party = await self.session.lane.read(party_of_unit, hit.id)
        if party is None:
            await self.stop_work(_("{text} is ours and with us.").format(text=hit.name))
        else:
            await self._open(party)
