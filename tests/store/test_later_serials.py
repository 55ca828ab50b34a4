"""Serials are scanned later for what a customer has already: of the right model, once, for what waits."""

from datetime import date
from decimal import Decimal

import pytest
from peewee import IntegrityError

from store.check.run import check_store
from store.domain.documents import Accepted, Document, LinePicked, NewLine, QuestionKind, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.findings import FindingCode
from store.domain.records import Identifier, Party
from store.domain.terms import DocumentStatus, DocumentType, IdentifierType
from store.models.sql import execute, select
from store.operations.documents import cancel_document
from store.operations.entry import enter_list, take_quantity
from store.operations.on_site import add_turnable, open_on_site
from store.operations.reversing import reverse_invoice
from store.operations.units import add_identifier
from store.queries import documents, units
from store.queries.papers import goods_note, warranty_card
from store.queries.pending import all_pending, pending_parties, pending_pieces, pending_totals
from store.queries.scans import refused
from tests.store.company import CABLE_GTIN, LAPTOP_GTIN, PRINTER_GTIN, Company
from tests.store.counting import asked
from tests.store.imports.files import extra, row
from tests.store.invoice_files import buyer, counted, post, sale, whereabouts


@pytest.fixture
def customer(company: Company) -> Party:
    return buyer(company)


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def printers(company: Company, pieces: int, number: str = "FV/2026/7", names: str = "") -> int:
    """Sell printers by an invoice that confirms no serial, and return its id."""
    extras = extra(1, "Numer seryjny", names) if names else ""
    done = post(company, sale(row(1, index="PR-1", quantity=pieces), number=number, extras=extras))
    assert done.questions == ()
    return done.invoice.id


def on_site(company: Company, party: Party) -> Document:
    return company.run(open_on_site, company.actor(), party)


def code(outcome: object) -> RefusalCode:
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal.code


def left(company: Company) -> int:
    return int(pending_totals().count)


def test_scanned_serials_become_units_of_the_customer_and_wait_no_more(
    company: Company, customer: Party
) -> None:
    printers(company, 3)
    document = on_site(company, customer)
    (line,) = documents.lines(document.id)
    assert (line.product.id, line.expected) == (company.printer.id, 3)
    company.accept(document, "P1", "P2")
    assert left(company) == 3, "nothing is done before it is closed"
    posted = company.close(document)
    assert posted.number == "NS/2026/000001"
    assert whereabouts("P1") == whereabouts("P2") == ("sold", customer.name)
    (waiting,) = pending_pieces()
    assert (waiting.count, waiting.scanned, waiting.source) == (1, 2, "FV/2026/7")


def test_what_is_not_scanned_waits_on_and_is_no_difference(company: Company, customer: Party) -> None:
    printers(company, 2)
    document = on_site(company, customer)
    company.accept(document, "P1")
    assert company.close(document).status is DocumentStatus.POSTED
    again = on_site(company, customer)
    assert again.id != document.id
    company.accept(again, "P2")
    company.close(again)
    assert left(company) == 0
    with pytest.raises(RefusedError) as stopped:
        on_site(company, customer)
    assert stopped.value.refusal.code is RefusalCode.NOTHING_PENDING


def test_the_warranty_begins_with_the_invoice(company: Company, customer: Party) -> None:
    printers(company, 1)
    document = on_site(company, customer)
    company.accept(document, "P1")
    company.close(document)
    card = units.card(units.by_number("P1")[0].id)
    assert card is not None
    assert (card.warranty_from, card.warranty_until) == (date(2026, 3, 1), date(2027, 3, 1))


def test_the_oldest_invoice_is_filled_first(company: Company, customer: Party) -> None:
    printers(company, 2, "FV/1")
    printers(company, 2, "FV/2")
    document = on_site(company, customer)
    company.accept(document, "P1", "P2", "P3")
    company.close(document)
    assert [(each.source, each.count) for each in all_pending()] == [("FV/2", 1)]


def test_a_wrong_model_is_refused_however_it_is_scanned(company: Company, customer: Party) -> None:
    company.stock(company.laptop, "LT000001")
    printers(company, 2)
    document = on_site(company, customer)
    for text in (LAPTOP_GTIN, "LT000001", CABLE_GTIN):
        outcome = company.take(document, text)
        assert code(outcome) is RefusalCode.WRONG_MODEL, text
    assert {each.refusal.code for each in refused(document.id)} == {RefusalCode.WRONG_MODEL}
    picked = company.take(document, PRINTER_GTIN)
    assert isinstance(picked, LinePicked)


def test_a_serial_that_does_not_fit_the_pattern_is_refused(company: Company, customer: Party) -> None:
    post(company, sale(row(1, index="NB-14")))
    document = on_site(company, customer)
    assert code(company.take(document, "BOX-77")) is RefusalCode.WRONG_PATTERN
    company.accept(document, "LT000009")


def test_a_serial_that_is_known_is_refused_with_where_it_is(company: Company, customer: Party) -> None:
    company.stock(company.printer, "P1", "P2")
    issue = company.issue(NewLine(product_id=company.printer.id))
    company.accept(issue, "P1")
    company.close(issue)
    printers(company, 2)
    document = on_site(company, customer)
    elsewhere = company.take(document, "P1")
    assert code(elsewhere) is RefusalCode.WITH_PARTY
    assert elsewhere.refusal.data["place"] == company.customer.name
    ours = company.take(document, "P2")
    assert code(ours) is RefusalCode.ISSUE_IT
    assert ours.refusal.data["place"] == company.main.name


def test_a_further_number_of_a_unit_is_no_new_serial(company: Company, customer: Party) -> None:
    company.stock(company.printer, "P1")
    unit = units.by_number("P1")[0].id
    company.run(add_identifier, unit, Identifier(type=IdentifierType.MAC, text="AA:BB:CC:00:11:22"))
    printers(company, 1)
    document = on_site(company, customer)
    assert code(company.take(document, "AA:BB:CC:00:11:22")) is RefusalCode.ISSUE_IT


def test_never_more_than_waits(company: Company, customer: Party) -> None:
    printers(company, 1)
    document = on_site(company, customer)
    company.accept(document, "P1")
    for actor in (company.actor(), company.actor(company.chief)):
        assert code(company.take(document, "P2", actor=actor)) is RefusalCode.LINE_FULL


def test_a_list_is_scanned_at_once_and_each_is_judged_alone(company: Company, customer: Party) -> None:
    company.stock(company.printer, "P9")
    printers(company, 3)
    document = on_site(company, customer)
    line = documents.lines(document.id)[0]
    texts = ["P1", "P9", "P2", "P1", "P3"]
    outcomes = company.run(enter_list, company.actor(), document.id, texts, line.id, token="list")
    taken = [isinstance(outcome, Accepted) for outcome in outcomes]
    assert taken == [True, False, True, False, True]
    company.close(document)
    assert left(company) == 0


def test_two_who_scan_at_one_customer_share_the_list(company: Company, customer: Party) -> None:
    printers(company, 2)
    first, second = on_site(company, customer), on_site(company, customer)
    assert first.id == second.id
    company.accept(first, "P1")
    company.accept(second, "P2", actor=company.actor(company.chief, company.gate))
    printers(company, 1, "FV/2")
    (line,) = documents.lines(on_site(company, customer).id)
    assert (line.expected, line.scanned) == (3, 2)


def test_what_a_correction_took_back_meanwhile_is_not_filled(company: Company, customer: Party) -> None:
    invoice = printers(company, 2)
    document = on_site(company, customer)
    company.accept(document, "P1")
    company.run(reverse_invoice, company.actor(company.chief), invoice, reason="mistake")
    with pytest.raises(RefusedError) as stopped:
        company.close(document)
    assert stopped.value.refusal.code is RefusalCode.TOO_FEW
    assert units.by_number("P1") == []
    company.run(cancel_document, company.actor(company.chief), document.id)


def test_an_invoice_whose_serials_were_scanned_is_not_reversed(company: Company, customer: Party) -> None:
    invoice = printers(company, 2)
    document = on_site(company, customer)
    company.accept(document, "P1")
    company.close(document)
    with pytest.raises(RefusedError) as stopped:
        company.run(reverse_invoice, company.actor(company.chief), invoice, reason="mistake")
    assert stopped.value.refusal.code is RefusalCode.MOVED_ON


def test_a_serial_that_the_invoice_names_finds_its_line(company: Company, customer: Party) -> None:
    done = post(
        company,
        sale(
            row(1, index="PR-1", quantity=2), row(2, index="PH-5"),
            extras=extra(1, "Numer seryjny", "X-1") + extra(2, "Numer seryjny", "X-2"),
        ),
    )  # fmt: skip
    assert done.questions == ()
    document = on_site(company, customer)
    first, second = documents.lines(document.id)
    assert (first.announced, second.announced) == (1, 1)
    (taken,) = company.accept(document, "X-2")
    assert (taken.line.id, taken.row.announced) == (second.id, True)
    (other,) = company.accept(document, "X-3")
    assert (other.line.id, other.row.announced) == (first.id, False)


def test_pieces_followed_by_quantity_become_units_where_they_are(company: Company, customer: Party) -> None:
    post(company, sale(row(1, index="CB-2", quantity=3)))
    document = on_site(company, customer)
    assert documents.lines(document.id) == ()
    line = company.run(add_turnable, document.id, company.cable.id)
    assert line.expected == 3
    company.accept(document, "C-1", "C-2", line_id=line.id)
    with pytest.raises(RefusedError) as stopped:
        company.run(take_quantity, company.actor(), document.id, line.id, Decimal(1), token="count")
    assert stopped.value.refusal.code is RefusalCode.SERIALS_NEEDED
    number = company.close(document).number or ""
    assert counted(company.cable.id, customer) == 1
    assert whereabouts("C-1") == ("sold", customer.name)
    note = goods_note(number)
    assert note is not None
    assert [(each.quantity, len(each.units)) for each in note.lines] == [(2, 2)]
    assert warranty_card(number) is not None


def test_a_piece_that_got_a_serial_comes_back_and_goes_out_as_any_unit(
    company: Company, customer: Party
) -> None:
    post(company, sale(row(1, index="CB-2", quantity=2)))
    document = on_site(company, customer)
    line = company.run(add_turnable, document.id, company.cable.id)
    company.accept(document, "C-1", line_id=line.id)
    company.close(document)
    back = company.open(DocumentType.RETURN, customer)
    company.accept(back, "C-1", confirmed=frozenset({QuestionKind.AS_WITHDRAWAL}))
    company.close(back, reason="changed their mind")
    assert whereabouts("C-1")[0] == "stock"
    out = company.issue(NewLine(product_id=company.cable.id), party=customer)
    company.accept(out, "C-1")
    company.close(out, fills_pending=False)
    assert whereabouts("C-1") == ("sold", customer.name)
    assert counted(company.cable.id, customer) == 1


def test_more_units_than_there_are_pieces_are_not_born(company: Company, customer: Party) -> None:
    post(company, sale(row(1, index="CB-2", quantity=2)))
    document = on_site(company, customer)
    line = company.run(add_turnable, document.id, company.cable.id)
    company.accept(document, "C-1", "C-2", line_id=line.id)
    back = row(1, index="CB-2", quantity=2, before=True) + row(1, index="CB-2", quantity=1)
    done = post(company, sale(back, number="KOR/1", kind="KOR"))
    assert done.questions == ()
    with pytest.raises(RefusedError) as stopped:
        company.close(document)
    assert stopped.value.refusal.code is RefusalCode.TOO_FEW
    assert units.by_number("C-1") == []


def test_at_whom_what_waits_is_listed_and_narrowed(company: Company, customer: Party) -> None:
    printers(company, 2)
    post(company, sale(row(1, index="NB-14", quantity=5), number="FV/8"))
    (party,) = pending_parties()
    assert (party.name, party.count, party.products, party.since) == (customer.name, 7, 2, date(2026, 3, 1))
    assert pending_parties(text="nobody") == []
    assert [each.party_id for each in pending_parties(text="zolw")] == [customer.id]
    first = pending_pieces(limit=1)
    (second,) = pending_pieces(after=first[0].key)
    assert {first[0].count, second.count} == {2, 5}
    assert [each.source for each in pending_pieces(text="fv/8", party_id=customer.id)] == ["FV/8"]
    assert [each.sku for each in pending_pieces(text="pr-1")] == ["PR-1"]


def test_closing_takes_the_same_statements_for_any_number_of_serials(
    company: Company, customer: Party
) -> None:
    counts = []
    for number, pieces in (("FV/1", 2), ("FV/2", 60)):
        printers(company, pieces, number)
        document = on_site(company, customer)
        line = documents.lines(document.id)[0]
        texts = [f"{number}-{piece}" for piece in range(pieces)]
        company.run(enter_list, company.actor(), document.id, texts, line.id, token=number)
        counts.append(asked(company.database, lambda document=document: company.close(document)))
    assert counts[0] == counts[1]


def test_the_check_finds_what_was_filled_by_nothing(company: Company, customer: Party) -> None:
    printers(company, 2)
    execute("UPDATE pending_serial SET filled = 1000")
    found = {finding.code for finding in check_store(company.database)}
    assert found == {FindingCode.PENDING_FILLED}
    execute("UPDATE pending_serial SET filled = 0")


def test_the_database_forbids_a_second_open_list_of_a_customer(company: Company, customer: Party) -> None:
    printers(company, 1)
    document = on_site(company, customer)
    copied = (
        "type, status, location_id, party_id, units_of_supplier, reference, reason, opened_at, opened_by_id, "
        "opened_name"
    )
    with pytest.raises(IntegrityError), company.database.atomic():
        execute(
            f"INSERT INTO document ({copied}) SELECT {copied} FROM document WHERE id = :id", id=document.id
        )
    assert select("SELECT count(*) AS n FROM document WHERE type = 'on_site'") == [{"n": 1}]
    assert document.type is DocumentType.ON_SITE
