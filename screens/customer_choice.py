"""Finding whose holdings to show: by name, NIP or code, or by a scan of anything that a party has."""

from screens.customer_holdings import CustomerHoldings
from screens.finder import Finder
from screens.naming import ask_named
from store.domain.language import _
from store.domain.records import Party
from store.domain.resolution import Hit, Named
from store.domain.scan import Scan
from store.queries.documents import head
from store.queries.holdings import party_of_unit
from store.queries.parties import party_by_id, search


class CustomerChoice(Finder[Party]):
    """Finds a party and opens its holdings; going back from them leads here, to the next one."""

    def title_text(self) -> str:
        """Return what is done here."""
        return _("Whose holdings?")

    def label(self) -> str:
        """Return what can be typed."""
        return _("Name, NIP or code; or scan")

    def find(self, text: str, skip: int, limit: int) -> list[Party]:
        """Return the parties with `text` in them, by name."""
        return search(text, limit=limit, skip=skip)

    def parts(self, item: Party) -> tuple[str, str]:
        """Return the name; and code and NIP."""
        return item.name, "  ".join(part for part in (item.code, item.tax_id) if part)

    async def take_chosen(self, item: Party) -> None:
        """Open the party's holdings."""
        await self.app.push_screen_wait(CustomerHoldings(self.session, item))

    async def take_scan(self, scan: Scan) -> None:
        """Open the holdings of the party that is scanned, that has the unit, or that the document is of."""
        hit = await ask_named(self, scan, {Named.PARTY, Named.UNIT, Named.DOCUMENT})
        if hit is None:
            return
        party = await self.session.lane.read(_party_of, hit)
        if party is None:
            await self.stop_work(_("{text} is ours and with us.").format(text=hit.name))
        else:
            await self.take_chosen(party)


def _party_of(hit: Hit) -> Party | None:
    if hit.kind is Named.PARTY:
        return party_by_id(hit.id)
    if hit.kind is Named.UNIT:
        return party_of_unit(hit.id)
    document = head(hit.id)
    return document.party if document else None
