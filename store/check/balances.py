"""Rules of products without serials: their balances against the sums of their movements."""

from store.check.rule import Rule
from store.domain.findings import FindingCode

_LEDGER = """
    SELECT product_id, place_id, owner_id, terms, sum(quantity) AS quantity FROM (
        SELECT product_id, to_place_id AS place_id, to_owner_id AS owner_id, to_terms AS terms, quantity
        FROM movement WHERE unit_id IS NULL
        UNION ALL
        SELECT product_id, from_place_id, from_owner_id, from_terms, -quantity
        FROM movement WHERE unit_id IS NULL AND from_terms IS NOT NULL
    ) AS moved GROUP BY product_id, place_id, owner_id, terms
"""

_SAME = """
    b.product_id = m.product_id AND b.place_id = m.place_id AND b.owner_id = m.owner_id AND b.terms = m.terms
"""

BALANCE_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.BALANCE,
        query=f"""
            SELECT m.product_id, m.place_id, m.owner_id, m.terms, coalesce(b.quantity, 0) AS balance,
                   m.quantity AS ledger
            FROM ({_LEDGER}) AS m LEFT JOIN balance b ON {_SAME}
            WHERE coalesce(b.quantity, 0) <> m.quantity AND m.place_id IS NOT NULL
            UNION ALL
            SELECT b.product_id, b.place_id, b.owner_id, b.terms, b.quantity, 0
            FROM balance b LEFT JOIN ({_LEDGER}) AS m ON {_SAME}
            WHERE m.product_id IS NULL AND b.quantity <> 0""",
        quantities=("balance", "ledger"),
    ),
    Rule(
        code=FindingCode.BALANCE_NEGATIVE,
        query="SELECT product_id, place_id, quantity AS balance FROM balance WHERE quantity < 0",
        quantities=("balance",),
    ),
)
