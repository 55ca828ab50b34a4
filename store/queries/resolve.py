"""What a scan outside a document names, in one query."""

from store.domain.gtins import normalised
from store.domain.resolution import Hit, Named, Resolution
from store.domain.scan import Gs1Item
from store.domain.serials import key_of
from store.domain.tax_ids import bare, canonical, is_nip
from store.models.sql import select
from store.queries.parties import TAX

_STATEMENT = f"""
    SELECT 'unit' AS kind, u.id AS id, u.serial AS name, r.name AS more
    FROM unit u JOIN product r ON r.id = u.product_id
    WHERE u.id IN (SELECT id FROM unit WHERE serial_key = :key
                   UNION SELECT unit_id FROM identifier WHERE key = :key)
    AND (:gtin = '' OR :serial = 0 OR u.product_id IN (SELECT product_id FROM gtin WHERE gtin = :gtin))
  UNION ALL
    SELECT 'product', p.id, p.name, p.sku FROM product p
    WHERE :serial = 0
    AND p.id IN (SELECT product_id FROM gtin WHERE gtin = :gtin
                 UNION SELECT id FROM product WHERE sku_key = :key)
  UNION ALL
    SELECT 'document', d.id, d.number, coalesce(l.name, q.name)
    FROM document d JOIN party q ON q.id = d.party_id LEFT JOIN location l ON l.id = d.target_id
    WHERE d.number = :text
  UNION ALL
    SELECT 'location', l.id, l.name, l.code FROM location l WHERE l.code = :text AND NOT l.retired
  UNION ALL
    SELECT 'party', q.id, q.name, q.code FROM party q
    WHERE q.id IN (SELECT id FROM party WHERE code = :text
                   UNION SELECT id FROM party WHERE :nip <> '' AND {TAX} = :nip) AND NOT q.retired
  UNION ALL
    SELECT 'terminal', t.id, t.name, t.code FROM terminal t WHERE t.code = :text AND NOT t.retired
"""


def resolve(text: str, gs1: Gs1Item | None = None) -> Resolution:
    """Return everything that a scanned text names; a GS1 code with a serial names that one unit.

    A party is named by its code, and by its tax id where the text is a NIP by its check digit.
    """
    serial = gs1.serial if gs1 else None
    rows = select(
        _STATEMENT,
        text=text.strip(),
        key=key_of(serial or text),
        gtin=gs1.gtin if gs1 else (normalised(text) or ""),
        nip=bare(text) if is_nip(canonical(text)) else "",
        serial=int(serial is not None),
    )
    hits = (Hit(kind=Named(row["kind"]), id=row["id"], name=row["name"], more=row["more"]) for row in rows)
    return Resolution(text=text, hits=tuple(hits))
