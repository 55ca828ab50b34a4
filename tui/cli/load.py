"""`sztuka load KIND FILE`: master data from a CSV file."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from screens.words import refusal_about, refusal_text
from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.lists import COLUMNS, BadRow, BadRowsError, ListKind, Loaded, Row
from store.domain.unreadable import UnreadableInvoiceError
from store.imports.csv_list import lines_of
from store.opening import ready
from store.operations.loading import DryRunError, load
from store.queries.parties import own_company
from store.transaction import run_write
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.list_file import bad_rows, list_bytes, unread, wrong_count, wrong_heading

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
            raise bad_rows(file.path, found) from error
    if file.problems:
        raise bad_rows(file.path, file.problems)
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
    line, row = file.rows[bad.number]
    if bad.same_as is not None:
        code = " ".join(row[name] for name in bad.column.split(", "))
        text = _("{column}: line {line} has {text} already")
        return line, text.format(column=bad.column, line=file.rows[bad.same_as][0], text=code)
    if bad.refusal is not None:
        text = refusal_about(bad.column, bad.refusal) if bad.column else refusal_text(bad.refusal)
        return line, text
    return line, _("{column}: allowed: {allowed}").format(column=bad.column, allowed=bad.allowed)


def read(kind: ListKind, path: Path) -> _File:
    """Return the rows of a CSV file, each with the line in which it begins.

    Raises StoreError, with file and line, when it is no such list or cannot be read.
    """
    data = list_bytes(path)
    if len(data) > LARGEST:
        raise StoreError(_("{file}: too large for a list").format(file=path))
    file = _File(path, [], [])
    try:
        lines = lines_of(data, most=LARGEST)
        _line, heading = next(lines, (1, []))
        names = [name.strip().lower() for name in heading]
        _check_names(kind, path, names)
        for line, cells in lines:
            wrong = _wrong(kind, names, cells)
            if wrong:
                file.problems.append((line, wrong))
            else:
                file.rows.append((line, dict(zip(names, (cell.strip() for cell in cells), strict=True))))
    except UnreadableInvoiceError as error:
        raise unread(path, error) from error
    return file


def _check_names(kind: ListKind, path: Path, names: Sequence[str]) -> None:
    columns = COLUMNS[kind]
    wrong = [name for name in names if name not in columns.all]
    missing = [name for name in columns.required if name not in names]
    if wrong or missing or len(set(names)) != len(names):
        raise wrong_heading(path, columns.required, columns.optional)


def _wrong(kind: ListKind, names: Sequence[str], cells: Sequence[str]) -> str:
    """Return why a line is no row of the list; empty when it is one."""
    if len(cells) != len(names):
        return wrong_count(len(cells), len(names))
    row = dict(zip(names, cells, strict=True))
    empty = [name for name in COLUMNS[kind].required if not row[name].strip()]
    return _("{column} is empty").format(column=", ".join(empty)) if empty else ""
