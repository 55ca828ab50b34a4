"""What came back, as it goes on paper: by whom, under which rental, how late and in what condition."""

from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.loan_papers import BackFrom, BackLine, ReturnProtocol
from store.domain.loans import BackAs, Deposit, Until
from store.domain.papers import PaperParty, PaperRequest
from store.domain.terms import Condition, DocumentType, Terms
from store.models.days import day_of
from store.models.fields import MONEY, PIECES, unscaled
from store.models.sql import select
from store.queries.documents import head
from store.queries.paper_sides import our_side
from store.queries.papers import CONDITION_THEN

# One movement is one loan, or none: what was sold or consigned came back without. Of pieces without serials
# the scans know more than the ledger: why they came back, and how they were found.
_BACK = f"""
    SELECT m.product_name AS name, p.sku, u.serial, m.quantity, m.from_place_id, m.from_name,
           coalesce(q.tax_id, '') AS tax_id, coalesce(q.address, '') AS address, d.number AS rental,
           l.due, l.ask_again, l.accessories, coalesce(l.returned_note, s.note) AS note, s.back_as,
           CASE WHEN u.id IS NULL THEN l.returned_condition
                ELSE coalesce(l.returned_condition, {CONDITION_THEN}) END AS condition,
           m.from_terms, n.position, m.id AS movement_id
    FROM movement m JOIN document_line n ON n.id = m.line_id JOIN product p ON p.id = m.product_id
         LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN party q ON q.place_id = m.from_place_id
         LEFT JOIN loan l ON l.returned_document_id = m.document_id AND l.returned_movement_id = m.id
         LEFT JOIN document d ON d.id = l.document_id
         LEFT JOIN draft_scan s ON s.document_id = m.document_id AND s.product_id = u.product_id
              AND s.serial_key = u.serial_key AND s.state <> 'removed'
    WHERE m.document_id = :document_id AND (m.unit_id IS NOT NULL OR m.from_terms = 'rented')
    UNION ALL
    SELECT m.product_name, p.sku, NULL, CAST(sum(s.quantity) AS BIGINT), m.from_place_id, m.from_name,
           q.tax_id, q.address,
           NULL, NULL, NULL, NULL, max(s.note), s.back_as, s.condition, s.giver_terms, n.position,
           m.id
    FROM draft_scan s JOIN party q ON q.id = s.giver_id JOIN product p ON p.id = s.product_id
         JOIN document_line n ON n.id = s.line_id
         JOIN movement m ON m.id = (
             SELECT min(x.id) FROM movement x WHERE x.document_id = s.document_id AND x.line_id = s.line_id
             AND x.from_place_id = q.place_id AND x.from_terms = s.giver_terms)
    WHERE s.document_id = :document_id AND s.state = 'posted' AND NOT s.rejected
    GROUP BY m.id, m.product_name, p.sku, m.from_place_id, m.from_name, q.tax_id, q.address, s.back_as,
             s.condition, s.giver_terms, n.position
    ORDER BY from_name, from_place_id, position, movement_id
"""


# What was out under a rental is back by this return, and nothing of it came back later.
_DEPOSITS = """
    SELECT d.number, q.name AS party_name, q.place_id, r.deposit
    FROM rental r JOIN document d ON d.id = r.document_id JOIN party q ON q.id = d.party_id
    WHERE r.deposit > 0
          AND d.id IN (SELECT l.document_id FROM loan l WHERE l.returned_document_id = :document_id)
          AND NOT EXISTS (
              SELECT 1 FROM loan o WHERE o.document_id = d.id AND (o.returned_at IS NULL
              OR o.returned_movement_id > (SELECT max(m.id) FROM movement m
                                           WHERE m.document_id = :document_id)))
    ORDER BY d.id
"""


def deposits_of(document_id: int) -> list[Deposit]:
    """Return the deposits that are to be given back since a posted return."""
    return [_deposit(row) for row in select(_DEPOSITS, document_id=document_id)]


def return_record(request: PaperRequest) -> ReturnProtocol:
    """Return the protocol of a posted return; who gave something back has the name of then.

    Raises StoreError when there is none.
    """
    found = select(
        "SELECT id FROM document WHERE number = :number AND type = :type",
        number=request.number.strip(),
        type=DocumentType.RETURN.value,
    )
    document = head(found[0]["id"]) if found else None
    if document is None or document.number is None or document.effective_at is None:
        raise StoreError(_("no posted return has the number {number}").format(number=request.number))
    day = document.effective_at.astimezone().date()
    by_giver = groupby(select(_BACK, document_id=document.id), key=itemgetter("from_place_id"))
    deposits = select(_DEPOSITS, document_id=document.id)
    return ReturnProtocol(
        number=document.number,
        day=day,
        place=document.location.name,
        receiver=our_side(),
        givers=tuple(
            _giver(list(rows), day, [row for row in deposits if row["place_id"] == place])
            for place, rows in by_giver
        ),
        remarks=document.reason,
        received_by=document.posted_by or "",
    )


def _deposit(row: dict[str, Any]) -> Deposit:
    amount = unscaled(row["deposit"], MONEY)
    return Deposit(number=row["number"], party_name=row["party_name"], amount=amount)


def _giver(rows: list[dict[str, Any]], day: date, deposits: list[dict[str, Any]]) -> BackFrom:
    first = rows[0]
    return BackFrom(
        party=PaperParty(name=first["from_name"], tax_id=first["tax_id"], address=first["address"]),
        lines=tuple(_line(row, day) for row in rows),
        deposits=tuple(_deposit(row) for row in deposits),
    )


def _line(row: dict[str, Any], day: date) -> BackLine:
    until = Until(due=day_of(row["due"]), ask_again=day_of(row["ask_again"]))
    return BackLine(
        name=row["name"],
        sku=row["sku"],
        serial=row["serial"] or "",
        quantity=unscaled(row["quantity"], PIECES),
        rental=row["rental"] or "",
        back_as=BackAs(row["back_as"]) if row["back_as"] else None,
        is_consigned=row["from_terms"] == Terms.CONSIGNED,
        due=until.due,
        days_late=until.days_late(day),
        condition=Condition(row["condition"]) if row["condition"] else None,
        accessories=row["accessories"] or "",
        note=row["note"] or "",
    )
