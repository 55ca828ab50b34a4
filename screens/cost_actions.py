"""What is done with the costs of the unit of a card: noting one, and taking a wrong one back."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from screens.choice import Choice, yes_or_no
from screens.entry import Entry
from screens.new_cost import NewCostForm
from screens.paged_choice import DIGITS, Answers, page_of, pick_of_many
from screens.service_words import cost_text
from screens.words import reason_fault
from store.domain.costs import Cost
from store.domain.language import _
from store.operations.costs import take_back_cost
from store.queries.costs import costs

if TYPE_CHECKING:
    from screens.unit_card import UnitCard


async def choose_cost(card: "UnitCard") -> None:
    """Ask what to do with the unit's costs, and do it; without one, note the first."""
    if not await card.session.lane.read(costs, card.unit_id, standing=True, limit=1):
        await note_cost(card)
        return
    answers = (_("New cost"), _("Take a cost back"))
    chosen = await card.app.push_screen_wait(Choice(_("Costs"), answers, bell=card.session.bell))
    if chosen is not None:
        await (note_cost, take_back)[chosen](card)


async def note_cost(card: "UnitCard") -> None:
    """Note what work on the unit cost, and show it."""
    await NewCostForm(card.session, card.unit_id, card.title_text()).ask(card.app)
    await card.read()


async def take_back(card: "UnitCard") -> None:
    """Take one of the unit's costs back, with a reason, and show it."""
    session = card.session

    async def read(before: Any) -> Answers:
        found = await session.lane.read(
            costs, card.unit_id, standing=True, limit=DIGITS + 1, before_id=before
        )
        return page_of(found, cost_text)

    cost = await pick_of_many(card, _("Which cost is taken back?"), read, Cost)
    if cost is None:
        return
    reason = await card.app.push_screen_wait(Entry(_("Why?"), check=reason_fault, bell=session.bell))
    if reason is None:
        return
    text = _("Take back {cost}?").format(cost=cost_text(cost))
    if await card.app.push_screen_wait(yes_or_no(text, bell=session.bell)) != 0:
        return
    await session.lane.write(take_back_cost, session.actor(), cost.id, reason=reason, token=str(uuid4()))
    await card.read()
