"""A document about to be posted: by whom, from when it counts, and what its movements are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from store.domain.documents import Document
from store.domain.records import Actor, Party
from store.domain.sides import place_of
from store.domain.transitions import Side, Transition, transitions_of
from store.domain.warranty import warranty_until
from store.models.moments import to_store

MOVEMENT_COLUMNS = """
    unit_id, product_id, document_id, line_id, quantity, from_place_id, from_owner_id, from_terms,
    to_place_id, to_owner_id, to_terms, product_name, from_name, to_name, owner_name,
    operator_id, operator_name, terminal_id, terminal_name, effective_at, recorded_at
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A document about to be posted, by whom, and from when it counts."""

    document: Document
    actor: Actor
    effective_at: datetime
    us: Party
    only: tuple[Transition, ...] = ()
    """The rows of the table that are meant, where the document has several from the same terms; none: all."""

    lines: Mapping[Transition, int] = field(default_factory=dict)
    """The line that a row of the table is for, where a document moves one unit in and another one out."""

    def transitions(self) -> tuple[Transition, ...]:
        """Return the rows of the table that this document may use."""
        return self.only or transitions_of(self.document.type, of_supplier=self.document.units_of_supplier)

    def owner(self, side: Side) -> Party | None:
        """Return the owner that plays the part of `side`; None: any, or the one it has already."""
        return {Side.US: self.us, Side.PARTY: self.document.party}.get(side)

    def values(self, row: Transition) -> dict[str, Any]:
        """Return the values of `row` for the SQL of posting."""
        document, actor = self.document, self.actor
        from_place, from_name = place_of(document, row.from_place)
        to_place, to_name = place_of(document, row.to_place)
        owner, from_owner = self.owner(row.to_owner), self.owner(row.from_owner)
        return {
            "document_id": document.id,
            "from_place": from_place,
            # On its terms it is with a party, whichever that is.
            "anywhere": int(row.from_place in {Side.ANYWHERE, Side.HOLDER}),
            "as_before": int(row.as_before),
            "from_terms": row.from_terms,
            "from_owner": from_owner.id if from_owner else None,
            "besides": self.us.id if row.from_owner is Side.OTHERS else None,
            "back_as": row.back_as,
            "only_line": self.lines.get(row),
            # What is born came from the party.
            "from_name": from_name or document.party.name,
            "to_place": to_place,
            "to_terms": row.to_terms.value,
            "to_name": to_name,
            "owner": owner.id if owner else None,
            "owner_name": owner.name if owner else None,
            "operator": actor.operator.id,
            "operator_name": actor.operator.name,
            "terminal": actor.terminal.id,
            "terminal_name": actor.terminal.name,
            "effective_at": to_store(self.effective_at),
            "recorded_at": to_store(actor.at),
        }


def warranty_values(posting: Posting, months: int) -> dict[str, str]:
    """Return the SQL values of a warranty of so many months that begins with the document; none for zero."""
    if months <= 0:
        return {}
    start = posting.effective_at.astimezone().date()
    return {"warranty_from": start.isoformat(), "warranty_until": warranty_until(start, months).isoformat()}
