"""A stocktake compared with the record: what differs, and why. In statements over the whole count."""

from store.domain.documents import Document
from store.domain.errors import RefusalCode, RefusedError
from store.domain.kinds import KINDS
from store.domain.records import Actor
from store.domain.stocktake import POSTED, CountSummary, DifferenceKind
from store.domain.transitions import WITHIN
from store.models.sql import execute, is_postgres, select
from store.operations.opened import ALONE, open_head
from store.queries.stocktakes import summary

_WITHIN = ", ".join(f"'{terms}'" for terms in WITHIN)
_POSTED = ", ".join(f"'{kind}'" for kind in sorted(POSTED))
_COLUMNS = (
    "document_id, kind, product_id, unit_id, serial, serial_key, quantity, place_name, reason, movement_id, "
    "round"
)
_AGAIN = """
    ON CONFLICT (document_id, kind, product_id, serial_key) DO UPDATE SET
        unit_id = excluded.unit_id, quantity = excluded.quantity, place_name = excluded.place_name,
        movement_id = excluded.movement_id, round = excluded.round
"""

# What is built into another unit is where that one is, and is counted with it.
_BUILT_IN = (
    "EXISTS (SELECT 1 FROM unit_link k "
    "WHERE k.unit_id = u.id AND k.kind = 'installed' AND k.ended_at IS NULL)"
)
# The open document that has a serial, and how it is told of.
_PACKED = """
    LEFT JOIN draft_scan o ON o.product_id = {of}.product_id AND o.serial_key = {of}.serial_key
                              AND o.state = 'draft' AND NOT o.counted
    LEFT JOIN document d ON d.id = o.document_id LEFT JOIN location t ON t.id = d.target_id
    LEFT JOIN party p ON p.id = d.party_id
"""
_PACKED_IN = (
    "CASE WHEN d.reference <> '' THEN d.reference ELSE coalesce(t.name, p.name) END "
    "|| ', ' || o.operator_name"
)
# On record here since before the count, and not scanned. What an open document has scanned was seen by that.
_MISSING = f"""
    INSERT INTO stocktake_difference ({_COLUMNS})
    SELECT e.document_id, CASE WHEN o.id IS NULL THEN 'missing' ELSE 'packed' END, u.product_id, u.id,
           u.serial, u.serial_key, 1000,
           CASE WHEN o.id IS NULL THEN '' ELSE {_PACKED_IN} END, '', e.movement_id, :round
    FROM stocktake_unit e JOIN unit u ON u.id = e.unit_id {_PACKED.format(of="u")}
    WHERE e.document_id = :document_id
          AND e.movement_id = (SELECT max(m.id) FROM movement m WHERE m.unit_id = e.unit_id)
          AND NOT EXISTS (
              SELECT 1 FROM draft_scan s WHERE s.document_id = :document_id AND s.product_id = u.product_id
              AND s.serial_key = u.serial_key AND s.state <> 'removed')
          AND NOT {_BUILT_IN}
    ORDER BY u.product_id, u.serial_key
    {_AGAIN}
"""

# Scanned, and not moved on record since: not here on record, or not known at all. What an open document has
# comes here by that, and is no difference while no record knows it.
_FOUND = f"""
    INSERT INTO stocktake_difference ({_COLUMNS})
    SELECT s.document_id,
           CASE WHEN u.place_id IS NOT NULL AND l.id IS NULL THEN 'away' WHEN o.id IS NOT NULL THEN 'packed'
                WHEN u.id IS NULL THEN 'surplus' WHEN u.place_id IS NULL THEN 'written_off'
                ELSE 'elsewhere' END,
           s.product_id, u.id, s.serial, s.serial_key, 1000,
           CASE WHEN o.id IS NULL OR (u.place_id IS NOT NULL AND l.id IS NULL)
                THEN coalesce(l.name, q.name, '') ELSE {_PACKED_IN} END, '', s.seen_movement_id, :round
    FROM draft_scan s LEFT JOIN unit u ON u.product_id = s.product_id AND u.serial_key = s.serial_key
         LEFT JOIN location l ON l.place_id = u.place_id LEFT JOIN party q ON q.place_id = u.place_id
         {_PACKED.format(of="s")}
    WHERE s.document_id = :document_id AND s.state = 'draft' AND s.serial_key IS NOT NULL
          AND ((u.id IS NULL AND o.id IS NULL) OR (
              coalesce(u.place_id, 0) <> :place_id
              AND s.seen_movement_id = (SELECT max(m.id) FROM movement m WHERE m.unit_id = u.id)
              AND NOT {_BUILT_IN}))
    ORDER BY s.product_id, s.serial_key
    {_AGAIN}
"""

# Pieces: counted against what was on record when their counting began; what came or went until it ended may
# have been seen or not. Of what nobody counted all that lay here since the count was opened is too few.
_WENT = """(
    SELECT coalesce(sum(m.quantity), 0) FROM movement m
    WHERE m.unit_id IS NULL AND m.product_id = w.product_id AND m.{end}_place_id = :place_id
          AND coalesce(m.{other}_place_id, 0) <> :place_id AND m.id > w.since AND m.id <= w.until)"""
_PIECES = f"""
    INSERT INTO stocktake_difference ({_COLUMNS})
    SELECT :document_id, CASE WHEN z.counted < z.low THEN 'less' ELSE 'more' END, z.product_id, NULL, '', '',
           CASE WHEN z.counted > z.high THEN z.counted - z.high
                WHEN z.low - z.counted < z.here THEN z.low - z.counted ELSE z.here END,
           '', '', NULL, :round
    FROM (SELECT w.product_id, w.counted, w.base - {_WENT.format(end="from", other="to")} AS low,
                 w.base + {_WENT.format(end="to", other="from")} AS high,
                 (SELECT coalesce(sum(b.quantity), 0) FROM balance b
                  WHERE b.place_id = :place_id AND b.product_id = w.product_id) AS here
          FROM (SELECT c.product_id, c.counted, f.seen_quantity AS base, f.seen_movement_id AS since,
                       g.seen_movement_id AS until
                FROM (SELECT product_id, sum(quantity) AS counted, min(id) AS first, max(id) AS last
                      FROM draft_scan WHERE document_id = :document_id AND counted AND state = 'draft'
                      AND serial_key IS NULL GROUP BY product_id) AS c
                     JOIN draft_scan f ON f.id = c.first JOIN draft_scan g ON g.id = c.last
                UNION ALL
                SELECT e.product_id, 0, e.quantity, h.movement_id, {2**62}
                FROM stocktake_piece e JOIN stocktake h ON h.document_id = e.document_id
                WHERE e.document_id = :document_id AND NOT EXISTS (
                    SELECT 1 FROM draft_scan s WHERE s.document_id = :document_id
                    AND s.product_id = e.product_id AND s.counted AND s.state <> 'removed'
                    AND s.serial_key IS NULL)) AS w) AS z
    WHERE z.counted > z.high OR (z.counted < z.low AND z.here > 0)
    ORDER BY z.product_id
    {_AGAIN}
"""


def compare(document_id: int) -> CountSummary:
    """Compare an open count with the record, keep what differs, and return how much of what.

    Reasons that were given before stay with what still differs. Raises RefusedError(NOT_OPEN).
    """
    document = open_head(document_id, lock=ALONE)
    compare_with_record(document)
    return summary(document_id)


def compare_with_record(document: Document) -> None:
    """Do what `compare` does, under a lock that is held already. Five statements and two locks."""
    if not KINDS[document.type].counts:
        raise RefusedError(RefusalCode.NOT_OPEN, document=document.reference, status=document.status)
    values = {"document_id": document.id, "place_id": document.location.place_id}
    if is_postgres():
        # What is being posted of these pieces is waited for, and what comes after waits.
        select("SELECT id FROM balance WHERE place_id = :place_id ORDER BY id FOR UPDATE", **values)
    last = select(
        "SELECT coalesce(max(round), 0) + 1 AS round FROM stocktake_difference "
        "WHERE document_id = :document_id",
        **values,
    )[0]["round"]
    for statement in (_MISSING, _FOUND, _PIECES):
        execute(statement, **values, round=last)
    execute(
        "DELETE FROM stocktake_difference WHERE document_id = :document_id AND round < :round",
        **values,
        round=last,
    )


def give_reason(
    actor: Actor,  # noqa: ARG001 - every operation is somebody's
    document_id: int,
    reason: str,
    *,
    difference_id: int | None = None,
    kind: DifferenceKind | None = None,
) -> int:
    """Say why one difference is there, or all of a kind, or all; return how many have a reason now for it.

    A reason of all, or of a kind, is that of those which have none yet. Raises RefusedError: NOT_OPEN,
    REASON_NEEDED when it is empty.
    """
    if not reason.strip():
        raise RefusedError(RefusalCode.REASON_NEEDED)
    open_head(document_id)
    one = difference_id is not None
    return execute(
        f"""
        UPDATE stocktake_difference SET reason = :reason
        WHERE document_id = :document_id AND kind IN ({_POSTED})
        AND {"id = :difference_id" if one else "reason = ''"}
        AND (CAST(:kind AS TEXT) IS NULL OR kind = :kind)
        """,
        reason=reason.strip(),
        document_id=document_id,
        kind=kind.value if kind else None,
        **({"difference_id": difference_id} if one else {}),
    )
