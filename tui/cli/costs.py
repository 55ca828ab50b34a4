"""`sztuka costs`: what after-sales work cost, for people, spreadsheets and programs."""

import json
import sys
from pathlib import Path

from screens.service_words import money
from store.domain.costs import CostRow, CostsBy, totals
from store.domain.errors import StoreError
from store.domain.language import _
from store.exports.costs import plain, to_csv, to_xlsx
from store.opening import ready
from store.queries.costs import report
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.new_file import write_new

WIDTH = 18
"""Columns of a sum with its currency."""


def run(context: Context) -> int:
    """Print or write the report and return the exit code."""
    given = context.arguments
    if given.first and given.last and given.last < given.first:
        raise StoreError(_("the last day lies before the first one"))
    with ready(context.settings.store, context.settings.backup.folder):
        rows = report(CostsBy(given.by), first=given.first, last=given.last)
    if given.json:
        _print_json(given.by, rows)
    elif given.csv == Path("-"):
        sys.stdout.buffer.write(to_csv(rows, keys=True))
    elif given.csv or given.xlsx:
        path = given.csv or given.xlsx
        write_new(path, to_csv(rows, keys=True) if given.csv else to_xlsx(rows))
    else:
        _print_text(rows)
    return Exit.OK


def _print_json(by: str, rows: tuple[CostRow, ...]) -> None:
    data = {"by": by, "rows": list(plain(rows)), "totals": list(plain(totals(rows)))}
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def _print_text(rows: tuple[CostRow, ...]) -> None:
    sums = totals(rows)
    names = [f"{row.name}, {row.more}" if row.more else row.name for row in rows]
    names += [_("Total")] * len(sums)
    longest = max((len(name) for name in names), default=0)
    for name, row in zip(names, (*rows, *sums), strict=True):
        sys.stdout.write(f"{name:{longest}} {money(row.total, row.currency):>{WIDTH}}\n")
    if not rows:
        sys.stdout.write(_("No costs in this period.") + "\n")
