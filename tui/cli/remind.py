"""`sztuka remind`: reminders to everybody who is late, by e-mail or as PDF files; for people and cron."""

import asyncio
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime

from print.mail import Postman
from screens.reminding import BAD, Reminded, Reminding, Sent
from store.domain.errors import StoreError
from store.domain.language import N_, _
from store.domain.records import Actor, Operator, Terminal
from store.domain.reminders import Reminder, ReminderState
from store.lane import Lane
from store.opening import ready
from store.queries.overdue import Late, late
from store.queries.reminders import reminders_of
from store.transaction import run_read
from tui.cli.acting import operator_of, terminal_of
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.mail import mail_server
from tui.paper_setup import paper_setup

WORDS: Mapping[Sent, str] = {
    Sent.SENT: N_("sent"),
    Sent.WRITTEN: N_("written"),
    Sent.ALREADY: N_("reminded before"),
    Sent.BACK: N_("nothing late"),
    Sent.UNCERTAIN: N_("uncertain"),
    Sent.FAILED: N_("NOT SENT"),
}


def run(context: Context) -> int:
    """Remind everybody, a line for each to stdout; FAILED when somebody was not reached."""
    options, settings = context.arguments, context.settings
    today = datetime.now().astimezone().date()
    if not (options.email or options.out or options.dry_run):
        raise StoreError(_("say how: --email, --out or both; --dry-run only lists who is late"))
    with ready(settings.store, settings.backup.folder) as database:
        found = run_read(database, lambda: late(today))
        if options.dry_run:
            done = run_read(database, lambda: reminders_of(today))
            return _list(found, done)
        operator, terminal = operator_of(context), terminal_of(context)
    return asyncio.run(_remind(context, Lane(database), found, today, operator, terminal))


async def _remind(
    context: Context, lane: Lane, found: list[Late], today: date, operator: Operator, terminal: Terminal
) -> int:
    options, settings = context.arguments, context.settings
    counted: Counter[Sent] = Counter()
    with ExitStack() as stack:
        postman = stack.enter_context(Postman(mail_server(settings.mail))) if options.email else None
        reminding = Reminding(
            lane=lane,
            actor=lambda: Actor(operator=operator, terminal=terminal, at=datetime.now(UTC)),
            templates=settings.letters.folder,
            send=postman.send if postman else None,
            folder=options.out,
            letterhead=paper_setup(settings).letterhead,
        )
        await lane.start()
        try:
            async for reminded in reminding.remind(found, today):
                counted[reminded.sent] += 1
                sys.stdout.write(_line(reminded) + "\n")
                sys.stdout.flush()
        finally:
            await lane.close()
    told = _("{late} late: {gone} reminded, {before} before, {failed} not")
    failed = sum(counted[sent] for sent in BAD)
    gone = counted[Sent.SENT] + counted[Sent.WRITTEN]
    text = told.format(late=len(found), gone=gone, before=counted[Sent.ALREADY], failed=failed)
    sys.stderr.write(text + "\n")
    return Exit.FAILED if failed else Exit.OK


def _line(reminded: Reminded) -> str:
    cells = (_(WORDS[reminded.sent]), reminded.late.code, reminded.late.name, reminded.where, reminded.why)
    return "\t".join(cells).rstrip()


def _list(found: list[Late], done: list[Reminder]) -> int:
    """Say who is late, since when and with how much, and who was reminded today."""
    reminded = {each.party_id for each in done if each.state is not ReminderState.FAILED}
    for each in found:
        state = _(WORDS[Sent.ALREADY]) if each.party_id in reminded else _("late")
        first = each.first.isoformat() if each.first else ""
        sys.stdout.write(f"{state}\t{each.code}\t{each.name}\t{each.pieces}\t{first}\n")
    return Exit.OK
