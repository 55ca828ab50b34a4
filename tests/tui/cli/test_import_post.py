"""`sztuka import` posts: what it prints, how it ends, and the watched folder."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.store.imports.files import BUYER, SELLER, faktura, row
from tests.tui.cli.conftest import Sztuka
from tests.tui.cli.test_load import init, write

LISTS = {
    "operators": "code,name,role,pin\n7,Ola,supervisor,2468\n",
    "kinds": "code,name\nACC,Accessories\n",
    "products": "sku,name,kind,tracking\nCB-2,Cable,ACC,quantity\n",
    "parties": f"code,name,tax_id,role\nZ,Żółw,{BUYER},customer\n",
}


@pytest.fixture
def shop(sztuka: Sztuka, environ: dict[str, str], tmp_path: Path) -> Sztuka:
    """The command on a store of SELLER, with a product and a customer."""
    assert init(environ, "4711").returncode == 0
    for kind, text in LISTS.items():
        run = sztuka("load", kind, write(tmp_path, text))
        assert run.returncode == 0, run.stderr

    def command(*arguments: str, **variables: str) -> object:
        return sztuka(*arguments, SZTUKA_COMPANY_TAX_ID=SELLER, SZTUKA_IMPORTS_OPERATOR="7", **variables)

    return command  # type: ignore[return-value]


def invoice(folder: Path, name: str, *rows: str, number: str = "FV/2026/7") -> Path:
    path = folder / name
    path.write_bytes(faktura(*rows).replace(b"FV/2026/7", number.encode()))
    return path


def test_an_invoice_is_posted_once_and_says_what_it_did(shop: Sztuka, tmp_path: Path) -> None:
    path = invoice(tmp_path, "a.xml", row(1, index="CB-2", quantity=3))
    run = shop("import", str(path))
    assert (run.returncode, run.stderr) == (0, "")
    year = datetime.now().astimezone().year
    assert run.stdout.splitlines() == ["a.xml: FV/2026/7 imported", f"  Invoice RF/{year}/000001"]
    again = shop("import", "--json", str(path))
    assert again.returncode == 0
    found = json.loads(again.stdout)
    assert (found["known"], found["state"], found["direction"]) == (True, "imported", "sale")
    assert [made["role"] for made in found["documents"]] == ["placed"]
    assert shop("check").returncode == 0


def test_what_waits_ends_with_1_and_says_why(shop: Sztuka, tmp_path: Path) -> None:
    good = invoice(tmp_path, "good.xml", row(1, index="CB-2"))
    odd = invoice(tmp_path, "odd.xml", row(1, "Nobody knows it"), number="FV/8")
    bad = tmp_path / "bad.xml"
    bad.write_bytes(good.read_bytes()[:300])
    run = shop("import", str(odd), str(bad), str(good))
    assert run.returncode == 1
    assert "  ? 1. Nobody knows it: which product is it?" in run.stdout.splitlines()
    assert "good.xml: FV/2026/7 imported" in run.stdout
    assert run.stderr.startswith(f"{bad}: ")
    assert len(run.stderr.splitlines()) == 1


def test_who_imports_must_be_said(shop: Sztuka, tmp_path: Path) -> None:
    path = invoice(tmp_path, "a.xml", row(1, index="CB-2"))
    run = shop("import", "--operator", "99", str(path))
    assert run.returncode == 1
    assert "there are: 7, 1" in run.stderr


def test_the_inbox_puts_each_file_where_it_belongs(shop: Sztuka, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    invoice(inbox, "good.xml", row(1, index="CB-2"))
    invoice(inbox, "odd.xml", row(1, "Nobody knows it"), number="FV/8")
    (inbox / "bad.xml").write_bytes(b"<Faktura")
    (inbox / "half.xml.part").write_bytes(b"<Fak")
    run = shop("import", "--once", "--inbox", SZTUKA_IMPORTS_INBOX=str(inbox))
    assert run.returncode == 1, run.stderr
    assert sorted(path.name for path in inbox.iterdir()) == ["done", "failed", "half.xml.part"]
    assert sorted(path.name for path in (inbox / "done").iterdir()) == [
        "good.xml", "odd.xml", "odd.xml.waits.txt",
    ]  # fmt: skip
    assert sorted(path.name for path in (inbox / "failed").iterdir()) == ["bad.xml", "bad.xml.reason.txt"]
    assert "broken or cut off" in (inbox / "failed" / "bad.xml.reason.txt").read_text()
    assert "which product" in (inbox / "done" / "odd.xml.waits.txt").read_text()


def test_a_mapping_of_a_sender_is_kept_for_the_next_file(shop: Sztuka, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        'sender = "Firma"\n[columns]\nseller_index = "Artikel"\nquantity = "Anz"\nnumber = "Beleg"\n'
        f'[values]\nseller_tax_id = "{SELLER}"\nbuyer_tax_id = "{BUYER}"\n'
    )
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    first.write_text("Beleg;Artikel;Anz\nB/1;CB-2;2\n")
    second.write_text("Beleg;Artikel;Anz\nB/2;CB-2;5\n")
    assert shop("import", "--mapping", str(mapping), str(first)).returncode == 0
    run = shop("import", str(second))
    assert (run.returncode, run.stderr) == (0, "")
    assert "B/2 imported" in run.stdout


def test_no_company_no_import(sztuka: Sztuka, tmp_path: Path) -> None:
    run = sztuka("import", str(invoice(tmp_path, "a.xml", row(1))))
    assert run.returncode == 1
    assert "there is no such store" in run.stderr
