"""`sztuka backup FILE`: a consistent copy of the store, while others work."""

import sys

from store.backup import backup
from store.domain.language import _
from tui.cli.context import Context
from tui.cli.exits import Exit


def run(context: Context) -> int:
    """Copy the store into a new file."""
    backup(context.settings.store, context.arguments.file)
    sys.stderr.write(_("Copied to {file}.").format(file=context.arguments.file) + "\n")
    return Exit.OK
