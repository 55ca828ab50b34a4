"""Searches are kept under names: an operator's own, and those for everybody."""

from datetime import date

import pytest
from peewee import IntegrityError

from store.domain.errors import RefusalCode, RefusedError
from store.domain.fields import FieldSpec, FieldType
from store.domain.records import Operator
from store.domain.resolution import Named
from store.domain.roles import Role
from store.domain.unit_filters import SoughtDocument, UnitFilter
from store.models.sql import execute
from store.operations.fields import define_field
from store.operations.operators import create_operator
from store.operations.saved_searches import forget_search, save_search
from store.queries.resolve import resolve
from store.queries.saved_searches import names, saved_search, shared_search
from tests.store.company import Company


@pytest.fixture
def admin(company: Company) -> Operator:
    return company.run(create_operator, "A1", "Administrator", Role.ADMIN)


def of(company: Company, operator: Operator) -> list[tuple[str, bool]]:
    return [(name, shared) for _id, name, shared in company.run(names, operator.id)]


def test_a_search_comes_back_as_it_was_saved(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    (hit,) = [hit for hit in company.run(resolve, "PZ/2026/000001").hits if hit.kind is Named.DOCUMENT]
    field = company.run(define_field, FieldSpec(name="Kolor", type=FieldType.TEXT))
    wanted = UnitFilter(
        text="LT", product=company.laptop, party=company.customer,
        document=SoughtDocument(id=hit.id, number=hit.name), field=field, value="red",
        sold_first=date(2026, 1, 1), sold_last=date(2026, 12, 31), under_warranty=True, open_complaint=True,
    )  # fmt: skip
    saved = company.run(save_search, company.actor(), "  Wszystko   naraz ", wanted)
    found = company.run(saved_search, company.worker.id, saved)
    assert found is not None
    assert (found.name, found.is_shared, found.wanted) == ("Wszystko naraz", False, wanted)


def test_each_has_own_names_and_everybody_the_shared_ones(company: Company) -> None:
    run, worker, chief = company.run, company.actor(), company.actor(company.chief)
    wanted = UnitFilter(under_warranty=True)
    mine = run(save_search, worker, "Gwarancja", wanted)
    run(save_search, chief, "gwarancja", UnitFilter(open_complaint=True))
    shared = run(save_search, chief, "GWARANCJA", wanted, shared=True)
    assert of(company, company.worker) == [("Gwarancja", False), ("GWARANCJA", True)]
    assert of(company, company.chief) == [("gwarancja", False), ("GWARANCJA", True)]
    assert run(saved_search, company.chief.id, mine) is None
    found = run(shared_search, " gwarancja ")
    assert found is not None
    assert found.id == shared
    assert run(shared_search, "Nie ma") is None


def test_the_same_name_again_replaces_what_was_kept(company: Company) -> None:
    run, worker = company.run, company.actor()
    first = run(save_search, worker, "A", UnitFilter(text="LT0"))
    assert run(save_search, worker, "a", UnitFilter(text="LT1")) == first
    found = run(saved_search, company.worker.id, first)
    assert found is not None
    assert (found.name, found.wanted.text) == ("a", "LT1")


def test_a_shared_search_is_changed_by_who_saved_it_and_by_an_administrator(
    company: Company, admin: Operator
) -> None:
    run, wanted = company.run, UnitFilter(text="LT0")
    shared = run(save_search, company.actor(company.chief), "A", wanted, shared=True)
    own = run(save_search, company.actor(company.chief), "A", wanted)
    for deed in (
        lambda: run(save_search, company.actor(), "A", UnitFilter(text="LT1"), shared=True),
        lambda: run(forget_search, company.actor(), shared),
        lambda: run(forget_search, company.actor(admin), own),
    ):
        with pytest.raises(RefusedError) as refused:
            deed()
        assert refused.value.refusal.code is RefusalCode.NOT_ALLOWED
    run(forget_search, company.actor(admin), shared)
    run(forget_search, company.actor(admin), shared)
    assert of(company, company.chief) == [("A", False)]


@pytest.mark.parametrize(
    ("name", "wanted", "code"),
    [
        (" ", UnitFilter(text="LT0"), RefusalCode.EMPTY),
        ("A", UnitFilter(text=" "), RefusalCode.EMPTY),
        ("A" * 61, UnitFilter(text="LT0"), RefusalCode.TOO_LONG),
    ],
)
def test_what_is_no_search_is_refused(
    company: Company, name: str, wanted: UnitFilter, code: RefusalCode
) -> None:
    with pytest.raises(RefusedError) as refused:
        company.run(save_search, company.actor(), name, wanted)
    assert refused.value.refusal.code is code


@pytest.mark.parametrize("whose", ["NULL", "1"])
def test_the_store_holds_a_name_once(company: Company, whose: str) -> None:
    def insert() -> None:
        execute(
            "INSERT INTO saved_search (operator_id, name, name_key, text, value, under_warranty, "
            f"open_complaint, saved_at, saved_by_id) VALUES ({whose}, 'A', 'a', 'LT0', '', (1 = 0), (1 = 0), "
            "'2026-03-02T08:00:00+00:00', 1)"
        )

    company.run(insert)
    with pytest.raises(IntegrityError):
        company.run(insert)
