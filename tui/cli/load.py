"""`sztuka load KIND FILE`: master data from a CSV file."""

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from screens.words import refusal_text
from store.domain.errors import RefusedError, StoreError
from store.domain.language import _
from store.domain.lists import COLUMNS, BadRowError, ListKind, Row
from store.opening import ready
from store.operations.loading import load
from store.queries.parties import own_company
from store.transaction import run_write
from tui.cli.context import Context
from tui.cli.exits import Exit

LARGEST = 20_000_000
"""Bytes; some 200,000 products."""


def run(context: Context) -> int:
    """Add the rows of a file to the store: all of them or, when one is wrong, none."""
    kind, path = ListKind(context.arguments.kind), context.arguments.file
    rows = read(kind, path)
    with ready(context.settings.store, context.settings.backup.folder) as database:
        own_company()
        try:
            loaded = run_write(database, lambda: load(kind, [row for _line, row in rows]))
        except BadRowError as error:
            message = _("{file}:{line}: {column}: allowed: {allowed}. Nothing was added.")
            told = message.format(
                file=path, line=rows[error.number][0], column=error.column, allowed=error.allowed
            )
            raise StoreError(told) from error
        except RefusedError as error:
            message = _("{file}: {why} Nothing was added.")
            raise StoreError(message.format(file=path, why=refusal_text(error.refusal))) from error
    told = _("{added} added, {known} were there already and stay as they are.")
    sys.stderr.write(told.format(added=loaded.added, known=loaded.known) + "\n")
    return Exit.OK


def read(kind: ListKind, path: Path) -> Sequence[tuple[int, Row]]:
    """Return the rows of a CSV file (UTF-8, comma or semicolon), each with its line.

    Raises StoreError, with file and line, when it is no such list; OSError when it cannot be read.
    """
    if path.stat().st_size > LARGEST:
        raise StoreError(_("{file}: too large for a list").format(file=path))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoreError(_("{file}: is not UTF-8; save it as CSV UTF-8").format(file=path)) from error
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",", strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        _check_names(kind, path, names)
        return [
            (reader.line_num, _row(kind, path, reader.line_num, names, cells))
            for cells in reader
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise StoreError(f"{path}:{reader.line_num}: {error}") from error


def _check_names(kind: ListKind, path: Path, names: Sequence[str]) -> None:
    columns = COLUMNS[kind]
    wrong = [name for name in names if name not in columns.required + columns.optional]
    missing = [name for name in columns.required if name not in names]
    if wrong or missing or len(set(names)) != len(names):
        message = _("{file}:1: the first line names the columns: {required}, and if wanted {optional}")
        raise StoreError(
            message.format(
                file=path, required=", ".join(columns.required), optional=", ".join(columns.optional) or "-"
            )
        )


def _row(kind: ListKind, path: Path, line: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) != len(names):
        message = _("{file}:{line}: {count} columns, but the first line names {expected}")
        raise StoreError(message.format(file=path, line=line, count=len(cells), expected=len(names)))
    row = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
    for name in COLUMNS[kind].required:
        if not row[name]:
            raise StoreError(_("{file}:{line}: {column} is empty").format(file=path, line=line, column=name))
    return row
