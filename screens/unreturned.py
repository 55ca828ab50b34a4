"""What is out and has to come back, by customer: how much, how late, of what value."""

from functools import partial
from typing import ClassVar

from screens.choice import Choice
from screens.commands import Command
from screens.days import today_of
from screens.finder import MORE, Finder
from screens.frame import Frame
from screens.holder_units import HolderUnits
from screens.lending_words import WHICH
from screens.naming import ask_named
from screens.paper_opening import PRINT_CODE
from screens.session import Session
from screens.unit_card import UnitCard
from screens.words import money, quantity
from store.domain.language import N_, _
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.domain.unreturned import Holder, Totals, Which
from store.queries import holders
from store.queries.parties import party_by_id

FILTER = Command(
    code="FILTER",
    key="f2",
    label=N_("Filter"),
    action="filter",
    help=N_("List all of it, what is overdue, due this week, a supplier's or consigned."),
)


REMIND = Command(
    code="REMIND",
    key="f4",
    label=N_("Remind"),
    action="remind",
    help=N_("Write to everybody who is late, by e-mail or as PDF files, once a day."),
)


PRINT = Command(
    code=PRINT_CODE,
    key="f5",
    label=N_("Print"),
    action="print",
    help=N_("Print the list of all that is out, by customer."),
)


class Unreturned(Finder[Holder]):
    """Customers with the earliest day first. Enter opens one; a scan opens a customer or a unit."""

    OFFERS: ClassVar[tuple[Command, ...]] = (FILTER, MORE, REMIND, PRINT)

    def __init__(self, session: Session, which: Which = Which.ALL) -> None:
        """List what `which` says."""
        super().__init__(session)
        self._which = which
        self._totals: Totals | None = None

    def title_text(self) -> str:
        """Return what is listed."""
        return f"{_('Unreturned')}: {_(WHICH[self._which])}"

    def label(self) -> str:
        """Return what can be typed."""
        return _("Customer's name or code")

    def find(self, text: str, skip: int, limit: int) -> list[Holder]:
        """Return the customers who have something."""
        return holders.holders(today_of(self.session), which=self._which, text=text, limit=limit, skip=skip)

    def parts(self, item: Holder) -> tuple[str, str]:
        """Return the customer; and how much, how late, of what value."""
        return item.name, totals_text(item.totals)

    async def _read(self, text: str, skip: int, size: int, *, is_asked: bool) -> None:
        self._totals = await self.session.lane.read(holders.totals, today_of(self.session), which=self._which)
        await super()._read(text, skip, size, is_asked=is_asked)

    def _state(self, text: str) -> str:
        if text or self._totals is None or not self._totals.pieces:
            return super()._state(text) if text else _("Nothing is out.")
        return totals_text(self._totals)

    def action_filter(self) -> None:
        """Choose what is listed."""
        self.enqueue(self._ask_filter)

    def action_remind(self) -> None:
        """Show who is late, to be reminded."""
        self.enqueue(self._open_reminders)

    def action_print(self) -> None:
        """Show the paper with all that is out."""
        self.enqueue(self._print)

    async def _print(self) -> None:
        # Printing is imported by those who print.
        from screens.paper_desk import PaperDesk
        from screens.paper_subject import of_everybody

        await self.app.push_screen_wait(PaperDesk(self.session, of_everybody()))

    async def _open_reminders(self) -> None:
        from screens.reminders import Reminders

        await self.app.push_screen_wait(Reminders(self.session))
        self.call_later(partial(self._look_up, 0))

    async def _ask_filter(self) -> None:
        kinds = list(WHICH)
        answers = [_(WHICH[kind]) for kind in kinds]
        chosen = await self.app.push_screen_wait(Choice(_("What to list?"), answers, bell=self.session.bell))
        if chosen is not None:
            self._which = kinds[chosen]
            self.call_later(self._list_anew)

    def _list_anew(self) -> None:
        self.show_title()
        self._look_up(0)

    async def take_chosen(self, item: Holder) -> None:
        """Open what a customer has."""
        await self._open(item.party_id, item.name)

    async def _open(self, party_id: int, name: str) -> None:
        await self.app.push_screen_wait(HolderUnits(self.session, party_id, name, self._which))
        self.call_later(partial(self._look_up, 0))

    async def take_scan(self, scan: Scan) -> None:
        """Open the customer or the unit that a scan names."""
        hit = await ask_named(self, scan, {Named.PARTY, Named.UNIT})
        if hit is None:
            return
        if hit.kind is Named.UNIT:
            screen: Frame = await UnitCard.opened(self.session, hit.id)
            await self.app.push_screen_wait(screen)
        else:
            party = await self.session.lane.read(party_by_id, hit.id)
            await self._open(party.id, party.name)


def totals_text(totals: Totals) -> str:
    """Return the sums in a line, the most pressing first; what is nothing is left out."""
    parts = []
    if totals.overdue:
        parts.append(_("{count} overdue").format(count=quantity(totals.overdue)))
    if totals.week:
        parts.append(_("{count} this week").format(count=quantity(totals.week)))
    parts.append(_("{count} out").format(count=quantity(totals.pieces)))
    if totals.value:
        parts.append(_("worth {amount}").format(amount=money(totals.value)))
    return ", ".join(parts)
