"""Rules of units: their own rows against their movements, which are the truth."""

from store.check.rule import Rule
from store.domain.findings import FindingCode
from store.domain.terms import PlaceKind, Terms
from store.domain.transitions import place_kind


def _listed(kind: PlaceKind | None) -> str:
    return ", ".join(f"'{terms}'" for terms in Terms if place_kind(terms) is kind)


_BEFORE = "(SELECT max(x.id) FROM {table} x WHERE x.unit_id = m.unit_id AND x.id < m.id)"

UNIT_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.NO_MOVEMENT,
        query="""
            SELECT u.id AS unit_id, u.serial FROM unit u
            WHERE NOT EXISTS (SELECT 1 FROM movement m WHERE m.unit_id = u.id)""",
    ),
    Rule(
        code=FindingCode.PROJECTION,
        query="""
            SELECT u.id AS unit_id, u.serial, m.id AS movement_id,
                   trim(CASE WHEN coalesce(u.place_id, 0) <> coalesce(m.to_place_id, 0) THEN 'place '
                             ELSE '' END
                        || CASE WHEN u.owner_id <> m.to_owner_id THEN 'owner ' ELSE '' END
                        || CASE WHEN u.terms <> m.to_terms THEN 'terms ' ELSE '' END
                        || CASE WHEN u.last_movement_at <> m.effective_at THEN 'time' ELSE '' END) AS facts
            FROM unit u JOIN movement m ON m.id = (SELECT max(x.id) FROM movement x WHERE x.unit_id = u.id)
            WHERE coalesce(u.place_id, 0) <> coalesce(m.to_place_id, 0) OR u.owner_id <> m.to_owner_id
                  OR u.terms <> m.to_terms OR u.last_movement_at <> m.effective_at""",
    ),
    Rule(
        code=FindingCode.CHAIN,
        query=f"""
            SELECT m.unit_id, m.id AS movement_id FROM movement m
            LEFT JOIN movement b ON b.id = {_BEFORE.format(table="movement")}
            WHERE m.unit_id IS NOT NULL AND (
                coalesce(m.from_place_id, 0) <> coalesce(b.to_place_id, 0)
                OR coalesce(m.from_owner_id, 0) <> coalesce(b.to_owner_id, 0)
                OR coalesce(m.from_terms, '') <> coalesce(b.to_terms, ''))""",
    ),
    Rule(
        code=FindingCode.ORDER,
        query=f"""
            SELECT m.unit_id, m.id AS movement_id FROM movement m
            JOIN movement b ON b.id = {_BEFORE.format(table="movement")}
            WHERE m.unit_id IS NOT NULL AND m.effective_at < b.effective_at""",
    ),
    Rule(
        code=FindingCode.PLACE_KIND,
        query=f"""
            SELECT u.id AS unit_id, u.serial, u.terms, u.place_id
            FROM unit u LEFT JOIN place c ON c.id = u.place_id
            WHERE (u.terms IN ({_listed(PlaceKind.LOCATION)}) AND coalesce(c.kind, '') <> 'location')
                  OR (u.terms IN ({_listed(PlaceKind.PARTY)}) AND coalesce(c.kind, '') <> 'party')
                  OR (u.terms = 'scrapped') <> (u.place_id IS NULL)""",
    ),
    Rule(
        code=FindingCode.OWNER,
        query="""
            SELECT u.id AS unit_id, u.serial, u.terms, u.owner_id
            FROM unit u JOIN party o ON o.id = u.owner_id
            WHERE (u.terms IN ('stock', 'consigned') AND NOT o.is_own)
                  OR (u.terms IN ('held', 'borrowed') AND o.is_own)
                  OR (u.terms IN ('sold', 'returned') AND o.place_id <> u.place_id)
                  OR (u.terms = 'rented' AND o.place_id = u.place_id)""",
    ),
    Rule(
        code=FindingCode.CONDITION,
        query="""
            SELECT u.id AS unit_id, u.serial, u.condition, coalesce(c.to_condition, 'new') AS changed
            FROM unit u LEFT JOIN condition_change c
                 ON c.id = (SELECT max(x.id) FROM condition_change x WHERE x.unit_id = u.id)
            WHERE u.condition <> coalesce(c.to_condition, 'new')""",
    ),
    Rule(
        code=FindingCode.CONDITION_CHAIN,
        query=f"""
            SELECT m.unit_id, m.id AS change_id FROM condition_change m
            LEFT JOIN condition_change b ON b.id = {_BEFORE.format(table="condition_change")}
            WHERE m.from_condition <> coalesce(b.to_condition, 'new')""",
    ),
    Rule(
        code=FindingCode.WARRANTY,
        query="""
            SELECT u.id AS unit_id, u.serial FROM unit u
            WHERE (u.warranty_from IS NULL) <> (u.warranty_until IS NULL)
                  OR u.warranty_until < u.warranty_from""",
    ),
    Rule(
        code=FindingCode.SERIAL_TWICE,
        query="""
            SELECT product_id, serial_key AS serial, count(*) AS count FROM unit
            GROUP BY product_id, serial_key HAVING count(*) > 1""",
    ),
)
