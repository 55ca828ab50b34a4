"""`sztuka unreturned`: what is out and has to come back, for people, scripts and cron."""

import csv
import json
import sys
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.resolution import Named
from store.domain.unreturned import Out, Totals, Which
from store.opening import ready
from store.queries.holders import totals
from store.queries.resolve import resolve
from store.queries.unreturned import everything
from store.transaction import run_read
from tui.cli.context import Context
from tui.cli.exits import Exit

COLUMNS = (
    "customer_code", "customer", "serial", "sku", "product", "quantity", "terms", "document", "since", "due",
    "ask_again", "days_late", "owner", "owner_is_us", "value",
)  # fmt: skip
"""The names in JSON and CSV: they stay as they are in every language."""


def run(context: Context) -> int:
    """Write what is out to stdout: a table, or with --json or --csv for programs; the sums to stderr."""
    options = context.arguments
    today = options.today or datetime.now().astimezone().date()
    which = Which(options.which)
    with ready(context.settings.store, context.settings.backup.folder) as database:

        def write() -> Totals:
            party_id = _party(options.customer) if options.customer else None
            rows = (_row(out, today) for out in everything(today, which=which, party_id=party_id))
            {"json": _write_json, "csv": _write_csv}.get(options.format, _write_table)(rows)
            return totals(today, which=which, party_id=party_id)

        sums = run_read(database, write)
    text = _(
        "{pieces} out, {overdue} overdue, {week} due this week, worth {value}; {unvalued} without a value"
    )
    sys.stderr.write(text.format(
        pieces=sums.pieces, overdue=sums.overdue, week=sums.week, value=sums.value, unvalued=sums.unvalued,
    ) + "\n")  # fmt: skip
    return Exit.OK


def _party(code: str) -> int:
    hit = next((hit for hit in resolve(code).hits if hit.kind is Named.PARTY), None)
    if hit is None:
        raise StoreError(_("no party has the code {code}").format(code=code))
    return hit.id


def _row(out: Out, today: Any) -> dict[str, Any]:
    until = out.until
    values = (
        out.party_code, out.party_name, out.serial or "", out.sku, out.product_name, _number(out.quantity),
        out.terms.value, out.number, out.since.isoformat() if out.since else None,
        until.due.isoformat() if until and until.due else None,
        until.ask_again.isoformat() if until and until.ask_again else None,
        out.days_late(today), out.owner_name, out.owner_is_us, _number(out.value),
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _number(value: Decimal | None) -> str | None:
    """Return a number as text: binary fractions would not keep it."""
    return None if value is None else format(value, "f")


def _write_json(rows: Iterable[dict[str, Any]]) -> None:
    sys.stdout.write("[")
    for number, row in enumerate(rows):
        sys.stdout.write(("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False))
    sys.stdout.write("\n]\n")


def _write_csv(rows: Iterable[dict[str, Any]]) -> None:
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row | {"owner_is_us": "true" if row["owner_is_us"] else "false"})


def _write_table(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        what = row["serial"] or f"{row['quantity']} x {row['product']}"
        late = f"+{row['days_late']}" if row["days_late"] else ""
        day = row["due"] or row["ask_again"] or "-"
        cells = (day, late, row["customer"], what, row["product"] if row["serial"] else "", row["document"])
        sys.stdout.write("  ".join((f"{cells[0]:<10}", f"{cells[1]:>5}", *cells[2:])).rstrip() + "\n")
