"""What service does with the unit of a card: one row each, chosen by digit; only what fits it is offered."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screens.choice import Choice
from screens.service_opening import open_service
from store.domain.language import N_, _
from store.domain.terms import DocumentType, Terms
from store.domain.transitions import REPAIRED
from store.domain.units import UnitCard as Card
from store.queries.units import card as unit_card

if TYPE_CHECKING:
    from screens.unit_card import UnitCard


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairAction:
    """A row of the menu."""

    label: str
    """Marked for translation."""
    fits: Callable[[Card], bool]
    """Tells whether it can be done with a unit."""
    run: Callable[["UnitCard"], Awaitable[None]]
    """Part of a job of the card."""


async def choose_service(card: "UnitCard") -> None:
    """Ask what is to be done, and do it."""
    session = card.session
    unit = await session.lane.read(unit_card, card.unit_id, newest=0)
    offered = [action for action in REPAIR_ACTIONS if action.fits(unit)]
    if not offered:
        await card.stop_work(_("Nothing of this can be done with it now."))
        return
    question = Choice(_("Service and repair"), [_(action.label) for action in offered], bell=session.bell)
    chosen = await card.app.push_screen_wait(question)
    if chosen is not None:
        await offered[chosen].run(card)
        await card.read()


async def take_in(card: "UnitCard") -> None:
    """Take the unit into service."""
    await open_service(card.app, card.session, DocumentType.SERVICE_INTAKE, card.unit_id)


async def hand_out(card: "UnitCard") -> None:
    """Hand the unit out."""
    await open_service(card.app, card.session, DocumentType.SERVICE_HANDOUT, card.unit_id)


REPAIR_ACTIONS: tuple[RepairAction, ...] = (
    RepairAction(label=N_("Take into service"), fits=lambda unit: unit.terms in REPAIRED, run=take_in),
    RepairAction(label=N_("Hand out"), fits=lambda unit: unit.terms is Terms.SERVICE, run=hand_out),
)
"""A further thing to do is a row here."""
