"""Finding a unit: by any part of its numbers, by its product, by who has it, or by a scan."""

from typing import ClassVar

from screens.customer_holdings import CustomerHoldings
from screens.finder import Finder
from screens.naming import ask_named
from screens.session import Session
from screens.unit_card import UnitCard
from screens.words import word
from store.domain.language import _
from store.domain.records import Product
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.domain.units import UnitSummary
from store.queries.unit_search import SHORTEST_PART, UnitHit, of_product, search

SERIAL_WIDTH = 22


class UnitList(Finder[UnitSummary]):
    """The units of a product. Choosing one opens its card."""

    NAME_WIDTH: ClassVar[int] = SERIAL_WIDTH

    def __init__(self, session: Session, product: Product) -> None:
        """List the units of `product`."""
        super().__init__(session)
        self._product = product

    def title_text(self) -> str:
        """Return of what these are the units."""
        return _("Units: {name}").format(name=self._product.name)

    def label(self) -> str:
        """Return what can be typed."""
        return _("Part of the serial")

    def find(self, text: str, skip: int, limit: int) -> list[UnitSummary]:
        """Return the units with `text` in their serial."""
        return of_product(self._product.id, text, limit=limit, skip=skip)

    def parts(self, item: UnitSummary) -> tuple[str, str]:
        """Return the serial; and on which terms and where it is."""
        return unit_parts(item, with_product=False)

    async def take_chosen(self, item: UnitSummary) -> None:
        """Open the unit's card."""
        await self.app.push_screen_wait(UnitCard(self.session, item.id))

    async def take_scan(self, scan: Scan) -> None:
        """Open the card of the scanned unit, whosever it is."""
        await open_scanned(self, scan)


class UnitSearch(Finder[UnitHit]):
    """Finds units by a part of a number. A product or a party in the list stands for its units."""

    SHORTEST: ClassVar[int] = SHORTEST_PART
    NAME_WIDTH: ClassVar[int] = SERIAL_WIDTH

    def title_text(self) -> str:
        """Return what is done here."""
        return _("Find a unit")

    def label(self) -> str:
        """Return what can be typed."""
        text = _("Number, product or party: {count} characters or more")
        return text.format(count=SHORTEST_PART)

    def find(self, text: str, skip: int, limit: int) -> list[UnitHit]:
        """Return the units, products and parties with `text` in them."""
        return search(text, limit=limit, skip=skip)

    def parts(self, item: UnitHit) -> tuple[str, str]:
        """Return the row of a unit, or the name of a product or a party with the word for its units."""
        if isinstance(item, UnitSummary):
            return unit_parts(item)
        return item.name, _("all units of this product") if isinstance(item, Product) else _("all its units")

    async def take_chosen(self, item: UnitHit) -> None:
        """Open the unit's card, or list the units."""
        if isinstance(item, UnitSummary):
            await self.app.push_screen_wait(UnitCard(self.session, item.id))
        elif isinstance(item, Product):
            await self.app.push_screen_wait(UnitList(self.session, item))
        else:
            await self.app.push_screen_wait(CustomerHoldings(self.session, item))

    async def take_scan(self, scan: Scan) -> None:
        """Open the card of the scanned unit."""
        await open_scanned(self, scan)


def unit_parts(unit: UnitSummary, *, with_product: bool = True) -> tuple[str, str]:
    """Return a unit's serial; and what it is, on which terms and where."""
    where = f"{word(unit.terms)}: {unit.place_name or '-'}"
    more = f"{unit.product_name}, {where}" if with_product else where
    return unit.serial, _("near: {row}").format(row=more) if unit.is_near else more


async def open_scanned(screen: UnitList | UnitSearch, scan: Scan) -> None:
    """Open the card of the unit that a scan names, asking when there are several. Part of a job."""
    hit = await ask_named(screen, scan, {Named.UNIT})
    if hit is not None:
        await screen.app.push_screen_wait(UnitCard(screen.session, hit.id))
