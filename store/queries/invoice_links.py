"""With which documents and deals an invoice is counted once, of how much, and why."""

from collections.abc import Iterator
from decimal import Decimal

from store.domain.covers import CoverKey
from store.domain.received import Assessment
from store.domain.same_goods import Link, LinkWhy
from store.domain.terms import DocumentType
from store.models.bulk import among, listed
from store.models.moments import from_store
from store.models.sql import select


def links_of(found: Assessment) -> tuple[Link, ...]:
    """Return what a waiting invoice is, or would be, linked with: what was found first comes first."""
    parts: dict[CoverKey, Decimal] = {}
    by_serial: set[CoverKey] = set()
    for line in found.lines:
        by_serial |= line.by_serial
        for key, quantity in line.covers.items():
            parts[key] = parts.get(key, Decimal()) + quantity
    links = []
    for document in found.linked:
        keys = [line.key for line in document.lines if line.key in parts]
        sure = not document.explicit and by_serial.issuperset(keys)
        links.append(
            Link(
                type=document.type,
                name=document.name,
                day=document.opened_at.astimezone().date(),
                quantity=sum((parts.pop(key) for key in keys), Decimal()),
                why=LinkWhy.SERIALS if sure else document.why,
            )
        )
    return (*links, *_by_serial(parts))


_OF_DOCUMENTS = """SELECT n.id AS line_id, d.id, d.type, coalesce(d.number, d.reference) AS name,
    d.opened_at AS at FROM document_line n JOIN document d ON d.id = n.document_id"""
_OF_DEALS = f"""SELECT n.id AS line_id, d.id, '{DocumentType.DEAL}' AS type, d.number AS name,
    coalesce(d.delivered_at, d.finalised_at, d.made_at) AS at
    FROM deal_line n JOIN deal d ON d.id = n.deal_id"""


def _by_serial(parts: dict[CoverKey, Decimal]) -> Iterator[Link]:
    """Yield the documents and deals that are known by nothing but the serials that they moved."""
    for of_deal, source in ((False, _OF_DOCUMENTS), (True, _OF_DEALS)):
        yield from _whole(source, {key.id: part for key, part in parts.items() if key.of_deal == of_deal})


def _whole(source: str, parts: dict[int, Decimal]) -> Iterator[Link]:
    if not parts:
        return
    rows = select(f"{source} WHERE {among('n.id', 'ids')} ORDER BY d.id, n.id", ids=listed(parts))
    found: dict[int, Link] = {}
    for row in rows:
        before = found[row["id"]].quantity if row["id"] in found else Decimal()
        found[row["id"]] = Link(
            type=DocumentType(row["type"]),
            name=row["name"],
            day=from_store(row["at"]).astimezone().date(),
            quantity=before + parts[row["line_id"]],
            why=LinkWhy.SERIALS,
        )
    yield from found.values()
