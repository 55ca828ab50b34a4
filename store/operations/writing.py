"""Documents that are written whole, in statements over all their lines: nobody scans into them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from store.domain.documents import Document
from store.domain.purchases import HOME_CURRENCY
from store.domain.records import Actor, Location, Party
from store.domain.serials import key_of
from store.domain.terms import DocumentStatus, DocumentType
from store.domain.transitions import Transition
from store.models.bulk import BIG, TEXT, packed, rows_as
from store.models.documents import DocumentRow
from store.models.fields import MONEY, PIECES
from store.models.moments import to_store
from store.models.sql import execute, select
from store.operations.moving import move_units
from store.operations.posted import Posting
from store.operations.posting import newest_movement
from store.operations.posting_counted import post_counted
from store.operations.series import next_number
from store.operations.validities import keep_validities
from store.queries.documents import head
from store.queries.parties import own_company

_PIECE = 10**PIECES


@dataclass(slots=True, kw_only=True)
class WrittenLine:
    """A line of a document that is written whole."""

    product_id: int
    units: list[tuple[str, int | None]] = field(default_factory=list)
    """Serials with the unit's id; None: it is born."""
    counted: Decimal = Decimal()
    """Pieces without serials, moved as `row` says."""
    row: Transition | None = None
    """Of the units: the row of the table that moves them, where others move by another one."""
    expected: Decimal | None = None
    """What a document that stays open expects."""
    announced: Sequence[str] = ()
    unit_price: Decimal | None = None
    currency: str = HOME_CURRENCY
    position: int = 0
    """That of the line that it comes from."""
    id: int = 0

    @property
    def scanned(self) -> Decimal:
        """How many pieces the line moves."""
        return self.counted + len(self.units)


def open_written(
    actor: Actor,
    kind: DocumentType,
    party: Party,
    location: Location,
    reference: str,
    lines: list[WrittenLine],
) -> int:
    """Open a document with its lines and announced serials; the lines get their ids. Returns its id."""
    row = DocumentRow.create(
        type=kind,
        location=location.id,
        party=party.id,
        reference=reference,
        opened_at=actor.at,
        opened_by=actor.operator.id,
        opened_name=actor.operator.name,
    )
    _write_lines(row.id, lines)
    return int(row.id)


def post_written(
    actor: Actor,
    kind: DocumentType,
    party: Party,
    location: Location,
    reference: str,
    lines: list[WrittenLine],
    *,
    token: str,
    effective_at: datetime | None = None,
    only: tuple[Transition, ...] = (),
    reason: str = "",
) -> Document:
    """Write a document, move what its lines say, and return its head with its number.

    `effective_at` is when it happened, if that was earlier; never before the last movement of its units.
    `only` are the rows of the table for its units, where several start from the same terms; none: all.

    Raises RefusedError as closing does: BLOCKED, CONFLICT, TOO_FEW.
    """
    document_id = open_written(actor, kind, party, location, reference, lines)
    _write_drafts(actor, document_id, lines, token)
    newest = newest_movement(document_id)
    recorded = max(actor.at, newest or actor.at)
    moment = recorded if effective_at is None else min(recorded, max(effective_at, newest or effective_at))
    by = Actor(operator=actor.operator, terminal=actor.terminal, at=recorded)
    document = head(document_id)
    assert document is not None  # noqa: S101 - it was written a moment ago
    lines_of = {line.row: line.id for line in lines if line.row is not None and line.units}
    posting = Posting(
        document=document, actor=by, effective_at=moment, us=own_company(), only=only, lines=lines_of
    )
    if any(line.units for line in lines):
        move_units(posting)
        keep_validities(posting)
    for row in dict.fromkeys(line.row for line in lines if line.row is not None and line.counted):
        post_counted(posting, row, [line.id for line in lines if line.row is row])
    execute(
        "UPDATE draft_scan SET state = 'posted' WHERE document_id = :id AND state = 'draft'", id=document_id
    )
    DocumentRow.update(
        status=DocumentStatus.POSTED,
        number=next_number(kind, by),
        reason=reason,
        posted_at=by.at,
        posted_by=by.operator.id,
        posted_name=by.operator.name,
        effective_at=moment,
        close_token=token,
    ).where(DocumentRow.id == document_id).execute()
    posted = head(document_id)
    assert posted is not None  # noqa: S101
    return posted


def _write_lines(document_id: int, lines: list[WrittenLine]) -> None:
    rows: list[dict[str, Any]] = [
        {
            "position": position,
            "product_id": line.product_id,
            "expected": _steps(line.scanned if line.expected is None else line.expected),
            "scanned": _steps(line.scanned),
            "announced": len({key_of(text) for text in line.announced}),
            "unit_price": None if line.unit_price is None else int(line.unit_price.scaleb(MONEY)),
            "currency": line.currency,
        }
        for position, line in enumerate(lines, start=1)
    ]
    columns = dict.fromkeys(rows[0], BIG) | {"currency": TEXT} if rows else {}
    if not rows:
        return
    execute(
        f"""
        INSERT INTO document_line (document_id, {", ".join(columns)}, rejected)
        SELECT :document_id, {", ".join(f"v.{column}" for column in columns)}, 0
        FROM {rows_as("v", columns)} WHERE true ORDER BY v.position
        """,
        document_id=document_id,
        rows=packed(rows),
    )
    ids = select(
        "SELECT id FROM document_line WHERE document_id = :document_id ORDER BY position",
        document_id=document_id,
    )
    for line, row in zip(lines, ids, strict=True):
        line.id = row["id"]
    serials = [
        {"line_id": line.id, "serial": text, "serial_key": key}
        for line in lines
        for key, text in {key_of(text): text for text in line.announced}.items()
    ]
    if serials:
        columns = {"line_id": BIG, "serial": TEXT, "serial_key": TEXT}
        execute(
            "INSERT INTO expected_serial (line_id, serial, serial_key) "
            f"SELECT v.line_id, v.serial, v.serial_key FROM {rows_as('v', columns)} WHERE true",
            rows=packed(serials),
        )


def _write_drafts(actor: Actor, document_id: int, lines: list[WrittenLine], token: str) -> None:
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(lines):
        for piece, (serial, unit_id) in enumerate(line.units):
            rows.append(
                {
                    "line_id": line.id, "product_id": line.product_id, "unit_id": unit_id, "serial": serial,
                    "serial_key": key_of(serial), "quantity": _PIECE, "token": f"{token} {number} {piece}",
                }
            )  # fmt: skip
        if line.counted:
            rows.append(
                {
                    "line_id": line.id, "product_id": line.product_id, "unit_id": None, "serial": None,
                    "serial_key": None, "quantity": _steps(line.counted), "token": f"{token} {number}",
                }
            )  # fmt: skip
    columns = {
        "line_id": BIG, "product_id": BIG, "unit_id": BIG, "serial": TEXT, "serial_key": TEXT,
        "quantity": BIG, "token": TEXT,
    }  # fmt: skip
    execute(
        f"""
        INSERT INTO draft_scan (document_id, {", ".join(columns)}, rejected, reason, announced, state, text,
                                scanned_at, operator_id, operator_name, terminal_id, terminal_name)
        SELECT :document_id, {", ".join(f"v.{column}" for column in columns)}, false, '', false, 'draft',
               coalesce(v.serial, ''), :at, :operator, :operator_name, :terminal, :terminal_name
        FROM {rows_as("v", columns)} WHERE true ORDER BY v.line_id
        """,
        document_id=document_id,
        at=to_store(actor.at),
        operator=actor.operator.id,
        operator_name=actor.operator.name,
        terminal=actor.terminal.id,
        terminal_name=actor.terminal.name,
        rows=packed(rows),
    )


def _steps(value: Decimal) -> int:
    return int(value.scaleb(PIECES))
