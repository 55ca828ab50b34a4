"""Customers, suppliers and our own company."""

from collections.abc import Iterable
from typing import Any

from store.domain.errors import StoreError
from store.domain.language import Language, _
from store.domain.records import Party
from store.domain.tax_ids import bare
from store.models.bulk import among, listed
from store.models.sql import select

_PARTIES = (
    "SELECT id, code, name, place_id, tax_id, is_customer, is_supplier, is_own, address, email, language "
    "FROM party WHERE "
)

TAX = "replace(replace(replace(upper(tax_id), '-', ''), ' ', ''), 'PL', '')"
"""A party's tax id as it is looked up; the index `party_tax` stands on the same expression."""
TAX_LIKE = f"(:tax_part <> '' AND {TAX} LIKE :tax_part)"
"""The condition that `tax_part` is in a party's tax id, however both are written."""


def has_company() -> bool:
    """Tell whether the store has a company in it."""
    return bool(select(f"{_PARTIES} is_own"))


def own_company() -> Party:
    """Return our own company. Raises StoreError when the store has none yet."""
    rows = select(f"{_PARTIES} is_own")
    if not rows:
        raise StoreError(
            _(
                "the store has no company yet: `sztuka init` makes yours, "
                "`sztuka --demo` opens one to try things out"
            )
        )
    return _party(rows[0])


def party_by_id(party_id: int) -> Party:
    """Return a party. Raises LookupError when there is none."""
    rows = select(f"{_PARTIES} id = :party_id", party_id=party_id)
    if not rows:
        raise LookupError(party_id)
    return _party(rows[0])


def by_owner(unit_ids: Iterable[int]) -> list[tuple[Party, list[int]]]:
    """Return whose some units are, by name, with the ids of theirs; ours are left out. One statement."""
    rows = select(
        f"""SELECT p.id, p.code, p.name, p.place_id, p.tax_id, p.is_customer, p.is_supplier, p.is_own,
               p.address, p.email, p.language, u.id AS unit_id
        FROM unit u JOIN party p ON p.id = u.owner_id
        WHERE NOT p.is_own AND {among("u.id", "ids")} ORDER BY p.name, p.id, u.id""",
        ids=listed(unit_ids),
    )
    found: dict[int, tuple[Party, list[int]]] = {}
    for row in rows:
        unit_id = row.pop("unit_id")
        found.setdefault(row["id"], (_party(row), []))[1].append(unit_id)
    return list(found.values())


def search(
    text: str, *, customers: bool = False, suppliers: bool = False, limit: int = 50, skip: int = 0
) -> list[Party]:
    """Return the parties whose code, name or tax id has `text` in it, by name: at most `limit` after `skip`.

    `customers` and `suppliers` narrow it to these; retired parties and our own company are left out.
    """
    rows = select(
        f"""{_PARTIES} NOT is_own AND NOT retired
        AND (:any_role = 1 OR (:customers = 1 AND is_customer) OR (:suppliers = 1 AND is_supplier))
        AND (lower(name) LIKE :part ESCAPE '!' OR lower(code) LIKE :part ESCAPE '!'
             OR tax_id LIKE :part ESCAPE '!' OR {TAX_LIKE})
        ORDER BY name, id LIMIT :limit OFFSET :skip""",
        any_role=int(not customers and not suppliers),
        customers=int(customers),
        suppliers=int(suppliers),
        part=contains(text),
        tax_part=tax_part(text),
        limit=limit,
        skip=skip,
    )
    return [_party(row) for row in rows]


def named(text: str) -> list[Party]:
    """Return the party with this very code; if there is none, those with this tax id or whole name."""
    plain = text.strip().lower()
    rows = select(f"{_PARTIES} lower(code) = :text ORDER BY id", text=plain)
    rows = rows or select(
        f"""{_PARTIES} lower(name) = :text OR lower(tax_id) = :text OR (:tax <> '' AND {TAX} = :tax)
        ORDER BY id""",
        text=plain,
        tax=bare(text),
    )
    return [_party(row) for row in rows]


def contains(text: str) -> str:
    """Return the LIKE pattern (escape character '!') for `text` anywhere, in lower case."""
    plain = text.strip().lower()
    for special in "!%_":
        plain = plain.replace(special, f"!{special}")
    return f"%{plain}%"


def tax_part(text: str) -> str:
    """Return the pattern of `TAX_LIKE` for `text`; empty where no tax id has it in itself."""
    tax = bare(text)
    return f"%{tax}%" if any(char.isdigit() for char in tax) else ""


def _party(row: dict[str, Any]) -> Party:
    flags = {name: bool(row[name]) for name in ("is_customer", "is_supplier", "is_own")}
    language = Language(row["language"]) if row["language"] else None
    return Party(**(row | flags | {"language": language}))
