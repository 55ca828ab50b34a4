"""Rules of services: each has its days, none lies with us, and what follows one is of the same customer."""

from store.check.rule import Rule
from store.domain.findings import FindingCode

SERVICE_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.SERVICE_TERMS,
        query="""
            SELECT u.id AS unit_id, u.serial FROM unit u JOIN product p ON p.id = u.product_id
            JOIN product_kind k ON k.id = p.kind_id LEFT JOIN validity v ON v.unit_id = u.id
            WHERE (k.nature = 'service') <> (v.id IS NOT NULL)""",
    ),
    Rule(
        code=FindingCode.SERVICE_HERE,
        query="""
            SELECT p.id AS product_id, p.name AS product, u.place_id
            FROM product p JOIN product_kind k ON k.id = p.kind_id JOIN unit u ON u.product_id = p.id
                 JOIN place c ON c.id = u.place_id
            WHERE k.nature = 'service' AND c.kind = 'location'
            UNION ALL
            SELECT p.id, p.name, b.place_id
            FROM product p JOIN product_kind k ON k.id = p.kind_id JOIN balance b ON b.product_id = p.id
                 JOIN place c ON c.id = b.place_id
            WHERE k.nature = 'service' AND c.kind = 'location' AND b.quantity > 0""",
    ),
    Rule(
        code=FindingCode.SERVICE_DAYS,
        query="""
            SELECT v.unit_id, u.serial FROM validity v JOIN unit u ON u.id = v.unit_id
            WHERE v.valid_until < v.valid_from OR v.ended_on < v.valid_from OR v.ended_on > v.valid_until
                  OR (u.terms = 'scrapped' AND v.ended_on IS NULL AND v.renewed_id IS NULL)
                  OR (v.subject_id IS NOT NULL AND v.subject <> '')""",
    ),
    Rule(
        code=FindingCode.SERVICE_RENEWED,
        query="""
            SELECT v.unit_id, u.serial, v.renewed_id FROM validity v JOIN unit u ON u.id = v.unit_id
            JOIN unit n ON n.id = v.renewed_id LEFT JOIN validity f ON f.unit_id = n.id
            WHERE n.product_id <> u.product_id OR f.id IS NULL OR n.id <= u.id
                  OR NOT EXISTS (SELECT 1 FROM event e WHERE e.unit_id = u.id AND e.kind_code = 'renewal')""",
    ),
)
