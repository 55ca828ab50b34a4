"""What can be done with the chosen units of a party: one row each, chosen by digit."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from screens.choice import Choice
from screens.entry import Entry
from screens.holding_export import export
from screens.notice import Notice
from screens.service_words import event_word
from store.domain.events import BY_PROGRAM, NewEvent
from store.domain.language import N_, _, ngettext
from store.operations.events import record_events
from store.queries.events import kinds
from store.queries.holdings import held_ids

if TYPE_CHECKING:
    from screens.customer_holdings import CustomerHoldings


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingAction:
    """A row of the menu."""

    label: str
    """Marked for translation."""
    run: Callable[["CustomerHoldings", Sequence[int]], Awaitable[None]]
    """Gets the ids of the chosen units; none are chosen: all that is shown is meant. Part of a job."""


async def choose_action(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> None:
    """Ask what to do with the chosen units, and do it."""
    count = len(unit_ids)
    text = (
        _("What to do with the {count} chosen?").format(count=count) if count else _("What to do with all?")
    )
    question = Choice(text, [_(action.label) for action in ACTIONS], bell=screen.session.bell)
    chosen = await screen.app.push_screen_wait(question)
    if chosen is not None:
        await ACTIONS[chosen].run(screen, unit_ids)


async def tell_event(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> None:
    """Tell one event of all chosen units."""
    session = screen.session
    if not unit_ids:
        await screen.stop_work(_("Choose units first: F4, F6, or scan them."))
        return
    known = [kind for kind in await session.lane.read(kinds) if kind.code not in BY_PROGRAM]
    answers = [event_word(kind.code, kind.name) for kind in known]
    chosen = await screen.app.push_screen_wait(Choice(_("What happened?"), answers, bell=session.bell))
    if chosen is None:
        return
    text = await screen.app.push_screen_wait(Entry(f"{answers[chosen]}:", bell=session.bell))
    if not text:
        return
    new = NewEvent(kind=known[chosen].code, text=text)
    count = await session.lane.write(record_events, session.actor(), unit_ids, new, token=str(uuid4()))
    told = ngettext("Told of {count} unit.", "Told of {count} units.", count)
    await screen.app.push_screen_wait(Notice(told.format(count=count), bell=session.bell))
    await screen.reload()


async def print_list(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> None:  # noqa: ARG001
    """Print the list of all that the party has, or of what it has to give back."""
    from screens.paper_desk import PaperDesk
    from screens.paper_subject import of_party

    await screen.app.push_screen_wait(PaperDesk(screen.session, of_party(screen.party)))


async def print_letter(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> None:
    """Print a letter about the chosen units, or about all that are shown; or their labels."""
    from screens.paper_desk import PaperDesk
    from screens.paper_subject import of_units

    session, party = screen.session, screen.party
    ids = unit_ids or await session.lane.read(held_ids, party, screen.part)
    if not ids:
        await screen.stop_work(_("There are no units with serials here."))
        return
    signed_by = session.actor().operator.name
    subject = await session.lane.read(of_units, party, ids, session.letters().templates, signed_by)
    await screen.app.push_screen_wait(PaperDesk(session, subject))


async def scan_serials(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> None:  # noqa: ARG001
    """Scan the serials of what the party has without."""
    await screen.scan_serials()


async def take_back(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> None:
    """Open a return with the chosen units, and show what is left."""
    from screens.lending_actions import return_units

    if not unit_ids:
        await screen.stop_work(_("Choose units first: F4, F6, or scan them."))
        return
    if await return_units(screen, unit_ids):
        screen.unpick()
        await screen.reload()


async def give_services(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> None:  # noqa: ARG001
    """Give the party policies, certificates or licences."""
    from screens.new_services import AddServices

    if await AddServices(screen.session, screen.party).ask(screen.app):
        await screen.reload()


async def renew_chosen(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> None:
    """Let others follow the chosen services."""
    from screens.service_deeds import renew_services

    if not unit_ids:
        await screen.stop_work(_("Choose units first: F4, F6, or scan them."))
    elif await renew_services(screen, unit_ids):
        await screen.reload()


ACTIONS: tuple[HoldingAction, ...] = (
    HoldingAction(label=N_("Tell an event of all"), run=tell_event),
    HoldingAction(label=N_("Print the whole list"), run=print_list),
    HoldingAction(label=N_("Export as CSV or XLSX"), run=export),
    HoldingAction(label=N_("Scan missing serials"), run=scan_serials),
    HoldingAction(label=N_("Print a letter or labels"), run=print_letter),
    HoldingAction(label=N_("Return"), run=take_back),
    HoldingAction(label=N_("Give services"), run=give_services),
    HoldingAction(label=N_("Renew the chosen services"), run=renew_chosen),
)
"""A further thing to do is a row here; at most nine have a digit."""
