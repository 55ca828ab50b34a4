"""Posting of what comes back without serials: under the rental that lent it, of consignment, of a sale."""

from datetime import datetime
from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.domain.loans import BackAs
from store.domain.terms import DocumentType, Terms
from store.domain.transitions import PIECES_BACK, Side, Transition, transition_for
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import is_postgres, select
from store.operations.lending import close_pieces
from store.operations.posted import Posting
from store.operations.posting_quantities import put, take_off

_DRAFTS = "s.document_id = :document_id AND s.state = 'draft' AND NOT s.rejected"
_COUNTED = f"{_DRAFTS} AND s.loan_id IS NOT NULL"

# What was found in another condition is another part of the loan.
_LOANS = f"""
    SELECT s.line_id, s.product_id, s.loan_id AS id, s.condition AS found, p.name AS product_name, c.place_id,
           c.name AS party_name, l.since, m.to_owner_id AS owner_id, 'rented' AS terms, NULL AS back_as,
           sum(s.quantity) AS quantity, max(s.note) AS note
    FROM draft_scan s JOIN loan l ON l.id = s.loan_id JOIN movement m ON m.id = l.movement_id
         JOIN party c ON c.id = l.party_id JOIN product p ON p.id = s.product_id
    WHERE {_COUNTED}
    GROUP BY s.line_id, s.product_id, s.loan_id, s.condition, p.name, c.place_id, c.name, l.since,
             m.to_owner_id
    ORDER BY s.line_id, s.loan_id, s.condition
"""

_GIVEN = f"""
    SELECT s.line_id, s.product_id, p.name AS product_name, c.place_id, c.name AS party_name,
           s.giver_terms AS terms, s.back_as, c.id AS owner_id, sum(s.quantity) AS quantity
    FROM draft_scan s JOIN party c ON c.id = s.giver_id JOIN product p ON p.id = s.product_id
    WHERE {_DRAFTS} AND s.giver_id IS NOT NULL
    GROUP BY s.line_id, s.product_id, p.name, c.id, c.place_id, c.name, s.giver_terms, s.back_as
    ORDER BY s.line_id, c.id, s.giver_terms, s.back_as
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
        for taken, movement_id in _bring_back(posting, loan):
            close_pieces(posting, loan, taken, movement_id)
    for given in select(_GIVEN, document_id=posting.document.id):
        _bring_back(posting, given)


def _bring_back(posting: Posting, pieces: dict[str, Any]) -> list[tuple[int, int]]:
    """Take pieces off what lies with their holder; return how many by which movement."""
    wanted = left = int(pieces["quantity"])
    moved = []
    lock = " FOR UPDATE OF b" if is_postgres() else ""
    for balance in select(_THERE + lock, **pieces):
        taken = min(left, int(balance["quantity"]))
        if taken:
            take_off(balance["id"], taken)
            moved.append((taken, put(_values(posting, pieces, balance), taken)))
            left -= taken
    if left:
        raise RefusedError(
            RefusalCode.TOO_FEW_OUT,
            product=pieces["product_name"],
            wanted=unscaled(wanted, PIECES),
            available=unscaled(wanted - left, PIECES),
        )
    return moved


def _values(posting: Posting, pieces: dict[str, Any], balance: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a movement that takes pieces off `balance`."""
    row = _transition(posting.document.type, pieces, is_ours=bool(balance["is_own"]))
    values = posting.values(row)
    known = {name: pieces[name] for name in ("line_id", "product_id", "product_name")}
    giver = {"from_place": pieces["place_id"], "from_name": pieces["party_name"]}
    owner = {"from_owner": balance["owner_id"]}
    if row.to_owner is Side.UNCHANGED:
        owner |= {"owner": balance["owner_id"], "owner_name": balance["owner_name"]}
    return values | known | giver | owner


def _transition(document: DocumentType, pieces: dict[str, Any], *, is_ours: bool) -> Transition:
    terms = Terms(pieces["terms"])
    if terms is Terms.SOLD:
        return PIECES_BACK[BackAs(pieces["back_as"])]
    owner = Side.US if is_ours else Side.ELSEWHERE
    row = transition_for(document, terms, Side.HOLDER, from_owner=owner)
    assert row is not None  # noqa: S101 - the table has one for what is lent and for what is consigned
    return row
