"""`sztuka pending`: what customers have and whose serials are still to be scanned."""

import csv
import json
import sys
from collections.abc import Iterable
from typing import Any

from store.domain.language import _
from store.domain.pending import PendingPieces, PendingTotals
from store.opening import ready
from store.queries.pending import all_pending, pending_totals
from store.transaction import run_read
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.reading import named_party

COLUMNS = (
    "customer_code", "customer", "sku", "product", "pieces", "scanned", "invoice", "since", "announced",
)  # fmt: skip
"""The names in JSON and CSV: they stay as they are in every language."""


def run(context: Context) -> int:
    """Write what waits to stdout: a table, or with --json or --csv for programs; the sum to stderr."""
    options = context.arguments
    with ready(context.settings.store, context.settings.backup.folder) as database:

        def write() -> PendingTotals:
            party_id = named_party(options.customer).id if options.customer else None
            rows = (_row(each) for each in all_pending(party_id=party_id))
            {"json": _write_json, "csv": _write_csv}.get(options.format, _write_table)(rows)
            return pending_totals(party_id=party_id)

        sums = run_read(database, write)
    text = _("{pieces} serials to be scanned at {parties} customers")
    sys.stderr.write(text.format(pieces=format(sums.count, "f"), parties=sums.parties) + "\n")
    return Exit.OK


def _row(found: PendingPieces) -> dict[str, Any]:
    values = (
        found.party_code, found.party_name, found.sku, found.product_name, format(found.count, "f"),
        format(found.scanned, "f"), found.source, found.since.isoformat(), list(found.announced),
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _write_json(rows: Iterable[dict[str, Any]]) -> None:
    sys.stdout.write("[")
    for number, row in enumerate(rows):
        sys.stdout.write(("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False))
    sys.stdout.write("\n]\n")


def _write_csv(rows: Iterable[dict[str, Any]]) -> None:
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row | {"announced": " ".join(row["announced"])})


def _write_table(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        cells = (row["customer"], f"{row['pieces']} x {row['product']}", row["invoice"])
        sys.stdout.write("  ".join((row["since"], *cells)).rstrip() + "\n")
