"""Posting of what comes back without serials: pieces return under the rental that lent them."""

from datetime import datetime
from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.domain.terms import DocumentType, Terms
from store.domain.transitions import Side, Transition, transition_for
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import is_postgres, select
from store.operations.lending import close_pieces
from store.operations.posted import Posting
from store.operations.posting_quantities import put, take_off

_COUNTED = "s.document_id = :document_id AND s.state = 'draft' AND NOT s.rejected AND s.loan_id IS NOT NULL"

_LOANS = f"""
    SELECT s.line_id, s.product_id, s.loan_id AS id, p.name AS product_name, c.place_id, c.name AS party_name,
           l.since, m.to_owner_id AS owner_id, sum(s.quantity) AS quantity, max(s.note) AS note
    FROM draft_scan s JOIN loan l ON l.id = s.loan_id JOIN movement m ON m.id = l.movement_id
         JOIN party c ON c.id = l.party_id JOIN product p ON p.id = s.product_id
    WHERE {_COUNTED}
    GROUP BY s.line_id, s.product_id, s.loan_id, p.name, c.place_id, c.name, l.since, m.to_owner_id
    ORDER BY s.line_id, s.loan_id
"""

# Pieces have no history of their own. Those of the owner who lent them come back first: what was bought out
# meanwhile is another's.
_THERE = """
    SELECT b.id, b.owner_id, b.quantity, o.name AS owner_name, o.is_own
    FROM balance b JOIN party o ON o.id = b.owner_id
    WHERE b.product_id = :product_id AND b.place_id = :place_id AND b.terms = :terms AND b.quantity > 0
    ORDER BY b.owner_id <> :owner_id, o.is_own DESC, b.owner_id
"""


def newest_loan(document_id: int) -> datetime | None:
    """Return when the last of the pieces that a return takes were lent, or None: it takes none."""
    rows = select(
        f"SELECT max(l.since) AS newest FROM draft_scan s JOIN loan l ON l.id = s.loan_id WHERE {_COUNTED}",
        document_id=document_id,
    )
    return from_store(rows[0]["newest"]) if rows[0]["newest"] else None


def bring_back_pieces(posting: Posting) -> None:
    """Move what was counted from its holders to the document's location, and close its loans.

    Raises RefusedError: TOO_EARLY, TOO_FEW_OUT.
    """
    for loan in select(_LOANS, document_id=posting.document.id):
        since = from_store(loan["since"])
        if since > posting.effective_at:
            raise RefusedError(RefusalCode.TOO_EARLY, serial=loan["product_name"], last=since)
        _bring_back(posting, loan)


def _bring_back(posting: Posting, loan: dict[str, Any]) -> None:
    wanted = left = int(loan["quantity"])
    lock = " FOR UPDATE OF b" if is_postgres() else ""
    for balance in select(_THERE + lock, **loan, terms=Terms.RENTED.value):
        taken = min(left, int(balance["quantity"]))
        if taken:
            take_off(balance["id"], taken)
            movement_id = put(_values(posting, loan, balance), taken)
            close_pieces(posting, loan, taken, movement_id)
            left -= taken
    if left:
        raise RefusedError(
            RefusalCode.TOO_FEW_OUT,
            product=loan["product_name"],
            wanted=unscaled(wanted, PIECES),
            available=unscaled(wanted - left, PIECES),
        )


def _values(posting: Posting, loan: dict[str, Any], balance: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a movement that takes pieces off `balance`."""
    row = _transition(posting.document.type, is_ours=bool(balance["is_own"]))
    owner = {"from_owner": balance["owner_id"], "owner": balance["owner_id"]}
    known = {name: loan[name] for name in ("line_id", "product_id", "product_name")}
    giver = {"from_place": loan["place_id"], "from_name": loan["party_name"]}
    return posting.values(row) | known | giver | owner | {"owner_name": balance["owner_name"]}


def _transition(document: DocumentType, *, is_ours: bool) -> Transition:
    owner = Side.US if is_ours else Side.ELSEWHERE
    row = transition_for(document, Terms.RENTED, Side.HOLDER, from_owner=owner)
    assert row is not None  # noqa: S101 - the table has both
    return row
