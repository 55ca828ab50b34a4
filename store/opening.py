"""Making a store ready for work: connected, migrated after a backup."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from peewee import Database, PeeweeException

from store.backup import backup_into
from store.database import is_postgres, open_database, sqlite_path
from store.domain.errors import StoreError
from store.domain.language import _
from store.migrate import migrate
from store.transaction import trouble_of


@contextmanager
def connected(url: str) -> Iterator[Database]:
    """Give the store that `url` names, connected in this thread, and as it is: nothing is made or migrated.

    Raises StoreError when there is none, or it cannot be reached or used; what the database says of it is in
    the message.
    """
    if not is_postgres(url) and not sqlite_path(url).exists():
        raise StoreError(_("{file}: there is no such store").format(file=sqlite_path(url)))
    with _connection(url) as database:
        yield database


@contextmanager
def _connection(url: str) -> Iterator[Database]:
    database = open_database(url)
    try:
        database.connect()
    except PeeweeException as error:
        raise _unreachable(error) from error
    try:
        yield database
    except PeeweeException as error:
        raise trouble_of(error) or error from error
    finally:
        database.close()


@contextmanager
def ready(url: str, backups: Path, *, makes: bool = False) -> Iterator[Database]:
    """Give the store that `url` names, connected in this thread and migrated.

    One that holds data is copied into the folder `backups` first. Raises StoreError when it cannot be reached
    or used, or there is none and it is not `makes`, by which one begins: a misspelt path must not become a
    store. Raises StoreTooNewError when a newer program wrote it.
    """
    if not (makes or is_postgres(url) or sqlite_path(url).exists()):
        told = _(
            "{file}: there is no such store; `sztuka init` begins yours, `sztuka --demo` opens one to try "
            "things out"
        )
        raise StoreError(told.format(file=sqlite_path(url)))
    with _connection(url) as database:
        migrate(database, before=lambda: _keep_copy(url, backups))
        yield database


def _keep_copy(url: str, folder: Path) -> None:
    backup_into(url, folder, datetime.now(UTC))


def _unreachable(error: PeeweeException) -> StoreError:
    why = str(error).strip()
    return trouble_of(error) or StoreError(_("the store does not answer: {why}").format(why=why))
