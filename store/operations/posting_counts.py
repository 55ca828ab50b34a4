"""Posting a stocktake: what differs from the record changes it, in statements over the whole count."""

from datetime import datetime

from store.domain.errors import RefusalCode, RefusedError
from store.domain.roles import Permission
from store.domain.stocktake import DifferenceKind
from store.domain.terms import DocumentType
from store.domain.transitions import TRANSITIONS, Side, Transition
from store.models.moments import from_store
from store.models.sql import execute, is_postgres, select
from store.operations.allowed import require
from store.operations.carrying import carry
from store.operations.posted import MOVEMENT_COLUMNS, Posting
from store.operations.stocktakes import compare_with_record
from store.queries.stocktakes import summary
from store.transaction import RaceLostError

ROWS = tuple(row for row in TRANSITIONS if row.document is DocumentType.STOCKTAKE)
LOST = tuple(row for row in ROWS if row.to_place is Side.NOWHERE)
BROUGHT = tuple(row for row in ROWS if row.from_place is Side.ANYWHERE)
REGAINED = tuple(row for row in ROWS if row.from_place is Side.NOWHERE and row.from_terms is not None)
BORN = next(row for row in ROWS if row.from_terms is None)
"""What a stocktake does to units, by the table."""

_OF = "x.document_id = :document_id AND x.kind = '{kind}'"
_BY = ":operator, :operator_name, :terminal, :terminal_name, :effective_at, :recorded_at"
_LINE = "(SELECT min(n.id) FROM document_line n WHERE n.document_id = :document_id AND n.product_id = {of})"
_HERE = "b.place_id = :here AND b.quantity > 0 AND b.terms IN ({terms})"


def newest_of_count(document_id: int) -> datetime | None:
    """Return when the last of the units moved that were on record or were scanned, or None."""
    rows = select(
        """
        SELECT max(u.last_movement_at) AS newest FROM unit u WHERE u.id IN (
            SELECT e.unit_id FROM stocktake_unit e WHERE e.document_id = :document_id
            UNION SELECT s.unit_id FROM draft_scan s WHERE s.document_id = :document_id AND s.state = 'draft')
        """,
        document_id=document_id,
    )
    return from_store(rows[0]["newest"]) if rows[0]["newest"] else None


def post_count(posting: Posting) -> None:
    """Write off what is missing, move here what was elsewhere, take in what is too many.

    Raises RefusedError: NOT_ALLOWED when something differs and the role may not, REASONS_NEEDED, TOO_EARLY.
    """
    document = posting.document
    compare_with_record(document)
    found = summary(document.id)
    if found.posts:
        require(posting.actor, Permission.STOCKTAKE)
    if found.without_reason:
        raise RefusedError(RefusalCode.REASONS_NEEDED, count=found.without_reason)
    _hold_units(posting)
    _add_lines(document.id)
    moved = _move(posting, DifferenceKind.MISSING, LOST)
    moved += _move(posting, DifferenceKind.ELSEWHERE, BROUGHT)
    moved += _move(posting, DifferenceKind.WRITTEN_OFF, REGAINED)
    if _project(posting) != moved:
        raise RaceLostError
    carry(posting)
    _bear(posting)
    _post_less(posting)
    _post_more(posting)


def _hold_units(posting: Posting) -> None:
    """Let nobody move what is about to be moved. Raises RaceLostError when somebody has since the comparing.

    TOO_EARLY is refused as for any document.
    """
    moved = "x.document_id = :document_id AND x.kind IN ('missing', 'elsewhere', 'written_off')"
    values = {"document_id": posting.document.id}
    if is_postgres():
        select(
            "SELECT u.id FROM unit u WHERE u.id IN (SELECT x.unit_id FROM stocktake_difference x "
            f"WHERE {moved}) ORDER BY u.id FOR UPDATE",
            **values,
        )
    row = select(
        f"""
        SELECT count(CASE WHEN x.movement_id <> (SELECT max(m.id) FROM movement m WHERE m.unit_id = u.id)
                          THEN 1 END) AS gone, max(u.last_movement_at) AS last
        FROM stocktake_difference x JOIN unit u ON u.id = x.unit_id WHERE {moved}
        """,
        **values,
    )[0]
    if row["gone"]:
        raise RaceLostError
    if row["last"] and from_store(row["last"]) > posting.effective_at:
        raise RefusedError(RefusalCode.TOO_EARLY, last=from_store(row["last"]))


def _add_lines(document_id: int) -> None:
    """Give a line to each product that differs and was not scanned."""
    execute(
        """
        INSERT INTO document_line (document_id, position, product_id, scanned, rejected, announced)
        SELECT :document_id, t.last + row_number() OVER (ORDER BY t.product_id), t.product_id, 0, 0, 0
        FROM (SELECT DISTINCT x.product_id,
                     (SELECT coalesce(max(n.position), 0) FROM document_line n
                      WHERE n.document_id = :document_id) AS last
              FROM stocktake_difference x
              WHERE x.document_id = :document_id AND x.kind NOT IN ('away', 'packed') AND NOT EXISTS (
                  SELECT 1 FROM document_line n
                  WHERE n.document_id = :document_id AND n.product_id = x.product_id)) AS t
        ORDER BY t.product_id
        """,
        document_id=document_id,
    )


def _values(posting: Posting) -> dict[str, object]:
    """Return the values that all statements here share."""
    here = posting.document.location
    return posting.values(BORN) | {"here": here.place_id, "here_name": here.name}


def _terms_after(rows: tuple[Transition, ...]) -> str:
    """Return the SQL of the terms to which `rows` bring a unit."""
    if len({row.to_terms for row in rows}) == 1:
        return f"'{rows[0].to_terms}'"
    if all(row.to_terms is row.from_terms for row in rows):
        return "u.terms"
    # Written off: it becomes what it was. What a reversed invoice took back never lay here, and is stock.
    before = ", ".join(f"'{row.to_terms}'" for row in rows)
    return (
        "coalesce((SELECT m.from_terms FROM movement m WHERE m.id = x.movement_id "
        f"AND m.from_terms IN ({before})), '{BORN.to_terms}')"
    )


def _move(posting: Posting, kind: DifferenceKind, rows: tuple[Transition, ...]) -> int:
    """Move the units of one kind of difference as `rows` of the table say; return how many.

    Raises RaceLostError when one of them is not where it was.
    """
    values = _values(posting)
    starts = ", ".join(sorted({f"'{row.from_terms}'" for row in rows}))
    gone = rows[0].to_place is Side.NOWHERE
    place, name = ("CAST(NULL AS BIGINT)", "''") if gone else (":here", ":here_name")
    moved = execute(
        f"""
        INSERT INTO movement ({MOVEMENT_COLUMNS})
        SELECT u.id, u.product_id, x.document_id, {_LINE.format(of="x.product_id")}, x.quantity,
               u.place_id, u.owner_id, u.terms, {place}, u.owner_id, {_terms_after(rows)}, p.name,
               coalesce(l.name, ''), {name}, o.name, {_BY}
        FROM stocktake_difference x JOIN unit u ON u.id = x.unit_id JOIN product p ON p.id = u.product_id
             JOIN party o ON o.id = u.owner_id LEFT JOIN location l ON l.place_id = u.place_id
        WHERE {_OF.format(kind=kind)} AND u.terms IN ({starts}) ORDER BY x.id
        """,
        **values,
    )
    wanted = select(
        f"SELECT count(*) AS n FROM stocktake_difference x WHERE {_OF.format(kind=kind)}", **values
    )[0]["n"]
    if moved != wanted:
        raise RaceLostError
    return moved


def _project(posting: Posting) -> int:
    """Write on the units' own rows where the movements have brought them; return how many."""
    return execute(
        """
        UPDATE unit SET place_id = m.to_place_id, terms = m.to_terms, version = version + 1,
                        last_movement_at = m.effective_at
        FROM movement m WHERE m.document_id = :document_id AND m.unit_id = unit.id
        """,
        document_id=posting.document.id,
    )


def _bear(posting: Posting) -> None:
    """Let the serials that no record knows become units of ours."""
    values = _values(posting)
    kind = _OF.format(kind=DifferenceKind.SURPLUS)
    execute(
        f"""
        INSERT INTO unit (product_id, serial, serial_key, place_id, owner_id, terms, condition, version,
                          last_movement_at)
        SELECT x.product_id, x.serial, x.serial_key, :here, :owner, :to_terms, 'new', 1, :effective_at
        FROM stocktake_difference x WHERE {kind} ORDER BY x.id
        """,
        **values,
    )
    execute(
        f"""
        UPDATE stocktake_difference SET unit_id = (
            SELECT u.id FROM unit u WHERE u.product_id = stocktake_difference.product_id
            AND u.serial_key = stocktake_difference.serial_key)
        WHERE id IN (SELECT x.id FROM stocktake_difference x WHERE {kind})
        """,
        **values,
    )
    execute(
        f"""
        INSERT INTO movement ({MOVEMENT_COLUMNS})
        SELECT x.unit_id, x.product_id, x.document_id, {_LINE.format(of="x.product_id")}, x.quantity,
               NULL, NULL, NULL, :here, :owner, :to_terms, p.name, '', :here_name, :owner_name, {_BY}
        FROM stocktake_difference x JOIN product p ON p.id = x.product_id WHERE {kind} ORDER BY x.id
        """,
        **values,
    )
    execute(
        """
        UPDATE draft_scan SET unit_id = (
            SELECT u.id FROM unit u
            WHERE u.product_id = draft_scan.product_id AND u.serial_key = draft_scan.serial_key)
        WHERE document_id = :document_id AND state = 'draft' AND unit_id IS NULL AND serial_key IS NOT NULL
        """,
        **values,
    )


def _post_less(posting: Posting) -> None:
    """Take off the pieces that are too few: ours first, then those of others."""
    values = _values(posting)
    terms = ", ".join(f"'{row.from_terms}'" for row in LOST)
    execute(
        f"""
        INSERT INTO movement ({MOVEMENT_COLUMNS})
        SELECT NULL, t.product_id, :document_id, {_LINE.format(of="t.product_id")},
               CASE WHEN t.wanted - t.before < t.quantity THEN t.wanted - t.before ELSE t.quantity END,
               :here, t.owner_id, t.terms, NULL, t.owner_id, '{LOST[0].to_terms}', p.name, :here_name, '',
               o.name, {_BY}
        FROM (SELECT b.product_id, b.owner_id, b.terms, b.quantity, x.quantity AS wanted,
                     sum(b.quantity) OVER (
                         PARTITION BY b.product_id
                         ORDER BY CASE WHEN w.is_own THEN 0 ELSE 1 END, b.owner_id, b.id
                     ) - b.quantity AS before
              FROM stocktake_difference x JOIN balance b ON b.product_id = x.product_id
                   JOIN party w ON w.id = b.owner_id
              WHERE {_OF.format(kind=DifferenceKind.LESS)} AND {_HERE.format(terms=terms)}) AS t
             JOIN product p ON p.id = t.product_id JOIN party o ON o.id = t.owner_id
        WHERE t.before < t.wanted ORDER BY t.product_id, t.before
        """,
        **values,
    )
    execute(
        """
        UPDATE balance SET quantity = balance.quantity - t.quantity
        FROM (SELECT product_id, from_owner_id, from_terms, sum(quantity) AS quantity FROM movement
              WHERE document_id = :document_id AND unit_id IS NULL AND from_place_id = :here
              GROUP BY product_id, from_owner_id, from_terms) AS t
        WHERE balance.product_id = t.product_id AND balance.place_id = :here
              AND balance.owner_id = t.from_owner_id AND balance.terms = t.from_terms
        """,
        **values,
    )


def _post_more(posting: Posting) -> None:
    """Put the pieces that are too many into our stock."""
    values = _values(posting)
    kind = _OF.format(kind=DifferenceKind.MORE)
    execute(
        f"""
        INSERT INTO balance (product_id, place_id, owner_id, terms, quantity)
        SELECT x.product_id, :here, :owner, :to_terms, x.quantity FROM stocktake_difference x
        WHERE {kind} ORDER BY x.product_id
        ON CONFLICT (product_id, place_id, owner_id, terms)
        DO UPDATE SET quantity = balance.quantity + excluded.quantity
        """,
        **values,
    )
    execute(
        f"""
        INSERT INTO movement ({MOVEMENT_COLUMNS})
        SELECT NULL, x.product_id, x.document_id, {_LINE.format(of="x.product_id")}, x.quantity,
               NULL, NULL, NULL, :here, :owner, :to_terms, p.name, '', :here_name, :owner_name, {_BY}
        FROM stocktake_difference x JOIN product p ON p.id = x.product_id WHERE {kind} ORDER BY x.id
        """,
        **values,
    )
