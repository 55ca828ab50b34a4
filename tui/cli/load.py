"""`sztuka load KIND FILE`: master data from a CSV file."""

import csv
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from screens.words import refusal_text
from store.domain.errors import StoreError
from store.domain.language import _, ngettext
from store.domain.lists import COLUMNS, BadRow, BadRowsError, ListKind, Loaded, Row
from store.opening import ready
from store.operations.loading import DryRunError, load
from store.queries.parties import own_company
from store.transaction import run_write
from tui.cli.context import Context
from tui.cli.exits import Exit

LARGEST = 20_000_000
"""Bytes; some 200,000 products."""


@dataclass(frozen=True, slots=True)
class _File:
    """The rows of a file with their lines, and what is wrong with those that are none."""

    path: Path
    rows: list[tuple[int, Row]]
    problems: list[tuple[int, str]]


def run(context: Context) -> int:
    """Bring the rows of a file into the store: all of them or, when one is wrong, none."""
    options = context.arguments
    kind = ListKind(options.kind)
    file = read(kind, options.file)
    with ready(context.settings.store, context.settings.backup.folder) as database:
        own_company()
        try:
            is_trial = options.dry_run or bool(file.problems)
            rows = [row for _line, row in file.rows]
            loaded = run_write(database, lambda: load(kind, rows, update=options.update, dry_run=is_trial))
        except DryRunError as end:
            loaded = end.loaded
        except BadRowsError as error:
            found = file.problems + [_problem(file, bad) for bad in error.rows]
            raise _refused(file.path, found) from error
    if file.problems:
        raise _refused(file.path, file.problems)
    sys.stderr.write(told(loaded, update=options.update, dry_run=options.dry_run) + "\n")
    return Exit.OK


def told(loaded: Loaded, *, update: bool, dry_run: bool) -> str:
    """Return what became of a list, or would become of it."""
    if dry_run:
        text = _("{added} would be added, {changed} changed, {known} stay as they are. Nothing was written.")
    elif update:
        text = _("{added} added, {changed} changed, {known} were as they are.")
    else:
        text = _("{added} added, {known} were there already and stay as they are.")
    return text.format(added=loaded.added, changed=loaded.changed, known=loaded.known)


def _problem(file: _File, bad: BadRow) -> tuple[int, str]:
    line = file.rows[bad.number][0]
    if bad.refusal is not None:
        return line, refusal_text(bad.refusal)
    return line, _("{column}: allowed: {allowed}").format(column=bad.column, allowed=bad.allowed)


def _refused(path: Path, problems: Sequence[tuple[int, str]]) -> StoreError:
    """Return the error that names every bad row by its line."""
    lines = [f"{path}:{line}: {text}" for line, text in sorted(problems)]
    count = len(problems)
    end = ngettext("{count} bad row. Nothing was added.", "{count} bad rows. Nothing was added.", count)
    return StoreError("\n".join((*lines, end.format(count=count))))


def read(kind: ListKind, path: Path) -> _File:
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
    file = _File(path, [], [])
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        _check_names(kind, path, names)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            line = reader.line_num
            wrong = _wrong(kind, names, cells)
            if wrong:
                file.problems.append((line, wrong))
            else:
                file.rows.append((line, dict(zip(names, (cell.strip() for cell in cells), strict=True))))
    except csv.Error as error:
        raise StoreError(f"{path}:{reader.line_num}: {error}") from error
    return file


def _check_names(kind: ListKind, path: Path, names: Sequence[str]) -> None:
    columns = COLUMNS[kind]
    wrong = [name for name in names if name not in columns.all]
    missing = [name for name in columns.required if name not in names]
    if wrong or missing or len(set(names)) != len(names):
        message = _("{file}:1: the first line names the columns: {required}, and if wanted {optional}")
        raise StoreError(
            message.format(
                file=path, required=", ".join(columns.required), optional=", ".join(columns.optional) or "-"
            )
        )


def _wrong(kind: ListKind, names: Sequence[str], cells: Sequence[str]) -> str:
    """Return why a line is no row of the list; empty when it is one."""
    if len(cells) != len(names):
        message = _("{count} columns, but the first line names {expected}")
        return message.format(count=len(cells), expected=len(names))
    row = dict(zip(names, cells, strict=True))
    empty = [name for name in COLUMNS[kind].required if not row[name].strip()]
    return _("{column} is empty").format(column=", ".join(empty)) if empty else ""
