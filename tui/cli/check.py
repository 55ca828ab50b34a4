"""`sztuka check`: the whole store against every rule that it lives by."""

import sys

from store.check.run import check_store
from store.domain.language import _, ngettext
from store.opening import connected
from tui.cli.context import Context
from tui.cli.exits import Exit


def run(context: Context) -> int:
    """Print a line for everything that is off, as it is found; FAILED when there is any."""
    count = 0
    with connected(context.settings.store) as database:
        for finding in check_store(database):
            sys.stdout.write(f"{finding.sentence()}\n")
            count += 1
    if count:
        told = ngettext("{count} thing is off.", "{count} things are off.", count)
        sys.stderr.write(told.format(count=count) + "\n")
        return Exit.FAILED
    sys.stderr.write(_("The store is sound.") + "\n")
    return Exit.OK
