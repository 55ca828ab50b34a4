"""What a correction lets wait no more for its serials waits again when the correction is reversed."""

import importlib

import pytest
from peewee import IntegrityError

from store.check.run import check_store
from store.domain.documents import Document
from store.domain.errors import RefusalCode, RefusedError
from store.domain.findings import FindingCode
from store.domain.received import InvoiceState
from store.domain.records import Party
from store.models.sql import execute, is_postgres, select
from store.operations.importing import post_invoice
from store.operations.on_site import open_on_site
from store.operations.reversing import reopen_invoice, reverse_invoice
from store.queries.documents import head, lines
from store.queries.pending import all_pending
from tests.store.company import Company
from tests.store.imports.files import row
from tests.store.invoice_files import buyer, post, sale, whereabouts

AGAIN = "INSERT INTO pending_drop (pending_id, invoice_id, quantity)"


@pytest.fixture
def customer(company: Company) -> Party:
    return buyer(company)


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def sold(company: Company, pieces: int, number: str = "FV/1") -> int:
    done = post(company, sale(row(1, index="PR-1", quantity=pieces), number=number))
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    return done.invoice.id


def corrected(company: Company, before: int, after: int, number: str = "KOR/1") -> int:
    rows = (
        row(1, index="PR-1", quantity=before, before=True, uu_id="a"),
        row(1, index="PR-1", quantity=after, uu_id="a"),
    )
    done = post(company, sale(*rows, kind="KOR", number=number))
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    return done.invoice.id


def reverse(company: Company, invoice: int) -> None:
    company.run(reverse_invoice, company.actor(company.chief), invoice, reason="mistake")


def scanned(company: Company, customer: Party, *serials: str) -> Document:
    document = company.run(open_on_site, company.actor(), customer)
    company.accept(document, *serials)
    return company.close(document)


def waiting() -> list[tuple[str, int]]:
    return [(each.source, int(each.count)) for each in all_pending()]


def test_a_reversed_correction_lets_its_pieces_wait_again(company: Company, customer: Party) -> None:
    sold(company, 3)
    correction = corrected(company, 3, 1)
    assert waiting() == [("FV/1", 1)]
    reverse(company, correction)
    assert waiting() == [("FV/1", 3)]
    reverse(company, correction)
    assert waiting() == [("FV/1", 3)], "again it does nothing more"
    scanned(company, customer, "P1", "P2", "P3")
    assert whereabouts("P3") == ("sold", customer.name)
    assert waiting() == []


def test_only_what_that_correction_dropped_waits_again(company: Company, customer: Party) -> None:
    sold(company, 2, "FV/1")
    sold(company, 2, "FV/2")
    first = corrected(company, 2, 1, "KOR/1")
    second = corrected(company, 4, 2, "KOR/2")
    assert waiting() == [("FV/1", 1)]
    reverse(company, first)
    assert waiting() == [("FV/1", 1), ("FV/2", 1)]
    reverse(company, second)
    assert waiting() == [("FV/1", 2), ("FV/2", 2)]


def test_a_correction_that_is_posted_again_drops_again(company: Company, customer: Party) -> None:
    sold(company, 3)
    correction = corrected(company, 3, 1)
    for _time in range(2):
        reverse(company, correction)
        assert waiting() == [("FV/1", 3)]
        company.run(reopen_invoice, company.actor(company.chief), correction)
        company.run(post_invoice, company.actor(company.chief), correction)
        assert waiting() == [("FV/1", 1)]
    reverse(company, correction)
    other = corrected(company, 3, 0, "KOR/2")
    assert waiting() == []
    reverse(company, other)
    assert waiting() == [("FV/1", 3)]


def test_what_was_scanned_in_between_stays_scanned(company: Company, customer: Party) -> None:
    sold(company, 3)
    correction = corrected(company, 3, 1)
    scanned(company, customer, "P1")
    assert waiting() == []
    reverse(company, correction)
    assert waiting() == [("FV/1", 2)]
    assert whereabouts("P1") == ("sold", customer.name)


def test_a_list_that_was_being_scanned_closes_after_the_reversal(company: Company, customer: Party) -> None:
    sold(company, 2)
    document = company.run(open_on_site, company.actor(), customer)
    company.accept(document, "P1", "P2")
    correction = corrected(company, 2, 1)
    with pytest.raises(RefusedError) as stopped:
        company.close(document)
    assert stopped.value.refusal.code is RefusalCode.TOO_FEW
    reverse(company, correction)
    assert [line.expected for line in lines(document.id)] == [2]
    company.close(document)
    assert waiting() == []


def test_nothing_waits_again_when_the_reversal_is_refused(company: Company, customer: Party) -> None:
    """Of three one was scanned: two wait no more, and one is to come back by a delivery, which came."""
    sold(company, 3)
    scanned(company, customer, "P1")
    correction = corrected(company, 3, 0)
    delivery = select("SELECT id FROM document WHERE type = 'delivery' AND status = 'open'")[0]["id"]
    company.accept(head(delivery), "P1")
    with pytest.raises(RefusedError) as stopped:
        reverse(company, correction)
    assert stopped.value.refusal.code is RefusalCode.MOVED_ON
    assert waiting() == []


def test_what_a_reversed_sale_had_put_there_does_not_wait_again(company: Company, customer: Party) -> None:
    invoice = sold(company, 3)
    correction = corrected(company, 3, 1)
    reverse(company, invoice)
    assert waiting() == []
    reverse(company, correction)
    assert waiting() == []


def test_the_check_finds_what_a_reversed_correction_still_drops(company: Company, customer: Party) -> None:
    sold(company, 3)
    correction = corrected(company, 3, 1)
    reverse(company, correction)
    once = f"{AGAIN} SELECT pending_id, invoice_id, 1000 FROM pending_drop WHERE quantity = 2000"
    execute(once)
    execute("UPDATE pending_serial SET dropped = dropped + 1000")
    found = list(check_store(company.database))
    assert [finding.code for finding in found] == [FindingCode.PENDING_DROPPED]
    assert found[0].data["dropped"] != found[0].data["said"]
    execute(once.replace("1000", "-1000", 1))
    execute("UPDATE pending_serial SET dropped = dropped - 1000")


def test_what_was_dropped_before_this_was_kept_is_dropped_for_good(company: Company, customer: Party) -> None:
    sold(company, 3)
    correction = corrected(company, 3, 1)
    execute("DROP TABLE pending_drop")
    if is_postgres():
        execute("DROP FUNCTION pending_drop_forbid, pending_drop_again")
    importlib.import_module("store.migrations.0090_dropped_serials").up(None, company.database)
    assert list(check_store(company.database)) == []
    reverse(company, correction)
    assert waiting() == [("FV/1", 1)]


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE pending_drop SET quantity = 1000", "never changed"),
        ("DELETE FROM pending_drop", "never changed"),
        (f"{AGAIN} SELECT pending_id, invoice_id, -3000 FROM pending_drop", "no more waits again"),
        (f"{AGAIN} SELECT pending_id, NULL, -1000 FROM pending_drop", "no more waits again"),
    ],
)
def test_the_database_keeps_what_was_dropped(
    company: Company, customer: Party, statement: str, says: str
) -> None:
    sold(company, 3)
    corrected(company, 3, 1)
    with pytest.raises(IntegrityError, match=says), company.database.atomic():
        execute(statement)
    assert select("SELECT quantity FROM pending_drop") == [{"quantity": 2000}]
