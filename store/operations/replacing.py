"""Replacing a unit: it comes to us for good, and its holder gets another one on the same terms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.domain.documents import Document
from store.domain.errors import RefusalCode, RefusedError
from store.domain.events import BuiltIn
from store.domain.records import Actor
from store.domain.terms import Condition, DocumentType, Nature, Terms
from store.domain.transitions import TRANSITIONS, Side, Transition
from store.domain.warranty import WarrantyCause, WarrantyRule, after_replacement
from store.models.bulk import among, listed
from store.models.documents import DocumentRow
from store.models.events import UnitLinkRow
from store.models.moments import from_store, to_store
from store.models.sql import execute, select
from store.operations.events import close_event, record_event
from store.operations.promised import check_given
from store.operations.units import change_condition
from store.operations.warranties import WarrantyChange, change_warranties, warranty_of
from store.operations.writing import WrittenLine, post_written
from store.queries.documents import head
from store.queries.events import open_events
from store.queries.parties import party_by_id

_UNIT = """
    SELECT u.id, u.serial, u.product_id, u.terms, u.condition, u.owner_id, u.place_id, u.warranty_from,
           u.warranty_until, o.is_own, o.name AS owner_name, p.name AS product_name, p.warranty_months,
           p.warranty_rule, y.nature, h.id AS holder_id, r.party_id AS back_id, r.back_terms, r.since,
           coalesce(l.name, h.name, '') AS place_name,
           (SELECT w.serial FROM unit_link k JOIN unit w ON w.id = k.unit_id
            WHERE k.other_id = u.id AND k.kind = 'installed' AND k.ended_at IS NULL LIMIT 1) AS part
    FROM unit u JOIN product p ON p.id = u.product_id JOIN product_kind y ON y.id = p.kind_id
         JOIN party o ON o.id = u.owner_id
         LEFT JOIN party h ON h.place_id = u.place_id LEFT JOIN location l ON l.place_id = u.place_id
         LEFT JOIN repair r ON r.unit_id = u.id AND r.ended_at IS NULL
    WHERE u.id = :unit_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Swap:
    """What is replaced by what, for whom."""

    old: dict[str, Any]
    new: dict[str, Any]
    party_id: int
    terms: Terms
    """On which the holder has it."""


def replace_unit(actor: Actor, unit_id: int, new_id: int, *, reason: str, token: str) -> Document:
    """Give the holder of `unit_id` the unit `new_id` for it, and return the document with its number.

    The old unit may be with its holder or in service here; it becomes ours, damaged, in stock. The new one is
    of the same product and lies in our stock at the actor's location; it is the holder's as the old one was,
    or lent to them in the same loan. The two are linked, open complaints are settled with `reason`, and the
    warranty goes on by the rule of the product. Called again with the same `token` it returns what it posted.

    Raises RefusedError: REASON_NEEDED, UNKNOWN, IS_SERVICE, NOT_ISSUABLE (neither sold nor rented),
    SUPPLIERS, WRONG_MODEL, HAS_PARTS, NOT_HERE, TAKEN by an open document, RESERVED or PROMISED to another
    party, and what posting refuses.
    """
    posted = DocumentRow.get_or_none(DocumentRow.close_token == token)
    if posted is not None:
        return _head(posted.id)
    if not reason.strip():
        raise RefusedError(RefusalCode.REASON_NEEDED)
    swap = _swap(actor, unit_id, new_id)
    told = record_event(actor, unit_id, BuiltIn.REPLACEMENT, reason, token=f"{token} old")
    for complaint in open_events(unit_id, BuiltIn.COMPLAINT):
        close_event(actor, complaint.id, outcome=reason)
    rows = _rows(swap)
    document = post_written(
        actor, DocumentType.REPLACEMENT, party_by_id(swap.party_id), actor.terminal.location, "",
        [
            WrittenLine(product_id=unit["product_id"], units=[(unit["serial"], unit["id"])], row=row)
            for unit, row in zip((swap.old, swap.new), rows, strict=True)
        ],
        token=token, only=rows, reason=reason.strip(),
    )  # fmt: skip
    moment = document.effective_at or actor.at
    later = Actor(operator=actor.operator, terminal=actor.terminal, at=max(actor.at, moment))
    record_event(later, new_id, BuiltIn.REPLACEMENT, reason, token=f"{token} new")
    UnitLinkRow.create(
        kind="replaced", unit=unit_id, other=new_id, event=told.id, begun_at=moment, ended_at=None
    )
    # What was blocked stays so, whoever has it now.
    if swap.old["condition"] not in {Condition.DAMAGED, Condition.BLOCKED}:
        change_condition(later, unit_id, Condition.DAMAGED, reason=reason.strip())
    if swap.terms is Terms.RENTED:
        _carry_loan_on(document, swap, moment, reason.strip())
    _carry_warranty_on(later, swap, moment, reason.strip(), told.id, token)
    return document


def _swap(actor: Actor, unit_id: int, new_id: int) -> _Swap:
    old, new = _unit(unit_id), _unit(new_id)
    for each in (old, new):
        if each["nature"] == Nature.SERVICE:
            raise RefusedError(RefusalCode.IS_SERVICE, product=each["product_name"])
    terms = Terms(old["back_terms"] or old["terms"])
    party_id = old["back_id"] or old["holder_id"]
    if terms not in {Terms.SOLD, Terms.RENTED} or party_id is None:
        raise RefusedError(
            RefusalCode.NOT_ISSUABLE, serial=old["serial"], terms=Terms(old["terms"]), owner=old["owner_name"]
        )
    if not old["is_own"] and old["owner_id"] != party_id:
        raise RefusedError(
            RefusalCode.SUPPLIERS, serial=old["serial"], terms=Terms(old["terms"]), owner=old["owner_name"]
        )
    if old["part"]:
        raise RefusedError(RefusalCode.HAS_PARTS, serial=old["serial"], part=old["part"])
    if new["product_id"] != old["product_id"]:
        raise RefusedError(
            RefusalCode.WRONG_MODEL, scanned=new["product_name"], expected=(old["product_name"],)
        )
    here = actor.terminal.location
    if new["place_id"] != here.place_id:
        raise RefusedError(RefusalCode.NOT_HERE, serial=new["serial"], place=new["place_name"])
    if old["back_id"] and old["place_id"] != here.place_id:
        raise RefusedError(RefusalCode.NOT_HERE, serial=old["serial"], place=old["place_name"])
    _check_drafts(unit_id, new_id)
    check_given(new_id, new["product_id"], new["product_name"], here, party_id, actor.at.astimezone().date())
    return _Swap(old=old, new=new, party_id=party_id, terms=terms)


def _check_drafts(*unit_ids: int) -> None:
    """Raise RefusedError(TAKEN) when an open document has scanned one of the units."""
    rows = select(
        f"""
        SELECT s.serial, s.operator_name AS operator, s.scanned_at AS at,
               CASE WHEN d.reference <> '' THEN d.reference ELSE p.name END AS document
        FROM unit u JOIN draft_scan s ON s.product_id = u.product_id AND s.serial_key = u.serial_key
             AND s.state = 'draft' AND NOT s.counted JOIN document d ON d.id = s.document_id
             JOIN party p ON p.id = d.party_id
        WHERE {among("u.id", "units")} ORDER BY s.id LIMIT 1
        """,
        units=listed(unit_ids),
    )
    if rows:
        raise RefusedError(RefusalCode.TAKEN, **(rows[0] | {"at": from_store(rows[0]["at"])}))


def _unit(unit_id: int) -> dict[str, Any]:
    rows = select(_UNIT, unit_id=unit_id)
    if not rows:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(unit_id))
    return rows[0]


def _rows(swap: _Swap) -> tuple[Transition, Transition]:
    """Return the rows of the table for the two: the old one's way in, and the new one's way out."""
    before, owner = Terms(swap.old["terms"]), Side.US if swap.old["is_own"] else Side.PARTY
    table = [row for row in TRANSITIONS if row.document is DocumentType.REPLACEMENT]
    way_in = next(row for row in table if row.from_terms is before and row.from_owner is owner)
    way_out = next(row for row in table if row.from_terms is Terms.STOCK and row.to_terms is swap.terms)
    return way_in, way_out


def _carry_loan_on(document: Document, swap: _Swap, moment: datetime, reason: str) -> None:
    """End the loan of the old unit and open one of the new unit, under the same rental until the same day.

    What is built into the new one is lent with it.
    """
    values = {
        "document_id": document.id, "old": swap.old["id"], "new": swap.new["id"], "at": to_store(moment),
        "reason": reason, "number": document.number,
    }  # fmt: skip
    execute(
        """
        INSERT INTO loan (document_id, movement_id, product_id, unit_id, party_id, quantity, since, due,
                          ask_again, condition, accessories, returned_note)
        SELECT l.document_id, m.id, m.product_id, m.unit_id, l.party_id, l.quantity, m.effective_at, l.due,
               l.ask_again, u.condition, l.accessories, ''
        FROM loan l JOIN movement m ON m.document_id = :document_id AND m.to_terms = 'rented'
             JOIN unit u ON u.id = m.unit_id
        WHERE l.unit_id = :old AND l.returned_at IS NULL ORDER BY m.id
        """,
        **values,
    )
    # What was extended before says so of the new one too.
    execute(
        """
        INSERT INTO loan_extension (loan_id, old_due, old_ask_again, new_due, new_ask_again, reason,
                                    operator_id, operator_name, recorded_at, token)
        SELECT n.id, r.due, r.ask_again, n.due, n.ask_again, :number, d.posted_by_id, d.posted_name,
               d.posted_at, 'replaced ' || CAST(n.id AS TEXT)
        FROM loan n JOIN rental r ON r.document_id = n.document_id JOIN document d ON d.id = :document_id
             JOIN movement m ON m.id = n.movement_id
        WHERE m.document_id = :document_id AND n.returned_at IS NULL AND EXISTS (
            SELECT 1 FROM loan l JOIN loan_extension e ON e.loan_id = l.id
            WHERE l.unit_id = :old AND l.returned_at IS NULL)
        """,
        **values,
    )
    execute(
        """
        UPDATE loan SET returned_document_id = :document_id, returned_at = :at, returned_note = :reason,
            returned_condition = 'damaged', returned_movement_id = (
                SELECT m.id FROM movement m WHERE m.document_id = :document_id AND m.unit_id = :old)
        WHERE unit_id = :old AND returned_at IS NULL
        """,
        **values,
    )


def _carry_warranty_on(
    actor: Actor, swap: _Swap, moment: datetime, reason: str, event_id: int, token: str
) -> None:
    given = moment.astimezone().date()
    old = warranty_of(swap.old)
    brought = from_store(swap.old["since"]).astimezone().date() if swap.old["since"] else given
    after = after_replacement(
        WarrantyRule(swap.old["warranty_rule"]),
        old,
        months=swap.new["warranty_months"],
        brought=brought,
        given=given,
    )
    changes = []
    if after is not None:
        changes.append(
            WarrantyChange(
                unit_id=swap.new["id"], cause=after.cause, old=warranty_of(swap.new), new=after.warranty,
                reason=reason, event_id=event_id,
            )
        )  # fmt: skip
    if old is not None:
        changes.append(
            WarrantyChange(
                unit_id=swap.old["id"], cause=WarrantyCause.ENDED, old=old, new=None, reason=reason,
                event_id=event_id,
            )
        )  # fmt: skip
    change_warranties(actor, changes, effective_at=moment, token=f"{token} warranty")


def _head(document_id: int) -> Document:
    document = head(document_id)
    assert document is not None  # noqa: S101 - it was posted under this token
    return document
