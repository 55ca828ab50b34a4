"""A party is found by its tax id however that is written: with dashes, spaces, a country, or without."""

import pytest

from store.domain.lists import ListKind
from store.operations.parties import create_party
from store.queries.lists import listed
from store.queries.parties import named, search
from store.queries.resolve import resolve
from store.queries.unit_search import search as search_units
from tests.store.company import Company

WRITTEN = ("2364122482", "236-412-24-82", "236 412 24 82", "PL2364122482", "pl 236-412-24-82")


@pytest.mark.parametrize("kept", ["2364122482", "236-412-24-82", "PL 2364122482"])
@pytest.mark.parametrize("text", WRITTEN)
def test_a_nip_is_found_as_it_is_written(company: Company, kept: str, text: str) -> None:
    party = company.run(create_party, "NIW", "Niwelator", tax_id=kept, is_customer=True)
    company.run(create_party, "INNY", "Inny", tax_id="5260250995", is_customer=True)
    assert company.run(search, text) == [party]
    assert company.run(named, text) == [party]
    assert [row.cells["code"] for row in company.run(listed, ListKind.PARTIES, text)] == ["NIW"]
    assert [(hit.kind, hit.id) for hit in company.run(resolve, text).hits] == [("party", party.id)]


def test_a_part_of_a_nip_finds_it_in_searches_alone(company: Company) -> None:
    party = company.run(create_party, "NIW", "Niwelator", tax_id="2364122482", is_customer=True)
    assert company.run(search, "236-412") == [party]
    assert company.run(search, "PL236 4") == [party]
    assert company.run(named, "236-412") == []
    assert company.run(resolve, "236-412").hits == ()


def test_units_are_searched_with_a_whole_nip_and_not_with_a_few_digits_and_dashes(company: Company) -> None:
    party = company.run(create_party, "NIW", "Niwelator", tax_id="2364122482", is_customer=True)
    assert company.run(search_units, "236-412-24-82") == [party]
    assert company.run(search_units, "236-412") == []


def test_a_number_that_is_no_nip_names_no_party_when_it_is_scanned(company: Company) -> None:
    company.run(create_party, "NIW", "Niwelator", tax_id="2364122483", is_customer=True)
    assert company.run(resolve, "2364122483").hits == ()


@pytest.mark.parametrize("text", ["PL", "-", "pl-"])
def test_what_is_no_part_of_a_tax_id_finds_nobody_by_it(company: Company, text: str) -> None:
    company.run(create_party, "NIW", "Niwelator", tax_id="2364122482", is_customer=True)
    assert company.run(search, text) == []
    assert company.run(named, text) == []
    assert company.run(resolve, text).hits == ()
