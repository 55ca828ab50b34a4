"""What was lent, and what is out, as it goes on paper."""

from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.loan_papers import LentLine, OutLine, OutWith, RentalProtocol, UnreturnedList
from store.domain.papers import PaperRequest
from store.domain.terms import Condition, DocumentType
from store.domain.unreturned import Out
from store.models.fields import PIECES, unscaled
from store.models.sql import select
from store.queries.documents import head
from store.queries.loans import rental_terms
from store.queries.paper_sides import our_side, side_of
from store.queries.unreturned import everything

# Pieces that came back in parts split their loan: what was lent is what was moved.
_LENT = """
    SELECT m.product_name AS name, p.sku, u.serial, m.quantity, m.to_name, l.condition, l.accessories
    FROM movement m JOIN document_line n ON n.id = m.line_id JOIN product p ON p.id = m.product_id
         LEFT JOIN unit u ON u.id = m.unit_id
         LEFT JOIN (SELECT movement_id, min(condition) AS condition, min(accessories) AS accessories
                    FROM loan WHERE document_id = :document_id GROUP BY movement_id) l
              ON l.movement_id = m.id
    WHERE m.document_id = :document_id ORDER BY n.position, m.id
"""


def rental_record(request: PaperRequest) -> RentalProtocol:
    """Return the protocol of a posted rental, as it was handed over. Raises StoreError when there is none."""
    found = select(
        "SELECT id FROM document WHERE number = :number AND type = :type",
        number=request.number.strip(),
        type=DocumentType.RENTAL.value,
    )
    document = head(found[0]["id"]) if found else None
    terms = rental_terms(document.id) if document else None
    if document is None or terms is None or document.number is None or document.effective_at is None:
        raise StoreError(_("no posted rental has the number {number}").format(number=request.number))
    rows = select(_LENT, document_id=document.id)
    return RentalProtocol(
        number=document.number,
        day=document.effective_at.astimezone().date(),
        place=document.location.name,
        lender=our_side(),
        borrower=side_of(document.party, rows[0]["to_name"] if rows else ""),
        lines=tuple(
            LentLine(
                name=row["name"],
                sku=row["sku"],
                serial=row["serial"] or "",
                quantity=unscaled(row["quantity"], PIECES),
                condition=Condition(row["condition"]) if row["condition"] else None,
                accessories=row["accessories"] or "",
            )
            for row in rows
        ),
        due=terms.until.due,
        ask_again=terms.until.ask_again,
        purpose=terms.purpose,
        deposit=terms.deposit,
        daily_rate=terms.daily_rate,
        reference=document.reference,
        remarks=document.reason,
        handed_over_by=document.posted_by or "",
    )


def unreturned_record(request: PaperRequest) -> UnreturnedList:
    """Return what is out, with `day` as today: of `party_id`, else of the code `number`, else of all.

    Raises StoreError when there is no such party, or nothing is out.
    """
    today = request.day or datetime.now().astimezone().date()
    found = list(everything(today, party_id=_asked(request)))
    if not found:
        raise StoreError(_("nothing is out"))
    found.sort(key=lambda out: (out.party_name, out.party_id))
    return UnreturnedList(
        day=today,
        company=our_side(),
        customers=tuple(_with(list(each), today) for _id, each in groupby(found, key=attrgetter("party_id"))),
    )


def _asked(request: PaperRequest) -> int | None:
    if request.party_id is not None or not request.number.strip():
        return request.party_id
    rows = select("SELECT id FROM party WHERE code = :code", code=request.number.strip())
    if not rows:
        raise StoreError(_("no party has the code {code}").format(code=request.number))
    return int(rows[0]["id"])


def _with(found: list[Out], today: date) -> OutWith:
    return OutWith(
        code=found[0].party_code,
        name=found[0].party_name,
        lines=tuple(
            OutLine(
                name=out.product_name,
                sku=out.sku,
                serial=out.serial or "",
                quantity=out.quantity,
                document=out.number,
                since=out.since.astimezone().date() if out.since else None,
                due=out.until.due if out.until else None,
                days_late=out.days_late(today),
                value=Decimal(out.value) if out.value is not None else None,
            )
            for out in found
        ),
    )
