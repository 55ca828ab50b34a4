"""Everything the store knows about one scan, in one query."""

from datetime import date
from functools import cache
from typing import Any

from store.domain.found import Found, FoundDraft, FoundProduct, FoundPromise, FoundUnit, Reading
from store.domain.reservations import Promise
from store.domain.serials import key_of
from store.domain.terms import Condition, Nature, PlaceKind, Terms, Tracking
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import is_postgres, select_often

_COLUMNS = {
    "id": "BIGINT", "product_id": "BIGINT", "document_id": "BIGINT", "owner_id": "BIGINT",
    "place_id": "BIGINT", "number": "BIGINT", "serial": "TEXT", "serial_key": "TEXT", "name": "TEXT",
    "product_name": "TEXT", "place_name": "TEXT", "place_kind": "TEXT", "terms": "TEXT",
    "condition": "TEXT", "at": "TEXT", "is_own": "BOOLEAN", "nature": "TEXT",
    "back_terms": "TEXT", "back_place_id": "BIGINT", "back_name": "TEXT", "carrier": "TEXT",
    "carrier_product": "TEXT",
}  # fmt: skip
"""The columns that all facts share, with their types; a fact leaves null what it does not have."""

# What only some units have is looked up for each by itself. Joined, it took PostgreSQL longer to weigh the
# orders of a dozen joins (10 ms) than to read a unit.
_REPAIR = "FROM repair x WHERE x.unit_id = u.id AND x.ended_at IS NULL"
_BACK = f"FROM party b WHERE b.place_id = (SELECT x.back_place_id {_REPAIR})"
_CARRIER = """FROM unit_link i JOIN unit w ON w.id = i.other_id JOIN product v ON v.id = w.product_id
    WHERE i.unit_id = u.id AND i.kind = 'installed' AND i.ended_at IS NULL"""

_FACTS: dict[str, tuple[dict[str, str], str]] = {
    "repeated": ({"id": "s.id"}, "FROM draft_scan s WHERE s.token = :token"),
    "draft": (
        {
            "id": "s.id", "product_id": "s.product_id", "document_id": "s.document_id",
            "number": "n.position", "name": "s.operator_name", "at": "CAST(s.scanned_at AS TEXT)",
            "place_name": "CASE WHEN d.reference <> '' THEN d.reference ELSE coalesce("
            "(SELECT t.name FROM location t WHERE t.id = d.target_id), p.name) END",
        },
        """FROM draft_scan s JOIN document d ON d.id = s.document_id JOIN party p ON p.id = d.party_id
           JOIN document_line n ON n.id = s.line_id
           WHERE s.state = 'draft' AND (NOT s.counted OR s.document_id = :document_id)
           AND s.serial_key {few}SELECT CAST(:key AS TEXT) UNION ALL SELECT u.serial_key FROM unit u
               WHERE u.id {few}SELECT i.unit_id FROM identifier i WHERE i.key = :key{end}{end}""",
    ),
    "unit": (
        {
            "id": "u.id", "product_id": "u.product_id", "owner_id": "u.owner_id", "place_id": "u.place_id",
            "number": "u.version", "serial": "u.serial", "serial_key": "u.serial_key", "terms": "u.terms",
            "condition": "u.condition", "name": "o.name", "product_name": "r.name",
            "place_kind": "(SELECT c.kind FROM place c WHERE c.id = u.place_id)",
            "place_name": "coalesce((SELECT l.name FROM location l WHERE l.place_id = u.place_id), "
            "(SELECT q.name FROM party q WHERE q.place_id = u.place_id))",
            "at": "CAST(u.last_movement_at AS TEXT)", "is_own": "o.is_own",
            "nature": "(SELECT k.nature FROM product_kind k WHERE k.id = r.kind_id)",
            "back_terms": f"(SELECT x.back_terms {_REPAIR})",
            "back_place_id": f"(SELECT x.back_place_id {_REPAIR})",
            "back_name": f"(SELECT b.name {_BACK})",
            "carrier": f"(SELECT w.serial {_CARRIER})",
            "carrier_product": f"(SELECT v.name {_CARRIER})",
        },
        """FROM unit u JOIN product r ON r.id = u.product_id JOIN party o ON o.id = u.owner_id
           WHERE u.id {few}SELECT id FROM unit WHERE serial_key = :key
                           UNION SELECT unit_id FROM identifier WHERE key = :key{end}""",
    ),
    "product": (
        {"id": "r.id", "name": "r.name", "terms": "r.tracking"},
        """FROM product r WHERE r.id IN (SELECT product_id FROM gtin WHERE gtin = :gtin
                                         UNION SELECT id FROM product WHERE sku_key IN (:code, :part))""",
    ),
    "ours": (
        {"name": "o.name"},
        """FROM (SELECT name FROM location WHERE code = :text UNION ALL SELECT name FROM terminal
                 WHERE code = :text UNION ALL SELECT number FROM document WHERE number = :text) AS o""",
    ),
    # What is promised of the product, with the unit's own days apart: each as one row a piece reserved.
    "promised": (
        {
            "id": "i.unit_id", "product_id": "i.product_id", "number": "i.quantity", "name": "q.name",
            "at": "CAST(r.first_day AS TEXT)", "place_name": "CAST(r.last_day AS TEXT)",
        },
        """FROM reserved_piece i JOIN reservation r ON r.id = i.reservation_id
           JOIN party q ON q.id = r.party_id JOIN document d ON d.id = :document_id
           WHERE r.status = 'open' AND r.last_day >= :today AND r.party_id <> d.party_id
           AND (i.unit_id IS NOT NULL OR r.location_id = d.location_id)
           AND i.product_id IN (
               SELECT product_id FROM unit WHERE serial_key = :key
               UNION SELECT u.product_id FROM unit u
                     WHERE u.id {few}SELECT n.unit_id FROM identifier n WHERE n.key = :key{end}
               UNION SELECT product_id FROM gtin WHERE gtin = :gtin
               UNION SELECT id FROM product WHERE sku_key IN (:code, :part))""",
    ),
    "announced": (
        {"id": "e.line_id"},
        """FROM expected_serial e JOIN document_line n ON n.id = e.line_id
           WHERE e.serial_key = :key AND n.document_id = :document_id""",
    ),
}  # fmt: skip


_TYPES = dict.fromkeys(("token", "key", "gtin", "code", "part", "text"), "TEXT") | {
    "document_id": "BIGINT",
    "today": "DATE",
}
PART_NUMBER = "1P"
"""The data identifier before a maker's part number in its own code on the box (ANSI MH10.8.2)."""


@cache
def _statement(*, postgres: bool) -> str:
    branches = []
    for fact, (expressions, source) in _FACTS.items():
        columns = (
            f"{expressions.get(name, f'CAST(NULL AS {type_})')} AS {name}" for name, type_ in _COLUMNS.items()
        )
        branches.append(
            f"SELECT '{fact}' AS fact, {', '.join(columns)} {_by_index(source, postgres=postgres)}"
        )
    return " UNION ALL ".join(branches)


def _by_index(source: str, *, postgres: bool) -> str:
    """Spell out `column {few}statement{end}`: few values, each looked up by the index of the column.

    Until PostgreSQL has counted the rows of a new store it takes its tables for empty. Given a plain IN it
    would then read all drafts and all units beside the one number, for each scan.
    """
    few, end = ("= ANY (ARRAY(", "))") if postgres else ("IN (", ")")
    return source.replace("{few}", few).replace("{end}", end)


def found(document_id: int, reading: Reading, *, today: date, token: str = "") -> Found:
    """Return what the store knows about a scan made in a document.

    `today` is the local day from which promises to others count. `token` is the scan's own: a draft that
    carries it was made by the same call before.
    """
    key, code = key_of(reading.serial or ""), key_of(reading.text)
    rows = select_often(
        _statement(postgres=is_postgres()),
        _TYPES,
        token=token,
        key=key,
        gtin=reading.gtin or "",
        # A GS1 code names its product by the GTIN alone: its serial may read like somebody's SKU.
        code="" if reading.from_gs1 else code,
        part="" if reading.from_gs1 else code.removeprefix(PART_NUMBER),
        text="" if reading.from_gs1 else reading.text.strip(),
        document_id=document_id,
        today=today.isoformat(),
    )
    by_fact: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_fact.setdefault(row["fact"], []).append(row)
    product = next((_product(row) for row in by_fact.get("product", ())), None)
    return Found(
        units=tuple(_unit(row) for row in by_fact.get("unit", ())),
        product=product,
        drafts=tuple(_draft(row) for row in by_fact.get("draft", ())),
        promised=tuple(_promise(row) for row in by_fact.get("promised", ())),
        announced=frozenset(row["id"] for row in by_fact.get("announced", ())),
        ours=next((row["name"] for row in by_fact.get("ours", ())), None),
        repeated=next((row["id"] for row in by_fact.get("repeated", ())), None),
    )


def _unit(row: dict[str, Any]) -> FoundUnit:
    return FoundUnit(
        id=row["id"],
        product_id=row["product_id"],
        product_name=row["product_name"],
        serial=row["serial"],
        serial_key=row["serial_key"],
        place_id=row["place_id"],
        place_name=row["place_name"] or "",
        place_kind=PlaceKind(row["place_kind"]) if row["place_kind"] else None,
        terms=Terms(row["terms"]),
        condition=Condition(row["condition"]),
        owner_id=row["owner_id"],
        owner_name=row["name"],
        owner_is_us=bool(row["is_own"]),
        version=row["number"],
        nature=Nature(row["nature"]),
        since=from_store(row["at"]),
        back_terms=Terms(row["back_terms"]) if row["back_terms"] else None,
        back_place_id=row["back_place_id"],
        back_name=row["back_name"] or "",
        carrier=row["carrier"] or "",
        carrier_product=row["carrier_product"] or "",
    )


def _product(row: dict[str, Any]) -> FoundProduct:
    return FoundProduct(id=row["id"], name=row["name"], tracking=Tracking(row["terms"]))


def _promise(row: dict[str, Any]) -> FoundPromise:
    return FoundPromise(
        unit_id=row["id"],
        product_id=row["product_id"],
        promise=Promise(
            party_name=row["name"],
            first=date.fromisoformat(row["at"]),
            last=date.fromisoformat(row["place_name"]),
            quantity=unscaled(row["number"], PIECES),
        ),
    )


def _draft(row: dict[str, Any]) -> FoundDraft:
    return FoundDraft(
        scan_id=row["id"],
        product_id=row["product_id"],
        document_id=row["document_id"],
        document=row["place_name"],
        position=row["number"],
        operator=row["name"],
        at=from_store(row["at"]),
    )
