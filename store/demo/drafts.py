"""Scans of whole document lines, written in one statement each, as if they had been scanned one by one."""

import json
from collections.abc import Sequence
from decimal import Decimal

from store.domain.records import Actor
from store.models.fields import PIECES
from store.models.moments import to_store
from store.models.sql import execute, is_postgres

_COLUMNS = """
    document_id, line_id, product_id, unit_id, serial, serial_key, quantity, rejected, reason, announced,
    state, text, scanned_at, operator_id, operator_name, terminal_id, terminal_name, token
"""
_ACTOR = ":scanned_at, :operator_id, :operator_name, :terminal_id, :terminal_name"


def scan_serials(actor: Actor, line_id: int, serials: Sequence[str]) -> None:
    """Scan serials that no unit has yet. They are their own keys: capitals, digits and hyphens."""
    source = (
        "SELECT number, serial FROM json_array_elements_text(CAST(:serials AS json)) "
        "WITH ORDINALITY AS given (serial, number)"
        if is_postgres()
        else "SELECT key AS number, value AS serial FROM json_each(:serials)"
    )
    _insert(
        actor,
        line_id,
        f"""SELECT n.document_id, n.id, n.product_id, NULL, given.serial, given.serial, :one, false, '',
        (SELECT count(*) FROM expected_serial e
         WHERE e.line_id = n.id AND e.serial_key = given.serial) > 0,
        'draft', given.serial, {_ACTOR}, :prefix || CAST(given.number AS TEXT)
        FROM document_line n CROSS JOIN ({source}) AS given WHERE n.id = :line_id ORDER BY given.number""",
        serials=json.dumps(list(serials)),
    )


def scan_units(
    actor: Actor, line_id: int, *, place_id: int, terms: str, count: int, owner_id: int | None = None
) -> None:
    """Scan the `count` oldest units of the line's product at a place on some terms, if nobody has yet.

    `owner_id`: those of one owner only, where several have theirs there.
    """
    _insert(
        actor,
        line_id,
        f"""SELECT n.document_id, n.id, n.product_id, u.id, u.serial, u.serial_key, :one, false, '', false,
        'draft', u.serial, {_ACTOR}, :prefix || CAST(u.id AS TEXT)
        FROM document_line n JOIN unit u ON u.product_id = n.product_id
        WHERE n.id = :line_id AND u.place_id = :place_id AND u.terms = :terms AND u.condition <> 'blocked'
        AND u.owner_id = coalesce(:owner_id, u.owner_id)
        AND NOT EXISTS (SELECT 1 FROM draft_scan d WHERE d.product_id = u.product_id
                        AND d.serial_key = u.serial_key AND d.state = 'draft')
        ORDER BY u.id LIMIT :count""",
        place_id=place_id,
        terms=terms,
        count=count,
        owner_id=owner_id,
    )


def count_pieces(actor: Actor, line_id: int, pieces: int) -> None:
    """Count pieces of a product without serials."""
    _insert(
        actor,
        line_id,
        f"""SELECT n.document_id, n.id, n.product_id, NULL, NULL, NULL, :quantity, false, '', false,
        'draft', :text, {_ACTOR}, :prefix FROM document_line n WHERE n.id = :line_id""",
        quantity=pieces * 10**PIECES,
        text=str(Decimal(pieces)),
    )


def _insert(actor: Actor, line_id: int, source: str, **values: object) -> None:
    execute(
        f"INSERT INTO draft_scan ({_COLUMNS}) {source}",
        line_id=line_id,
        one=10**PIECES,
        prefix=f"demo-{line_id}-",
        scanned_at=to_store(actor.at),
        operator_id=actor.operator.id,
        operator_name=actor.operator.name,
        terminal_id=actor.terminal.id,
        terminal_name=actor.terminal.name,
        **values,
    )
    execute(
        "UPDATE document_line SET scanned = (SELECT coalesce(sum(quantity), 0) FROM draft_scan "
        "WHERE line_id = :line_id AND state = 'draft' AND NOT rejected) WHERE id = :line_id",
        line_id=line_id,
    )
