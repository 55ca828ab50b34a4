"""`sztuka recurring`: the tasks of services that are due again, for cron."""

import sys
from datetime import UTC, datetime

from store.domain.language import _, ngettext
from store.domain.records import Actor
from store.opening import ready
from store.operations.recurring import count_anew, make_due_tasks
from store.transaction import run_write
from tui.cli.acting import operator_of, terminal_of
from tui.cli.context import Context
from tui.cli.exits import Exit


def run(context: Context) -> int:
    """Make all that are due, a batch a transaction, so that terminals wait for none of it for long."""
    settings = context.settings
    with ready(settings.store, settings.backup.folder) as database:
        operator, terminal = operator_of(context), terminal_of(context)
        while run_write(database, count_anew):
            pass
        count = 0
        while made := run_write(
            database,
            lambda: make_due_tasks(Actor(operator=operator, terminal=terminal, at=datetime.now(UTC))),
        ):
            count += made
    told = ngettext("{count} task made", "{count} tasks made", count) if count else _("nothing is due")
    sys.stdout.write(told.format(count=count) + "\n")
    return Exit.OK
