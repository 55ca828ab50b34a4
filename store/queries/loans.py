"""Rentals and what they lent: their heads, their loans, and what a scanned piece was lent under."""

from decimal import Decimal
from typing import Any

from store.domain.loans import BackAs, ComingBack, Extension, Loan, RentalTerms, Until
from store.domain.terms import Condition, Terms
from store.models.days import day_of
from store.models.fields import MONEY, PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import select

_LOANS = """
    SELECT l.id, l.document_id, d.number, l.party_id, c.name AS party_name, p.name AS product_name, l.unit_id,
           u.serial, l.quantity, l.since, l.due, l.ask_again, l.condition, l.accessories, l.returned_at,
           b.number AS returned_number, l.returned_condition, l.returned_note
    FROM loan l JOIN document d ON d.id = l.document_id JOIN party c ON c.id = l.party_id
         JOIN product p ON p.id = l.product_id LEFT JOIN unit u ON u.id = l.unit_id
         LEFT JOIN document b ON b.id = l.returned_document_id
"""


def rental_terms(document_id: int) -> RentalTerms | None:
    """Return what a rental's head has beside a document's, or None when the document is no rental."""
    rows = select("SELECT * FROM rental WHERE document_id = :document_id", document_id=document_id)
    if not rows:
        return None
    row = rows[0]
    return RentalTerms(
        until=until_of(row),
        purpose=row["purpose"],
        deposit=_money(row["deposit"]),
        daily_rate=_money(row["daily_rate"]),
    )


def days_of(document_id: int) -> list[Until]:
    """Return until when what a rental still has out is lent, each day once, the earliest first."""
    rows = select(
        "SELECT DISTINCT due, ask_again FROM loan WHERE document_id = :document_id AND returned_at IS NULL",
        document_id=document_id,
    )
    return sorted((until_of(row) for row in rows), key=lambda until: until.day)


def loans_of(
    document_id: int, *, only_open: bool = False, limit: int | None = None, after_id: int = 0
) -> list[Loan]:
    """Return what a rental lent, in the order of its scans: at most `limit` after `after_id`."""
    still = "AND l.returned_at IS NULL" if only_open else ""
    rows = select(
        f"{_LOANS} WHERE l.document_id = :document_id AND l.id > :after_id {still} "
        "ORDER BY l.id LIMIT :limit",
        document_id=document_id,
        after_id=after_id,
        limit=2**31 if limit is None else limit,
    )
    return [loan_of(row) for row in rows]


def rental_of(loan_id: int) -> int:
    """Return the id of the rental that lent something. Raises LookupError when there is no such loan."""
    rows = select("SELECT document_id FROM loan WHERE id = :loan_id", loan_id=loan_id)
    if not rows:
        raise LookupError(loan_id)
    return int(rows[0]["document_id"])


def returned_by(document_id: int) -> list[Loan]:
    """Return the loans that a return closed, in the order in which they were lent."""
    rows = select(
        f"{_LOANS} WHERE l.returned_document_id = :document_id ORDER BY l.id", document_id=document_id
    )
    return [loan_of(row) for row in rows]


def extensions_of(document_id: int) -> list[Extension]:
    """Return how the days of a rental's loans were changed, oldest first."""
    rows = select(
        """
        SELECT e.*, u.serial FROM loan l JOIN loan_extension e ON e.loan_id = l.id
               LEFT JOIN unit u ON u.id = l.unit_id
        WHERE l.document_id = :document_id ORDER BY e.id
        """,
        document_id=document_id,
    )
    return [
        Extension(
            loan_id=row["loan_id"],
            serial=row["serial"],
            before=Until(due=day_of(row["old_due"]), ask_again=day_of(row["old_ask_again"])),
            after=Until(due=day_of(row["new_due"]), ask_again=day_of(row["new_ask_again"])),
            reason=row["reason"],
            operator=row["operator_name"],
            at=from_store(row["recorded_at"]),
        )
        for row in rows
    ]


def coming_back(scan_id: int) -> ComingBack:
    """Return who has the piece of an accepted scan of an open return, and what is noted of it."""
    row = select(
        """
        SELECT s.id AS scan_id, s.product_id, s.condition AS found, s.note, u.serial, u.condition AS was,
               coalesce(u.terms, s.giver_terms, 'rented') AS terms, r.name AS product_name,
               coalesce(h.name, c.name, '') AS holder, coalesce(h.id, c.id) AS holder_id,
               s.back_as, d.number, l.due, l.ask_again, l.accessories
        FROM draft_scan s JOIN product r ON r.id = s.product_id LEFT JOIN unit u ON u.id = s.unit_id
             LEFT JOIN party h ON h.place_id = u.place_id
             LEFT JOIN loan l ON l.id = coalesce(
                 s.loan_id,
                 (SELECT o.id FROM loan o WHERE o.unit_id = s.unit_id AND o.returned_at IS NULL))
             LEFT JOIN document d ON d.id = l.document_id
             LEFT JOIN party c ON c.id = coalesce(l.party_id, s.giver_id)
        WHERE s.id = :scan_id
        """,
        scan_id=scan_id,
    )[0]
    return ComingBack(
        scan_id=row["scan_id"],
        what=row["serial"] or row["product_name"],
        product_id=row["product_id"],
        holder=row["holder"],
        holder_id=row["holder_id"],
        has_serial=row["serial"] is not None,
        terms=Terms(row["terms"]),
        number=row["number"] or "",
        back_as=BackAs(row["back_as"]) if row["back_as"] else None,
        until=until_of(row) if row["number"] else None,
        accessories=row["accessories"] or "",
        was=Condition(row["was"]) if row["was"] else None,
        condition=Condition(row["found"]) if row["found"] else None,
        note=row["note"],
    )


def loan_of(row: dict[str, Any]) -> Loan:
    """Return the record of a row of `_LOANS`."""
    condition, back = row["condition"], row["returned_condition"]
    return Loan(
        id=row["id"],
        document_id=row["document_id"],
        number=row["number"],
        party_id=row["party_id"],
        party_name=row["party_name"],
        product_name=row["product_name"],
        unit_id=row["unit_id"],
        serial=row["serial"],
        quantity=unscaled(row["quantity"], PIECES),
        since=from_store(row["since"]),
        until=until_of(row),
        condition=Condition(condition) if condition else None,
        accessories=row["accessories"],
        returned_at=from_store(row["returned_at"]) if row["returned_at"] else None,
        returned_number=row["returned_number"],
        returned_condition=Condition(back) if back else None,
        returned_note=row["returned_note"],
    )


def until_of(row: dict[str, Any]) -> Until:
    """Return the days in a row's columns `due` and `ask_again`."""
    return Until(due=day_of(row["due"]), ask_again=day_of(row["ask_again"]))


def _money(steps: int | None) -> Decimal | None:
    return None if steps is None else unscaled(steps, MONEY)
