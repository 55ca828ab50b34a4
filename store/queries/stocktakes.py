"""What a stocktake counted, and what of it differs from the record."""

from typing import Any, NamedTuple

from store.domain.stocktake import DIFFERENCES, CountDifference, CountSummary, DifferenceKind, KindCount
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import select


class Cursor(NamedTuple):
    """Where a page of differences ends."""

    kind: DifferenceKind
    id: int


class DifferencePage(NamedTuple):
    """Some differences, and where the next ones begin; None: there are no more."""

    rows: tuple[CountDifference, ...]
    after: Cursor | None


_ROWS = """
    SELECT x.id, x.kind, x.product_id, p.name AS product_name, x.unit_id, x.serial, x.quantity,
           x.place_name, x.reason
    FROM stocktake_difference x JOIN product p ON p.id = x.product_id
    WHERE x.document_id = :document_id
"""


def differences_page(
    document_id: int,
    *,
    kind: DifferenceKind | None = None,
    after: Cursor | None = None,
    limit: int = 100,
) -> DifferencePage:
    """Return at most `limit` differences after a cursor, of one kind or of all, kind by kind."""
    kinds = [kind] if kind else list(DIFFERENCES)
    found: list[CountDifference] = []
    for each in kinds[kinds.index(after.kind) :] if after else kinds:
        after_id = after.id if after and after.kind is each else 0
        rows = select(
            f"{_ROWS} AND x.kind = :kind AND x.id > :after_id ORDER BY x.id LIMIT :limit",
            document_id=document_id,
            kind=each.value,
            after_id=after_id,
            limit=limit + 1 - len(found),
        )
        found += [_difference(row) for row in rows]
        if len(found) > limit:
            last = found[limit - 1]
            return DifferencePage(tuple(found[:limit]), Cursor(last.kind, last.id))
    return DifferencePage(tuple(found), None)


def all_differences(document_id: int) -> list[CountDifference]:
    """Return every difference of a count, kind by kind, each by product and serial."""
    order = {kind: number for number, kind in enumerate(DIFFERENCES)}
    rows = select(f"{_ROWS} ORDER BY p.name, x.product_id, x.serial", document_id=document_id)
    return sorted((_difference(row) for row in rows), key=lambda found: order[found.kind])


def difference_of_serial(document_id: int, serial_key: str) -> CountDifference | None:
    """Return the difference of a serial, in its normalised form, or None."""
    rows = select(
        f"{_ROWS} AND x.serial_key = :serial_key ORDER BY x.id LIMIT 1",
        document_id=document_id,
        serial_key=serial_key,
    )
    return _difference(rows[0]) if rows else None


def summary(document_id: int) -> CountSummary:
    """Return how much was on record and counted, and how much differs as far as it was compared.

    Raises LookupError when there is no such count.
    """
    rows = select(
        """
        SELECT d.opened_at, c.units,
               (SELECT count(*) FROM draft_scan s WHERE s.document_id = d.id AND s.state <> 'removed'
                AND s.serial_key IS NOT NULL) AS counted
        FROM stocktake c JOIN document d ON d.id = c.document_id WHERE c.document_id = :document_id
        """,
        document_id=document_id,
    )
    if not rows:
        raise LookupError(document_id)
    by_kind = {
        DifferenceKind(row["kind"]): row
        for row in select(
            "SELECT kind, count(*) AS lines, sum(CASE WHEN reason = '' THEN 1 ELSE 0 END) AS bare "
            "FROM stocktake_difference WHERE document_id = :document_id GROUP BY kind",
            document_id=document_id,
        )
    }
    return CountSummary(
        opened_at=from_store(rows[0]["opened_at"]),
        on_record=int(rows[0]["units"]),
        counted=int(rows[0]["counted"]),
        kinds=tuple(
            KindCount(
                kind=kind,
                lines=int(by_kind[kind]["lines"]),
                without_reason=int(by_kind[kind]["bare"]) if form.posts else 0,
            )
            for kind, form in DIFFERENCES.items()
            if kind in by_kind
        ),
    )


def _difference(row: dict[str, Any]) -> CountDifference:
    return CountDifference(
        id=row["id"],
        kind=DifferenceKind(row["kind"]),
        product_id=row["product_id"],
        product_name=row["product_name"],
        unit_id=row["unit_id"],
        serial=row["serial"],
        quantity=unscaled(row["quantity"], PIECES),
        where=row["place_name"],
        reason=row["reason"],
    )
