"""What a customer has, as it goes on paper."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from store.domain.errors import StoreError
from store.domain.fields import ListedValue
from store.domain.language import _
from store.domain.loan_papers import HeldLine, HoldingsList
from store.domain.papers import PaperParty, PaperRequest
from store.domain.terms import Terms
from store.models.days import day_of
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import select
from store.queries.holdings import OF_PARTY
from store.queries.listed_values import listed_values
from store.queries.paper_sides import our_side

_PARTY = "SELECT id, place_id, code, name, tax_id, address FROM party WHERE NOT is_own AND "
_UNITS = f"""
    SELECT u.id, p.name, p.sku, u.serial, u.terms, m.effective_at AS since, d.number, NULL AS quantity,
           coalesce(w.due, v.valid_until) AS due,
           CASE WHEN u.place_id <> :place_id THEN coalesce(l.name, q.name, '') ELSE '' END AS place
    FROM unit u JOIN product p ON p.id = u.product_id
         JOIN movement m ON m.id = (SELECT max(l.id) FROM movement l WHERE l.unit_id = u.id)
         JOIN document d ON d.id = m.document_id
         LEFT JOIN loan w ON w.unit_id = u.id AND w.returned_at IS NULL
         LEFT JOIN validity v ON v.unit_id = u.id
         LEFT JOIN location l ON l.place_id = u.place_id LEFT JOIN party q ON q.place_id = u.place_id
    WHERE u.id IN ({OF_PARTY}) ORDER BY p.name, u.serial, u.id
"""
_PIECES = """
    SELECT NULL AS id, p.name AS name, p.sku AS sku, '' AS serial, b.terms AS terms, NULL AS since,
           '' AS number, sum(b.quantity) AS quantity, NULL AS due,
           CASE WHEN b.place_id <> :place_id THEN min(coalesce(l.name, q.name, '')) ELSE '' END AS place
    FROM balance b JOIN product p ON p.id = b.product_id
         LEFT JOIN location l ON l.place_id = b.place_id LEFT JOIN party q ON q.place_id = b.place_id
    WHERE (b.place_id = :place_id OR b.owner_id = :party_id) AND b.quantity > 0
    GROUP BY p.name, p.sku, p.id, b.terms, b.place_id
    UNION ALL
    SELECT NULL, p.name, p.sku, '' AS serial, 'sold' AS terms, min(i.issued_on) AS since,
           min(s.source) AS number, sum(s.quantity - s.filled - s.dropped) AS quantity, NULL, ''
    FROM pending_serial s JOIN product p ON p.id = s.product_id
         LEFT JOIN invoice_line n ON n.id = s.invoice_line_id LEFT JOIN invoice i ON i.id = n.invoice_id
    WHERE s.party_id = :party_id AND s.filled + s.dropped < s.quantity GROUP BY p.name, p.sku, p.id
    ORDER BY name, sku, terms
"""


def holdings_record(request: PaperRequest) -> HoldingsList:
    """Return the list of what a party has, with us in service as well.

    The party is that of `party_id`, else the one whose code is `number`.
    Raises StoreError when there is no such party, or it has nothing.
    """
    if request.party_id is not None:
        found = select(f"{_PARTY} id = :party_id", party_id=request.party_id)
    else:
        found = select(f"{_PARTY} code = :code", code=request.number.strip())
    if not found:
        raise StoreError(_("no party has the code {code}").format(code=request.number))
    party = found[0]
    whose = {"place_id": party["place_id"], "party_id": party["id"]}
    rows = [row for each in (_UNITS, _PIECES) for row in select(each, **whose)]
    values = listed_values(row["id"] for row in rows if row["id"] is not None)
    if not rows:
        raise StoreError(_("{name} has nothing of ours or from us").format(name=party["name"]))
    return HoldingsList(
        day=request.day or datetime.now().astimezone().date(),
        company=our_side(),
        code=party["code"],
        customer=PaperParty(name=party["name"], tax_id=party["tax_id"], address=party["address"]),
        lines=tuple(_line(row, values.get(row["id"], ())) for row in rows),
    )


def _line(row: dict[str, Any], values: tuple[ListedValue, ...]) -> HeldLine:
    quantity = row["quantity"]
    return HeldLine(
        name=row["name"],
        sku=row["sku"],
        serial=row["serial"],
        quantity=Decimal(1) if quantity is None else unscaled(quantity, PIECES),
        terms=Terms(row["terms"]),
        since=_day(row["since"]),
        due=day_of(row["due"]),
        document=row["number"] or "",
        place=row["place"] or "",
        values=values,
    )


def _day(value: Any) -> date | None:
    """Return the day of a movement's moment or of an invoice."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, str) and len(value) == len("2026-11-25"):
        return date.fromisoformat(value)
    return from_store(value).astimezone().date()
