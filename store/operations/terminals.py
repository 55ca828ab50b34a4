"""Terminals: how a workplace becomes known."""

from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Terminal
from store.models.people import TerminalRow
from store.queries.terminals import by_code


def create_terminal(
    code: str,
    name: str,
    location_id: int,
    *,
    hostname: str | None = None,
    address: str | None = None,
    printer: str = "",
    label_printer: str = "",
) -> Terminal:
    """Add a terminal and return it. Raises RefusedError: EMPTY, EXISTS (code, host name or address)."""
    if not code.strip() or not name.strip():
        raise RefusedError(RefusalCode.EMPTY)
    for column, text in (("code", code.strip()), ("hostname", hostname), ("address", address)):
        refuse_taken(column, text)
    TerminalRow.create(
        code=code.strip(),
        name=name.strip(),
        location=location_id,
        hostname=hostname or None,
        address=address or None,
        printer=printer,
        label_printer=label_printer,
    )
    return _known(code)


def refuse_taken(column: str, text: str | None, terminal_id: int | None = None) -> None:
    """Raise RefusedError(EXISTS) when another terminal than this one has the text in a column."""
    holder = TerminalRow.get_or_none(getattr(TerminalRow, column) == text) if text else None
    if holder is not None and holder.id != terminal_id:
        raise RefusedError(RefusalCode.EXISTS, text=text, column=column)


def remember_terminal(code: str, *, hostname: str | None, address: str | None) -> Terminal:
    """Bind a terminal to the host name or client address it was used from, so that it is asked for once.

    What was bound to another terminal moves over to this one. Raises RefusedError(UNKNOWN) for an
    unknown code.
    """
    row = TerminalRow.get_or_none((TerminalRow.code == code.strip()) & ~TerminalRow.retired)
    if row is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=code)
    for column, value in ((TerminalRow.hostname, hostname), (TerminalRow.address, address)):
        if value:
            TerminalRow.update({column: None}).where(column == value).execute()
            TerminalRow.update({column: value}).where(TerminalRow.id == row.id).execute()
    return _known(code)


def _known(code: str) -> Terminal:
    terminal = by_code(code)
    assert terminal is not None  # noqa: S101 - it was read or written in this transaction
    return terminal
