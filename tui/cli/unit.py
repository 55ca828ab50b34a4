"""`sztuka unit SERIAL`: the card of a unit and its whole history."""

import sys
from datetime import UTC, datetime

from screens.timeline_rows import entry_rows
from screens.unit_rows import head_rows, number_rows
from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.units import UnitCard
from store.opening import ready
from store.queries.units import by_number, card
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.reading import print_json
from tui.cli.unit_json import described, history

WIDTH = 60
"""Below the width from which on facts stand beside each other."""


def run(context: Context) -> int:
    """Print each unit that has this number: one, unless several products share it."""
    options = context.arguments
    with ready(context.settings.store, context.settings.backup.folder):
        found = by_number(options.serial)
        if not found:
            raise StoreError(_("{serial}: no unit has this number").format(serial=options.serial))
        units = [card(unit.id, newest=0) for unit in found]
        if options.json:
            print_json({"units": [described(unit) for unit in units]})
        else:
            sys.stdout.write("\n\n".join(_text(unit) for unit in units) + "\n")
    return Exit.OK


def _text(unit: UnitCard) -> str:
    today = datetime.now(UTC).astimezone().date()
    rows = [*head_rows(unit, today, WIDTH), *number_rows(unit), ""]
    return "\n".join([*rows, *(row for entry in history(unit.id) for row in entry_rows(entry))])
