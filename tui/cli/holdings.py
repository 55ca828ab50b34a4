"""`sztuka holdings PARTY`: what a customer or a supplier has."""

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from screens.holding_rows import sums_text, terms_texts, waiting_text
from screens.words import quantity
from store.domain.fields import Field
from store.domain.holding_table import COLUMNS, cells, csv_text, names
from store.domain.holdings import HeldRow, HeldUnit, HoldingGroup, Holdings
from store.domain.language import _
from store.domain.records import Party
from store.opening import ready
from store.queries.held_rows import all_rows
from store.queries.holdings import holdings
from store.queries.listed_values import listed_fields
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.reading import named_party, print_json


def run(context: Context) -> int:
    """Print the sums and the groups, or everything as JSON, or every row as CSV."""
    options = context.arguments
    today = datetime.now(UTC).astimezone().date()
    with ready(context.settings.store, context.settings.backup.folder):
        party = named_party(options.party)
        found = holdings(party, today)
        if options.csv:
            _print_csv(party, listed_fields(found.kinds), today)
        elif options.json:
            print_json(_described(party, found, today))
        else:
            _print_text(party, found)
    return Exit.OK


def _print_csv(party: Party, fields: Sequence[Field], today: date) -> None:
    sys.stdout.write(csv_text([names(fields)]))
    for page in all_rows(party):
        sys.stdout.write(csv_text(cells(row, today, fields) for row in page))


def _print_text(party: Party, found: Holdings) -> None:
    lines = [f"{party.name} ({party.code})"]
    for group in found.groups:
        texts = terms_texts(group.by_terms, group.pending, group.under_warranty)
        more = "; ".join(filter(None, (*texts, waiting_text(group.open_tasks, group.open_complaints))))
        lines.append(f"{quantity(group.pieces):>8}  {group.product_name} ({group.sku}): {more}")
    lines.append(sums_text(found) if found.groups else _("Nothing."))
    sys.stdout.write("\n".join(lines) + "\n")


def _described(party: Party, found: Holdings, today: date) -> dict[str, Any]:
    rows = [row for page in all_rows(party) for row in page]
    return {
        "party": {"code": party.code, "name": party.name, "tax_id": party.tax_id},
        "pieces": found.pieces,
        "by_terms": _by_terms(found.by_terms),
        "pending_serials": found.pending,
        "under_warranty": found.under_warranty,
        "in_service": found.in_service,
        "open_tasks": found.open_tasks,
        "open_complaints": found.open_complaints,
        "products": [_product(group) for group in found.groups],
        "units": [_row(row, today) for row in rows if isinstance(row, HeldUnit)],
        "without_serials": [_row(row, today) for row in rows if not isinstance(row, HeldUnit)],
    }


def _row(row: HeldRow, today: date) -> dict[str, Any]:
    own = {value.field.code: value.text for value in row.values} if isinstance(row, HeldUnit) else {}
    return dict(zip(COLUMNS, cells(row, today), strict=True)) | {"fields": own}


def _product(group: HoldingGroup) -> dict[str, Any]:
    return {
        "sku": group.sku,
        "name": group.product_name,
        "kind": group.kind_name,
        "pieces": group.pieces,
        "units": group.units,
        "pending_serials": group.pending,
        "by_terms": _by_terms(group.by_terms),
        "under_warranty": group.under_warranty,
        "open_tasks": group.open_tasks,
        "open_complaints": group.open_complaints,
    }


def _by_terms(by_terms: Any) -> dict[str, Any]:
    return {terms.value: pieces for terms, pieces in by_terms.items()}
