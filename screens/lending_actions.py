"""From what is looked at into lending: a return that begins with chosen units, a rental of one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from screens.choice import Choice
from screens.frame import Frame
from screens.notice import Notice
from screens.question_words import QUESTIONS
from screens.settling import REASONS_BACK
from screens.words import refusal_text, word
from store.domain.documents import Refused
from store.domain.language import _, ngettext
from store.domain.loans import BackAs
from store.domain.returning import ANSWERS
from store.domain.scan import Scan, Source
from store.domain.terms import DocumentType
from store.domain.transitions import transitions_of
from store.operations.begin_return import begin_return
from store.operations.scanning import take
from store.queries.givers import sold_among
from store.queries.locations import listing
from store.queries.units import card

if TYPE_CHECKING:
    from screens.unit_card import UnitCard
    from store.domain.records import Location


async def return_units(screen: Frame, unit_ids: Sequence[int]) -> bool:
    """Open a return with some units, and go on with it; tell whether one was opened. Part of a job."""
    from screens.returns import Return

    session = screen.session
    back_as: BackAs | None = None
    sold = await session.lane.read(sold_among, unit_ids)
    if sold:
        text = ngettext(
            "{count} was sold. Why does it come back?", "{count} were sold. Why do they come back?", sold
        ).format(count=sold)
        answers = [_(QUESTIONS[kind]) for kind in REASONS_BACK]
        if sold < len(unit_ids):
            answers.append(_("Only what was not sold"))
        chosen = await screen.app.push_screen_wait(Choice(text, answers, bell=session.bell))
        if chosen is None:
            return False
        back_as = ANSWERS[REASONS_BACK[chosen]] if chosen < len(REASONS_BACK) else None
    begun = await session.lane.write(
        begin_return, session.actor(), unit_ids, back_as=back_as, token=str(uuid4())
    )
    if begun.left:
        left = ngettext(
            "{count} is left out: not out, sold, or in another document.",
            "{count} are left out: not out, sold, or in another document.",
            begun.left,
        )
        await screen.app.push_screen_wait(Notice(left.format(count=begun.left), bell=session.bell))
    await screen.app.push_screen_wait(Return(session, begun.document_id))
    return True


async def return_unit(screen: "UnitCard") -> None:
    """Open a return with the unit of a card, and show the card again. Part of a job of the card."""
    await return_units(screen, [screen.unit_id])
    await screen.read()


async def rent_unit(screen: "UnitCard") -> None:
    """Open a rental where the unit lies, with the unit in it. Part of a job of the card."""
    from screens.new_rental import NewRental
    from screens.rental import Rental

    session = screen.session
    unit = await session.lane.read(card, screen.unit_id)
    if unit.terms not in {row.from_terms for row in transitions_of(DocumentType.RENTAL)}:
        text = _("{serial} is {terms}: it cannot be lent now.")
        await screen.stop_work(text.format(serial=unit.serial, terms=word(unit.terms)))
        return
    place = unit.place.id if unit.place else None
    found: list[Location] = await session.lane.read(listing)
    here = next((location for location in found if location.place_id == place), None)
    document_id = await NewRental(session, product=unit.product, location=here).ask(screen.app)
    if document_id is None:
        return
    scan = Scan(text=unit.serial, raw=unit.serial, source=Source.TYPED, at=session.clock())
    outcome = await session.lane.write(take, session.actor(), document_id, scan, token=str(uuid4()))
    if isinstance(outcome, Refused):
        await screen.stop_work(refusal_text(outcome.refusal))
    await screen.app.push_screen_wait(Rental(session, document_id))
    await screen.read()
