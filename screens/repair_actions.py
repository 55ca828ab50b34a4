"""What service does with the unit of a card: one row each, chosen by digit; only what fits it is offered."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from screens.choice import Choice, yes_or_no
from screens.entry import Entry
from screens.paper_opening import tell_closed
from screens.repair_words import FAULTS, OUTCOMES
from screens.service_opening import open_service
from screens.service_pieces import ask_reason
from screens.service_words import event_text, event_word
from screens.words import refusal_text
from store.domain.errors import Refusal, RefusalCode, RefusedError
from store.domain.events import BuiltIn, Event
from store.domain.language import N_, _
from store.domain.terms import DocumentType, Terms
from store.domain.transitions import REPAIRED
from store.domain.units import UnitCard as Card
from store.domain.warranty_told import warranty_sentence
from store.operations.events import close_event, record_event
from store.operations.installing import install, take_out
from store.operations.replacing import replace_unit
from store.queries.events import PAGE, events, open_events
from store.queries.units import by_number
from store.queries.units import card as unit_card
from store.queries.warranties import warranties_told

if TYPE_CHECKING:
    from screens.unit_card import UnitCard

SHOWN = 9
"""Events to choose from: each has a digit."""
REPLACEABLE = (Terms.SOLD, Terms.RENTED, Terms.SERVICE)


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


async def replace_it(card: "UnitCard") -> None:
    """Give the unit's holder another one for it."""
    session, app = card.session, card.app
    unit = await session.lane.read(unit_card, card.unit_id, newest=0)
    entry = Entry(
        _("Scan the new {product}.").format(product=unit.product.name), takes_scans=True, bell=session.bell
    )
    text = await app.push_screen_wait(entry)
    if not text:
        return
    found = [each for each in await session.lane.read(by_number, text.strip()) if each.id != card.unit_id]
    new = next((each for each in found if each.product_name == unit.product.name), next(iter(found), None))
    if new is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=text)
    complaints = await session.lane.read(open_events, card.unit_id, BuiltIn.COMPLAINT)
    complained = tuple(dict.fromkeys(complaint.text for complaint in complaints if complaint.text))
    usual = (*complained, *(fault for fault in FAULTS if _(fault) not in complained))
    reason = await ask_reason(app, session, _("Why is it replaced?"), usual)
    if reason is None:
        return
    question = _("Replace {old} by {new}?").format(old=unit.serial, new=new.serial)
    if await app.push_screen_wait(yes_or_no(question, bell=session.bell)) != 0:
        return
    document = await session.lane.write(
        replace_unit, session.actor(), card.unit_id, new.id, reason=reason, token=str(uuid4())
    )
    told = _("{number}\n{old} is replaced by {new}.")
    text = told.format(number=document.number, old=unit.serial, new=new.serial)
    changed = (await session.lane.read(warranties_told, document.id)).get(new.id)
    text += f"\n{warranty_sentence(changed)}" if changed else ""
    await tell_closed(app, session, document, text)


async def install_into(card: "UnitCard") -> None:
    """Build the unit into another one."""
    entry = Entry(_("Scan the unit that it is built into."), takes_scans=True, bell=card.session.bell)
    text = await card.app.push_screen_wait(entry)
    if not text:
        return
    found = await card.session.lane.read(by_number, text.strip())
    carrier = next((each for each in found if each.id != card.unit_id), None)
    if carrier is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=text)
    actor = card.session.actor()
    await card.session.lane.write(install, actor, card.unit_id, carrier.id, token=str(uuid4()))


async def take_it_out(card: "UnitCard") -> None:
    """Take the unit out of what it is built into."""
    question = yes_or_no(_("Take it out?"), bell=card.session.bell)
    if await card.app.push_screen_wait(question) == 0:
        actor = card.session.actor()
        await card.session.lane.write(take_out, actor, card.unit_id, token=str(uuid4()))


async def close_complaint(card: "UnitCard") -> None:
    """Settle what is open on the unit, with what came of it."""
    session = card.session
    waiting = await session.lane.read(open_events, card.unit_id)
    event = await _pick_event(card, _("Which one is settled?"), waiting)
    if event is None:
        return
    outcome = await ask_reason(card.app, session, _("What came of it?"), OUTCOMES)
    if outcome is not None:
        await session.lane.write(close_event, session.actor(), event.id, outcome=outcome)


async def correct_event(card: "UnitCard") -> None:
    """Tell an event anew; the old one stays in the history and says so."""
    session = card.session
    told = [
        event
        for event in await session.lane.read(events, card.unit_id, limit=PAGE)
        if event.corrected_by_id is None
    ]
    event = await _pick_event(card, _("Which event is put right?"), told[:SHOWN])
    if event is None:
        return
    check = Refusal(RefusalCode.EMPTY)
    entry = Entry(
        _("What happened?"), value=event.text, takes_scans=True, bell=session.bell,
        check=lambda text: None if text.strip() else refusal_text(check),
    )  # fmt: skip
    text = await card.app.push_screen_wait(entry)
    if text is None:
        return
    await session.lane.write(
        record_event, session.actor(), card.unit_id, event.kind, text,
        outcome=event.outcome, meter=event.meter, meter_unit=event.meter_unit, parts=event.parts,
        technician_id=event.technician_id, effective_at=event.effective_at, corrects_id=event.id,
        token=str(uuid4()),
    )  # fmt: skip


async def _pick_event(card: "UnitCard", question: str, found: Sequence[Event]) -> Event | None:
    """Ask for one of several events; None: there is none, or the person went back."""
    if not found:
        await card.stop_work(_("There is none."))
        return None
    answers = [
        f"{event.effective_at.astimezone():%Y-%m-%d} {event_word(event.kind, event.kind_name)}: "
        f"{event_text(event.text, event.way) or event.outcome}"
        for event in found
    ]
    chosen = await card.app.push_screen_wait(Choice(question, answers, bell=card.session.bell))
    return None if chosen is None else found[chosen]


REPAIR_ACTIONS: tuple[RepairAction, ...] = (
    RepairAction(label=N_("Take into service"), fits=lambda unit: unit.terms in REPAIRED, run=take_in),
    RepairAction(label=N_("Hand out"), fits=lambda unit: unit.terms is Terms.SERVICE, run=hand_out),
    RepairAction(
        label=N_("Replace by another unit"), fits=lambda unit: unit.terms in REPLACEABLE, run=replace_it
    ),
    RepairAction(label=N_("Settle a complaint"), fits=lambda _unit: True, run=close_complaint),
    RepairAction(label=N_("Put an event right"), fits=lambda _unit: True, run=correct_event),
    RepairAction(label=N_("Build into another unit"), fits=lambda _unit: True, run=install_into),
    RepairAction(label=N_("Take out of another unit"), fits=lambda _unit: True, run=take_it_out),
)
"""A further thing to do is a row here."""
