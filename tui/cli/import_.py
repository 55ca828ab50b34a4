"""`sztuka import`: read invoices and say what they move."""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from store.domain.errors import SztukaError
from store.domain.invoices import Invoice
from store.domain.language import _
from store.domain.move_rules import plan
from store.domain.moves import ImportPlan
from store.domain.unreadable import UnreadableInvoiceError
from store.imports.csv_mapping import CsvMapping
from store.imports.ksef import ksef_number_in
from store.imports.options import ReadOptions
from store.imports.reader import LIMIT, read_invoice
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.import_json import described
from tui.cli.import_text import lines_of


def run(context: Context) -> int:
    """Print each file's invoice and what it moves; FAILED when any file could not be read."""
    arguments = context.arguments
    if not arguments.dry_run:
        return _wrong(_("posting is not there yet: give --dry-run to see what would happen"))
    if arguments.ksef_number and len(arguments.files) > 1:
        return _wrong(_("--ksef-number is for one file"))
    try:
        mapping = _mapping(arguments.mapping)
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, UnreadableInvoiceError) as error:
        return _wrong(f"{arguments.mapping}: {error}")
    ours = arguments.tax_id or [context.settings.company.tax_id]
    failed = False
    for path in arguments.files:
        try:
            invoice = _read(path, context, mapping)
            planned = plan(invoice, ours)
        except (OSError, SztukaError) as error:
            failed = True
            reason = error.strerror if isinstance(error, OSError) else None
            sys.stderr.write(f"{path}: {reason or error}\n")
            if arguments.json:
                _print_json({"file": path.name, "error": str(reason or error)})
            continue
        _print(path, invoice, planned, as_json=arguments.json)
    return Exit.FAILED if failed else Exit.OK


def _read(path: Path, context: Context, mapping: CsvMapping | None) -> Invoice:
    with path.open("rb") as file:
        # One byte more than allowed tells a file that is too big, and no more of it is read.
        data = file.read(LIMIT + 1)
    number = context.arguments.ksef_number or ksef_number_in(path.name)
    settings = context.settings.imports
    options = ReadOptions(
        serial_keys=settings.serial_keys, lot_keys=settings.lot_keys, csv=mapping, ksef_number=number
    )
    return read_invoice(data, options)


def _print(path: Path, invoice: Invoice, planned: ImportPlan, *, as_json: bool) -> None:
    if as_json:
        _print_json(described(path.name, invoice, planned))
        return
    for line in lines_of(path.name, invoice, planned):
        sys.stdout.write(line + "\n")


def _print_json(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


def _mapping(path: Path | None) -> CsvMapping | None:
    if path is None:
        return None
    with path.open("rb") as file:
        return CsvMapping.parse(tomllib.load(file))


def _wrong(message: str) -> int:
    sys.stderr.write(f"sztuka: {message}\n")
    return Exit.USAGE
