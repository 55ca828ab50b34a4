"""What pieces cost whose serials come later: few statements, however many of them wait."""

from functools import partial

from store.domain.documents import Accepted
from store.domain.records import Party
from store.operations.entry import enter_list
from store.operations.importing import post_invoice
from store.operations.on_site import open_on_site
from store.queries import documents
from store.queries.pending import pending_totals
from tests.store.company import Company
from tests.store.counting import asked
from tests.store.imports.files import row
from tests.store.invoice_files import arrive, buyer, sale
from tests.store.test_query_counts import MOST

SERIALS = 3


def costs(company: Company, customer: Party, lines: int) -> dict[str, int]:
    """Return how many statements an invoice of so many lines takes, and each serial of its customer."""
    rows = [row(number, index="PR-1", quantity=2) for number in range(1, lines + 1)]
    found = arrive(company, sale(*rows, number=f"FV/{lines}"))
    actor, worker = company.actor(company.chief), company.actor()
    found_costs = {
        "posted": asked(company.database, partial(company.run, post_invoice, actor, found.invoice.id)),
        "opened": asked(company.database, partial(company.run, open_on_site, worker, customer)),
    }
    document = company.run(open_on_site, worker, customer)
    (line,) = documents.lines(document.id)
    company.accept(document, f"{lines}-first", line_id=line.id)
    texts = [f"{lines}-{number}" for number in range(SERIALS)]

    def enter() -> None:
        taken = company.run(enter_list, worker, document.id, texts, line.id, token=f"list {lines}")
        assert all(isinstance(each, Accepted) for each in taken)

    found_costs["scanned"] = asked(company.database, enter)
    found_costs["closed"] = asked(company.database, partial(company.close, document))
    return found_costs


def test_many_pieces_that_wait_cost_no_more_statements_than_few(company: Company) -> None:
    customer = buyer(company)
    costs(company, customer, 2)
    few, many = costs(company, customer, 3), costs(company, customer, 300)
    assert few == many
    assert many["scanned"] <= MOST * SERIALS
    assert pending_totals(party_id=customer.id).count == 2 * (2 + 3 + 300) - 3 * (SERIALS + 1)
