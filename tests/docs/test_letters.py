"""docs/letters.md is true to the code: every placeholder is in it, and nothing else."""

from print.letters.folder import templates
from print.letters.values import BLOCKS, FIELD, UNIT_VALUES, VALUES
from store.domain.letters import MOST_UNITS
from tests.docs.pages import ROOT, codes, page, rows

TEXT = page("docs/letters.md")


def test_the_placeholders_are_those_of_the_program() -> None:
    named = [name for cells in rows(TEXT) for name in codes(cells[0])]
    assert sorted(named) == sorted([*VALUES, *UNIT_VALUES, *BLOCKS, f"{FIELD}CODE"])


def test_the_letters_of_the_program_are_named() -> None:
    head = TEXT.split("## ")[0]
    assert {each.name for each in templates(ROOT / "nowhere")} <= set(codes(head))
    assert f"{MOST_UNITS:,}" in head
