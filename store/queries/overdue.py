"""Who is late, and what a reminder says of it. It is computed when it is asked for, never stored."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.letters import MOST_UNITS, LetterFacts, LetterParty, LetterUnit
from store.domain.records import Party
from store.domain.unreturned import Out, Which
from store.queries import holders
from store.queries.letters import field_codes
from store.queries.paper_sides import our_side
from store.queries.parties import party_by_id
from store.queries.unreturned import everything

PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A customer who is late."""

    party_id: int
    name: str
    code: str
    pieces: Decimal
    first: date | None
    """The earliest day of anything there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLetter:
    """What a reminder to one customer says."""

    party: Party
    facts: LetterFacts
    unit_ids: tuple[int, ...]
    """Those of its units; pieces without serials have none."""


def late(today: date) -> list[Late]:
    """Return everybody who is late, the latest first."""
    found: list[Late] = []
    while True:
        page = holders.holders(today, which=Which.OVERDUE, limit=PAGE, skip=len(found))
        found += [
            Late(
                party_id=each.party_id,
                name=each.name,
                code=each.code,
                pieces=each.totals.overdue,
                first=each.first,
            )
            for each in page
        ]
        if len(page) < PAGE:
            return found


def reminder_letter(party_id: int, *, today: date, operator: str) -> ReminderLetter | None:
    """Return what is to be said to a customer, or None: by now everything is back, or has another day.

    Raises StoreError when it is more than a letter holds.
    """
    outs = list(islice(everything(today, which=Which.OVERDUE, party_id=party_id), MOST_UNITS + 1))
    if not outs:
        return None
    if len(outs) > MOST_UNITS:
        raise StoreError(_("a letter has {count} units at most").format(count=MOST_UNITS))
    party = party_by_id(party_id)
    return ReminderLetter(
        party=party,
        unit_ids=tuple(out.unit_id for out in outs if out.unit_id is not None),
        facts=LetterFacts(
            day=today,
            company=our_side(),
            party=LetterParty(
                code=party.code,
                name=party.name,
                tax_id=party.tax_id,
                address=party.address,
                email=party.email,
            ),
            operator=operator,
            units=tuple(_unit(out) for out in outs),
            fields=field_codes(),
        ),
    )


def _unit(out: Out) -> LetterUnit:
    return LetterUnit(
        product=out.product_name,
        sku=out.sku,
        serial=out.serial or "",
        quantity=out.quantity,
        terms=out.terms,
        owner=out.owner_name,
        since=out.since.astimezone().date() if out.since else None,
        due=out.until.due if out.until else None,
        document=out.number,
    )
