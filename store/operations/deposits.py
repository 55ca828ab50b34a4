"""Until when suppliers' units may stay: said for a delivery, kept with its units, changed with a reason."""

from collections.abc import Collection
from datetime import date

from store.domain.deposits import THEIRS, HeldWhich
from store.domain.documents import Document, NewDocument, NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Actor
from store.domain.terms import DocumentType, Terms
from store.domain.transitions import transitions_of
from store.models.bulk import among, listed
from store.models.deposits import DepositRow
from store.models.moments import to_store
from store.models.sql import execute, is_postgres, select
from store.operations.documents import open_document
from store.operations.opened import open_head
from store.operations.posted import Posting
from store.queries.deposits import lying_here

_THEIRS = ", ".join(f"'{terms}'" for terms in THEIRS)
_CHANGE = """
    INSERT INTO due_back_change (unit_id, old_due, new_due, document_id, reason, operator_id, operator_name,
                                 recorded_at, token)
"""
_DIFFERS = "((u.due_back IS NULL) <> (:due IS NULL) OR u.due_back <> :due)"


def set_due(actor: Actor, document_id: int, due: date | None) -> None:
    """Say when everything of an open deposit is due back; None: nobody said.

    Raises RefusedError: NOT_OPEN, DUE_PAST.
    """
    _check_day(actor, due)
    open_head(document_id)
    DepositRow.delete().where(DepositRow.document == document_id).execute()
    if due is not None:
        DepositRow.create(document=document_id, due=due)


def keep_due(posting: Posting) -> None:
    """Give the units of a deposit that is being posted its day. Three statements."""
    rows = select("SELECT due FROM deposit WHERE document_id = :id", id=posting.document.id)
    values = _values(posting.actor, rows[0]["due"] if rows else None) | {
        "document_id": posting.document.id,
        "token": f"deposit-{posting.document.id}",
    }
    of_document = (
        "u.id IN (SELECT s.unit_id FROM draft_scan s WHERE s.document_id = :document_id "
        "AND s.state = 'draft' AND NOT s.rejected AND s.unit_id IS NOT NULL)"
    )
    _write(of_document, ":document_id", values)


def change_due(actor: Actor, unit_ids: Collection[int], due: date | None, *, reason: str, token: str) -> int:
    """Let units of suppliers be due back on another day, and return how many; None: no day.

    Called again with the same `token` it changes nothing more. Raises RefusedError and changes nothing:
    REASON_NEEDED, DUE_PAST, NOT_THEIRS when one is ours, or back with its supplier.
    """
    if not reason.strip():
        raise RefusedError(RefusalCode.REASON_NEEDED)
    _check_day(actor, due)
    done = select("SELECT count(*) AS n FROM due_back_change WHERE token = :token", token=token)[0]["n"]
    if done:
        return int(done)
    ids = listed(sorted(set(unit_ids)))
    lock = " FOR UPDATE OF u" if is_postgres() else ""
    rows = select(
        f"SELECT u.serial, u.terms, o.is_own FROM unit u JOIN party o ON o.id = u.owner_id "
        f"WHERE {among('u.id', 'ids')} ORDER BY u.id{lock}",
        ids=ids,
    )
    for row in rows:
        if row["is_own"] or Terms(row["terms"]) not in THEIRS:
            raise RefusedError(RefusalCode.NOT_THEIRS, serial=row["serial"])
    values = _values(actor, due.isoformat() if due else None) | {
        "ids": ids, "reason": reason.strip(), "token": token,
    }  # fmt: skip
    return _write(among("u.id", "ids"), "NULL", values)


def open_giving_back(
    actor: Actor,
    supplier_id: int,
    kind: DocumentType,
    *,
    which: HeldWhich = HeldWhich.ALL,
    token: str,
) -> Document:
    """Open a document by which what a supplier has at the actor's location goes back, with its lines.

    What is expected is what lies there now on the terms from which the document takes; it is scanned out
    then. Raises RefusedError(NOTHING_THEIRS) when nothing does.
    """
    location = actor.terminal.location
    # Theirs alone: a return to a supplier may take ours as well.
    terms = tuple(
        row.from_terms for row in transitions_of(kind) if row.from_terms in {Terms.HELD, Terms.BORROWED}
    )
    today = actor.at.astimezone().date()
    found = lying_here(supplier_id, location.place_id, terms, today, which=which)
    if not found:
        raise RefusedError(RefusalCode.NOTHING_THEIRS, place=location.name)
    new = NewDocument(
        type=kind,
        party_id=supplier_id,
        location_id=location.id,
        lines=tuple(NewLine(product_id=product_id, expected=pieces) for product_id, pieces in found),
    )
    return open_document(actor, new, token=token)


def _write(units: str, document: str, values: dict[str, object]) -> int:
    """Write the changes of the units `u` whose day differs, and their new day; return how many."""
    execute(
        f"""{_CHANGE}
        SELECT u.id, u.due_back, :due, {document}, :reason, :operator, :operator_name, :at, :token
        FROM unit u WHERE {units} AND {_DIFFERS} ORDER BY u.id
        """,
        **values,
    )
    return execute(
        f"UPDATE unit SET due_back = :due WHERE id IN (SELECT u.id FROM unit u WHERE {units} AND {_DIFFERS})",
        **values,
    )


def _values(actor: Actor, due: object) -> dict[str, object]:
    return {
        "due": due,
        "reason": "",
        "operator": actor.operator.id,
        "operator_name": actor.operator.name,
        "at": to_store(actor.at),
    }


def _check_day(actor: Actor, due: date | None) -> None:
    if due is not None and due < actor.at.astimezone().date():
        raise RefusedError(RefusalCode.DUE_PAST, day=due)
