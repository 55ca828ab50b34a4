"""`sztuka unit SERIAL`: the card of a unit and its whole history."""

import sys
from datetime import UTC, datetime
from typing import Any

from screens.timeline_rows import entry_rows
from screens.unit_rows import head_rows, number_rows
from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.records import Place
from store.domain.timeline import TimelineEntry
from store.domain.units import UnitCard
from store.opening import ready
from store.queries.timeline import timeline
from store.queries.units import by_number, card
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.reading import print_json

PAGE = 500
WIDTH = 60
"""Below the width from which on facts stand beside each other."""


def run(context: Context) -> int:
    """Print each unit that has this number: one, unless several products share it."""
    options = context.arguments
    with ready(context.settings.store, context.settings.backup.folder):
        found = by_number(options.serial)
        if not found:
            raise StoreError(_("{serial}: no unit has this number").format(serial=options.serial))
        units = [(card(unit.id, newest=0), _history(unit.id)) for unit in found]
    if options.json:
        print_json({"units": [_described(unit, history) for unit, history in units]})
    else:
        sys.stdout.write("\n\n".join(_text(unit, history) for unit, history in units) + "\n")
    return Exit.OK


def _history(unit_id: int) -> list[TimelineEntry]:
    history: list[TimelineEntry] = []
    while page := timeline(unit_id, before=history[-1].key if history else None, limit=PAGE):
        history += page
    return history


def _text(unit: UnitCard, history: list[TimelineEntry]) -> str:
    today = datetime.now(UTC).astimezone().date()
    rows = [*head_rows(unit, today, WIDTH), *number_rows(unit), ""]
    return "\n".join([*rows, *(row for entry in history for row in entry_rows(entry))])


def _described(unit: UnitCard, history: list[TimelineEntry]) -> dict[str, Any]:
    product = unit.product
    return {
        "serial": unit.serial,
        "numbers": [{"type": number.type, "text": number.text} for number in unit.identifiers],
        "product": {
            "sku": product.sku, "name": product.name, "kind": product.kind_name, "gtins": list(product.gtins),
        },
        "place": _place(unit.place) if unit.place else None,
        "owner": unit.owner_name,
        "owner_is_us": unit.owner_is_us,
        "terms": unit.terms,
        "condition": unit.condition,
        "warranty_from": unit.warranty_from,
        "warranty_until": unit.warranty_until,
        "history": [_entry(entry) for entry in history],
    }  # fmt: skip


def _place(place: Place) -> dict[str, Any]:
    return {"kind": place.kind, "code": place.code, "name": place.name}


def _entry(entry: TimelineEntry) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": entry.kind,
        "at": entry.at,
        "recorded_at": entry.recorded_at,
        "operator": entry.operator,
    }
    found |= {
        name: value for name, value in (("terminal", entry.terminal), ("document", entry.number)) if value
    }
    return found | {"data": dict(entry.data)}
