"""`sztuka migrate`: brings the store to the schema of this program."""

import sys

from store.domain.language import _
from store.migrate import pending
from store.opening import connected, ready
from tui.cli.context import Context
from tui.cli.exits import Exit


def run(context: Context) -> int:
    """Migrate after a backup and name what was done; with `--dry-run` only name what is to be done."""
    url = context.settings.store
    with connected(url) as database:
        names = pending(database)
    for name in names:
        sys.stdout.write(f"{name}\n")
    if not names:
        sys.stderr.write(_("The store is up to date.") + "\n")
    elif not context.arguments.dry_run:
        with ready(url, context.settings.backup.folder):
            sys.stderr.write(_("Migrated.") + "\n")
    return Exit.OK
