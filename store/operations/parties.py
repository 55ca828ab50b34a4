"""Customers, suppliers, our own company and its locations."""

from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Location, Party
from store.domain.terms import PlaceKind
from store.models.parties import LocationRow, PartyRow, PlaceRow


def create_party(
    code: str,
    name: str,
    *,
    tax_id: str = "",
    is_customer: bool = False,
    is_supplier: bool = False,
    is_own: bool = False,
    address: str = "",
) -> Party:
    """Add a party and return it.

    Raises RefusedError: EMPTY without a code or a name, EXISTS when the code is taken, or there is an own
    company already.
    """
    _check_code(code, name)
    taken = PartyRow.select().where((PartyRow.code == code) | (PartyRow.is_own & is_own)).exists()
    if taken:
        raise RefusedError(RefusalCode.EXISTS, text=code)
    row = PartyRow.create(
        place=PlaceRow.create(kind=PlaceKind.PARTY),
        code=code.strip(),
        name=name.strip(),
        tax_id=tax_id.strip(),
        is_customer=is_customer,
        is_supplier=is_supplier,
        is_own=is_own,
        address=address.strip(),
    )
    return Party(
        id=row.id,
        code=row.code,
        name=row.name,
        place_id=row.place_id,
        tax_id=row.tax_id,
        is_customer=is_customer,
        is_supplier=is_supplier,
        is_own=is_own,
        address=row.address,
    )


def create_location(code: str, name: str) -> Location:
    """Add one of our locations and return it. Raises RefusedError: EMPTY, EXISTS."""
    _check_code(code, name)
    if LocationRow.select().where(LocationRow.code == code.strip()).exists():
        raise RefusedError(RefusalCode.EXISTS, text=code)
    row = LocationRow.create(
        place=PlaceRow.create(kind=PlaceKind.LOCATION), code=code.strip(), name=name.strip()
    )
    return Location(id=row.id, code=row.code, name=row.name, place_id=row.place_id)


def _check_code(code: str, name: str) -> None:
    if not code.strip() or not name.strip():
        raise RefusedError(RefusalCode.EMPTY)
