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


@pytest.mark.parametrize("encoding", ["cp1250", "utf-16", "utf-8-sig"])
def test_other_encodings_of_programs_here_are_read(founded: Sztuka, tmp_path: Path, encoding: str) -> None:
    run = founded("load", "kinds", write(tmp_path, "code\tname\nŁ\tŁódź\n", encoding))
    assert run.returncode == 0, run.stderr
    assert "Ł,Łódź" in founded("export", "kinds").stdout


def test_bytes_of_several_encodings_are_refused(founded: Sztuka, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("code,name\nŁ,Łódź\n".encode() + "S,Śrem\n".encode("cp1250"))
    run = founded("load", "kinds", str(path))
    assert (run.returncode, run.stderr) == (
        1, f"sztuka: {path}: is not UTF-8; save it as CSV UTF-8\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (
            "fields",
            "code,name,type,default,pattern,choices\nm,Masa,number,abc,,\np,P,text,,[A-,\nc,C,choice,,,\n",
            [
                "2: default: abc does not fit. Enter a number like 12.5.",
                "3: pattern: [A- is no pattern",
                "4: choices: C: enter",
            ],
        ),
        (
            "products",
            "sku,name,kind,gtins\nA,A,PC,5901234123457\nB,B,PC,123\nC,C,PC,5901234123457\n",
            [
                "3: gtins: 123 is no GTIN",
                "4: gtins: 5901234123457 is taken",
            ],
        ),
        ("parties", "code,name,email\nK,K,x\n", ["2: email: x is no e-mail address."]),
        (
            "operators",
            "code,name,role,pin,badge\nA4,A,worker,12,\nA5,A,worker,2468,BADGE-5\nA6,A,worker,2468,badge-5\n",
            ["2: pin: The PIN is too short", "4: badge: Another operator has this badge."],
        ),
        (
            "terminals",
            "code,name,location,hostname,address\nT2,A,M1,ramp,10.0.0.2\nT3,B,M1,ramp,\nT4,C,M1,,10.0.0.2\n",
            ["3: hostname: ramp is taken", "4: address: 10.0.0.2 is taken"],
        ),
    ],
)
def test_what_an_operation_refuses_is_named_by_its_column(
    founded: Sztuka, tmp_path: Path, kind: str, text: str, told: list[str]
) -> None:
    founded("load", "kinds", write(tmp_path, "code,name\nPC,Computer\n"))
    path = write(tmp_path, text)
    run = founded("load", kind, path)
    assert run.returncode == 1
    *lines, end = run.stderr.removeprefix("sztuka: ").splitlines()
    assert len(lines) == len(told)
    for line, expected in zip(lines, told, strict=True):
        assert line.startswith(f"{path}:{expected}")
    assert end.startswith(f"{len(told)} bad row")
    assert "adge-5" not in run.stderr.casefold()


def test_all_that_is_wrong_with_a_row_is_named_at_the_line_where_it_begins(
    founded: Sztuka, tmp_path: Path
) -> None:
    text = (
        'sku,name,kind,warranty_months,gtins,retired\n,"Nameless\none",PC,,,\nA,"Two\nlines",none,dwa,123,x\n'
    )
    path = write(tmp_path, text)
    run = founded("load", "products", path)
    assert run.stderr.removeprefix("sztuka: ").splitlines() == [
        f"{path}:2: sku is empty",
        f"{path}:4: kind: allowed: ",
        f"{path}:4: warranty_months: allowed: 0-1200",
        f"{path}:4: gtins: 123 is no GTIN: 8, 12, 13 or 14 digits with a right check digit.",
        f"{path}:4: retired: allowed: yes, no",
        "2 bad rows. Nothing was added.",
    ]


@pytest.mark.parametrize("options", [(), ("--update",), ("--dry-run",)])
def test_a_code_that_comes_twice_is_a_bad_row(
    founded: Sztuka, tmp_path: Path, options: tuple[str, ...]
) -> None:
    path = write(tmp_path, "code,name\nPC,Computer\nX,X\nPC,Car\n")
    run = founded("load", "kinds", path, *options)
    assert run.returncode == 1
    assert run.stderr.splitlines() == [
        f"sztuka: {path}:4: code: line 2 has PC already",
        "1 bad row. Nothing was added.",
    ]
    assert "PC" not in founded("export", "kinds").stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('code,name\nA,"B\n', ":2: cudzysłów otwierający komórkę"),
        ('code,name\nA,"B"C\n', ":2: za cudzysłowem zamykającym komórkę"),
        ("", ""),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_polish(
    founded: Sztuka, tmp_path: Path, text: str, told: str
) -> None:
    path = write(tmp_path, text) if text else str(tmp_path / "none.csv")
    run = founded("--language", "pl", "load", "kinds", path)
    assert run.returncode == 1
    assert run.stderr.startswith(f"sztuka: {path}{told}" if text else f"sztuka: {path}: nie ma takiego pliku")
    folder = founded("--language", "pl", "load", "kinds", str(tmp_path))
    assert folder.stderr == f"sztuka: {tmp_path}: to katalog, nie plik\n"
