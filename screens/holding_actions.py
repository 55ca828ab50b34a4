"""What can be done with the chosen units of a party: one row each, chosen by digit."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from screens.choice import Choice
from screens.entry import Entry
from screens.event_words import event_kind
from screens.notice import Notice
from store.domain.errors import StoreError
from store.domain.events import BY_PROGRAM, NewEvent
from store.domain.holding_table import HEADINGS, csv_text
from store.domain.language import N_, _, ngettext
from store.operations.events import record_events
from store.queries.events import kinds
from store.queries.holdings import held, held_unit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from screens.customer_holdings import CustomerHoldings
    from store.domain.holdings import HeldKey, HeldUnit

PAGE = 1_000


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


async def export_csv(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> None:
    """Write the chosen units into a new CSV file."""
    today = screen.session.clock().astimezone().date()
    name = "".join(sign if sign.isalnum() else "-" for sign in screen.party.code)
    entry = Entry(_("Into which file?"), value=f"{Path.home()}/{name}-{today}.csv", bell=screen.session.bell)
    text = await screen.app.push_screen_wait(entry)
    if not text:
        return
    path = _path_of(text)
    count = 0
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            file.write(csv_text([[_(heading) for heading in HEADINGS]]))
            async for page in _pages(screen, unit_ids):
                file.write(csv_text(screen.table_row(unit) for unit in page))
                count += len(page)
    except FileExistsError as error:
        raise StoreError(_("{file}: exists already; nothing is overwritten").format(file=path)) from error
    except OSError as error:
        message = _("{file}: cannot be made: {why}").format(file=path, why=error.strerror)
        raise StoreError(message) from error
    told = ngettext("{count} unit is in {file}.", "{count} units are in {file}.", count)
    notice = Notice(told.format(count=count, file=path), bell=screen.session.bell)
    await screen.app.push_screen_wait(notice)


def _path_of(text: str) -> Path:
    return Path(text.strip()).expanduser()


async def _pages(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> "AsyncIterator[list[HeldUnit]]":
    """Yield the chosen units, or all, a page at a time, so that others are served between two pages."""
    read = screen.session.lane.read
    if unit_ids:
        for begin in range(0, len(unit_ids), PAGE):
            found = await read(partial(_some, screen, unit_ids[begin : begin + PAGE]))
            yield found
        return
    after: HeldKey | None = None
    while found := await read(held, screen.party, screen.part, after=after, limit=PAGE):
        yield found
        after = found[-1].key


def _some(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> "list[HeldUnit]":
    found = (held_unit(screen.party, unit_id) for unit_id in unit_ids)
    return [unit for unit in found if unit is not None]


async def tell_event(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> None:
    """Tell one event of all chosen units."""
    session = screen.session
    if not unit_ids:
        await screen.stop_work(_("Choose units first: F4, F6, or scan them."))
        return
    known = [kind for kind in await session.lane.read(kinds) if kind.code not in BY_PROGRAM]
    answers = [event_kind(kind.code, kind.name) for kind in known]
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
    """Print the list of all that the party has."""
    from screens.paper_desk import PaperDesk
    from screens.paper_subject import of_party

    await screen.app.push_screen_wait(PaperDesk(screen.session, of_party(screen.party)))


async def scan_serials(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> None:  # noqa: ARG001
    """Scan the serials of what the party has without."""
    await screen.scan_serials()


ACTIONS: tuple[HoldingAction, ...] = (
    HoldingAction(label=N_("Tell an event of all"), run=tell_event),
    HoldingAction(label=N_("Print the whole list"), run=print_list),
    HoldingAction(label=N_("Export as CSV"), run=export_csv),
    HoldingAction(label=N_("Scan missing serials"), run=scan_serials),
)
"""A further thing to do is a row here; at most nine have a digit."""
