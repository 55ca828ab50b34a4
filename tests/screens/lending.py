"""What tests of rentals and returns on screens look at."""

from datetime import timedelta

from store.domain.loans import Until
from store.queries import units
from tests.store.company import START, Company

LATER = START + timedelta(days=19)
DUE = Until(due=START.date() + timedelta(days=7))


def card_of(company: Company, serial: str) -> units.UnitCard:
    return company.run(units.card, company.run(units.by_number, serial)[0].id)
