"""Bringing a store to the schema of this program."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import Database, SqliteDatabase
from playhouse.migrations import Runner

from store.domain.errors import StoreTooNewError
from store.domain.language import _

FOLDER = Path(__file__).parent / "migrations"

log = logging.getLogger(__name__)

_LOCK = 0x535A54554B41
"""The advisory lock that terminals take before they migrate: 'SZTUKA'."""


def pending(database: Database) -> list[str]:
    """Return the names of the migrations that the store lacks, in order. The database must be connected.

    Raises StoreTooNewError when the store has one that this program does not know.
    """
    status = Runner(database, str(FOLDER)).status()
    unknown = [migration.name for migration in status if migration.path is None]
    if unknown:
        raise StoreTooNewError(
            _(
                "the store was written by a newer Sztuka (it has {names}): "
                "install the newer program here, the store stays as it is"
            ).format(names=", ".join(unknown))
        )
    return [migration.name for migration in status if migration.applied is None]


def is_empty(database: Database) -> bool:
    """Tell whether the store has no tables yet."""
    return not database.table_exists("place")


def migrate(database: Database, *, before: Callable[[], None] | None = None) -> list[str]:
    """Apply what is pending and return the names; all of it or nothing.

    `before` is called first when the store holds data: it makes the backup, and when it raises nothing is
    changed. Two terminals may call this at once: the second waits, and finds nothing to do. Raises
    StoreTooNewError as `pending` does.
    """
    if not pending(database):
        return []
    with _alone(database):
        if not pending(database):
            return []
        if before is not None and not is_empty(database):
            before()
        applied = Runner(database, str(FOLDER)).up()
    for name in applied:
        log.info("migrated the store: %s", name)
    return list(applied)


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """One transaction that no other terminal migrates in."""
    if isinstance(database, SqliteDatabase):
        with database.atomic("EXCLUSIVE"):
            yield
        return
    with database.atomic():
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        yield
