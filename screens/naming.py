"""What a scan outside a document names, and which of several things is meant."""

from collections.abc import Collection

from screens.choice import Choice
from screens.frame import Frame
from store.domain.language import _
from store.domain.records import Location, Party, Product
from store.domain.resolution import Hit, Named
from store.domain.scan import Scan
from store.queries.locations import listing
from store.queries.near import near
from store.queries.parties import party_by_id
from store.queries.products import product_by_id
from store.queries.resolve import resolve

NEAR = 9
"""So many numbers that come near are offered: each has a digit."""


async def ask_named(screen: Frame, scan: Scan, kinds: Collection[Named]) -> Hit | None:
    """Return the one thing of `kinds` that a scan names, asking when there are several. Part of a job.

    None: it names nothing of the kind, and the operator was told; or none of several was meant.
    """
    found = await screen.session.lane.read(resolve, scan.text, scan.gs1)
    hits = [hit for hit in found.hits if hit.kind in kinds]
    if not hits:
        if Named.UNIT in kinds:
            return await _ask_near(screen, scan)
        text = _("{text} is not known here. Check the code and scan again.").format(text=scan.text)
        await screen.stop_work(text)
        return None
    if len(hits) == 1:
        return hits[0]
    answers = [f"{hit.name}  {hit.more}" for hit in hits]
    question = Choice(_("{text}: which one?").format(text=scan.text), answers, bell=screen.session.bell)
    chosen = await screen.app.push_screen_wait(question)
    return None if chosen is None else hits[chosen]


async def _ask_near(screen: Frame, scan: Scan) -> Hit | None:
    """Say that a number is nobody's, and offer the units whose numbers are mistaken for it."""
    text = scan.gs1.serial if scan.gs1 and scan.gs1.serial else scan.text
    units = await screen.session.lane.read(near, text, limit=NEAR)
    if not units:
        sentence = _("{text} is not known here: not sold by us, no number is like it. Check and scan again.")
        await screen.stop_work(sentence.format(text=text))
        return None
    answers = [f"{unit.serial}  {unit.product_name}" for unit in units]
    question = Choice(
        _("{text} was not sold by us. Is it one of these?").format(text=text),
        answers,
        bell=screen.session.bell,
    )
    chosen = await screen.app.push_screen_wait(question)
    if chosen is None:
        return None
    return Hit(kind=Named.UNIT, id=units[chosen].id, name=units[chosen].serial)


def document_part(text: str) -> Party | Location | Product | None:
    """Return the part of a new document that a scan names. It runs in the lane."""
    for hit in resolve(text).hits:
        if hit.kind is Named.PARTY:
            return party_by_id(hit.id)
        if hit.kind is Named.LOCATION:
            return next((place for place in listing() if place.id == hit.id), None)
        if hit.kind is Named.PRODUCT:
            return product_by_id(hit.id)
    return None
