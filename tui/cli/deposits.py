"""`sztuka deposits`: what belongs to suppliers and is with us, for people, scripts and cron."""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from store.domain.deposits import Held, HeldWhich, SupplierHeld
from store.domain.errors import StoreError
from store.domain.language import _
from store.opening import ready
from store.queries.deposits import due_counts, everything, suppliers_held
from store.transaction import run_read
from tui.cli.context import Context
from tui.cli.exits import Exit

COLUMNS = (
    "supplier_code", "supplier", "serial", "sku", "product", "quantity", "terms", "place", "document",
    "since", "due", "days_late",
)  # fmt: skip
"""The names in JSON and CSV: they stay as they are in every language."""
PAGE = 100


def run(context: Context) -> int:
    """Write what is theirs to stdout: a table, or with --json or --csv for programs; the sums to stderr."""
    options = context.arguments
    today = options.today or datetime.now().astimezone().date()
    which = HeldWhich(options.which)
    with ready(context.settings.store, context.settings.backup.folder) as database:

        def write() -> str:
            suppliers = list(_suppliers(today, options.supplier))
            if options.supplier and not suppliers:
                raise StoreError(
                    _("no supplier with the code {code} has anything here").format(code=options.supplier)
                )
            rows = (
                _row(supplier, held, today)
                for supplier in suppliers
                for held in everything(supplier.party_id, today, which=which)
            )
            {"json": _write_json, "csv": _write_csv}.get(options.format, _write_table)(rows)
            counted = due_counts(today)
            return _("{overdue} overdue, {week} due back this week").format(
                overdue=counted.overdue, week=counted.week
            )

        sums = run_read(database, write)
    sys.stderr.write(sums + "\n")
    return Exit.OK


def _suppliers(today: date, code: str | None) -> Iterator[SupplierHeld]:
    """Yield the suppliers who have something with us, or the one with `code`."""
    skip = 0
    while found := suppliers_held(today, text=code or "", limit=PAGE, skip=skip):
        yield from (each for each in found if not code or each.code.casefold() == code.casefold())
        skip += PAGE


def _row(supplier: SupplierHeld, held: Held, today: date) -> dict[str, Any]:
    values = (
        supplier.code, supplier.name, held.serial, held.sku, held.product_name, format(held.quantity, "f"),
        held.terms.value, held.place, held.number, held.since.isoformat() if held.since else None,
        held.due.isoformat() if held.due else None, held.days_late(today),
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
    writer.writerows(rows)


def _write_table(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        what = row["serial"] or f"{row['quantity']} x {row['product']}"
        late = f"+{row['days_late']}" if row["days_late"] else ""
        name = row["product"] if row["serial"] else ""
        cells = (row["due"] or "-", late, row["supplier"], what, name, row["place"] or "-", row["document"])
        sys.stdout.write("  ".join((f"{cells[0]:<10}", f"{cells[1]:>5}", *cells[2:])).rstrip() + "\n")
