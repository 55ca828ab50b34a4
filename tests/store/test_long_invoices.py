"""An invoice of ten thousand lines waits as a whole for the one line that asks, and is posted as a whole."""

import pytest

from store.domain.received import Decision
from store.domain.records import Party
from store.models.sql import select
from store.operations.importing import post_invoice
from store.operations.mending import decide
from tests.store.company import Company
from tests.store.imports.files import row
from tests.store.invoice_files import buyer, counted, post, sale


@pytest.fixture
def customer(company: Company) -> Party:
    return buyer(company)


def test_ten_thousand_lines_wait_for_the_one_that_asks(company: Company, customer: Party) -> None:
    rows = [row(number, index="CB-2", quantity=1) for number in range(1, 10_000)]
    waiting = post(company, sale(*rows, row(10_000, index="NB-14", quantity="0.5")))
    assert len(waiting.questions) == 1
    assert select("SELECT 1 FROM movement") == []
    company.run(decide, company.actor(company.chief), waiting.invoice.id, 10_000, Decision.SKIP)
    company.run(post_invoice, company.actor(company.chief), waiting.invoice.id)
    assert counted(company.cable.id, customer) == 9_999
