"""What can be done with the unit of a card: one row each, chosen by digit."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screens.choice import Choice
from screens.entry import Entry
from screens.words import CONDITIONS, IDENTIFIERS
from store.domain.language import N_, _
from store.domain.records import Identifier
from store.operations.units import add_identifier, change_condition
from store.queries.holdings import party_of_unit
from store.queries.units import card as unit_card

if TYPE_CHECKING:
    from screens.unit_card import UnitCard


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAction:
    """A row of the menu."""

    label: str
    """Marked for translation."""
    run: Callable[["UnitCard"], Awaitable[None]]
    """Part of a job of the card."""


async def choose_action(card: "UnitCard") -> None:
    """Ask what to do with the unit, and do it."""
    actions = SERVICE_ACTIONS if card.is_service else ACTIONS
    question = Choice(_("What to do?"), [_(action.label) for action in actions], bell=card.session.bell)
    chosen = await card.app.push_screen_wait(question)
    if chosen is not None:
        await actions[chosen].run(card)


async def add_number(card: "UnitCard") -> None:
    """Give the unit a further number, and show it."""
    types = list(IDENTIFIERS)
    answers = [_(IDENTIFIERS[kind]) for kind in types]
    chosen = await card.app.push_screen_wait(Choice(_("Which number?"), answers, bell=card.session.bell))
    if chosen is None:
        return
    entry = Entry(f"{answers[chosen]}?", takes_scans=True, bell=card.session.bell)
    text = await card.app.push_screen_wait(entry)
    if text is None:
        return
    number = Identifier(type=types[chosen], text=text.strip())
    await card.session.lane.write(add_identifier, card.unit_id, number)
    await card.read()


async def change_state(card: "UnitCard") -> None:
    """Change the unit's condition, with a reason, and show it."""
    conditions = list(CONDITIONS)
    answers = [_(CONDITIONS[condition]) for condition in conditions]
    question = Choice(_("Which condition?"), answers, bell=card.session.bell)
    chosen = await card.app.push_screen_wait(question)
    if chosen is None:
        return
    reason = await card.app.push_screen_wait(Entry(_("Why?"), bell=card.session.bell))
    if reason is None:
        return
    actor = card.session.actor()
    await card.session.lane.write(change_condition, actor, card.unit_id, conditions[chosen], reason=reason)
    await card.read()


async def change_fields(card: "UnitCard") -> None:
    """Change what the unit has in its fields, and show it."""
    from screens.unit_fields import UnitFields

    await card.app.push_screen_wait(UnitFields(card.session, card.unit_id, card.title_text()))
    await card.read()


async def print_label(card: "UnitCard") -> None:
    """Print the unit's label, or again a paper on which it stands."""
    from screens.paper_desk import PaperDesk
    from screens.paper_subject import of_unit

    found = await card.session.lane.read(unit_card, card.unit_id)
    if found is not None:
        await card.app.push_screen_wait(PaperDesk(card.session, of_unit(found.id, found.serial)))


async def choose_file(card: "UnitCard") -> None:
    """Add a photo or a signed paper to the unit, or save one of its files out."""
    from screens.attachment_actions import attach_file, save_file

    answers = (_("Attach a file"), _("Save a file"))
    chosen = await card.app.push_screen_wait(Choice(_("Files"), answers, bell=card.session.bell))
    if chosen is not None:
        await (attach_file, save_file)[chosen](card)


async def scan_missing(card: "UnitCard") -> None:
    """Scan the serials that are still missing at whoever has the unit."""
    from screens.on_site import scan_on_site

    party = await card.session.lane.read(party_of_unit, card.unit_id)
    if party is None:
        await card.stop_work(_("This unit is ours and with us: nobody's serials are missing here."))
    else:
        await scan_on_site(card, party)
        await card.read()


async def tell_event(card: "UnitCard") -> None:
    """Tell what happened to the unit, and show it."""
    from screens.new_event import NewEventForm

    await NewEventForm(card.session, [card.unit_id], card.title_text()).ask(card.app)
    await card.read()


async def do_tasks(card: "UnitCard") -> None:
    """Set a task on the unit, or work on one that waits."""
    from screens.task_actions import choose_task

    await choose_task(card)


async def do_costs(card: "UnitCard") -> None:
    """Note what work on the unit cost, or take a wrong cost back."""
    from screens.cost_actions import choose_cost

    await choose_cost(card)


async def do_service(card: "UnitCard") -> None:
    """Ask which work of service is meant, and do it."""
    from screens.repair_actions import choose_service

    await choose_service(card)


ACTIONS: tuple[UnitAction, ...] = (
    UnitAction(label=N_("Add number"), run=add_number),
    UnitAction(label=N_("Change condition"), run=change_state),
    UnitAction(label=N_("Change fields"), run=change_fields),
    UnitAction(label=N_("Print a label or paper"), run=print_label),
    UnitAction(label=N_("Files..."), run=choose_file),
    UnitAction(label=N_("Service and repair..."), run=do_service),
    UnitAction(label=N_("New event"), run=tell_event),
    UnitAction(label=N_("Tasks..."), run=do_tasks),
    UnitAction(label=N_("Costs..."), run=do_costs),
)
"""A further thing to do is a row here; at most nine have a digit."""


async def renew_it(card: "UnitCard") -> None:
    """Let another service follow this one, and show it."""
    from screens.service_deeds import renew_services

    await renew_services(card, [card.unit_id], card.title_text())
    await card.read()


async def end_it(card: "UnitCard") -> None:
    """End this service early, or give it up, and show it."""
    from screens.service_deeds import end_some

    await end_some(card, [card.unit_id])
    await card.read()


async def put_right(card: "UnitCard") -> None:
    """Put the days, seats or subject of this service right, and show it."""
    from screens.service_forms import AmendService

    await AmendService(card.session, card.unit_id, card.title_text()).ask(card.app)
    await card.read()


SERVICE_ACTIONS: tuple[UnitAction, ...] = (
    UnitAction(label=N_("Renew"), run=renew_it),
    UnitAction(label=N_("End, or give up"), run=end_it),
    UnitAction(label=N_("Put right"), run=put_right),
    *(action for action in ACTIONS if action.run not in {change_state, print_label, add_number, do_service}),
)
"""The same for a service, which has no condition and no label; numbers are added by F2."""
