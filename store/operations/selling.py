"""What a sales invoice does: goods go onto the party's holdings, a correction brings the difference back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from store.domain.moves import NOTHING
from store.domain.received import LineOutcome, ReceivedInvoice
from store.domain.records import Actor, Location, Party
from store.domain.terms import DocumentType, Terms, Tracking
from store.domain.transitions import TRANSITIONS, Side, Transition
from store.models.bulk import BIG, TEXT, packed, rows_as
from store.models.fields import PIECES
from store.models.moments import to_store
from store.models.sql import execute
from store.operations.numbering import newest_services, number_services
from store.operations.pending import drop_pending
from store.operations.writing import WrittenLine, open_written, post_written
from store.queries.invoice_facts import in_stock
from store.queries.locations import listing


def transition(document: DocumentType, from_terms: Terms | None, to_terms: Terms) -> Transition:
    """Return the row of the table by which `document` takes something from the one terms to the others."""
    return next(
        row
        for row in TRANSITIONS
        if (row.document, row.from_terms, row.to_terms) == (document, from_terms, to_terms)
        and row.from_place in {Side.NOWHERE, Side.HERE, Side.PARTY}
    )


BORN = transition(DocumentType.INVOICE, None, Terms.SOLD)
FROM_STOCK = transition(DocumentType.INVOICE, Terms.STOCK, Terms.SOLD)
BACK = transition(DocumentType.CORRECTION, Terms.SOLD, Terms.STOCK)
AWAY = transition(DocumentType.CORRECTION, Terms.SOLD, Terms.SCRAPPED)
AGAIN = transition(DocumentType.INVOICE, Terms.SCRAPPED, Terms.SOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What was done for some lines of an invoice, and by which document."""

    role: str
    column: str
    lines: tuple[tuple[LineOutcome, Decimal], ...]
    document_id: int | None = None
    written: tuple[WrittenLine, ...] = ()
    """The lines of that document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What says that goods are sold: an invoice, or a deal."""

    document: DocumentType
    """The type of the documents that move them."""
    name: str
    token: str
    invoice_id: int | None = None
    deal_id: int | None = None
    stem: str = ""
    """What the numbers of services without one begin with; empty: the name."""
    location: Location | None = None
    """From whose stock pieces without serials come; None: that of the actor's location."""


def sell(
    actor: Actor, head: ReceivedInvoice, party: Party, lines: Sequence[LineOutcome], at: datetime | None
) -> list[Effect]:
    """Put the goods of an invoice's `lines` onto the party's holdings and return what was done."""
    origin = Origin(
        document=DocumentType.INVOICE,
        name=head.number,
        token=f"invoice {head.id}",
        invoice_id=head.id,
        stem=head.number or str(head.id),
    )
    covered = Effect(role="linked", column="covered", lines=tuple((line, line.covered) for line in lines))
    return [covered, *place(actor, origin, party, lines, at)]


def place(
    actor: Actor, origin: Origin, party: Party, lines: Sequence[LineOutcome], at: datetime | None
) -> list[Effect]:
    """Put the goods of `lines` onto the party's holdings and return what was done.

    Units go from where they lie in our stock, a document for each of our locations; what never lay there is
    born with the party. Pieces without serials come from the stock of the origin's location as far as it has
    them.
    """
    here = origin.location or actor.terminal.location
    number_services(origin.stem or origin.name, lines)
    effects = []
    for location in _locations(here, lines):
        written, moved = _written(lines, location, is_here=location.id == here.id)
        if written:
            document = post_written(
                actor,
                origin.document,
                party,
                location,
                origin.name,
                written,
                token=f"{origin.token} {location.id} {to_store(actor.at)}",
                effective_at=at,
            )
            done = Effect(
                role="placed",
                column="placed",
                lines=tuple(moved),
                document_id=document.id,
                written=tuple(written),
            )
            effects.append(done)
    pending = [line for line in lines if line.pending > NOTHING]
    _write_pending(actor, origin, party, pending)
    effects.append(
        Effect(role="linked", column="pending", lines=tuple((line, line.pending) for line in pending))
    )
    return effects


def _locations(here: Location, lines: Iterable[LineOutcome]) -> list[Location]:
    wanted = {unit.location_id for line in lines for _serial, unit in line.units} - {None, here.id}
    others = [place for place in listing() if place.id in wanted] if wanted else []
    return [here, *others]


def _written(
    lines: Sequence[LineOutcome], location: Location, *, is_here: bool
) -> tuple[list[WrittenLine], list[tuple[LineOutcome, Decimal]]]:
    """Return the lines of one location's document, and how much of which line of the invoice it moves."""
    written: list[WrittenLine] = []
    moved: list[tuple[LineOutcome, Decimal]] = []
    left = _stock_for(lines, location) if is_here else {}
    for line in lines:
        product = line.chosen.product
        assert product is not None  # noqa: S101 - a line that moves has a product
        units: list[tuple[str, int | None]] = [
            (serial, unit.id)
            for serial, unit in line.units
            if unit.location_id == location.id or (is_here and unit.location_id is None)
        ]
        if is_here:
            units += [(serial, None) for serial in line.born]
        if units:
            written.append(WrittenLine(product_id=product.id, units=units, position=line.move.line.position))
            moved.append((line, Decimal(len(units))))
        if is_here and line.counted > NOTHING:
            stock = min(line.counted, left.get(product.id, NOTHING))
            left[product.id] = left.get(product.id, NOTHING) - stock
            parts = ((stock, FROM_STOCK), (line.counted - stock, BORN))
            written += [
                WrittenLine(product_id=product.id, counted=part, row=row, position=line.move.line.position)
                for part, row in parts
                if part > NOTHING
            ]
            moved.append((line, line.counted))
    return written, moved


def _stock_for(lines: Iterable[LineOutcome], location: Location) -> dict[int, Decimal]:
    ids = {
        line.chosen.product.id
        for line in lines
        if line.chosen.product is not None and line.counted > NOTHING and not line.chosen.product.is_service
    }
    return in_stock(ids, location.place_id) if ids else {}


def _write_pending(actor: Actor, origin: Origin, party: Party, lines: Sequence[LineOutcome]) -> None:
    rows: list[dict[str, Any]] = [
        {
            "position": line.move.line.position,
            "product_id": line.chosen.product.id if line.chosen.product else None,
            "quantity": int(line.pending.scaleb(PIECES)),
            "announced": "\n".join(line.announced),
        }
        for line in lines
    ]
    if not rows:
        return
    source = rows_as("v", {"position": BIG, "product_id": BIG, "quantity": BIG, "announced": TEXT})
    table, column = ("invoice_line", "invoice_id") if origin.deal_id is None else ("deal_line", "deal_id")
    execute(
        f"""
        INSERT INTO pending_serial (party_id, product_id, location_id, {table}_id, source, quantity, filled,
                                    dropped, announced, opened_at)
        SELECT :party, v.product_id, :location, n.id, :source, v.quantity, 0, 0, v.announced, :at
        FROM {source} JOIN {table} n ON n.{column} = :origin_id AND n.position = v.position
        ORDER BY v.position
        """,
        party=party.id,
        location=(origin.location or actor.terminal.location).id,
        source=origin.name,
        at=to_store(actor.at),
        origin_id=origin.invoice_id if origin.deal_id is None else origin.deal_id,
        rows=packed(rows),
    )


def take_back(
    actor: Actor, head: ReceivedInvoice, party: Party, lines: Sequence[LineOutcome], at: datetime | None
) -> list[Effect]:
    """Bring the difference of a correction back and return what was done.

    Named serials and pieces without serials come back at once. Of the others those go whose serials were
    never scanned, and what is left is an open delivery from the customer: which pieces came back, a scan
    says. Services do not come back, they end: those that are named, else the newest ones.
    """
    written, moved, expected, asked, ended = [], [], [], [], []
    for line in lines:
        product = line.chosen.product
        assert product is not None  # noqa: S101 - a line that moves has a product
        if product.is_service and product.tracking is Tracking.SERIAL:
            ended.append(line)
            continue
        if line.units:
            units: list[tuple[str, int | None]] = [(serial, unit.id) for serial, unit in line.units]
            written.append(WrittenLine(product_id=product.id, units=units))
            moved.append((line, Decimal(len(units))))
        if line.counted > NOTHING:
            row = AWAY if product.is_service else BACK
            written.append(WrittenLine(product_id=product.id, counted=line.counted, row=row))
            moved.append((line, line.counted))
        if line.pending > NOTHING and product.tracking is Tracking.SERIAL:
            left = line.pending - drop_pending(party.id, product.id, line.pending, head.id)
            if left > NOTHING:
                expected.append(WrittenLine(product_id=product.id, expected=left))
                asked.append((line, left))
    effects = _end_services(actor, head, party, ended, at)
    here = actor.terminal.location
    if written:
        token = f"invoice {head.id} back {to_store(actor.at)}"
        document = post_written(
            actor, DocumentType.CORRECTION, party, here, head.number, written,
            token=token, effective_at=at, only=(BACK,),
        )  # fmt: skip
        effects.append(
            Effect(role="returned", column="returned", lines=tuple(moved), document_id=document.id)
        )
    if expected:
        document_id = open_written(actor, DocumentType.DELIVERY, party, here, head.number, expected)
        effects.append(Effect(role="delivery", column="ordered", lines=tuple(asked), document_id=document_id))
    return effects


def _end_services(
    actor: Actor, head: ReceivedInvoice, party: Party, lines: Sequence[LineOutcome], at: datetime | None
) -> list[Effect]:
    """Take the services of `lines` off the party: those that are named, of the others the newest ones."""
    written, moved = [], []
    for line, units in zip(lines, newest_services(party, lines), strict=True):
        product = line.chosen.product
        assert product is not None  # noqa: S101 - a line that moves has a product
        written.append(WrittenLine(product_id=product.id, units=units))
        moved.append((line, Decimal(len(units))))
    if not written:
        return []
    document = post_written(
        actor, DocumentType.CORRECTION, party, actor.terminal.location, head.number, written,
        token=f"invoice {head.id} ended {to_store(actor.at)}", effective_at=at, only=(AWAY,),
    )  # fmt: skip
    return [Effect(role="returned", column="returned", lines=tuple(moved), document_id=document.id)]
