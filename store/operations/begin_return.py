"""A return that begins with chosen units: all of them at once, in statements over the whole choice."""

from collections.abc import Collection

from store.domain.documents import NewDocument
from store.domain.errors import RefusalCode, RefusedError
from store.domain.loans import BackAs, BegunReturn
from store.domain.records import Actor
from store.domain.terms import DocumentType
from store.domain.transitions import transitions_of
from store.models.bulk import among, listed
from store.models.documents import DocumentRow
from store.models.fields import PIECES
from store.models.moments import from_store, to_store
from store.models.sql import execute, select
from store.operations.documents import open_document
from store.queries.scans import scan_count

_IS_SERVICE = (
    "SELECT 1 FROM product s JOIN product_kind y ON y.id = s.kind_id "
    "WHERE s.id = u.product_id AND y.nature = 'service'"
)


def begin_return(
    actor: Actor, unit_ids: Collection[int], *, back_as: BackAs | None = None, token: str
) -> BegunReturn:
    """Open a return at the actor's location with those of some units that somebody has, and say how many.

    Units that were sold are taken when `back_as` says why they come back. Called again with the same `token`
    it returns what it opened. Raises RefusedError and opens nothing when none can come back: TAKEN,
    IS_SERVICE, NOT_OUT.
    """
    opened = DocumentRow.get_or_none(DocumentRow.open_token == token)
    if opened is not None:
        return _begun(opened.id, unit_ids)
    out = _coming(back_as)
    tables = "unit u JOIN place c ON c.id = u.place_id"
    values = {"units": listed(unit_ids)}
    if not select(f"SELECT u.id FROM {tables} WHERE {out} LIMIT 1", **values):
        raise _refused(unit_ids)
    new = NewDocument(type=DocumentType.RETURN, location_id=actor.terminal.location.id)
    document_id = open_document(actor, new, token=token).id
    values |= {"document_id": document_id}
    execute(
        f"""
        INSERT INTO document_line (document_id, position, product_id, scanned, rejected, announced)
        SELECT :document_id, row_number() OVER (ORDER BY p.name, p.id), p.id, t.pieces * :one, 0, 0
        FROM (SELECT u.product_id, count(*) AS pieces FROM {tables} WHERE {out} GROUP BY u.product_id) AS t
             JOIN product p ON p.id = t.product_id ORDER BY p.name, p.id
        """,
        **values,
        one=10**PIECES,
    )
    execute(
        f"""
        INSERT INTO draft_scan (document_id, line_id, product_id, unit_id, serial, serial_key, quantity,
            rejected, reason, announced, state, text, scanned_at, operator_id, operator_name, terminal_id,
            terminal_name, token, back_as)
        SELECT n.document_id, n.id, u.product_id, u.id, u.serial, u.serial_key, :one, false, '', false,
               'draft', u.serial, :at, :operator, :operator_name, :terminal, :terminal_name,
               :token || '/' || CAST(u.id AS TEXT), CASE WHEN u.terms = 'sold' THEN :back_as END
        FROM {tables} JOIN document_line n ON n.document_id = :document_id AND n.product_id = u.product_id
        WHERE {out} ORDER BY n.position, u.id
        """,
        **values,
        one=10**PIECES,
        at=to_store(actor.at),
        operator=actor.operator.id,
        operator_name=actor.operator.name,
        terminal=actor.terminal.id,
        terminal_name=actor.terminal.name,
        token=token,
        back_as=back_as,
    )
    return _begun(document_id, unit_ids)


def _coming(back_as: BackAs | None) -> str:
    """Return the condition that a unit `u` at a place `c` may come back and is in no open document."""
    rows = transitions_of(DocumentType.RETURN)
    terms = {str(row.from_terms) for row in rows if row.back_as in {None, back_as}}
    return (
        f"u.terms IN ({', '.join(repr(each) for each in sorted(terms))}) AND c.kind = 'party' "
        f"AND {among('u.id', 'units')} AND NOT EXISTS (SELECT 1 FROM draft_scan d "
        "WHERE d.product_id = u.product_id AND d.serial_key = u.serial_key AND d.state = 'draft') "
        f"AND NOT EXISTS ({_IS_SERVICE})"
    )


def _begun(document_id: int, unit_ids: Collection[int]) -> BegunReturn:
    taken = scan_count(document_id)
    return BegunReturn(document_id=document_id, taken=taken, left=len(set(unit_ids)) - taken)


def _refused(unit_ids: Collection[int]) -> RefusedError:
    """Name the open document that has taken one of the units, else where the first of them is."""
    taken = select(
        f"""
        SELECT u.serial, s.operator_name AS operator, s.scanned_at AS at,
               CASE WHEN d.reference <> '' THEN d.reference ELSE p.name END AS document
        FROM unit u JOIN draft_scan s ON s.product_id = u.product_id AND s.serial_key = u.serial_key
             AND s.state = 'draft' JOIN document d ON d.id = s.document_id JOIN party p ON p.id = d.party_id
        WHERE {among("u.id", "units")} ORDER BY u.id LIMIT 1
        """,
        units=listed(unit_ids),
    )
    if taken:
        return RefusedError(RefusalCode.TAKEN, **(taken[0] | {"at": from_store(taken[0]["at"])}))
    rows = select(
        f"""
        SELECT u.serial, u.terms, coalesce(l.name, q.name, '-') AS place, p.name AS product,
               EXISTS ({_IS_SERVICE}) AS is_service FROM unit u JOIN product p ON p.id = u.product_id
        LEFT JOIN location l ON l.place_id = u.place_id LEFT JOIN party q ON q.place_id = u.place_id
        WHERE {among("u.id", "units")} ORDER BY u.id LIMIT 1
        """,
        units=listed(unit_ids),
    )
    if not rows:
        return RefusedError(RefusalCode.NOTHING_SCANNED)
    product, is_service = rows[0].pop("product"), rows[0].pop("is_service")
    if is_service:
        return RefusedError(RefusalCode.IS_SERVICE, product=product)
    return RefusedError(RefusalCode.NOT_OUT, **rows[0])
