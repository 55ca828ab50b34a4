"""A sales invoice puts what it names on the buyer's holdings, once."""

from datetime import date
from decimal import Decimal

import pytest

from store.check.run import check_store
from store.domain.documents import NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.received import InvoiceState
from store.domain.records import Party
from store.domain.terms import Condition, DocumentType
from store.domain.unreadable import UnreadableInvoiceError
from store.imports.options import ReadOptions
from store.models.sql import select
from store.operations.entry import take_quantity
from store.operations.importing import post_invoice
from store.operations.parties import create_party
from store.operations.units import change_condition
from store.queries import documents, units
from store.queries.invoices import invoice_lines, made_documents
from tests.store.company import CABLE_GTIN, Company
from tests.store.imports.files import BUYER, SITE, STRANGER, extra, row, third
from tests.store.invoice_files import arrive, buyer, counted, post, sale, whereabouts


@pytest.fixture
def customer(company: Company) -> Party:
    return buyer(company)


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def cables(company: Company, pieces: int) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    line = documents.lines(delivery.id)[0]
    actor = company.actor()
    company.run(take_quantity, actor, delivery.id, line.id, Decimal(pieces), token=f"cables {delivery.id}")
    company.close(delivery)


def test_a_unit_of_our_stock_is_sold_and_its_warranty_starts(company: Company, customer: Party) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    data = sale(row(1, "Laptop 14", index="nb-14"), extras=extra(1, "Numer seryjny", "LT000001"))
    done = post(company, data)
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    assert whereabouts("LT000001") == ("sold", customer.name)
    assert whereabouts("LT000002")[0] == "stock"
    card = units.card(units.by_number("LT000001")[0].id)
    assert card is not None
    # The invoice is of 2026-03-01, but the unit came on the day after.
    assert card.warranty_from == date(2026, 3, 2)
    assert [made.type for made in done.made] == [DocumentType.INVOICE]
    assert done.made[0].name == "RF/2026/000001"


def test_a_serial_that_never_lay_here_is_born_with_the_buyer(company: Company, customer: Party) -> None:
    data = sale(row(1, index="NB-14"), extras=extra(1, "Numer seryjny", "LT000077"))
    assert post(company, data).invoice.state is InvoiceState.IMPORTED
    assert whereabouts("LT000077") == ("sold", customer.name)
    card = units.card(units.by_number("LT000077")[0].id)
    assert card is not None
    assert (card.warranty_from, card.warranty_until) == (date(2026, 3, 1), date(2028, 3, 1))


def test_without_a_pattern_an_unknown_serial_is_to_be_scanned(company: Company, customer: Party) -> None:
    data = sale(row(1, index="PR-1", quantity=3), extras=extra(1, "Numer seryjny", "XYZ-1"))
    done = post(company, data)
    assert done.invoice.state is InvoiceState.IMPORTED
    (line,) = invoice_lines(done.invoice.id)
    assert (line.placed, line.pending) == (0, 3)
    (waiting,) = select("SELECT party_id, quantity, announced FROM pending_serial")
    assert waiting == {"party_id": customer.id, "quantity": 3000, "announced": "XYZ-1"}
    assert units.by_number("XYZ-1") == []


def test_pieces_without_serials_come_from_stock_and_then_from_nowhere(
    company: Company, customer: Party
) -> None:
    cables(company, 5)
    post(company, sale(row(1, index="CB-2", quantity=8)))
    assert counted(company.cable.id, customer) == 8
    left = select("SELECT quantity FROM balance WHERE terms = 'stock'")
    assert [line["quantity"] for line in left] == [0]


def test_units_go_from_wherever_they_lie(company: Company, customer: Party) -> None:
    company.stock(company.laptop, "LT000001")
    company.stock(company.laptop, "LT000002", location=company.van)
    serials = extra(1, "Numer seryjny", "LT000001, LT000002, LT000003")
    done = post(company, sale(row(1, index="NB-14", quantity=3), extras=serials))
    assert len(done.made) == 2
    assert {whereabouts(f"LT00000{number}")[0] for number in (1, 2, 3)} == {"sold"}


def test_the_recipient_holds_the_goods(company: Company, customer: Party) -> None:
    data = sale(row(1, index="CB-2", quantity=2), thirds=third(2, SITE, "Filia"))
    waiting = post(company, data)
    assert waiting.invoice.state is InvoiceState.WAITING
    assert "Filia" in waiting.questions[0]
    assert counted(company.cable.id, customer) == 0


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        (row(1, "Nobody knows it", index="X-1"), "which product"),
        (row(1, index="NB-14", quantity=-1), "return"),
        (row(1, index="NB-14", quantity="1.5"), "no whole number"),
        (row(1, index="CB-2", quantity="1.0001", unit="m"), "finer"),
    ],
)
def test_what_is_doubtful_waits_with_the_reason_and_nothing_moves(
    company: Company, customer: Party, line: str, asked: str
) -> None:
    waiting = post(company, sale(row(2, index="CB-2", quantity=1), line))
    assert waiting.invoice.state is InvoiceState.WAITING
    assert len(waiting.questions) == 1
    assert asked in waiting.questions[0]
    assert counted(company.cable.id, customer) == 0
    with pytest.raises(RefusedError) as refused:
        company.run(post_invoice, company.actor(), waiting.invoice.id)
    assert refused.value.refusal.code is RefusalCode.ASKS
    assert select("SELECT 1 FROM movement") == []


@pytest.mark.parametrize(
    ("serials", "asked"),
    [
        ("LT000001, LT000001", ""),
        ("LT000001, LT000002, LT000003", "3 serials for 2"),
        ("LT000001, WRONG", "no serial"),
        ("LT000008", "not in our stock"),
        ("LT000009", "blocked"),
    ],
)
def test_serials_that_cannot_be_are_asked_about(
    company: Company, customer: Party, serials: str, asked: str
) -> None:
    company.stock(company.laptop, "LT000008", "LT000009")
    issue = company.issue(party=company.customer)
    company.accept(issue, "LT000008")
    company.close(issue)
    blocked = units.by_number("LT000009")[0].id
    company.run(change_condition, company.actor(), blocked, Condition.BLOCKED, reason="x")
    extras = extra(1, "Numer seryjny", serials)
    found = post(company, sale(row(1, index="NB-14", quantity=2), extras=extras))
    assert asked in " ".join(found.questions)
    assert bool(found.questions) == bool(asked)


def test_serials_in_the_text_are_offered_and_never_taken_silently(company: Company, customer: Party) -> None:
    company.stock(company.laptop, "LT000001")
    found = post(company, sale(row(1, "Laptop 14 LT000001", index="NB-14")))
    assert found.invoice.state is InvoiceState.WAITING
    assert "are these its serials: LT000001?" in found.questions[0]


def test_an_advance_moves_nothing_and_the_settlement_does(company: Company, customer: Party) -> None:
    assert post(company, sale(kind="ZAL", number="Z/1")).invoice.state is InvoiceState.IMPORTED
    assert counted(company.cable.id, customer) == 0
    post(company, sale(row(1, index="CB-2", quantity=4), kind="ROZ", number="R/1"))
    assert counted(company.cable.id, customer) == 4


def test_an_invoice_is_never_posted_twice(company: Company, customer: Party) -> None:
    data = sale(row(1, index="CB-2", quantity=4))
    first = post(company, data)
    again = post(company, data)
    other_bytes = post(company, data + b"\n")
    assert (again.known, other_bytes.known) == (True, True)
    assert again.made == other_bytes.made == first.made
    assert counted(company.cable.id, customer) == 4
    ksef = post(company, sale(row(1, index="CB-2"), number="A/1"), name="x", **with_ksef("KSEF-1"))
    same = post(company, sale(row(1, index="CB-2"), number="A/2"), name="x", **with_ksef("KSEF-1"))
    assert (ksef.known, same.known) == (False, True)


def with_ksef(number: str) -> dict[str, object]:
    return {"options": ReadOptions(ksef_number=number)}


def test_a_document_of_strangers_is_kept_nowhere(company: Company, customer: Party) -> None:
    with pytest.raises(UnreadableInvoiceError):
        arrive(company, sale(row(1)), STRANGER)
    assert select("SELECT 1 FROM invoice") == []


def test_goods_that_a_named_issue_has_moved_are_counted_once(company: Company, customer: Party) -> None:
    cables(company, 10)
    company.stock(company.laptop, "LT000001")
    issue = company.issue(
        NewLine(product_id=company.cable.id), NewLine(product_id=company.laptop.id), party=customer
    )
    company.accept(issue, "CB-2", "CB-2", "LT000001")
    number = company.close(issue).number
    rows = (row(1, index="CB-2", quantity=3), row(2, index="NB-14", quantity=1))
    done = post(company, sale(*rows, delivery_notes=[number]))
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    assert counted(company.cable.id, customer) == 3
    covered = [(line.covered, line.placed, line.pending) for line in invoice_lines(done.invoice.id)]
    assert covered == [(2, 1, 0), (1, 0, 0)]
    assert [made.role for made in made_documents(done.invoice.id)] == ["placed", "linked"]
    # What one invoice has, the next one does not have again.
    more = post(company, sale(row(1, index="CB-2", quantity=1), delivery_notes=[number], number="FV/2"))
    assert more.invoice.state is InvoiceState.IMPORTED
    assert counted(company.cable.id, customer) == 4


def test_an_issue_that_is_not_named_is_asked_about_where_no_days_are_agreed(
    company: Company, customer: Party
) -> None:
    cables(company, 10)
    issue = company.issue(NewLine(product_id=company.cable.id), party=customer)
    company.accept(issue, "CB-2")
    number = company.close(issue).number
    found = post(company, sale(row(1, index="CB-2", quantity=1)), options=ReadOptions(link_days=0))
    assert found.questions == (f"{number}: are these the same goods?",)
    assert counted(company.cable.id, customer) == 1


def test_a_unit_that_was_issued_is_known_by_its_serial(company: Company, customer: Party) -> None:
    company.stock(company.laptop, "LT000001")
    issue = company.issue(party=customer)
    company.accept(issue, "LT000001")
    company.close(issue)
    data = sale(row(1, index="NB-14"), extras=extra(1, "Numer seryjny", "LT000001"))
    found = arrive(company, data)
    assert found.questions == ()
    done = post(company, data)
    assert [(made.name, made.role) for made in done.made] == [("WZ/2026/000001", "linked")]
    assert invoice_lines(done.invoice.id)[0].covered == 1
    assert select("SELECT count(*) AS n FROM movement WHERE to_terms = 'sold'") == [{"n": 1}]
    twice = post(company, data.replace(b"FV/2026/7", b"FV/2026/8"))
    assert "on an invoice already" in twice.questions[0]


def test_our_own_number_may_be_written_in_any_way(company: Company) -> None:
    written = f"PL {BUYER[:3]}-{BUYER[3:]}"
    party = company.run(create_party, "D", "Pisany inaczej", tax_id=written, is_customer=True)
    assert post(company, sale(row(1, index="CB-2"))).invoice.party == party


def test_pieces_that_are_scanned_back_from_consignment_do_not_keep_an_invoice_from_the_stock(
    company: Company, customer: Party
) -> None:
    cables(company, 5)
    consigned = company.open(DocumentType.CONSIGNMENT, company.customer)
    company.accept(consigned, *[CABLE_GTIN] * 3)
    company.close(consigned)
    company.accept(company.open(DocumentType.CONSIGNMENT_RETURN, company.customer), *[CABLE_GTIN] * 2)
    post(company, sale(row(1, index="CB-2", quantity=2)))
    assert select("SELECT sum(quantity) AS n FROM balance WHERE terms = 'stock'")[0]["n"] == 0


def test_a_serial_that_is_being_delivered_is_asked_about(company: Company, customer: Party) -> None:
    company.accept(company.delivery(NewLine(product_id=company.laptop.id)), "LT000001")
    waiting = post(company, sale(row(1, index="NB-14"), extras=extra(1, "Numer seryjny", "LT000001")))
    assert waiting.invoice.state is InvoiceState.WAITING
    assert "LT000001" in waiting.questions[0]
