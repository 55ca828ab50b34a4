"""What the demo company has lent: on time, late, open-ended, partly returned; and what comes back today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from store.demo.history import History
from store.demo.world import World
from store.domain.documents import Document, NewDocument, QuestionKind
from store.domain.loans import RentalTerms, Until
from store.domain.records import Actor
from store.domain.roles import Role
from store.domain.scan import Scan, Source
from store.domain.terms import Condition, DocumentType, Terms
from store.models.moments import to_store
from store.models.sql import select
from store.operations.closing import close_document
from store.operations.documents import open_document
from store.operations.noting import note_scan
from store.operations.scanning import take
from store.queries.scans import scans


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lending:
    customer: str
    pieces: int
    ago: int
    """Days since it was handed out."""
    due: int | None = None
    """In how many days it is due; less than zero: so many days ago."""
    ask_again: int | None = None
    purpose: str = ""
    deposit: int | None = None
    daily_rate: int | None = None
    accessories: str = ""
    terms: Terms = Terms.STOCK


LENDINGS: tuple[_Lending, ...] = (
    _Lending(customer="LO3", pieces=3, ago=35, due=-14, purpose="Na czas remontu pracowni"),
    _Lending(
        customer="HOTEL-B", pieces=3, ago=5, due=4, purpose="Konferencja", deposit=1500, daily_rate=45,
        accessories="zasilacz, torba",
    ),
    _Lending(customer="STOCZ", pieces=1, ago=40, ask_again=2, purpose="Zastępczy na czas naprawy"),
    _Lending(customer="AGRO-M", pieces=1, ago=8, due=22, purpose="Do wypróbowania", terms=Terms.HELD),
    _Lending(customer="UNI-T", pieces=3, ago=20, due=3, purpose="Targi", accessories="zasilacz"),
)  # fmt: skip
"""The last of them came back in part."""
LEFT = 4
"""Units of a product that stay for the other work of the day."""
BACK_AGO = 4
"""Days since some of it came back."""


def lend_units(world: World, history: History, at: datetime) -> None:
    """Lend units until the morning `at`, take some back, and leave a return open; of a big enough stock."""
    rentals = [rental for lending in LENDINGS if (rental := _lend(world, history, lending, at)) is not None]
    if len(rentals) == len(LENDINGS):
        _take_back(world, history, rentals[-1], at - timedelta(days=BACK_AGO))
        _begin_return(world, rentals[0], at)


def _lend(world: World, history: History, lending: _Lending, at: datetime) -> Document | None:
    then = at - timedelta(days=lending.ago)
    units = _units(world, lending, then)
    if len(units) < lending.pieces:
        return None
    actor = _chief(world, then)
    here, today = actor.terminal.location, at.astimezone().date()
    until = Until(due=_day(today, lending.due), ask_again=_day(today, lending.ask_again))
    terms = RentalTerms(
        until=until, purpose=lending.purpose,
        deposit=Decimal(lending.deposit) if lending.deposit else None,
        daily_rate=Decimal(lending.daily_rate) if lending.daily_rate else None,
    )  # fmt: skip
    party = next(party for party in world.customers if party.code == lending.customer)
    new = NewDocument(type=DocumentType.RENTAL, party_id=party.id, location_id=here.id, rental=terms)
    rental = open_document(actor, new)
    _scan(actor, rental, units)
    for scan in scans(rental.id, limit=lending.pieces) if lending.accessories else ():
        note_scan(scan.id, condition=None, note=lending.accessories)
    for unit in units if lending.terms is Terms.STOCK else ():
        history.stock[here.id, unit["product_id"]] -= 1
    return close_document(actor, rental.id, token=f"demo-rental-{rental.id}")


def _units(world: World, lending: _Lending, before: datetime) -> Sequence[dict[str, Any]]:
    """Return the oldest units that lay here on the lending's terms already before then, some of each left."""
    return select(
        """
        SELECT product_id, serial FROM (
            SELECT u.id, u.product_id, u.serial, u.last_movement_at,
                   row_number() OVER (PARTITION BY u.product_id ORDER BY u.id DESC) AS number
            FROM unit u WHERE u.place_id = :place AND u.terms = :terms AND u.condition <> 'blocked') AS lying
        WHERE number > :left AND last_movement_at < :before ORDER BY id LIMIT :pieces
        """,
        place=world.locations[0].place_id,
        terms=lending.terms.value,
        before=to_store(before),
        left=LEFT if lending.terms is Terms.STOCK else 0,
        pieces=lending.pieces,
    )


def _take_back(world: World, history: History, rental: Document, at: datetime) -> None:
    """Take all but one unit of a rental back, one of them broken, and a sold one as a complaint."""
    actor = _chief(world, at)
    returned = _open_return(actor, "")
    units = _lent(rental)[:-1]
    _scan(actor, returned, units)
    for unit in units:
        history.stock[actor.terminal.location.id, unit["product_id"]] += 1
    broken = scans(returned.id, limit=1)[0]
    note_scan(broken.id, condition=Condition.DAMAGED, note="pęknięta obudowa")
    sold = select(
        "SELECT u.serial FROM unit u WHERE u.terms = 'sold' AND u.last_movement_at < :before "
        "ORDER BY u.id LIMIT 1",
        before=to_store(at),
    )
    _scan(actor, returned, sold, frozenset({QuestionKind.AS_COMPLAINT}))
    close_document(actor, returned.id, token=f"demo-return-{returned.id}")


def _begin_return(world: World, rental: Document, at: datetime) -> None:
    """Leave a return open with the first of the late units scanned."""
    actor = _chief(world, at)
    _scan(actor, _open_return(actor, "kurier"), _lent(rental)[:1])


def _lent(rental: Document) -> Sequence[dict[str, Any]]:
    return select(
        "SELECT u.product_id, u.serial FROM loan l JOIN unit u ON u.id = l.unit_id "
        "WHERE l.document_id = :document_id ORDER BY l.id",
        document_id=rental.id,
    )


def _open_return(actor: Actor, reference: str) -> Document:
    new = NewDocument(type=DocumentType.RETURN, location_id=actor.terminal.location.id, reference=reference)
    return open_document(actor, new)


def _scan(
    actor: Actor,
    document: Document,
    units: Sequence[dict[str, Any]],
    confirmed: frozenset[QuestionKind] = frozenset(),
) -> None:
    for unit in units:
        text = unit["serial"]
        read = Scan(text=text, raw=text, source=Source.DEVICE, at=actor.at)
        take(actor, document.id, read, token=f"demo-lent-{document.id}-{text}", confirmed=confirmed)


def _day(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)


def _chief(world: World, at: datetime) -> Actor:
    here = world.locations[0]
    return Actor(
        operator=next(operator for operator in world.operators if operator.role is Role.SUPERVISOR),
        terminal=next(terminal for terminal in world.terminals if terminal.location.id == here.id),
        at=at,
    )
