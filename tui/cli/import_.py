"""`sztuka import`: invoices and dispatch advices, read and posted."""

import sys
import tomllib
from pathlib import Path

from store.domain.language import _
from store.domain.unreadable import UnreadableInvoiceError
from store.imports.csv_mapping import CsvMapping
from tui.cli import import_dry
from tui.cli.context import Context
from tui.cli.exits import Exit


def run(context: Context) -> int:
    """Post each file as a whole, or say with --dry-run what it would do.

    FAILED when a file could not be read or posted, or waits for a person.
    """
    arguments = context.arguments
    if arguments.ksef_number and len(arguments.files) != 1:
        return _wrong(_("--ksef-number is for one file"))
    if bool(arguments.files) == (arguments.inbox is not None):
        return _wrong(_("give files, or --inbox"))
    if arguments.inbox is not None and arguments.dry_run:
        return _wrong(_("--dry-run is for files"))
    try:
        mapping = _mapping(arguments.mapping)
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, UnreadableInvoiceError) as error:
        return _wrong(f"{arguments.mapping}: {error}")
    if arguments.dry_run:
        return import_dry.run(context, mapping)
    # A dry run needs no database, so it does not wait for peewee either.
    from tui.cli import import_post

    return import_post.run(context, mapping)


def _mapping(path: Path | None) -> CsvMapping | None:
    if path is None:
        return None
    with path.open("rb") as file:
        return CsvMapping.parse(tomllib.load(file))


def _wrong(message: str) -> int:
    sys.stderr.write(f"sztuka: {message}\n")
    return Exit.USAGE
