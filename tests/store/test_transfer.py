"""What goes from one of our locations to another: the place changes, and nothing else does."""

from decimal import Decimal

import pytest
from peewee import IntegrityError

from store.check.run import check_store
from store.domain.documents import Accepted, Document, NewLine, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.findings import FindingCode
from store.domain.kinds import KINDS
from store.domain.records import Location
from store.domain.terms import Condition, DocumentType, Terms
from store.domain.transitions import TRANSITIONS, Side
from store.models.sql import execute, select
from store.operations.entry import take_quantity
from store.operations.units import change_condition
from store.queries import documents, units
from store.queries.balances import available, takeable
from store.queries.papers import goods_note, warranty_card
from tests.store.company import CABLE_GTIN, Company


def counted(company: Company, document: Document, quantity: int) -> None:
    """Count cables on the document's line of them, which a scan of the box adds."""
    (first,) = company.accept(document, CABLE_GTIN)
    if quantity > 1:
        outcome = company.run(
            take_quantity, company.actor(), document.id, first.line.id, Decimal(quantity - 1),
            token=next(company.tokens),
        )  # fmt: skip
        assert isinstance(outcome, Accepted), outcome


def cables(company: Company, quantity: int, *, deposit: bool = False) -> None:
    document = company.delivery(NewLine(product_id=company.cable.id), units_of_supplier=deposit)
    counted(company, document, quantity)
    company.close(document)


def balances(company: Company, location: Location) -> dict[tuple[str, str], int]:
    rows = select(
        "SELECT o.code, b.terms, b.quantity FROM balance b JOIN party o ON o.id = b.owner_id "
        "WHERE b.place_id = :place AND b.product_id = :product AND b.quantity > 0",
        place=location.place_id,
        product=company.cable.id,
    )
    return {(row["code"], row["terms"]): row["quantity"] // 1000 for row in rows}


def test_our_units_and_the_suppliers_move_and_stay_whose_they_are(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    deposit = company.delivery(NewLine(product_id=company.laptop.id), units_of_supplier=True)
    company.accept(deposit, "LT000002")
    company.close(deposit)
    transfer = company.transfer()
    company.accept(transfer, "LT000001", "LT000002")
    assert company.close(transfer).number == "MM/2026/000001"
    for serial, terms, owner in (
        ("LT000001", Terms.STOCK, company.us.name),
        ("LT000002", Terms.HELD, company.supplier.name),
    ):
        card = units.card(units.by_number(serial)[0].id)
        assert card.place is not None
        assert (card.place.name, card.terms, card.owner_name) == (company.van.name, terms, owner)
        assert card.movements[0].owner_name == owner
        assert (card.movements[0].from_name, card.movements[0].to_name) == (
            company.main.name,
            company.van.name,
        )
        assert card.warranty_from is None
    assert list(check_store(company.database)) == []


def test_pieces_without_serials_move_ours_first_then_the_suppliers(company: Company) -> None:
    cables(company, 3)
    cables(company, 4, deposit=True)
    transfer = company.transfer()
    counted(company, transfer, 5)
    company.close(transfer)
    assert balances(company, company.main) == {("SUP", "held"): 2}
    assert balances(company, company.van) == {("US", "stock"): 3, ("SUP", "held"): 2}
    assert available(company.cable.id, company.van.place_id) == 3
    assert list(check_store(company.database)) == []


def test_more_pieces_than_lie_here_are_refused_and_another_open_document_counts(company: Company) -> None:
    cables(company, 3)
    cables(company, 4, deposit=True)
    issue = company.issue()
    counted(company, issue, 2)
    transfer = company.transfer()
    counted(company, transfer, 5)
    outcome = company.take(transfer, CABLE_GTIN)
    assert isinstance(outcome, Refused)
    assert outcome.refusal.code is RefusalCode.TOO_FEW
    assert outcome.refusal.data["available"] == 0
    assert takeable(documents.head(issue.id), company.cable.id) == 3 - 5 - 2  # type: ignore[arg-type]


def test_pieces_that_left_meanwhile_keep_the_transfer_open(company: Company) -> None:
    cables(company, 3)
    transfer = company.transfer()
    counted(company, transfer, 3)
    execute("UPDATE document_line SET scanned = 0 WHERE document_id = :id", id=transfer.id)
    issue = company.issue()
    counted(company, issue, 1)
    company.close(issue)
    with pytest.raises(RefusedError) as refused:
        company.close(transfer)
    assert (refused.value.refusal.code, refused.value.refusal.data["available"]) == (RefusalCode.TOO_FEW, 2)
    assert balances(company, company.main) == {("US", "stock"): 2}


def test_a_blocked_unit_moves_but_one_elsewhere_or_sold_does_not(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000003")
    company.stock(company.laptop, "LT000002", location=company.van)
    issue = company.issue()
    company.accept(issue, "LT000003")
    company.close(issue)
    blocked = units.by_number("LT000001")[0]
    company.run(change_condition, company.actor(), blocked.id, Condition.BLOCKED, reason="ekran")
    transfer = company.transfer()
    codes = {}
    for serial in ("LT000002", "LT000003", "LT000009"):
        outcome = company.take(transfer, serial)
        assert isinstance(outcome, Refused)
        codes[serial] = outcome.refusal.code
    assert codes == {
        "LT000002": RefusalCode.NOT_HERE,
        "LT000003": RefusalCode.WITH_PARTY,
        "LT000009": RefusalCode.UNKNOWN,
    }
    company.accept(transfer, "LT000001")
    company.close(transfer)
    assert units.card(blocked.id).condition is Condition.BLOCKED


def test_a_transfer_to_where_it_comes_from_is_refused_by_operation_and_database(company: Company) -> None:
    with pytest.raises(RefusedError) as refused:
        company.transfer(target=company.main)
    assert refused.value.refusal.code is RefusalCode.SAME_PLACE
    transfer = company.transfer()
    for wrong in ("target_id = location_id", "target_id = NULL"):
        with pytest.raises(IntegrityError), company.database.atomic():
            execute(f"UPDATE document SET {wrong} WHERE id = :id", id=transfer.id)


def test_a_document_that_goes_nowhere_in_particular_has_no_target(company: Company) -> None:
    issue = company.issue()
    execute("UPDATE document SET target_id = :van WHERE id = :id", van=company.van.id, id=issue.id)
    found = [finding for finding in check_store(company.database) if finding.code is FindingCode.TARGET]
    assert [finding.data["document_id"] for finding in found] == [issue.id]


def test_the_note_says_from_where_to_where_and_names_no_party(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    transfer = company.transfer()
    company.accept(transfer, "LT000001")
    number = company.close(transfer).number or ""
    note = goods_note(number)
    assert note is not None
    assert (note.series, note.giver.name, note.taker.name) == ("MM", company.main.name, company.van.name)
    assert (note.giver.tax_id, note.lines[0].units[0].serial) == ("", "LT000001")
    assert warranty_card(number) is None


def test_open_transfers_are_listed_by_where_they_go(company: Company) -> None:
    transfer = company.transfer()
    (row,) = documents.listing(DocumentType.TRANSFER, company.main.id)
    assert (row.id, row.other_side) == (transfer.id, company.van.name)


def test_no_document_could_move_a_unit_twice() -> None:
    for row in TRANSITIONS:
        for other in TRANSITIONS:
            same = row.document is other.document and row.to_terms is other.from_terms
            place = Side.ANYWHERE in {row.from_place, other.from_place} or row.to_place is other.from_place
            owner = other.from_owner in {Side.ANYONE, row.to_owner}
            # A count posts a unit by its one difference, a replacement says itself which unit comes and which
            # goes: neither goes by where a unit is.
            named = KINDS[row.document].counts or row.document is DocumentType.REPLACEMENT
            moves = not (row.becomes_units or other.becomes_units or named)
            assert not (moves and same and place and owner), (row, other)
