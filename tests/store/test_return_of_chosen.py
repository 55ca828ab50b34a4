"""A return that begins with chosen units, and what a return costs the store."""

from store.domain.documents import (
    NewLine,
    QuestionKind,
)
from store.domain.errors import RefusalCode
from store.domain.loans import BackAs
from store.domain.papers import PaperRequest
from store.domain.terms import Condition, DocumentStatus, DocumentType, Terms
from store.operations.begin_return import begin_return
from store.operations.noting import note_scan
from store.queries import documents, loans
from store.queries.givers import sold_among
from store.queries.return_papers import return_record
from tests.store.company import CABLE_GTIN, Company
from tests.store.counting import asked, statements
from tests.store.lending import card_of, is_sound, lend_cables, out, refused, sell
from tests.store.test_query_counts import read_whole


def test_a_return_begins_with_chosen_units(lent: Company) -> None:
    lent.accept(taken := lent.returning(), "LT000003")
    ids = [card_of(f"LT00000{number}").id for number in (1, 2, 3, 4)]
    begun = lent.run(begin_return, lent.actor(), ids, token="chosen")
    assert (begun.taken, begun.left) == (2, 2)
    assert lent.run(begin_return, lent.actor(), ids, token="chosen") == begun
    (line,) = documents.lines(begun.document_id)
    assert line.scanned == 2
    returned = documents.head(begun.document_id)
    assert returned is not None
    lent.accept(lent_out := lent.rental(), "LT000004")
    lent.close(lent_out)
    lent.accept(returned, "LT000004")
    lent.close(returned)
    assert out(lent) == ["LT000003"]
    assert taken.id != begun.document_id
    is_sound(lent)


def test_chosen_units_that_an_open_return_has_are_refused_with_who_has_them(lent: Company) -> None:
    lent.accept(lent.returning(), "LT000003")
    taken = [card_of("LT000003").id]
    refused(RefusalCode.TAKEN, lent.run, begin_return, lent.actor(), taken, token="taken")


def test_chosen_units_that_were_sold_need_the_reason(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    company.stock(company.printer, "PX-1")
    sell(company, "LT000001", "LT000002", "PX-1")
    ids = [card_of(serial).id for serial in ("LT000001", "LT000002", "PX-1")]
    assert company.run(sold_among, ids) == 3
    refused(RefusalCode.NOT_OUT, company.run, begin_return, company.actor(), ids, token="none")
    assert company.run(documents.listing, DocumentType.RETURN, company.main.id) == []
    begun = company.run(begin_return, company.actor(), ids, back_as=BackAs.COMPLAINT, token="complaint")
    assert (begun.taken, begun.left) == (3, 0)
    returned = documents.head(begun.document_id)
    assert returned is not None
    company.close(returned)
    assert {card_of(serial).terms for serial in ("LT000001", "LT000002", "PX-1")} == {Terms.SERVICE}
    is_sound(company)


def test_a_return_begins_with_the_same_statements_for_any_number_of_units(company: Company) -> None:
    counts = []
    for first, pieces in ((1, 2), (100, 60)):
        serials = [f"LT{number:06}" for number in range(first, first + pieces)]
        company.stock(company.laptop, *serials)
        company.lend(*serials)
        ids = [card_of(serial).id for serial in serials]
        counts.append(
            asked(
                company.database,
                lambda ids=ids: company.run(begin_return, company.actor(), ids, token=f"{len(ids)}"),
            )
        )
    assert counts[0] == counts[1] <= 12


def test_closing_takes_the_same_statements_for_any_number_of_units(company: Company) -> None:
    counts = []
    for first, pieces in ((1, 3), (100, 60)):
        serials = [f"LT{number:06}" for number in range(first, first + pieces)]
        company.stock(company.laptop, *serials)
        company.lend(*serials)
        returned = company.returning()
        scans = company.accept(returned, *serials)
        company.run(note_scan, scans[0].row.id, condition=Condition.USED, note="torba")
        counts.append(asked(company.database, lambda returned=returned: company.close(returned)))
    assert counts[0] == counts[1]
    assert counts[0] <= 40, counts


def test_a_return_reads_no_growing_table_from_end_to_end(sqlite_company: Company) -> None:
    company = sqlite_company
    serials = [f"LT{number:06}" for number in range(1, 31)]
    company.stock(company.laptop, *serials)
    company.accept(delivery := company.delivery(NewLine(product_id=company.cable.id)), *[CABLE_GTIN] * 5)
    company.close(delivery)
    company.lend(*serials[:20])
    lend_cables(company, 4)
    sell(company, *serials[20:25])
    ids = [card_of(serial).id for serial in serials]
    returned = company.returning()
    with statements(company.database) as seen:
        (scan,) = company.accept(returned, serials[0])
        loans.coming_back(scan.row.id)
        company.accept(returned, CABLE_GTIN)
        company.take(returned, "CUS")
        company.accept(returned, serials[20], confirmed=frozenset({QuestionKind.AS_WITHDRAWAL}))
        begun = company.run(begin_return, company.actor(), ids, token="all")
        documents.listing(DocumentType.RETURN, company.main.id)
        number = company.close(returned).number
        assert return_record(PaperRequest(number=number or "")).givers
        documents.listing(DocumentType.RETURN, company.main.id, status=DocumentStatus.POSTED)
    assert begun.taken == 19
    assert read_whole(company, seen) == []


def test_a_scan_takes_few_statements(lent: Company) -> None:
    returned = lent.returning()
    lent.accept(returned, "LT000001")
    assert asked(lent.database, lambda: lent.accept(returned, "LT000002")) <= 6
