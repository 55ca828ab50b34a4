"""Who bears a cost unless somebody says otherwise: the warranty while it lasts, then the customer."""

from datetime import timedelta
from decimal import Decimal

import pytest

from store.domain.costs import Borne, CostKind, NewCost
from store.domain.tasks import NewTask
from store.domain.warranty import Warranty, WarrantyCause
from store.operations.costs import add_cost, usual_bearer
from store.operations.events import record_event
from store.operations.tasks import add_task
from store.operations.warranties import WarrantyChange, change_warranties
from store.queries import units
from store.queries.warranties import warranty_on
from tests.store.company import START, Company

TODAY = START.astimezone().date()
DAY = timedelta(days=1)


@pytest.fixture
def sold(company: Company) -> int:
    """A laptop with 24 months of warranty from today, at the customer's."""
    company.stock(company.laptop, "LT000001")
    issue = company.issue()
    company.accept(issue, "LT000001")
    company.close(issue)
    return units.by_number("LT000001")[0].id


def bearer(company: Company, unit: int, token: str, **parts: object) -> Borne:
    """Return who bears a cost of an event that happens now; what is asked and what is written agree."""
    event = company.run(record_event, company.actor(), unit, "service", "x", token=token)
    new = NewCost(event_id=event.id, kind=CostKind.PARTS, amount=Decimal(5), **parts)  # type: ignore[arg-type]
    asked = company.run(usual_bearer, company.actor(), new)
    written = company.run(add_cost, company.actor(), new, token=token).borne
    assert isinstance(written, Borne)
    assert written is (new.borne or asked)
    return written


def test_the_warranty_bears_it_to_its_last_day_and_then_the_customer(company: Company, sold: int) -> None:
    warranty = company.run(warranty_on, sold, TODAY)
    assert bearer(company, sold, "first") is Borne.WARRANTY
    company.now += warranty.last - TODAY
    assert bearer(company, sold, "last") is Borne.WARRANTY
    company.now += DAY
    assert bearer(company, sold, "after") is Borne.CHARGED
    assert bearer(company, sold, "earlier", day=TODAY) is Borne.WARRANTY
    assert bearer(company, sold, "said", borne=Borne.OWN) is Borne.OWN
    task = company.run(add_task, company.actor(), NewTask(title="x", unit_id=sold), token="t")
    new = NewCost(task_id=task.id, kind=CostKind.PARTS)
    assert company.run(usual_bearer, company.actor(), new) is Borne.CHARGED


def test_we_bear_what_is_spent_on_what_nobody_else_has(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    unit = units.by_number("LT000001")[0].id
    assert bearer(company, unit, "e") is Borne.OWN
    task = company.run(add_task, company.actor(), NewTask(title="biuro"), token="t")
    new = NewCost(task_id=task.id, kind=CostKind.PARTS)
    assert company.run(usual_bearer, company.actor(), new) is Borne.OWN


def test_a_warranty_that_became_another_one_counts_as_it_stood_then(company: Company, sold: int) -> None:
    old = company.run(warranty_on, sold, TODAY)
    company.now += 100 * DAY
    changed_on = company.now.astimezone().date()
    anew = Warranty(first=changed_on, last=old.last + 100 * DAY)
    change = WarrantyChange(unit_id=sold, cause=WarrantyCause.ANEW, old=old, new=anew, reason="x")
    company.run(change_warranties, company.actor(), [change], effective_at=company.now, token="w")
    assert company.run(warranty_on, sold, changed_on - DAY) == old
    assert company.run(warranty_on, sold, changed_on) == anew
    assert bearer(company, sold, "before", day=changed_on - DAY) is Borne.WARRANTY
    ended = WarrantyChange(unit_id=sold, cause=WarrantyCause.ENDED, old=anew, new=None, reason="x")
    company.now += DAY
    company.run(change_warranties, company.actor(), [ended], effective_at=company.now, token="e")
    assert bearer(company, sold, "ended") is Borne.CHARGED
    assert company.run(warranty_on, sold, changed_on) == anew
    assert company.run(warranty_on, 999_999, TODAY) is None
