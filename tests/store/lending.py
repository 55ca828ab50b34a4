"""What tests of rentals and returns do and look at."""

from datetime import timedelta
from decimal import Decimal

import pytest

from store.check.run import check_store
from store.domain.documents import (
    Document,
    NewLine,
    Outcome,
    Refused,
)
from store.domain.errors import RefusalCode, RefusedError
from store.domain.loans import Until
from store.domain.units import UnitCard
from store.operations.entry import take_quantity
from store.queries import documents, units, unreturned
from tests.store.company import START, Company

TODAY = START.date()


def in_days(days: int) -> Until:
    return Until(due=TODAY + timedelta(days=days))


def card_of(serial: str) -> units.UnitCard:
    return units.card(units.by_number(serial)[0].id)


def refused(code: RefusalCode, function: object, *args: object, **options: object) -> None:
    with pytest.raises(RefusedError) as caught:
        function(*args, **options)  # type: ignore[operator]
    assert caught.value.refusal.code is code


def code_of(outcome: Outcome) -> RefusalCode:
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal.code


def sell(company: Company, *serials: str) -> Document:
    issue = company.issue()
    company.accept(issue, *serials)
    return company.close(issue)


def place_of(card: UnitCard) -> str:
    assert card.place is not None
    return card.place.name


def is_sound(company: Company) -> None:
    assert [finding.sentence() for finding in check_store(company.database)] == []


def out(company: Company) -> list[str | None]:
    return [row.serial for row in company.run(unreturned.page, TODAY).rows]


def lend_cables(company: Company, pieces: int, **options: object) -> Document:
    rental = company.rental(NewLine(product_id=company.cable.id), **options)
    (line,) = documents.lines(rental.id)
    company.run(
        take_quantity, company.actor(), rental.id, line.id, Decimal(pieces), token=next(company.tokens)
    )
    return company.close(rental)
