"""Searches under names: opening one, keeping the one on show, forgetting one."""

from screens.choice import Choice, yes_or_no
from screens.entry import Entry
from screens.frame import Frame
from screens.messages import Said
from screens.search_filters import described
from store.domain.language import _
from store.domain.unit_filters import UnitFilter
from store.operations.saved_searches import forget_search, save_search
from store.queries.saved_searches import names, saved_search


async def ask_saved(screen: Frame, wanted: UnitFilter) -> UnitFilter | None:
    """Open a saved search and return it; or keep `wanted`, or forget one. Part of a job.

    None: what is looked for stays as it is.
    """
    session = screen.session
    operator_id = session.actor().operator.id
    known = await session.lane.read(names, operator_id)
    can_save = wanted.narrows or bool(wanted.text.strip())
    rows = [_("Save this search")] if can_save else []
    rows += [_("Forget one")] if known else []
    begin = len(rows)
    if not rows:
        await screen.stop_work(_("No search is saved yet. Type or narrow down, then save it here."))
        return None
    rows += [_("{name} (everybody's)").format(name=name) if shared else name for _id, name, shared in known]
    chosen = await screen.app.push_screen_wait(Choice(_("Which search?"), rows, bell=session.bell))
    if chosen is None:
        return None
    if chosen >= begin:
        found = await session.lane.read(saved_search, operator_id, known[chosen - begin][0])
        return found.wanted if found else None
    if can_save and chosen == 0:
        await _save(screen, wanted)
    else:
        await _forget(screen, known)
    return None


async def _save(screen: Frame, wanted: UnitFilter) -> None:
    session = screen.session
    value = "; ".join(part for part in (wanted.text, described(wanted)) if part)
    entry = Entry(_("Under which name?"), value=value[:40], takes_scans=True, bell=session.bell)
    name = await screen.app.push_screen_wait(entry)
    if not name or not name.strip():
        return
    question = Choice(_("For whom?"), [_("For me"), _("For everybody")], bell=session.bell)
    chosen = await screen.app.push_screen_wait(question)
    if chosen is not None:
        await session.lane.write(save_search, session.actor(), name, wanted, shared=chosen == 1)
        screen.post_message(Said(_("Saved: {name}").format(name=name.strip())))


async def _forget(screen: Frame, known: list[tuple[int, str, bool]]) -> None:
    session = screen.session
    rows = [_("{name} (everybody's)").format(name=name) if shared else name for _id, name, shared in known]
    chosen = await screen.app.push_screen_wait(Choice(_("Forget which search?"), rows, bell=session.bell))
    if chosen is None:
        return
    search_id, name, _shared = known[chosen]
    question = yes_or_no(_("Forget {name}?").format(name=name), bell=session.bell)
    if await screen.app.push_screen_wait(question) == 0:
        await session.lane.write(forget_search, session.actor(), search_id)
        screen.post_message(Said(_("Forgotten: {name}").format(name=name)))
