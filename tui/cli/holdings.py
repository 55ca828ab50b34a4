"""`sztuka holdings PARTY`: what a customer or a supplier has."""

import sys
from datetime import UTC, date, datetime
from typing import Any

from screens.holding_rows import covered_text, pending_text, terms_text
from screens.words import quantity
from store.domain.holding_table import COLUMNS, cells, csv_text
from store.domain.holdings import HoldingGroup, Holdings
from store.domain.language import _
from store.domain.records import Party
from store.opening import ready
from store.queries.holdings import all_held, holdings
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.reading import named_party, print_json


def run(context: Context) -> int:
    """Print the sums and the groups, or everything as JSON, or the units as CSV."""
    options = context.arguments
    today = datetime.now(UTC).astimezone().date()
    with ready(context.settings.store, context.settings.backup.folder):
        party = named_party(options.party)
        if options.csv:
            _print_csv(party, today)
        elif options.json:
            print_json(_described(party, holdings(party, today), today))
        else:
            _print_text(party, holdings(party, today))
    return Exit.OK


def _print_csv(party: Party, today: date) -> None:
    sys.stdout.write(csv_text([COLUMNS]))
    for page in all_held(party):
        sys.stdout.write(csv_text(cells(unit, today) for unit in page))


def _print_text(party: Party, found: Holdings) -> None:
    lines = [f"{party.name} ({party.code})"]
    for group in found.groups:
        texts = (terms_text(group.by_terms), pending_text(group.pending), covered_text(group.under_warranty))
        more = "; ".join(text for text in texts if text)
        lines.append(f"{quantity(group.pieces):>8}  {group.product_name} ({group.sku}): {more}")
    texts = (terms_text(found.by_terms), pending_text(found.pending), covered_text(found.under_warranty))
    total = "; ".join(text for text in texts if text)
    lines.append(f"{quantity(found.pieces):>8}  {total}" if found.groups else _("Nothing."))
    sys.stdout.write("\n".join(lines) + "\n")


def _described(party: Party, found: Holdings, today: date) -> dict[str, Any]:
    return {
        "party": {"code": party.code, "name": party.name, "tax_id": party.tax_id},
        "pieces": found.pieces,
        "by_terms": _by_terms(found.by_terms),
        "pending_serials": found.pending,
        "under_warranty": found.under_warranty,
        "open_tasks": found.open_tasks,
        "open_complaints": found.open_complaints,
        "products": [_product(group) for group in found.groups],
        "units": [
            dict(zip(COLUMNS, cells(unit, today), strict=True)) for page in all_held(party) for unit in page
        ],
    }


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
    }


def _by_terms(by_terms: Any) -> dict[str, Any]:
    return {terms.value: pieces for terms, pieces in by_terms.items()}
