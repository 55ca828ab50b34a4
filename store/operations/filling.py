"""Scanned serials fill what waited for them with a party; pieces without serials become units there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from store.domain.errors import RefusalCode, RefusedError
from store.domain.terms import DocumentType
from store.domain.transitions import TRANSITIONS
from store.domain.warranty import warranty_until
from store.models.bulk import BIG, TEXT, among, listed, packed, rows_as
from store.models.days import day_of
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import execute, is_postgres, select
from store.operations.posted import MOVEMENT_COLUMNS, Posting

TURNED = next(row for row in TRANSITIONS if row.document is DocumentType.ON_SITE and row.becomes_units)
"""How pieces without serials end when units take their place."""
DATE = "DATE"
_PIECE = 10**PIECES


@dataclass(slots=True, kw_only=True)
class _Line:
    """A line of the document with the units that were scanned on it."""

    id: int
    product_id: int
    product_name: str
    months: int
    left: list[int] = field(default_factory=list)
    """Units, in the order of their scans, that fill nothing yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fill:
    """Units that fill what waited, and since when it is with the party."""

    line: _Line
    pending_id: int
    units: Sequence[int]
    since: date


def settle_on_site(posting: Posting) -> None:
    """Take off what waited as many pieces as units were born, and let warranties begin when the goods came.

    The serials that wait longest are filled first. What is left over were pieces without serials. Raises
    RefusedError(TOO_FEW) when there are fewer by now: a correction took them back, or another document did.
    """
    lines = _lines(posting.document.id)
    fills = _fill(posting.document.party.id, lines)
    _begin_warranties([(fill.line, fill.units, fill.since) for fill in fills])
    turned = [line for line in lines if line.left]
    if turned:
        since = _came(posting, turned)
        _turn(posting, turned)
        _begin_warranties(
            [(line, line.left, since[line.product_id]) for line in turned if line.product_id in since]
        )


def _lines(document_id: int) -> list[_Line]:
    rows = select(
        """
        SELECT s.line_id, s.product_id, s.unit_id, p.name, p.warranty_months FROM draft_scan s
        JOIN product p ON p.id = s.product_id
        WHERE s.document_id = :document_id AND s.state = 'draft' AND NOT s.rejected
              AND s.serial_key IS NOT NULL
        ORDER BY s.id
        """,
        document_id=document_id,
    )
    lines: dict[int, _Line] = {}
    for row in rows:
        line = lines.setdefault(
            row["line_id"],
            _Line(
                id=row["line_id"],
                product_id=row["product_id"],
                product_name=row["name"],
                months=int(row["warranty_months"]),
            ),
        )
        line.left.append(row["unit_id"])
    return list(lines.values())


def _fill(party_id: int, lines: Sequence[_Line]) -> list[_Fill]:
    """Take units off the lines for what waits, the oldest first, and write which filled what."""
    lock = " FOR UPDATE OF s" if is_postgres() else ""
    waiting = select(
        f"""
        SELECT s.id, s.product_id, s.quantity - s.filled - s.dropped AS open, s.opened_at, i.issued_on
        FROM pending_serial s LEFT JOIN invoice_line n ON n.id = s.invoice_line_id
             LEFT JOIN invoice i ON i.id = n.invoice_id
        WHERE s.party_id = :party_id AND {among("s.product_id", "products")}
              AND s.filled + s.dropped < s.quantity
        ORDER BY s.id{lock}
        """,
        party_id=party_id,
        products=listed(line.product_id for line in lines),
    )
    fills = []
    of_product: dict[int, list[_Line]] = {}
    for line in lines:
        of_product.setdefault(line.product_id, []).append(line)
    for row in waiting:
        room = int(row["open"]) // _PIECE
        for line in of_product[row["product_id"]]:
            units = line.left[:room]
            if units:
                del line.left[: len(units)]
                room -= len(units)
                since = day_of(row["issued_on"]) or from_store(row["opened_at"]).astimezone().date()
                fills.append(_Fill(line=line, pending_id=row["id"], units=units, since=since))
    write_fills(
        [
            {"pending_id": fill.pending_id, "line_id": fill.line.id, "quantity": len(fill.units) * _PIECE}
            for fill in fills
        ]
    )
    return fills


def write_fills(rows: Sequence[Mapping[str, int]]) -> None:
    """Write which lines of documents filled what waited: `pending_id`, `line_id` and `quantity` in steps."""
    if not rows:
        return
    source = rows_as("v", {"pending_id": BIG, "line_id": BIG, "quantity": BIG})
    execute(
        "INSERT INTO pending_fill (pending_id, document_line_id, quantity) "
        f"SELECT v.pending_id, v.line_id, v.quantity FROM {source} WHERE true",
        rows=packed(rows),
    )
    execute(
        f"""
        UPDATE pending_serial SET filled = filled + t.quantity
        FROM (SELECT v.pending_id, sum(v.quantity) AS quantity FROM {source} GROUP BY v.pending_id) AS t
        WHERE pending_serial.id = t.pending_id
        """,
        rows=packed(rows),
    )


def _turn(posting: Posting, lines: Sequence[_Line]) -> None:
    """Take the pieces off the party's balance, into whose place units came."""
    values = posting.values(TURNED) | {"from_owner": posting.document.party.id}
    rows = packed(
        [
            {
                "line_id": line.id, "product_id": line.product_id, "product_name": line.product_name,
                "quantity": len(line.left) * _PIECE,
            }
            for line in lines
        ]
    )  # fmt: skip
    source = rows_as("v", {"line_id": BIG, "product_id": BIG, "product_name": TEXT, "quantity": BIG})
    sums = f"(SELECT v.product_id, sum(v.quantity) AS quantity FROM {source} GROUP BY v.product_id) AS t"
    there = (
        "{b}place_id = :from_place AND {b}owner_id = :from_owner AND {b}terms = :from_terms "
        "AND {b}product_id = t.product_id"
    )
    short = select(
        f"""
        SELECT t.product_id, t.quantity, coalesce(b.quantity, 0) AS there FROM {sums}
        LEFT JOIN balance b ON {there.format(b="b.")} WHERE coalesce(b.quantity, 0) < t.quantity LIMIT 1
        """,
        **values,
        rows=rows,
    )
    if short:
        name = next(line.product_name for line in lines if line.product_id == short[0]["product_id"])
        raise RefusedError(
            RefusalCode.TOO_FEW,
            product=name,
            wanted=unscaled(short[0]["quantity"], PIECES),
            available=unscaled(short[0]["there"], PIECES),
        )
    execute(
        f"UPDATE balance SET quantity = balance.quantity - t.quantity FROM {sums} "
        f"WHERE {there.format(b='balance.')}",
        **values,
        rows=rows,
    )
    execute(
        f"""
        INSERT INTO movement ({MOVEMENT_COLUMNS})
        SELECT NULL, v.product_id, :document_id, v.line_id, v.quantity, :from_place, :from_owner, :from_terms,
               :to_place, :owner, :to_terms, v.product_name, :from_name, :to_name, :owner_name,
               :operator, :operator_name, :terminal, :terminal_name, :effective_at, :recorded_at
        FROM {source} WHERE true ORDER BY v.line_id
        """,
        **values,
        rows=rows,
    )


def _came(posting: Posting, lines: Sequence[_Line]) -> dict[int, date]:
    """Return the day on which pieces of each product came to the party last."""
    rows = select(
        f"""
        SELECT m.product_id, max(m.effective_at) AS at FROM movement m
        WHERE {among("m.product_id", "products")} AND m.unit_id IS NULL AND m.to_place_id = :place_id
              AND m.to_terms = 'sold'
        GROUP BY m.product_id
        """,
        place_id=posting.document.party.place_id,
        products=listed(line.product_id for line in lines),
    )
    return {row["product_id"]: from_store(row["at"]).astimezone().date() for row in rows}


def _begin_warranties(begun: Sequence[tuple[_Line, Sequence[int], date]]) -> None:
    rows = [
        {"id": unit_id, "begins": since.isoformat(), "ends": warranty_until(since, line.months).isoformat()}
        for line, units, since in begun
        for unit_id in units
        if line.months > 0
    ]
    if rows:
        source = rows_as("v", {"id": BIG, "begins": DATE, "ends": DATE})
        execute(
            f"UPDATE unit SET warranty_from = v.begins, warranty_until = v.ends FROM {source} "
            "WHERE unit.id = v.id",
            rows=packed(rows),
        )
