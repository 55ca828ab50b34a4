"""The other pages name what is there: files, tables, other pages and their headings."""

import re
from collections import Counter
from pathlib import Path

import pytest

from store.models import (
    attachments,
    custom,
    deals,
    deposits,
    documents,
    events,
    invoices,
    letters,
    loans,
    movements,
    papers,
    parties,
    people,
    products,
    recurring,
    repairs,
    reservations,
    searches,
    services,
    stocktakes,
    tasks,
    units,
)
from store.models.base import Row
from tests.docs.pages import ROOT, codes, page, rows

PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
PACKAGES = ("tui", "screens", "store", "scanners", "print", "tests")
MODELS = (
    attachments,
    parties,
    people,
    products,
    units,
    documents,
    invoices,
    loans,
    movements,
    papers,
    custom,
    deposits,
    deals,
    repairs,
    recurring,
    reservations,
    events,
    letters,
    tasks,
    searches,
    services,
    stocktakes,
)


def anchors(text: str) -> set[str]:
    """Return the names by which the headings of a page are linked to."""
    heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_links_lead_somewhere(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", text):
        linked = file.parent / target if target else file
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked.read_text(encoding="utf-8")), f"{target}#{anchor}"


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_files_of_the_program_that_are_named_are_there(file: Path) -> None:
    """A path from the root, or below the package that the page is about."""
    for name in codes(file.read_text(encoding="utf-8")):
        if re.fullmatch(r"[\w.-]+(/[\w.-]+)+\.(py|md|toml|rules|svg|tcss)", name) or (
            name.endswith("/") and re.fullmatch(r"[\w/]+", name)
        ):
            assert any((base / name).exists() for base in (ROOT, *(ROOT / each for each in PACKAGES))), name


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_nothing_stands_twice_in_a_table_or_a_list(file: Path) -> None:
    """Two changes that were merged line by line leave a row twice, or the old one beside the new one."""
    for block in re.split(r"\n\n", file.read_text(encoding="utf-8")):
        lines = [line for line in block.splitlines() if line.startswith("| ")]
        items = [" ".join(item.split()) for item in re.split(r"^- ", block, flags=re.MULTILINE)[1:]]
        named = [name for cells in rows(block) if cells[0].startswith("`") for name in codes(cells[0])]
        for each in (lines, items, named):
            assert [one for one, times in Counter(each).items() if times > 1] == []


def test_the_tables_are_those_of_the_store() -> None:
    section = page("docs/store.md").split("## Tables")[1].split("\n## ")[0]
    named = {name for cells in rows(section) for name in codes(cells[0])}
    models = {
        model
        for module in MODELS
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, Row) and model is not Row
    }
    assert named == {model._meta.table_name for model in models}
