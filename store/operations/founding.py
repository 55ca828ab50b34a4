"""The first things of a company's own store."""

from dataclasses import dataclass

from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Terminal
from store.domain.roles import Role
from store.models.parties import PartyRow
from store.operations.operators import create_operator
from store.operations.parties import create_location, create_party
from store.operations.terminals import create_terminal


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a store needs before anybody can work: us, one location, one terminal, one administrator."""

    company: str
    tax_id: str = ""
    address: str = ""
    location_code: str
    location: str
    terminal_code: str
    terminal: str
    operator_code: str
    operator: str
    pin: str


def found_company(beginning: Beginning, *, hostname: str | None = None) -> Terminal:
    """Write a company's first rows and return its terminal, known by `hostname` where one is given.

    Raises RefusedError: EXISTS when the store has a company already, EMPTY, SHORT_PIN.
    """
    if PartyRow.select().where(PartyRow.is_own).exists():
        raise RefusedError(RefusalCode.EXISTS, text=beginning.company)
    create_party("US", beginning.company, tax_id=beginning.tax_id, address=beginning.address, is_own=True)
    location = create_location(beginning.location_code, beginning.location)
    create_operator(beginning.operator_code, beginning.operator, Role.ADMIN, pin=beginning.pin)
    return create_terminal(beginning.terminal_code, beginning.terminal, location.id, hostname=hostname)
