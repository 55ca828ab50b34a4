"""Finding the supplier or the customer of a document."""

from screens.finder import Finder
from screens.session import Session
from store.domain.language import _
from store.domain.records import Party
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.queries.holdings import party_of_unit
from store.queries.parties import party_by_id, search
from store.queries.repairs import party_behind
from store.queries.resolve import resolve


class PartyChoice(Finder[Party]):
    """Finds a supplier or a customer by a part of the name, the NIP or the code."""

    def __init__(self, session: Session, *, suppliers: bool) -> None:
        """Offer the suppliers, or the customers."""
        super().__init__(session)
        self._suppliers = suppliers

    def title_text(self) -> str:
        """Return whom it looks for."""
        return _("Which supplier?") if self._suppliers else _("Which customer?")

    def label(self) -> str:
        """Return what can be typed."""
        return _("Name, NIP or code")

    def find(self, text: str, skip: int, limit: int) -> list[Party]:
        """Return the parties of this side with `text` in them, by name."""
        return search(text, suppliers=self._suppliers, customers=not self._suppliers, limit=limit, skip=skip)

    def named(self, scan: Scan) -> list[Party]:
        """Return the party whose code was scanned, if it is of this side; or the customer of a unit."""
        hits = resolve(scan.text).hits
        parties = [party_by_id(hit.id) for hit in hits if hit.kind is Named.PARTY]
        if not self._suppliers:
            units = [hit.id for hit in hits if hit.kind is Named.UNIT]
            owners = [party_of_unit(unit_id) or party_behind(unit_id) for unit_id in units]
            parties += [party for party in owners if party is not None]
        return [party for party in parties if is_of_side(party, suppliers=self._suppliers)]

    def parts(self, item: Party) -> tuple[str, str]:
        """Return the name; and code and NIP."""
        return item.name, "  ".join(part for part in (item.code, item.tax_id) if part)


class AnyParty(Finder[Party]):
    """Finds any party, whether it sells to us or buys from us."""

    def title_text(self) -> str:
        """Return whom it looks for."""
        return _("Which party?")

    def label(self) -> str:
        """Return what can be typed."""
        return _("Name, NIP or code")

    def find(self, text: str, skip: int, limit: int) -> list[Party]:
        """Return the parties with `text` in them, by name."""
        return search(text, limit=limit, skip=skip)

    def named(self, scan: Scan) -> list[Party]:
        """Return the party whose code was scanned."""
        return [party_by_id(hit.id) for hit in resolve(scan.text).hits if hit.kind is Named.PARTY]

    def parts(self, item: Party) -> tuple[str, str]:
        """Return the name; and code and NIP."""
        return item.name, "  ".join(part for part in (item.code, item.tax_id) if part)


def is_of_side(party: Party, *, suppliers: bool) -> bool:
    """Tell whether a party sells to us (`suppliers`), or buys from us."""
    return party.is_supplier if suppliers else party.is_customer
