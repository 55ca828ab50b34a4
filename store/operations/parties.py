"""Customers, suppliers, our own company and its locations."""

from store.domain.errors import RefusalCode, RefusedError
from store.domain.language import Language
from store.domain.mail import addresses
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
    email: str = "",
    language: Language | None = None,
) -> Party:
    """Add a party and return it; `email` is one address or several.

    Raises RefusedError: EMPTY without a code or a name, EXISTS when the code is taken, or there is an own
    company already, BAD_EMAIL.
    """
    _check_code(code, name)
    email = mail_addresses(email)
    taken = PartyRow.select().where((PartyRow.code == code) | (PartyRow.is_own & is_own)).exists()
    if taken:
        raise RefusedError(RefusalCode.EXISTS, text=code, column="code")
    row = PartyRow.create(
        place=PlaceRow.create(kind=PlaceKind.PARTY),
        code=code.strip(),
        name=name.strip(),
        tax_id=tax_id.strip(),
        is_customer=is_customer,
        is_supplier=is_supplier,
        is_own=is_own,
        address=address.strip(),
        email=email,
        language=language,
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
        email=email,
        language=language,
    )


def create_location(code: str, name: str) -> Location:
    """Add one of our locations and return it. Raises RefusedError: EMPTY, EXISTS."""
    _check_code(code, name)
    if LocationRow.select().where(LocationRow.code == code.strip()).exists():
        raise RefusedError(RefusalCode.EXISTS, text=code, column="code")
    row = LocationRow.create(
        place=PlaceRow.create(kind=PlaceKind.LOCATION), code=code.strip(), name=name.strip()
    )
    return Location(id=row.id, code=row.code, name=row.name, place_id=row.place_id)


def mail_addresses(email: str) -> str:
    """Return addresses as they are kept, one blank between them. Raises RefusedError: BAD_EMAIL."""
    try:
        return " ".join(addresses(email))
    except ValueError as error:
        raise RefusedError(RefusalCode.BAD_EMAIL, text=str(error), column="email") from error


def _check_code(code: str, name: str) -> None:
    if not code.strip() or not name.strip():
        raise RefusedError(RefusalCode.EMPTY)
