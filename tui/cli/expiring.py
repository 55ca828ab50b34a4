"""`sztuka expiring`: services that end soon or ended and were not renewed, for people, scripts and cron."""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from store.domain.language import _, ngettext
from store.domain.services import Expiring, Expiry
from store.opening import ready
from store.queries.services import all_expiring
from store.transaction import run_read
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.reading import named_party

COLUMNS = (
    "customer_code", "customer", "number", "sku", "product", "valid_from", "valid_until", "days_left",
    "seats", "subject", "renews",
)  # fmt: skip
"""The names in JSON and CSV: they stay as they are in every language."""


def run(context: Context) -> int:
    """Write what expires to stdout: a table, or with --json or --csv for programs; how many to stderr."""
    options = context.arguments
    today = options.today or datetime.now().astimezone().date()
    which = Expiry(options.which)
    with ready(context.settings.store, context.settings.backup.folder) as database:

        def write() -> int:
            party_id = named_party(options.customer).id if options.customer else None
            counted = _Counted(all_expiring(which, today, party_id=party_id))
            rows = (_row(each, today) for each in counted)
            {"json": _write_json, "csv": _write_csv}.get(options.format, _write_table)(rows)
            return counted.count

        count = run_read(database, write)
    sys.stderr.write(ngettext("{count} service", "{count} services", count).format(count=count) + "\n")
    return Exit.OK


class _Counted:
    """Hands rows on and counts them, so that they are read once and never held."""

    def __init__(self, rows: Iterable[Expiring]) -> None:
        self.count = 0
        self._rows = rows

    def __iter__(self) -> Iterator[Expiring]:
        for row in self._rows:
            self.count += 1
            yield row


def _row(each: Expiring, today: date) -> dict[str, Any]:
    terms = each.validity
    values = (
        each.party_code, each.party_name, each.number, each.sku, each.product_name,
        terms.valid_from.isoformat(), terms.valid_until.isoformat() if terms.valid_until else None,
        each.days_left(today), terms.seats, terms.subject, terms.renews,
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
        seats = _("{count} seats").format(count=row["seats"]) if row["seats"] else ""
        cells = (
            f"{row['valid_until']:<10}", f"{row['days_left']:>5}", row["customer"], row["number"],
            row["product"], seats, row["subject"],
        )  # fmt: skip
        sys.stdout.write("  ".join(cell for cell in cells if cell).rstrip() + "\n")
