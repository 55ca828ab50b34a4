"""Which terminal somebody works at."""

from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.records import Location, Terminal
from store.models.parties import LocationRow
from store.models.people import TerminalRow


def find(hostname: str | None, address: str | None) -> Terminal | None:
    """Return the terminal known by its client's address (over SSH), else by its host name, or None."""
    return _first(TerminalRow.address == address if address else None) or _first(
        TerminalRow.hostname == hostname if hostname and not address else None
    )


def by_code(code: str) -> Terminal | None:
    """Return the terminal with a code, or None."""
    return _first(TerminalRow.code == code.strip())


def named(code: str) -> Terminal | None:
    """Return the terminal that a configuration names, or None when it names none.

    Raises StoreError, naming those there are, when the store has no such terminal.
    """
    if not code.strip():
        return None
    terminal = by_code(code)
    if terminal is None:
        known = ", ".join(each.code for each in listing())
        raise StoreError(
            _("{code}: no terminal of the store; there are: {known}").format(code=code, known=known)
        )
    return terminal


def listing() -> list[Terminal]:
    """Return all terminals in use, by code."""
    rows = _rows().where(~TerminalRow.retired).order_by(TerminalRow.code)
    return [_terminal(row) for row in rows]


def _rows():  # type: ignore[no-untyped-def]  # a peewee query
    return TerminalRow.select(TerminalRow, LocationRow).join(LocationRow)


def _first(condition: object) -> Terminal | None:
    if condition is None:
        return None
    row = _rows().where(condition, ~TerminalRow.retired).first()
    return _terminal(row) if row else None


def _terminal(row: TerminalRow) -> Terminal:
    place = row.location
    location = Location(id=place.id, code=place.code, name=place.name, place_id=place.place_id)
    return Terminal(
        id=row.id,
        code=row.code,
        name=row.name,
        location=location,
        printer=row.printer,
        label_printer=row.label_printer,
    )
