"""`sztuka import`: what it prints, and how it ends."""

import json
from pathlib import Path

import pytest

from tests.store.imports.files import BUYER, SELLER, SITE, STRANGER, faktura, row, third
from tests.tui.cli.conftest import Sztuka


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "7740001454-20260204-58008099DD6C-9D.xml"
    path.write_bytes(
        faktura(row(quantity="2.00"), row(2, "Kabel", quantity=3, unit="m"), thirds=third(2, SITE, "Filia"))
    )
    return path


def test_json_of_a_sale(sztuka: Sztuka, file: Path, home: Path) -> None:
    run = sztuka("import", "--dry-run", "--json", "--tax-id", SELLER, str(file))
    assert (run.returncode, run.stderr) == (0, "")
    found = json.loads(run.stdout)
    assert (found["file"], found["format"], found["kind"]) == (file.name, "ksef-fa3", "invoice")
    assert found["ksef_number"] == "7740001454-20260204-58008099DD6C-9D"
    assert found["direction"] == "sale"
    assert found["lines"][0]["quantity"] == "2"
    to = {"role": "recipient", "tax_id": f"PL{SITE}", "name": "Filia"}
    assert found["moves"] == [
        {"line": 1, "nr": "1", "pieces": "2", "to": to, "why": "sale", "text": "sold"},
        {
            "line": 2,
            "nr": "2",
            "pieces": "0",
            "quantity": "3",
            "unit": "m",
            "to": to,
            "why": "by_quantity",
            "text": "the unit of measure counts no pieces",
        },
    ]
    assert list(home.rglob("*.db")) == []


def test_the_company_of_the_configuration_buys(sztuka: Sztuka, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(faktura(row()))
    found = json.loads(sztuka("import", "--dry-run", "--json", str(path), SZTUKA_COMPANY_TAX_ID=BUYER).stdout)
    assert (found["direction"], found["moves"][0]["to"]["role"]) == ("purchase", "us")
    unknown = json.loads(sztuka("import", "--dry-run", "--json", str(path)).stdout)
    assert (unknown["direction"], unknown["doubt"]) == ("undecided", "own_id_unknown")
    assert (unknown["moves"][0]["pieces"], unknown["moves"][0]["to"]["role"]) == ("1", "buyer")


def test_one_bad_file_fails_the_command_and_not_the_others(
    sztuka: Sztuka, file: Path, tmp_path: Path
) -> None:
    bad, big, none = tmp_path / "bad.xml", tmp_path / "big.xml", tmp_path / "none.xml"
    bad.write_bytes(file.read_bytes()[:500])
    with big.open("wb") as sparse:
        sparse.truncate(100 * 1024 * 1024)
    run = sztuka("import", "--dry-run", "--json", *map(str, (bad, big, none, tmp_path, file)))
    assert run.returncode == 1
    found = [json.loads(text) for text in run.stdout.splitlines()]
    assert ["error" in each for each in found] == [True, True, True, True, False]
    reasons = run.stderr.splitlines()
    assert [
        reason.startswith(str(path)) for reason, path in zip(reasons, (bad, big, none, tmp_path), strict=True)
    ]
    assert "broken or cut off" in reasons[0]
    assert "more than 20 MB" in reasons[1]
    assert "Traceback" not in run.stderr


def test_an_invoice_of_strangers(sztuka: Sztuka, file: Path) -> None:
    run = sztuka("import", "--dry-run", "--tax-id", STRANGER, str(file))
    assert (run.returncode, run.stdout) == (1, "")
    assert f"neither the seller (PL{SELLER} Nasza sp. z o.o.) nor the buyer (PL{BUYER}" in run.stderr


def test_for_people(sztuka: Sztuka, file: Path) -> None:
    run = sztuka("import", "--dry-run", "--tax-id", SELLER, str(file))
    assert run.stdout.splitlines() == [
        f"{file.name}: ksef-fa3 FV/2026/7 2026-03-01",
        f"  PL{SELLER} Nasza sp. z o.o. -> PL{SITE} Filia",
        "  1. Router X: 2 pcs. (sold)",
        "  2. Kabel: 3 m (the unit of measure counts no pieces)",
    ]


def test_a_mapping_for_csv(sztuka: Sztuka, tmp_path: Path) -> None:
    table, mapping = tmp_path / "table.csv", tmp_path / "mapping.toml"
    table.write_text("Bezeichnung;Anz\nKabel;1,5\n")
    mapping.write_text('sender = "Firma"\n[columns]\nname = "Bezeichnung"\nquantity = "Anz"\n')
    run = sztuka("import", "--dry-run", "--json", "--mapping", str(mapping), str(table))
    assert json.loads(run.stdout)["lines"] == [{"name": "Kabel", "quantity": "1.5"}]
    mapping.write_text("surprise = 1\n")
    assert sztuka("import", "--dry-run", "--mapping", str(mapping), str(table)).returncode == 2


def test_a_file_must_be_named(sztuka: Sztuka) -> None:
    assert sztuka("import", "--dry-run").returncode == 2
    assert sztuka("import").returncode == 2
    assert sztuka("import", "--dry-run", "--inbox", ".").returncode == 2
