"""`sztuka import --dry-run`: read invoices and say what they move."""

import json
import sys
from pathlib import Path
from typing import Any

from store.domain.errors import SztukaError
from store.domain.invoices import Invoice
from store.domain.move_rules import plan
from store.domain.moves import ImportPlan
from store.imports.csv_mapping import CsvMapping
from store.imports.ksef import ksef_number_in
from store.imports.options import ReadOptions
from store.imports.reader import LIMIT, read_invoice
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.import_json import described
from tui.cli.import_text import lines_of


def run(context: Context, mapping: CsvMapping | None) -> int:
    """Print each file's invoice and what it moves; FAILED when any file could not be read."""
    arguments = context.arguments
    ours = arguments.tax_id or [context.settings.company.tax_id]
    failed = False
    for path in arguments.files:
        try:
            invoice = read_invoice(bytes_of(path), options_for(path, context, mapping))
            planned = plan(invoice, ours)
        except (OSError, SztukaError) as error:
            failed = True
            reason = error.strerror if isinstance(error, OSError) else None
            sys.stderr.write(f"{path}: {reason or error}\n")
            if arguments.json:
                print_json({"file": path.name, "error": str(reason or error)})
            continue
        _print(path, invoice, planned, as_json=arguments.json)
    return Exit.FAILED if failed else Exit.OK


def bytes_of(path: Path) -> bytes:
    """Return what a file holds. One byte more than allowed tells a file that is too big; no more is read."""
    with path.open("rb") as file:
        return file.read(LIMIT + 1)


def options_for(path: Path, context: Context, mapping: CsvMapping | None) -> ReadOptions:
    """Return how a file is to be read."""
    settings = context.settings.imports
    return ReadOptions(
        serial_keys=settings.serial_keys,
        lot_keys=settings.lot_keys,
        csv=mapping,
        link_days=0 if context.arguments.ask_links else settings.link_days,
        ksef_number=context.arguments.ksef_number or ksef_number_in(path.name),
    )


def _print(path: Path, invoice: Invoice, planned: ImportPlan, *, as_json: bool) -> None:
    if as_json:
        print_json(described(path.name, invoice, planned))
        return
    for line in lines_of(path.name, invoice, planned):
        sys.stdout.write(line + "\n")


def print_json(found: dict[str, Any]) -> None:
    """Print one object on a line of its own."""
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
