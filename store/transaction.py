"""One transaction, run until it is either committed or refused."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

from peewee import Database, IntegrityError, InterfaceError, OperationalError, PeeweeException, SqliteDatabase

from store.domain.errors import StoreError
from store.domain.language import N_, _

T = TypeVar("T")

RACES = 5
"""How often a function is run anew after another terminal was faster."""

_RACE_CODES = frozenset({"40001", "40P01"})
"""PostgreSQL: serialization failure, deadlock."""
_LOST_CODES = frozenset({"25006", "57P01", "57P02", "57P03"})
"""PostgreSQL: read-only (a demoted primary), shut down by an administrator, crash, cannot connect now."""


_TROUBLE: dict[str, str] = {
    "database or disk is full": N_("the disk of the store is full: nothing was saved"),
    "readonly database": N_("the store may not be written by this user: nothing was saved"),
    "unable to open database file": N_("the file of the store cannot be opened or made"),
    "disk I/O error": N_("the disk of the store fails: nothing was saved"),
    "file is not a database": N_("the file is no store"),
    "malformed": N_("the file of the store is damaged: nothing was saved"),
}
"""What SQLite says when its file is in trouble, and what a person is told."""
_TROUBLE_CODES: dict[str, str] = {
    "53100": N_("the disk of the store is full: nothing was saved"),
    "42501": N_("the store may not be written by this user: nothing was saved"),
}
"""The same for PostgreSQL."""


# A refused connection has no code.
_TURNED_AWAY = (
    "password authentication failed",
    "no password supplied",
    "no pg_hba.conf entry",
    "does not exist",
    "permission denied",
    "not permitted to log in",
)


class RaceLostError(Exception):
    """Another terminal changed what was just read: what is to be done must be judged anew."""


def run_read(database: Database, function: Callable[[], T]) -> T:
    """Run `function` in a transaction that sees one state of the store, and return what it returns."""
    with database.atomic():
        return function()


@contextmanager
def snapshot(database: Database) -> Iterator[None]:
    """Read in one unchanging state of the store, however many statements that takes, and write nothing."""
    with database.atomic():
        if not isinstance(database, SqliteDatabase):
            database.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def run_write(database: Database, function: Callable[[], T]) -> T:
    """Run `function` in one transaction and return what it returned, once that is committed.

    When a constraint or a compare-and-set says that another terminal was faster, everything is rolled back
    and `function` runs anew, on what the store holds by then: it judges again, and refuses by name. Any other
    error rolls back and is raised.
    """
    race: Exception
    for _try in range(RACES):
        try:
            with _begin(database):
                return function()
        except (IntegrityError, RaceLostError) as error:
            race = error
        except OperationalError as error:
            if _code(error) not in _RACE_CODES:
                raise
            race = error
    raise race


def _begin(database: Database) -> AbstractContextManager[object]:
    # SQLite takes its write lock at the start: a lock wanted later, after a read, cannot wait its turn.
    mode = ("IMMEDIATE",) if isinstance(database, SqliteDatabase) else ()
    begun: AbstractContextManager[object] = database.atomic(*mode)
    return begun


def is_lost(database: Database, error: PeeweeException) -> bool:
    """Tell whether `error` says that the store cannot be reached now, and may come back."""
    if not isinstance(error, OperationalError | InterfaceError) and _code(error) not in _LOST_CODES:
        return False
    if isinstance(database, SqliteDatabase):
        return "locked" in str(error) or "busy" in str(error)
    connection = None if database.is_closed() else database.connection()
    return connection is None or connection.closed != 0 or _code(error) in _LOST_CODES


def is_turned_away(error: OperationalError) -> bool:
    """Tell whether the server refused this connection and will refuse the next: waiting would not help."""
    return any(sign in str(error) for sign in _TURNED_AWAY)


def trouble_of(error: PeeweeException) -> StoreError | None:
    """Return what to tell a person when the store's disk or rights fail; None: the error is another one."""
    code = _code(error)
    # SQLite ends the transaction by itself then, and what is heard last is that there is none to roll back.
    text = " ".join(str(cause) for cause in _causes(error))
    told = _TROUBLE_CODES.get(code) if code else None
    told = told or next((words for sign, words in _TROUBLE.items() if sign in text), None)
    return None if told is None else StoreError(_(told))


def _code(error: BaseException) -> str | None:
    codes = (getattr(cause, "pgcode", None) for cause in _causes(error))
    return next((str(code) for code in codes if code), None)


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
