"""What is done with services from a card, from a customer's holdings and from the list of what expires."""

from collections.abc import Sequence
from uuid import uuid4

from screens.choice import yes_or_no
from screens.days import ask_day, today_of
from screens.entry import Entry
from screens.frame import Frame
from screens.notice import Notice
from screens.service_forms import RenewService
from store.domain.language import _, ngettext
from store.domain.services import Renewal
from store.operations.service_ending import end_services
from store.operations.services import renew


async def renew_services(screen: Frame, unit_ids: Sequence[int], name: str = "") -> bool:
    """Let others follow the services: one by its form, several as their products say. Part of a job."""
    if len(unit_ids) == 1:
        return await RenewService(screen.session, unit_ids[0], name).ask(screen.app)
    count = len(unit_ids)
    text = ngettext("Renew {count} service?", "Renew {count} services?", count).format(count=count)
    more = _("Each goes on as long as its product says, under its number with /2.")
    question = yes_or_no(f"{text} {more}", bell=screen.session.bell)
    if await screen.app.push_screen_wait(question) != 0:
        return False
    renewals = [Renewal(unit_id=unit_id) for unit_id in unit_ids]
    actor = screen.session.actor()
    made = await screen.session.lane.write(renew, actor, renewals, token=str(uuid4()))
    told = ngettext("{count} service renewed.", "{count} services renewed.", len(made))
    await screen.app.push_screen_wait(Notice(told.format(count=len(made)), bell=screen.session.bell))
    return True


async def end_some(screen: Frame, unit_ids: Sequence[int]) -> bool:
    """End services on a day, with a reason, and tell whether that was done. Part of a job."""
    session = screen.session
    today = today_of(session)
    day = await ask_day(screen.app, _("Ends on which day?"), today=today, value=today, bell=session.bell)
    if day is None:
        return False
    reason = await screen.app.push_screen_wait(Entry(_("Why?"), bell=session.bell))
    if not reason:
        return False
    token = str(uuid4())
    count = await session.lane.write(end_services, session.actor(), unit_ids, day, reason=reason, token=token)
    told = ngettext("{count} service ended.", "{count} services ended.", count)
    await screen.app.push_screen_wait(Notice(told.format(count=count), bell=session.bell))
    return True
