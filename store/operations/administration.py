"""What an administrator does on a screen: the same as a list of one row, behind the permission for it."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from store.domain.errors import RefusalCode, RefusedError
from store.domain.lists import COLUMNS, BadRowsError, ListKind, Row
from store.domain.records import Actor
from store.domain.roles import Permission
from store.operations.allowed import require
from store.operations.loading import KNOWN, load

P = ParamSpec("P")
T = TypeVar("T")


def administer(actor: Actor, function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """Do `function` for somebody who may administer. Raises RefusedError(NOT_ALLOWED), and what it raises."""
    require(actor, Permission.ADMINISTER)
    return function(*arguments, **options)


def save_row(actor: Actor, kind: ListKind, row: Row, *, is_new: bool) -> None:
    """Add one row of master data, or change the one that is known by the row's code.

    Raises RefusedError: NOT_ALLOWED, EXISTS when a new row's code is taken, BAD_VALUE for a column, and what
    adding or changing such a thing refuses.
    """
    require(actor, Permission.ADMINISTER)
    columns = COLUMNS[kind]
    for name in columns.required:
        if not row.get(name, "").strip():
            raise RefusedError(RefusalCode.EMPTY, column=name)
    if is_new and KNOWN[kind](row) is not None:
        raise RefusedError(
            RefusalCode.EXISTS, text=" ".join(row[name] for name in columns.key), column=columns.key[0]
        )
    try:
        load(kind, [row], update=True)
    except BadRowsError as error:
        bad = error.rows[0]
        if bad.refusal is not None:
            raise RefusedError(bad.refusal.code, **bad.refusal.data) from error
        raise RefusedError(
            RefusalCode.BAD_VALUE,
            field=bad.column,
            column=bad.column,
            text=row.get(bad.column, ""),
            fault=bad.allowed,
            choices=(),
        ) from error
