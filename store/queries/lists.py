"""Master data as lists: a page of one for a screen, or all of it for a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from store.domain.lists import COLUMNS, NO, SECRETS, YES, ListKind, ListRow
from store.models.fields import PIECES, unscaled
from store.models.sql import is_postgres, select, stream
from store.queries.parties import TAX_LIKE, contains, tax_part


@dataclass(frozen=True, slots=True)
class _Source:
    """A list as SQL: its tables, its columns by name, and what is searched."""

    tables: str
    columns: dict[str, str]
    searched: tuple[str, ...]
    order: str
    id: str = "t.id"


def _plain(*names: str) -> dict[str, str]:
    return {name: f"t.{name}" for name in names}


_ROLE = """CASE WHEN t.is_own THEN 'own' WHEN t.is_customer AND t.is_supplier THEN 'both'
    WHEN t.is_supplier THEN 'supplier' WHEN t.is_customer THEN 'customer' ELSE 'both' END"""


def _source(kind: ListKind) -> _Source:
    return _SOURCES[kind]()


def _teams() -> _Source:
    gathered = "string_agg(o.code, ' ' ORDER BY o.code)" if is_postgres() else "group_concat(o.code, ' ')"
    return _Source(
        "team t",
        _plain("code", "name", "takes_services", "retired")
        | {
            "members": f"(SELECT {gathered} FROM (SELECT o.code FROM team_member m JOIN operator o "
            "ON o.id = m.operator_id WHERE m.team_id = t.id ORDER BY o.code) AS o)"
        },
        ("t.code", "t.name"),
        "t.name, t.id",
    )


def _products() -> _Source:
    gathered = "string_agg(g.gtin, ' ' ORDER BY g.id)" if is_postgres() else "group_concat(g.gtin, ' ')"
    return _Source(
        "product t JOIN product_kind k ON k.id = t.kind_id",
        _plain(
            "sku", "name", "tracking", "warranty_months", "service_months", "service_meter", "meter_unit",
            "validity_months", "seats", "warranty_rule", "serial_pattern", "retired",
        )
        | {"kind": "k.code", "gtins": f"(SELECT {gathered} FROM gtin g WHERE g.product_id = t.id)"},
        ("t.sku", "t.name"),
        "t.name, t.id",
    )  # fmt: skip


_SOURCES: dict[ListKind, Callable[[], _Source]] = {
    ListKind.LOCATIONS: lambda: _Source(
        "location t", _plain("code", "name", "retired"), ("t.code", "t.name"), "t.name, t.id"
    ),
    ListKind.TERMINALS: lambda: _Source(
        "terminal t JOIN location l ON l.id = t.location_id",
        _plain("code", "name", "hostname", "address", "printer", "label_printer", "retired")
        | {"location": "l.code"},
        ("t.code", "t.name"),
        "t.code, t.id",
    ),
    ListKind.OPERATORS: lambda: _Source(
        "operator t",
        _plain("code", "name", "role", "language", "retired"),
        ("t.code", "t.name"),
        "t.name, t.id",
    ),
    ListKind.KINDS: lambda: _Source(
        "product_kind t", _plain("code", "name", "nature", "retired"), ("t.code", "t.name"), "t.name, t.id"
    ),
    ListKind.FIELDS: lambda: _Source(
        "field t",
        _plain("code", "name", "type", "measure", "choices", "pattern", "message", "retired")
        | {"default": "t.default_text"},
        ("t.code", "t.name"),
        "t.name, t.id",
    ),
    ListKind.KIND_FIELDS: lambda: _Source(
        "kind_field t JOIN product_kind k ON k.id = t.kind_id JOIN field f ON f.id = t.field_id",
        _plain("position", "required", "on_list", "on_label", "on_card", "retired")
        | {"kind": "k.code", "field": "f.code"},
        ("k.name", "f.name"),
        "k.code, t.position, t.id",
    ),
    ListKind.PRODUCTS: _products,
    ListKind.PARTIES: lambda: _Source(
        "party t",
        _plain("code", "name", "tax_id", "address", "email", "language", "retired") | {"role": _ROLE},
        ("t.code", "t.name", "t.tax_id"),
        "t.name, t.id",
    ),
    ListKind.EVENT_KINDS: lambda: _Source(
        "(SELECT * FROM event_kind WHERE NOT is_built_in) t",
        _plain("code", "name", "name_pl", "position", "stays_open", "retired"),
        ("t.code", "t.name", "t.name_pl"),
        "t.position, t.name, t.id",
    ),
    ListKind.TEAMS: _teams,
}


def listed(
    kind: ListKind, text: str = "", *, retired: bool = False, limit: int = 50, skip: int = 0
) -> list[ListRow]:
    """Return the rows of a list with `text` in what they are called: at most `limit` after `skip`.

    `retired`: those that are out of use, instead of those in use.
    """
    source = _source(kind)
    searched = " OR ".join(f"lower({column}) LIKE :part ESCAPE '!'" for column in source.searched)
    if kind is ListKind.PARTIES:
        searched += f" OR {TAX_LIKE}"
    rows = select(
        f"{_statement(source)} WHERE t.retired = :retired AND ({searched}) "
        f"ORDER BY {source.order} LIMIT :limit OFFSET :skip",
        retired=retired,
        part=contains(text),
        tax_part=tax_part(text),
        limit=limit,
        skip=skip,
    )
    return [_row(kind, row) for row in rows]


def by_key(kind: ListKind, *key: str) -> ListRow | None:
    """Return the row that is known by `key`: its code, its SKU, or kind and field."""
    source = _source(kind)
    names = COLUMNS[kind].key
    conditions = " AND ".join(f"{source.columns[name]} = :k{'x' * place}" for place, name in enumerate(names))
    values = {f"k{'x' * place}": text for place, text in enumerate(key)}
    rows = select(f"{_statement(source)} WHERE {conditions}", **values)
    return _row(kind, rows[0]) if rows else None


def every(kind: ListKind) -> Iterator[ListRow]:
    """Yield all rows of a list, those out of use as well. Only inside a transaction."""
    source = _source(kind)
    for row in stream(f"{_statement(source)} ORDER BY {source.order}"):
        yield _row(kind, row)


def _statement(source: _Source) -> str:
    columns = ", ".join(f"{expression} AS c_{name}" for name, expression in source.columns.items())
    return f"SELECT {source.id} AS id, {columns} FROM {source.tables}"


def _row(kind: ListKind, row: dict[str, Any]) -> ListRow:
    cells = {name: _cell(name, row[f"c_{name}"]) for name in COLUMNS[kind].all if name not in SECRETS}
    return ListRow(id=row["id"], cells=cells, retired=cells["retired"] == YES)


def _cell(name: str, value: Any) -> str:
    if name in _FLAGS:
        return YES if value else NO
    if name in _MEASURED and value is not None:
        return format(unscaled(value, PIECES), "f")
    return "" if value is None else str(value)


_MEASURED = frozenset({"service_meter"})
"""Columns of quantities, kept in their smallest steps."""
_FLAGS = frozenset({"stays_open", "takes_services", "retired", "required", "on_list", "on_label", "on_card"})
