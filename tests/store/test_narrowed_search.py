"""A search is narrowed down by everything that is known of a unit, in any combination."""

from datetime import date, timedelta
from itertools import combinations

import pytest

from store.domain.documents import NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.events import BuiltIn
from store.domain.fields import Field, FieldSpec, FieldType
from store.domain.records import Party
from store.domain.unit_filters import Position, SoughtDocument, UnitFilter
from store.domain.units import UnitSummary
from store.operations.events import close_event, record_event
from store.operations.field_values import set_value
from store.operations.fields import define_field, give_field
from store.operations.parties import create_party
from store.queries import narrowed_units, unit_filters, unit_search
from store.queries.fields import fields
from store.queries.resolve import resolve
from store.queries.unit_search import START
from store.queries.units import by_number
from tests.store.company import Company
from tests.store.counting import statements
from tests.store.putting_right import put_right


@pytest.fixture
def sold(company: Company) -> Company:
    """LT000001 to 6 with one customer, LT000007 to 8 with another, LT000009 and P1 still here."""
    company.stock(company.laptop, *(f"LT{number:06}" for number in range(1, 10)))
    company.stock(company.printer, "P1", "LT-P2")
    _issue(company, company.customer, "LT000001", "LT000002", "LT000003")
    company.now += timedelta(days=10)
    _issue(company, company.customer, "LT000004", "LT000005", "LT000006", "LT-P2")
    _issue(company, other(company), "LT000007", "LT000008")
    return company


def other(company: Company) -> Party:
    return company.run(create_party, "OTH", "Inny S.A.", is_customer=True)


def _issue(company: Company, party: Party, *serials: str) -> None:
    document = company.issue(party=party)
    company.accept(document, *serials)
    company.close(document)


def make_field(company: Company, name: str, type_: FieldType) -> Field:
    """Define a field that computers have."""
    choices = ("Red", "Blue", "Bluish") if type_ in {FieldType.CHOICE, FieldType.CHOICES} else ()
    defined = company.run(define_field, FieldSpec(name=name, type=type_, choices=choices))
    company.run(give_field, company.laptop.kind_id, defined.id)
    return defined


def today(company: Company) -> date:
    return company.now.astimezone().date()


def found(company: Company, **asked: object) -> list[str]:
    wanted = UnitFilter(**asked)  # type: ignore[arg-type]  # the tests name its fields
    page = company.run(unit_search.find, wanted, today=today(company))
    return [hit.serial for hit in page.hits if isinstance(hit, UnitSummary)]


def unit_id(company: Company, serial: str) -> int:
    (unit,) = company.run(by_number, serial)
    return unit.id


def test_a_product_a_party_and_a_document_narrow_down(sold: Company) -> None:
    assert found(sold, product=sold.printer) == ["LT-P2", "P1"]
    assert found(sold, party=sold.customer) == [
        "LT-P2", "LT000006", "LT000005", "LT000004", "LT000003", "LT000002", "LT000001",
    ]  # fmt: skip
    assert found(sold, party=sold.customer, product=sold.printer) == ["LT-P2"]
    assert found(sold, text="0000", party=sold.customer, product=sold.printer) == []
    (hit,) = sold.run(resolve, "WZ/2026/000001").hits
    document = SoughtDocument(id=hit.id, number=hit.name)
    assert found(sold, document=document) == ["LT000003", "LT000002", "LT000001"]
    assert found(sold, document=document, product=sold.printer) == []


def test_the_time_of_the_sale_narrows_down_and_orders(sold: Company) -> None:
    first, second = date(2026, 3, 2), date(2026, 3, 12)
    assert found(sold, sold_last=first) == ["LT000003", "LT000002", "LT000001"]
    assert found(sold, sold_first=second)[:2] == ["LT000008", "LT000007"]
    assert found(sold, sold_first=first, sold_last=second, product=sold.printer) == ["LT-P2"]
    assert found(sold, sold_first=second + timedelta(days=1)) == []


def test_what_was_sold_and_bought_back_stands_once_with_its_last_sale(sold: Company) -> None:
    back = sold.delivery(NewLine(product_id=sold.laptop.id), party=sold.customer)
    sold.accept(back, "LT000001")
    sold.close(back)
    sold.now += timedelta(days=5)
    _issue(sold, sold.customer, "LT000001")
    page = sold.run(unit_search.find, UnitFilter(sold_first=date(2026, 3, 1)), today=today(sold))
    serials = [hit.serial for hit in page.hits if isinstance(hit, UnitSummary)]
    assert serials[0] == "LT000001"
    assert len(serials) == len(set(serials)) == 9
    assert found(sold, sold_last=date(2026, 3, 2)) == ["LT000003", "LT000002", "LT000001"]


def test_under_warranty_means_today(sold: Company) -> None:
    assert len(found(sold, under_warranty=True)) == 9
    sold.now += timedelta(days=400)
    assert "LT-P2" not in found(sold, under_warranty=True)
    assert len(found(sold, under_warranty=True)) == 8
    sold.now += timedelta(days=4000)
    assert found(sold, under_warranty=True) == []


def test_an_open_complaint_narrows_down_until_it_is_closed(sold: Company) -> None:
    event = sold.run(
        record_event, sold.actor(), unit_id(sold, "LT000002"), BuiltIn.COMPLAINT, "nie działa", token="one"
    )
    assert found(sold, open_complaint=True) == ["LT000002"]
    assert found(sold, open_complaint=True, party=sold.customer, under_warranty=True) == ["LT000002"]
    assert found(sold, open_complaint=True, product=sold.printer) == []
    right = put_right(sold, event.unit_id)
    assert found(sold, open_complaint=True) == ["LT000002"]
    sold.run(close_event, sold.actor(), right.id, outcome="naprawiony")
    assert found(sold, open_complaint=True) == []


@pytest.mark.parametrize(
    ("type_", "values", "asked", "expected"),
    [
        (FieldType.TEXT, {"LT000001": "Biuro 12", "LT000002": "Biuro 2"}, "biuro 1", ["LT000001"]),
        (FieldType.TEXT, {"LT000001": "Biuro 12", "LT000002": "x"}, "", ["LT000002", "LT000001"]),
        (FieldType.NUMBER, {"LT000001": "16", "LT000002": "160"}, "16,0", ["LT000001"]),
        (FieldType.DATE, {"LT000001": "2026-05-01", "LT000002": "2026-05-02"}, "1.05.2026", ["LT000001"]),
        (FieldType.YES_NO, {"LT000001": "tak", "LT000002": "nie"}, "yes", ["LT000001"]),
        (FieldType.CHOICE, {"LT000001": "Red", "LT000002": "Blue"}, "blue", ["LT000002"]),
        (FieldType.CHOICES, {"LT000001": "Red; Blue", "LT000002": "Red; Bluish"}, "BLUE", ["LT000001"]),
        (FieldType.PARTY, {"LT000001": "CUS", "LT000002": "SUP"}, "cus", ["LT000001"]),
    ],
)
def test_a_field_narrows_down_as_its_type_is_compared(
    sold: Company, type_: FieldType, values: dict[str, str], asked: str, expected: list[str]
) -> None:
    field = make_field(sold, "F1", type_)
    for serial, text in values.items():
        sold.run(set_value, sold.actor(sold.chief), unit_id(sold, serial), field.id, text)
    assert found(sold, field=field, value=asked) == expected
    assert found(sold, field=field, value=asked, product=sold.printer) == []


def test_what_cannot_be_in_a_field_is_refused(sold: Company) -> None:
    field = make_field(sold, "F1", FieldType.NUMBER)
    with pytest.raises(RefusedError) as refused:
        found(sold, field=field, value="many")
    assert refused.value.refusal.code is RefusalCode.BAD_VALUE


def test_a_mistaken_number_is_near_only_among_what_is_asked(sold: Company) -> None:
    wanted = UnitFilter(text="LTOOOOO7", party=sold.customer)
    page = sold.run(unit_search.find, wanted, today=today(sold))
    hits = [hit for hit in page.hits if isinstance(hit, UnitSummary)]
    assert "LT000007" not in [hit.serial for hit in hits]
    assert all(hit.is_near for hit in hits)
    assert found(sold, text="LTOOOOO4", party=sold.customer)[0] == "LT000004"
    assert found(sold, text="LT000004", party=sold.customer, product=sold.printer) == []


def test_one_or_two_characters_narrow_down_further(sold: Company) -> None:
    assert found(sold, text="p", party=sold.customer) == ["LT-P2"]


def paged(company: Company, wanted: UnitFilter, size: int) -> list[str]:
    serials: list[str] = []
    position: Position | None = START
    while position is not None:
        page = company.run(unit_search.find, wanted, today=today(company), position=position, limit=size)
        serials += [hit.serial for hit in page.hits if isinstance(hit, UnitSummary)]
        position = page.following
    return serials


ASKED = ("text", "product", "party", "document", "field", "sold", "warranty", "complaint")


def asked_for(company: Company, names: tuple[str, ...]) -> UnitFilter:
    """A filter of these things, each of which some units meet."""
    (hit,) = company.run(resolve, "WZ/2026/000002").hits
    each: dict[str, dict[str, object]] = {
        "text": {"text": "LT0"},
        "product": {"product": company.laptop},
        "party": {"party": company.customer},
        "document": {"document": SoughtDocument(id=hit.id, number=hit.name)},
        "field": {"field": company.run(fields)[0], "value": "a"},
        "sold": {"sold_first": date(2026, 3, 5)},
        "warranty": {"under_warranty": True},
        "complaint": {"open_complaint": True},
    }
    given = {name: value for asked in names for name, value in each[asked].items()}
    return UnitFilter(**given)  # type: ignore[arg-type]


@pytest.fixture
def told(sold: Company) -> Company:
    """Units that meet each thing that can be asked: LT000004 all of them."""
    field: Field = make_field(sold, "F1", FieldType.TEXT)
    for serial in ("LT000001", "LT000004", "LT000005", "P1"):
        sold.run(set_value, sold.actor(sold.chief), unit_id(sold, serial), field.id, "abc")
    for number, serial in enumerate(("LT000003", "LT000004", "LT000007")):
        sold.run(
            record_event, sold.actor(), unit_id(sold, serial), BuiltIn.COMPLAINT, "źle", token=f"t{number}"
        )
    return sold


MEET = {
    "text": {f"LT{number:06}" for number in range(1, 10)},
    "product": {f"LT{number:06}" for number in range(1, 10)},
    "party": {*(f"LT{number:06}" for number in range(1, 7)), "LT-P2"},
    "document": {"LT000004", "LT000005", "LT000006", "LT-P2"},
    "field": {"LT000001", "LT000004", "LT000005", "P1"},
    "sold": {*(f"LT{number:06}" for number in range(4, 9)), "LT-P2"},
    "warranty": {*(f"LT{number:06}" for number in range(1, 9)), "LT-P2"},
    "complaint": {"LT000003", "LT000004", "LT000007"},
}


@pytest.mark.parametrize("most", [20_000, 3, 0], ids=["all is rare", "some is rare", "nothing is rare"])
def test_every_combination_finds_what_meets_all_of_it_page_by_page(
    told: Company, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowed_units, "MOST", most)
    real = unit_filters.counts
    monkeypatch.setattr(narrowed_units, "counts", lambda asked: real(asked, most=most))
    for size in (1, 2, 3, len(ASKED)):
        for names in combinations(ASKED, size):
            if names == ("text",):
                continue
            expected = set.intersection(*(MEET[name] for name in names))
            serials = paged(told, asked_for(told, names), 2)
            assert sorted(serials) == sorted(expected), names


def test_the_number_of_statements_does_not_grow(told: Company) -> None:
    def asked(names: tuple[str, ...]) -> int:
        wanted = asked_for(told, names)
        with statements(told.database) as seen:
            told.run(unit_search.find, wanted, today=today(told), limit=3)
        return len(seen)

    assert asked(("party",)) == asked(("product", "sold", "complaint")) == 3
    assert asked(ASKED) <= 7
    before = asked(("party", "warranty"))
    told.stock(told.printer, *(f"MORE{number}" for number in range(200)))
    _issue(told, told.customer, *(f"MORE{number}" for number in range(200)))
    assert asked(("party", "warranty")) == before
