"""A consistent copy of a store in one new file, made while others work on."""

import logging
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from psycopg2.extensions import make_dsn, parse_dsn  # type: ignore[attr-defined]

from store.database import BUSY_SECONDS, is_postgres, sqlite_path
from store.domain.errors import StoreError
from store.domain.language import _

log = logging.getLogger(__name__)

_OWNER_ONLY = 0o600
"""A store has the hashes of PINs in it."""


def backup(url: str, target: Path) -> None:
    """Copy the store that `url` names, as it is at one moment, into the new file `target`.

    The copy of an SQLite store is a store: open it, or put it in the place of the lost one. That of a
    PostgreSQL store is for `pg_restore`. It was read back and is on disk when this returns. Raises StoreError
    when there is no such store, when `target` exists, and when it cannot be written; there is no `target`
    then.
    """
    with _new_file(target) as partial:
        if is_postgres(url):
            _dump(url, partial)
        else:
            _copy(sqlite_path(url), partial)
    log.info("backed the store up to %s", target)


def backup_into(url: str, folder: Path, at: datetime) -> Path:
    """Copy the store into a file of `folder` with the moment `at` in its name, and return the file.

    Makes the folder. Raises StoreError as `backup` does.
    """
    stem = at.astimezone(UTC).strftime("sztuka-%Y%m%dT%H%M%S%fZ")
    target = folder / f"{stem}{'.dump' if is_postgres(url) else '.db'}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            _("{file}: cannot be written: {why}").format(file=folder, why=error.strerror)
        ) from error
    backup(url, target)
    return target


@contextmanager
def _new_file(target: Path) -> Iterator[Path]:
    """Give a file to write beside `target`, which becomes `target` when it is whole and on disk."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        # The name is ours from here on: not even another backup at this moment can be overwritten.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
    except FileExistsError as error:
        raise StoreError(
            _("{file}: exists already; a backup overwrites nothing").format(file=target)
        ) from error
    except OSError as error:
        raise StoreError(
            _("{file}: cannot be written: {why}").format(file=target, why=error.strerror)
        ) from error
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
        yield partial
        _sync(partial)
        partial.replace(target)
        _sync(target.parent)
    except BaseException as error:
        partial.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise StoreError(
                _("{file}: cannot be written: {why}").format(file=target, why=error.strerror)
            ) from error
        raise


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise StoreError(_("{file}: there is no such store").format(file=source))
    try:
        with (
            closing(
                sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)
            ) as old,
            closing(sqlite3.connect(target, isolation_level=None)) as new,
        ):
            # All pages in one step: that reads one moment of the store, and in WAL mode it stops no writer.
            old.backup(new)
            # One file that is whole by itself, wherever it is carried.
            new.execute("PRAGMA journal_mode = DELETE")
            problems = [row[0] for row in new.execute("PRAGMA integrity_check") if row[0] != "ok"]
    except sqlite3.Error as error:
        raise StoreError(_("{file}: cannot be copied: {why}").format(file=source, why=error)) from error
    if problems:
        raise StoreError(_("{file}: the copy is damaged: {why}").format(file=source, why=problems[0]))


def _dump(url: str, target: Path) -> None:
    options = parse_dsn(url)
    # A command line can be read by everybody on the machine, the environment cannot.
    password = options.pop("password", None)
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    dsn = make_dsn(**options)
    _run(["pg_dump", "--format=custom", "--no-password", f"--file={target}", f"--dbname={dsn}"], environment)
    _run(["pg_restore", "--list", str(target)], environment)


def _run(command: list[str], environment: dict[str, str]) -> None:
    program = command[0]
    if shutil.which(program) is None:
        raise StoreError(
            _(
                "{program} is not installed: a PostgreSQL store is backed up by PostgreSQL's own programs "
                "(postgresql-client)"
            ).format(program=program)
        )
    run = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise StoreError(_("{program} failed: {why}").format(program=program, why=run.stderr.strip()))
