"""Posted documents as they go on paper."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from store.domain.documents import Document
from store.domain.field_values import shown
from store.domain.kinds import KINDS, DocumentKind
from store.domain.language import Language
from store.domain.notes import DEPOSIT_RECEIPT, NOTES
from store.domain.papers import (
    GoodsNote,
    PaperLine,
    PaperParty,
    PaperUnit,
    UnitLabel,
    WarrantyCard,
    WarrantyLine,
    WarrantyTexts,
)
from store.domain.terms import Condition
from store.domain.transitions import Side, transitions_of
from store.domain.warranty import warranty_until
from store.models.fields import PIECES, unscaled
from store.models.sql import is_postgres, select
from store.queries.documents import head
from store.queries.listed_values import listed_values
from store.queries.paper_sides import our_side

# A unit's condition at the posting: what the last change before it made of it, else what the first one after
# it found; a unit that never changed is still as it was.
CONDITION_THEN = """coalesce(
               (SELECT c.to_condition FROM condition_change c
                WHERE c.unit_id = u.id AND c.recorded_at <= m.recorded_at ORDER BY c.id DESC LIMIT 1),
               (SELECT c.from_condition FROM condition_change c WHERE c.unit_id = u.id ORDER BY c.id LIMIT 1),
               u.condition)"""
_MOVED = f"""
    SELECT n.position, m.product_name, p.sku, p.warranty_months, m.quantity, u.serial, m.from_name, m.to_name,
           {CONDITION_THEN} AS condition
    FROM movement m JOIN document_line n ON n.id = m.line_id JOIN product p ON p.id = m.product_id
         LEFT JOIN unit u ON u.id = m.unit_id
         JOIN document d ON d.id = m.document_id
    WHERE m.document_id = :document_id AND NOT (d.type = 'on_site' AND m.unit_id IS NULL)
    ORDER BY n.position, m.id
"""


_LABELS = """
    SELECT u.id, m.product_name AS name, p.sku, u.serial,
           coalesce((SELECT g.gtin FROM gtin g WHERE g.product_id = p.id ORDER BY g.id LIMIT 1), '') AS gtin
    FROM movement m JOIN document_line n ON n.id = m.line_id JOIN product p ON p.id = m.product_id
         JOIN unit u ON u.id = m.unit_id
    WHERE m.document_id = :document_id ORDER BY n.position, m.id
"""


_OF_UNITS = """
    SELECT u.id, p.name, p.sku, u.serial,
           coalesce((SELECT g.gtin FROM gtin g WHERE g.product_id = p.id ORDER BY g.id LIMIT 1), '') AS gtin
    FROM unit u JOIN product p ON p.id = u.product_id WHERE u.id IN (SELECT * FROM {ids} AS ids)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Posted:
    """A posted document with what it moved."""

    document: Document
    number: str
    day: date
    rows: list[dict[str, Any]]
    us: PaperParty
    other: PaperParty

    @property
    def kind(self) -> DocumentKind:
        """What is particular to its type."""
        return KINDS[self.document.type]


def goods_note(number: str) -> GoodsNote | None:
    """Return the note of the posted document with `number`, or None when there is none.

    Products and the other side have the names that they had when it was posted.
    """
    posted = _posted(number)
    words = None if posted is None else NOTES.get(posted.document.type)
    if posted is None or words is None:
        return None
    poster = posted.document.posted_by or ""
    receives = posted.kind.receives
    giver = PaperParty(name=posted.document.location.name) if posted.kind.has_target else posted.us
    is_deposit = posted.document.units_of_supplier
    return GoodsNote(
        series=posted.kind.series,
        words=DEPOSIT_RECEIPT if is_deposit else words,
        number=posted.number,
        day=posted.day,
        place=posted.document.location.name,
        giver=posted.other if receives else giver,
        taker=giver if receives else posted.other,
        lines=tuple(_lines(posted.rows)),
        reference=posted.document.reference,
        remarks=posted.document.reason,
        handed_over_by="" if receives else poster,
        received_by=poster if receives else "",
    )


def warranty_card(
    number: str,
    texts: Mapping[Language, WarrantyTexts] | None = None,
    guarantor: PaperParty | None = None,
) -> WarrantyCard | None:
    """Return the warranty card of the posted issue with `number`, or None when there is none.

    `texts` is what the guarantor says, by language; the guarantor is our own company where none is given.
    A product without a warranty is not on it; there may be no line at all. The months are
    those that the product has today.
    """
    posted = _posted(number)
    if posted is None or not any(row.starts_warranty for row in transitions_of(posted.document.type)):
        return None
    lines = tuple(
        WarrantyLine(
            name=line.name,
            sku=line.sku,
            months=months,
            until=warranty_until(posted.day, months),
            quantity=line.quantity,
            serials=tuple(unit.serial for unit in line.units),
        )
        for line, months in zip(_lines(posted.rows), _months(posted.rows), strict=True)
        if months > 0
    )
    return WarrantyCard(
        number=posted.number,
        day=posted.day,
        guarantor=guarantor or posted.us,
        customer=posted.other,
        lines=lines,
        texts=dict(texts or {}),
    )


def unit_labels(number: str) -> tuple[UnitLabel, ...] | None:
    """Return the labels of all units of the posted document with `number`, or None when there is none.

    A product with several GTINs has the first of them on its labels.
    """
    found = select("SELECT id FROM document WHERE number = :number", number=number.strip())
    if not found:
        return None
    return tuple(_labels(select(_LABELS, document_id=found[0]["id"])).values())


def labels_of(unit_ids: Sequence[int]) -> tuple[UnitLabel, ...]:
    """Return the labels of some units, in their order; of many at once in two statements."""
    given = "unnest(CAST(:ids AS BIGINT[]))" if is_postgres() else "(SELECT value FROM json_each(:ids))"
    ids: Any = list(unit_ids) if is_postgres() else json.dumps(list(unit_ids))
    found = _labels(select(_OF_UNITS.format(ids=given), ids=ids))
    return tuple(found[each] for each in unit_ids if each in found)


def _labels(rows: list[dict[str, Any]]) -> dict[int, UnitLabel]:
    """Return labels by their units' ids, with the values of fields that are to be on them."""
    values = listed_values((row["id"] for row in rows), on="on_label")
    return {
        row["id"]: UnitLabel(
            **{name: row[name] for name in ("name", "sku", "serial", "gtin")},
            values=tuple(
                f"{each.field.name}: {shown(each.field, each.text, each.named)}"
                for each in values.get(row["id"], ())
            ),
        )
        for row in rows
    }


def _posted(number: str) -> _Posted | None:
    found = select("SELECT id FROM document WHERE number = :number", number=number.strip())
    document = head(found[0]["id"]) if found else None
    if document is None or document.number is None or document.effective_at is None:
        return None
    rows = select(_MOVED, document_id=document.id)
    return _Posted(
        document=document,
        number=document.number,
        day=document.effective_at.astimezone().date(),
        rows=rows,
        us=our_side(),
        other=_other_side(document, rows),
    )


def _months(rows: list[dict[str, Any]]) -> Iterator[int]:
    """Yield the months of warranty of each line."""
    for _position, group in groupby(rows, key=lambda row: row["position"]):
        yield next(group)["warranty_months"]


def _other_side(document: Document, rows: list[dict[str, Any]]) -> PaperParty:
    party = document.party
    kind = KINDS[document.type]
    side = "from_name" if kind.receives else "to_name"
    # The names in the ledger are those of then, where the goods went to or came from the other side.
    name = rows[0][side] if rows and _moves_to_other_side(document) else document.other_side
    if kind.has_target:
        return PaperParty(name=name)
    return PaperParty(name=name, tax_id=party.tax_id, address=party.address)


def _moves_to_other_side(document: Document) -> bool:
    receives = KINDS[document.type].receives
    ends = {row.from_place if receives else row.to_place for row in transitions_of(document.type)}
    return not ends & {Side.UNCHANGED, Side.ANYWHERE}


def _lines(rows: list[dict[str, Any]]) -> Iterator[PaperLine]:
    for _position, group in groupby(rows, key=lambda row: row["position"]):
        moved = list(group)
        yield PaperLine(
            name=moved[0]["product_name"],
            sku=moved[0]["sku"],
            quantity=sum((unscaled(row["quantity"], PIECES) for row in moved), Decimal(0)),
            units=tuple(
                PaperUnit(serial=row["serial"], condition=Condition(row["condition"]))
                for row in moved
                if row["serial"] is not None
            ),
        )
