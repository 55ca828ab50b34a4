"""A company's own store: founded, filled from lists, and never half."""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Sztuka

ROOT = Path(__file__).parents[3]
FOUNDING = (
    "--company=Sklep", "--location-code=M1", "--location=Magazyn", "--terminal-code=T1",
    "--terminal=Biurko", "--operator-code=1", "--operator=Szefowa",
)  # fmt: skip


def init(environ: dict[str, str], pin: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", "init", *FOUNDING],
        cwd=ROOT, env=environ, input=f"{pin}\n", capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def founded(sztuka: Sztuka, environ: dict[str, str]) -> Sztuka:
    """The command on a store with a company in it."""
    run = init(environ, "4711")
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    assert run.stderr == "Done. This is terminal T1; sign in as operator 1: `sztuka`.\n"
    return sztuka


def write(folder: Path, text: str, encoding: str = "utf-8") -> str:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


def test_a_store_is_founded_once(founded: Sztuka) -> None:
    assert founded("check").returncode == 0
    run = founded("init", *FOUNDING)
    assert run.returncode == 1
    assert "already" in run.stderr


def test_what_is_missing_is_named_where_nobody_can_be_asked(sztuka: Sztuka) -> None:
    run = sztuka("init", *FOUNDING[1:])
    assert (run.returncode, run.stderr) == (1, "sztuka: --company is missing, and there is nobody to ask\n")


def test_a_short_pin_founds_nothing(environ: dict[str, str]) -> None:
    run = init(environ, "1")
    assert run.returncode == 1
    assert "4" in run.stderr
    assert init(environ, "4711").returncode == 0


def test_a_person_is_asked_and_types_the_pin_unseen(environ: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "init"],
        cwd=ROOT, env=environ, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    answers = {
        b"Name of the company: ": b"Sklep\n", b"(NIP): ": b"\n", b"warehouse [M1]: ": b"\n",
        b"that warehouse: ": b"Magazyn\n", b"terminal [T1]: ": b"\n", b"this terminal: ": b"Biurko\n",
        b"code [1]: ": b"\n", b"Your name: ": b"Szefowa\n",
        b"characters: ": b"4711\n", b"Once more: ": b"4711\n",
    }  # fmt: skip
    with suppress(OSError):  # EIO: the command has ended
        while piece := os.read(ours, 4096):
            said += piece
            asked = [question for question in answers if said.endswith(question)]
            for question in asked:
                os.write(ours, answers.pop(question))
    os.close(ours)
    assert process.wait(30) == 0, said
    assert b"4711" not in said
    assert answers == {}


def test_lists_fill_the_store(founded: Sztuka, tmp_path: Path) -> None:
    lists = {
        "locations": "code,name\nBUS,Van\n",
        "terminals": "code,name,location,hostname\nT2,Ramp,BUS,ramp-1\n",
        "operators": "code;name;role;pin;language\n7;Zażółć;worker;2468;pl\n",
        "kinds": "code,name,nature\nPC,Computer,\nPOL,Policy,service\n",
        "products": (
            "sku,name,kind,tracking,warranty_months,serial_pattern,gtins\n"
            '"A,1",Laptop,PC,,24,"[0-9]{8}",5901234123457 4006381333931\nB1,Cable,PC,quantity,,,\n'
        ),
        "parties": "\ufeffcode;name;tax_id;role;address\n"
        'K1;Klient;1234563218;customer;"ul. Krótka 1\n00-001"\n',
    }
    for kind, text in lists.items():
        run = founded("load", kind, write(tmp_path, text))
        assert (run.returncode, run.stdout) == (0, ""), (kind, run.stderr)
        assert "0 were there" in run.stderr
    again = founded("load", "products", write(tmp_path, lists["products"]))
    assert again.stderr.startswith("0 added, 2 were there already")
    assert founded("check").returncode == 0


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("kinds", "code\nPC\n", ":1: the first line names the columns: code, name"),
        ("kinds", "code,name,colour\nPC,Computer,red\n", ":1: "),
        ("kinds", "code,name\nPC,Computer\nX\n", ":3: 1 columns"),
        ("kinds", "code,name\nPC,Computer\n,Nameless\n", ":3: code is empty"),
        ("kinds", "code,name,nature\nPC,Computer,\nXY,Y,ghost\n", ":3: nature: allowed: goods, service"),
        ("products", "sku,name,kind\nA,B,none\n", ":2: kind: allowed: "),
        ("products", "", ":1: "),
        ("operators", "code,name,role\n9,Nine,king\n", "worker, supervisor, admin"),
        ("terminals", "code,name,location\nT9,Nine,nowhere\n", ":2: location: allowed: M1"),
        ("parties", 'code,name\nA,"B\n', ":"),
    ],
)
def test_a_wrong_row_adds_nothing(founded: Sztuka, tmp_path: Path, kind: str, text: str, told: str) -> None:
    path = write(tmp_path, text)
    run = founded("load", kind, path)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith(f"sztuka: {path}")
    assert told in run.stderr
    again = founded("load", "kinds", write(tmp_path, "code,name\nPC,Computer\n"))
    assert again.stderr.startswith("1 added")


def test_every_bad_row_is_named_by_line_and_column(founded: Sztuka, tmp_path: Path) -> None:
    text = "code,name,location\nT2,Two,M1\nT3,Three,nowhere\nT4,,M1\nT5,Five\n"
    path = write(tmp_path, text)
    for options in ((), ("--dry-run",)):
        run = founded("load", "terminals", path, *options)
        assert (run.returncode, run.stdout) == (1, "")
        assert run.stderr.splitlines() == [
            f"sztuka: {path}:3: location: allowed: M1",
            f"{path}:4: name is empty",
            f"{path}:5: 2 columns, but the first line names 3",
            "3 bad rows. Nothing was added.",
        ]
    assert "T2" not in founded("export", "terminals").stdout


def test_a_list_is_written_out_changed_tried_and_loaded(founded: Sztuka, tmp_path: Path) -> None:
    founded("load", "kinds", write(tmp_path, "code,name\nPC,Computer\n"))
    run = founded("export", "kinds")
    assert (run.returncode, run.stdout) == (0, "code,name,nature,retired\nPC,Computer,goods,no\n"), run.stderr
    changed = write(tmp_path, run.stdout.replace("Computer", "Komputery") + "CAR,Cars,goods,yes\n")
    tried = founded("load", "kinds", changed, "--update", "--dry-run")
    assert tried.stderr.startswith("1 would be added, 1 changed, 0 stay")
    assert founded("export", "kinds").stdout == run.stdout
    loaded = founded("load", "kinds", changed, "--update")
    assert loaded.stderr.startswith("1 added, 1 changed, 0 were")
    target = tmp_path / "out.csv"
    assert "2 rows written" in founded("export", "kinds", str(target)).stderr
    assert target.read_text() == "code,name,nature,retired\nCAR,Cars,goods,yes\nPC,Komputery,goods,no\n"
    assert founded("export", "kinds", str(target)).returncode == 1
    assert founded("check").returncode == 0


def test_another_encoding_is_refused(founded: Sztuka, tmp_path: Path) -> None:
    run = founded("load", "kinds", write(tmp_path, "code,name\nŁ,Łódź\n", "cp1250"))
    assert run.returncode == 1
    assert "is not UTF-8" in run.stderr
