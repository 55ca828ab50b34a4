"""Finding a unit: by any part of its numbers, by its product, by who has it, or by a scan."""

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.message import Message
from textual.widgets import Input, Static

from screens.commands import Command
from screens.customer_holdings import CustomerHoldings
from screens.days import today_of
from screens.finder import MORE, Finder
from screens.naming import ask_named
from screens.saved_searches import ask_saved
from screens.search_filters import ask_filter, described
from screens.session import Session
from screens.unit_card import UnitCard
from screens.words import word
from store.domain.field_values import listed
from store.domain.language import N_, _
from store.domain.records import Product
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.domain.unit_filters import Position, UnitFilter
from store.domain.units import UnitSummary
from store.queries.unit_filters import SHORTEST_PART
from store.queries.unit_search import START, UnitHit, find, of_product

SERIAL_WIDTH = 22


class UnitList(Finder[UnitSummary]):
    """The units of a product. Choosing one opens its card."""

    NAME_WIDTH: ClassVar[int] = SERIAL_WIDTH

    def __init__(self, session: Session, product: Product) -> None:
        """List the units of `product`."""
        super().__init__(session)
        self._product = product
        self._last: dict[int, str] = {}
        """The serial before each page that was shown, by the rows before it. The lane alone has it."""

    def title_text(self) -> str:
        """Return of what these are the units."""
        return _("Units: {name}").format(name=self._product.name)

    def label(self) -> str:
        """Return what can be typed."""
        return _("Part of the serial")

    def find(self, text: str, skip: int, limit: int) -> list[UnitSummary]:
        """Return the units with `text` in their serial."""
        after = self._last.get(skip) if skip else None
        found = of_product(self._product.id, text, after=after, limit=limit)
        self._last |= {skip + count: unit.serial for count, unit in enumerate(found, start=1)}
        return found

    def parts(self, item: UnitSummary) -> tuple[str, str]:
        """Return the serial; and on which terms and where it is."""
        return unit_parts(item, with_product=False)

    async def take_chosen(self, item: UnitSummary) -> None:
        """Open the unit's card."""
        await self.app.push_screen_wait(await UnitCard.opened(self.session, item.id))

    async def take_scan(self, scan: Scan) -> None:
        """Open the card of the scanned unit, whosever it is."""
        await open_scanned(self, scan)


FILTER = Command(
    code="FILTER",
    key="f2",
    label=N_("Filter"),
    action="filter",
    help=N_("Narrow down by product, customer, document, field, sale, warranty or complaint; or no more."),
)
SAVED = Command(
    code="SAVED",
    key="f4",
    label=N_("Saved"),
    action="saved",
    help=N_("Open a search that was saved, save this one, or forget one."),
)


class Wanted(Message):
    """Something else is looked for."""

    def __init__(self, wanted: UnitFilter) -> None:
        """Carry what."""
        super().__init__()
        self.wanted = wanted


class UnitSearch(Finder[UnitHit]):
    """Finds units by a part of a number, narrowed down by what they are and what happened to them.

    A product or a party in the list stands for its units.
    """

    OFFERS: ClassVar[tuple[Command, ...]] = (FILTER, SAVED, MORE)
    NAME_WIDTH: ClassVar[int] = SERIAL_WIDTH

    def __init__(self, session: Session, wanted: UnitFilter = UnitFilter()) -> None:  # noqa: B008 - frozen
        """Look for nothing yet, or for what is `wanted`."""
        super().__init__(session)
        self._wanted = wanted
        self._positions: dict[int, Position] = {}
        """Where each page begins that was shown, by the rows before it. The lane alone has it."""

    def title_text(self) -> str:
        """Return what is done here."""
        return _("Find a unit")

    def label(self) -> str:
        """Return what can be typed, or what the units are narrowed down by."""
        narrowed = described(self._wanted)
        if narrowed:
            return narrowed
        text = _("Number, product or party: {count} characters or more")
        return text.format(count=SHORTEST_PART)

    def shortest(self) -> int:
        """Return how much has to be typed: nothing where units are narrowed down already."""
        return 0 if self._wanted.narrows else SHORTEST_PART

    def on_mount(self) -> None:
        """Begin with the text that is wanted."""
        super().on_mount()
        self.query_one(Input).value = self._wanted.text

    def find(self, text: str, skip: int, limit: int) -> list[UnitHit]:
        """Return what has `text` in it and is all that is asked."""
        position = self._positions.get(skip, START) if skip else START
        wanted = replace(self._wanted, text=text)
        page = find(wanted, today=today_of(self.session), position=position, limit=limit)
        # How many of them are shown is known when they are: what stands above may have grown meanwhile.
        self._positions |= dict(enumerate(page.after, start=skip + 1))
        return page.hits

    def parts(self, item: UnitHit) -> tuple[str, str]:
        """Return the row of a unit, or the name of a product or a party with the word for its units."""
        if isinstance(item, UnitSummary):
            return unit_parts(item, with_product=self._wanted.product is None)
        return item.name, _("all units of this product") if isinstance(item, Product) else _("all its units")

    def action_filter(self) -> None:
        """Narrow down, or no more."""
        self.enqueue(self._filter)

    async def _filter(self) -> None:
        self._look_for(await ask_filter(self, self._now()))

    def action_saved(self) -> None:
        """Open a saved search, or save this one."""
        self.enqueue(self._saved)

    async def _saved(self) -> None:
        self._look_for(await ask_saved(self, self._now()))

    def _now(self) -> UnitFilter:
        return replace(self._wanted, text=self.query_one(Input).value.strip())

    def _look_for(self, wanted: UnitFilter | None) -> None:
        if wanted is not None:
            self.post_message(Wanted(wanted))

    @on(Wanted)
    def _turn_to(self, message: Wanted) -> None:
        self._wanted = message.wanted
        self.query_one(".label", Static).update(self.label())
        self.query_one(Input).value = self._wanted.text
        # The page holds as many rows as the words above it leave.
        self.call_after_refresh(self.look_up)

    async def take_chosen(self, item: UnitHit) -> None:
        """Open the unit's card, or list the units."""
        if isinstance(item, UnitSummary):
            await self.app.push_screen_wait(await UnitCard.opened(self.session, item.id))
        elif isinstance(item, Product):
            await self.app.push_screen_wait(UnitList(self.session, item))
        else:
            await self.app.push_screen_wait(CustomerHoldings(self.session, item))

    async def take_scan(self, scan: Scan) -> None:
        """Open the card of the scanned unit."""
        await open_scanned(self, scan)


def unit_parts(unit: UnitSummary, *, with_product: bool = True) -> tuple[str, str]:
    """Return a unit's serial; what it is, what its fields say, until when a service is valid, where it is."""
    more = f"{word(unit.terms)}: {unit.place_name or '-'}"
    if unit.sold_at is not None:
        more += f" ({unit.sold_at.astimezone().date().isoformat()})"
    what = [unit.product_name] if with_product else []
    what += [listed(value) for value in unit.values]
    if unit.valid_until is not None:
        what.append(_("valid until {day}").format(day=unit.valid_until.isoformat()))
    more = ", ".join((*what, more))
    return unit.serial, _("near: {row}").format(row=more) if unit.is_near else more


async def open_scanned(screen: UnitList | UnitSearch, scan: Scan) -> None:
    """Open the card of the unit that a scan names, asking when there are several. Part of a job."""
    hit = await ask_named(screen, scan, {Named.UNIT})
    if hit is not None:
        await screen.app.push_screen_wait(await UnitCard.opened(screen.session, hit.id))
