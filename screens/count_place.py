"""Which location is counted: this terminal's own, or another one of the company after a warning."""

from collections.abc import Callable

from textual.app import App

from screens.choice import Choice, yes_or_no
from screens.location_choice import LocationChoice
from screens.session import Session
from store.domain.language import _
from store.domain.records import Location
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.queries.locations import by_ids, listing
from store.queries.resolve import resolve

OTHER = 2
"""The answer after yes and no: another location."""


async def ask_place(
    app: App[object], session: Session, *, is_open: Callable[[int], object]
) -> Location | None:
    """Ask which location is to be counted, this terminal's own being the first answer.

    `is_open` is the query of a location's open count, which is joined and not asked about. The barcode of
    any location answers as well. None: the person went back.
    """
    here = session.actor().terminal.location
    if await session.lane.read(is_open, here.id) is not None:
        text = _("A count of {place} is open.").format(place=here.name)
        answers = (_("Count on there"), _("No"), _("Another location"))
    else:
        text = _("Count {place}? What is on record there now is kept, to be compared.").format(
            place=here.name
        )
        answers = (_("Yes"), _("No"), _("Another location"))
    others = [each for each in await session.lane.read(listing) if each.id != here.id]
    scanned = {here.code: 0} | {each.code: OTHER + 1 + number for number, each in enumerate(others)}
    chosen = await app.push_screen_wait(Choice(text, answers, codes=scanned, bell=session.bell))
    if chosen == 0:
        return here
    if chosen is None or chosen < OTHER:
        return None
    place: Location | None
    if chosen == OTHER:
        place = await LocationChoice(session, _("Count where?"), besides=here).ask(app)
    else:
        place = others[chosen - OTHER - 1]
    return place if place is not None and await confirmed(app, session, place) else None


async def confirmed(app: App[object], session: Session, place: Location) -> bool:
    """Warn when a location is not that of this terminal, and tell whether it is meant. Part of a job."""
    here = session.actor().terminal.location
    if place.id == here.id:
        return True
    text = _(
        "CAREFUL: this terminal is at {here}, and you are about to count {place}. What is scanned is said to "
        "lie at {place}, and what is not scanned there counts as missing. Count {place}?"
    ).format(here=here.name, place=place.name)
    return await app.push_screen_wait(yes_or_no(text, bell=session.bell)) == 0


async def place_of(session: Session, scan: Scan) -> Location | None:
    """Return the location that a scan names, or None. Part of a job."""
    found = await session.lane.read(resolve, scan.text)
    ids = [hit.id for hit in found.hits if hit.kind is Named.LOCATION]
    places = await session.lane.read(by_ids, ids) if ids else []
    return places[0] if places else None
