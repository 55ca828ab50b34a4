"""`sztuka import` says with what it counted an invoice once and why, and waits where that is wanted."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from store.domain.documents import NewLine
from tests.store.company import CABLE_GTIN
from tests.store.conftest import opened_company
from tests.store.imports.files import SELLER, row
from tests.store.invoice_files import buyer, sale
from tests.tui.cli.conftest import Sztuka

Import = Callable[..., tuple[int, str, str]]
WHY = "the same products went there shortly before, on no invoice yet"


@pytest.fixture
def issued(sztuka: Sztuka, store_url: str, tmp_path: Path) -> Import:
    """Three cables went to the customer by WZ/2026/000001; the command takes an invoice of three."""
    with opened_company(store_url) as company:
        customer = buyer(company)
        for document in (
            company.delivery(NewLine(product_id=company.cable.id)),
            company.issue(NewLine(product_id=company.cable.id), party=customer),
        ):
            company.accept(document, *[CABLE_GTIN] * 3)
            company.close(document)

    def imported(*arguments: str, **options: object) -> tuple[int, str, str]:
        path = tmp_path / "a.xml"
        path.write_bytes(sale(row(1, index="CB-2", quantity=3), **options))  # type: ignore[arg-type]
        run = sztuka(
            "import", str(path), "--tax-id", SELLER, "--operator", "C1", "--store", store_url, *arguments,
            SZTUKA_TERMINAL="T1",
        )  # fmt: skip
        return run.returncode, run.stdout, run.stderr

    return imported


def test_a_link_without_a_sure_sign_is_told_with_its_reason(issued: Import) -> None:
    code, told, _error = issued()
    assert code == 0
    assert told.splitlines() == [
        "a.xml: FV/2026/7 imported",
        f"  counted once with Issue WZ/2026/000001 (2026-03-02), 3 pcs.: {WHY}",
    ]


def test_a_link_by_name_says_so_in_the_json(issued: Import) -> None:
    code, told, _error = issued("--json", delivery_notes=["WZ/2026/000001"])
    assert code == 0
    assert json.loads(told)["linked"] == [
        {
            "type": "issue", "name": "WZ/2026/000001", "date": "2026-03-02", "pieces": "3",
            "why": "named", "text": "the invoice names it",
        }
    ]  # fmt: skip


def test_the_invoice_waits_instead_when_links_are_to_be_asked_about(issued: Import) -> None:
    code, told, _error = issued("--json", "--ask-links")
    assert code == 1
    found = json.loads(told)
    assert (found["state"], found["linked"]) == ("waiting", [])
    assert found["questions"] == ["WZ/2026/000001: are these the same goods?"]


def test_what_the_invoice_names_is_not_asked_about(issued: Import) -> None:
    code, told, _error = issued("--ask-links", delivery_notes=["WZ/2026/000001"])
    assert code == 0
    assert "the invoice names it" in told
