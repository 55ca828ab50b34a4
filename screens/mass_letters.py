"""One letter to each customer whose services were chosen: written, kept and printed in one go."""

import logging
from collections import Counter
from collections.abc import Sequence

from print.drawing import DrawingError
from screens.choice import Choice
from screens.frame import Frame
from screens.messages import Said
from screens.notice import Notice
from screens.paper_subject import letters_of, of_units
from screens.paper_work import PaperWork
from screens.papers import PaperForm
from screens.print_words import printed_text
from store.domain.errors import RefusedError, StoreError
from store.domain.language import _, ngettext
from store.domain.letters import MOST_UNITS
from store.domain.papers import PaperLanguage, PaperRequest
from store.domain.records import Party
from store.queries.parties import by_owner

log = logging.getLogger(__name__)

FIRST = "renewal"
"""The letter that is offered first: the one for what expires."""
SHOWN = 5
"""So many customers without a letter are named."""


async def write_letters(screen: Frame, unit_ids: Sequence[int]) -> None:
    """Write a letter to each customer of the services; to one alone at the desk of papers. Part of a job."""
    session = screen.session
    owners = await session.lane.read(by_owner, unit_ids)
    if len(owners) == 1:
        from screens.paper_desk import PaperDesk

        party, ids = owners[0]
        signed_by, folder = session.actor().operator.name, session.letters().templates
        subject = await session.lane.read(of_units, party, ids, folder, signed_by, FIRST)
        await screen.app.push_screen_wait(PaperDesk(session, subject))
        return
    form = await _ask_form(screen, len(owners))
    if form is not None:
        await _write(screen, form, owners)


async def _ask_form(screen: Frame, count: int) -> PaperForm | None:
    forms = letters_of(screen.session.letters().templates, FIRST)
    text = ngettext("Which letter to {count} customer?", "Which letter to {count} customers?", count)
    question = Choice(text.format(count=count), [form.words() for form in forms], bell=screen.session.bell)
    chosen = await screen.app.push_screen_wait(question)
    return None if chosen is None else forms[chosen]


async def _write(screen: Frame, form: PaperForm, owners: Sequence[tuple[Party, list[int]]]) -> None:
    """Write to one after the other; one that fails never keeps the others."""
    failed: list[str] = []
    done: Counter[str] = Counter()
    for number, (party, ids) in enumerate(owners, start=1):
        told = _("{number} of {count}: {name}").format(number=number, count=len(owners), name=party.name)
        screen.post_message(Said(told))
        for begin in range(0, len(ids), MOST_UNITS):
            try:
                done[await _one(screen, form, party, ids[begin : begin + MOST_UNITS])] += 1
            except DrawingError:
                log.exception("a letter was not drawn")
                failed.append(f"{party.name}: {_('The paper could not be made. The log says why.')}")
            except RefusedError:
                failed.append(f"{party.name}: {_('This paper cannot be kept.')}")
            except (StoreError, OSError) as error:
                failed.append(f"{party.name}: {error}")
    count = done.total()
    lines = [ngettext("{count} letter written.", "{count} letters written.", count).format(count=count)]
    # What became of them is said once for all that went the same way.
    lines += [text for text in done if text]
    lines += failed[:SHOWN]
    if len(failed) > SHOWN:
        lines.append(_("and {count} more").format(count=len(failed) - SHOWN))
    screen.post_message(Said(lines[0]))
    await screen.app.push_screen_wait(Notice("\n".join(lines), bell=screen.session.bell))


async def _one(screen: Frame, form: PaperForm, party: Party, unit_ids: Sequence[int]) -> str:
    """Write, keep and print a letter in the customer's language; return where it went."""
    session = screen.session
    setup, actor = session.papers(), session.actor()
    work = PaperWork(lane=session.lane, setup=setup)
    request = PaperRequest(
        party_id=party.id, unit_ids=tuple(unit_ids), templates=session.letters().templates,
        signed_by=actor.operator.name,
    )  # fmt: skip
    language = PaperLanguage(party.language.value) if party.language else setup.language
    kept = await work.kept(actor, await work.drawn(form, request, language))
    printed = await work.printed(actor, kept, queue=setup.queue_at(session.terminal, on_labels=False))
    if printed.file:
        return _("PDF files: {folder}").format(folder=setup.folder)
    return printed_text(printed)
