"""`sztuka print`: the paper is kept with its document, and goes to a queue or becomes a file."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.tui.cli.conftest import Sztuka
from tests.tui.cli.test_paper import numbers, store, text

__all__ = ["store"]


def prints(store: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(store)) as database:
        return database.execute(
            "SELECT p.number, p.kind, p.language, t.state, t.is_copy, t.copies FROM paper_print t "
            "JOIN paper p ON p.id = t.paper_id ORDER BY t.id"
        ).fetchall()


def test_without_a_queue_it_becomes_a_file_and_again_a_copy(
    sztuka: Sztuka, store: Path, tmp_path: Path
) -> None:
    number, papers = numbers(store, "issue")[-1], tmp_path / "papers"
    command = ("print", number, "--store", str(store), "--lang", "both")
    run = sztuka(*command, SZTUKA_PAPER_FOLDER=str(papers))
    first = papers / f"{number.replace('/', '-')}-note.pdf"
    assert (run.returncode, run.stdout, run.stderr) == (0, "", f"Saved as {first}.\n")
    run = sztuka(*command, "--again", SZTUKA_PAPER_FOLDER=str(papers))
    second = first.with_stem(f"{first.stem}-2")
    assert (run.returncode, run.stderr) == (0, f"Saved as {second}.\n")
    assert "KOPIA / COPY" not in text(first)
    assert "KOPIA / COPY" in text(second)
    assert prints(store) == [(number, "note", "both", "saved", 0, 1), (number, "note", "both", "saved", 1, 1)]
    assert sztuka("check", "--store", str(store)).returncode == 0


def test_what_was_never_printed_is_not_printed_again(sztuka: Sztuka, store: Path) -> None:
    number = numbers(store, "issue")[-1]
    run = sztuka("print", number, "--again", "--store", str(store))
    said = f"sztuka: {number}: no such paper was printed in this language yet\n"
    assert (run.returncode, run.stderr) == (1, said)


def test_a_print_server_that_is_down_fails_and_the_paper_is_kept(
    sztuka: Sztuka, store: Path, tmp_path: Path
) -> None:
    lp = tmp_path / "bin" / "lp"
    lp.parent.mkdir()
    lp.write_text("#!/bin/sh\necho 'lp: Error - The printer or class does not exist.' >&2; exit 1\n")
    lp.with_name("lpstat").write_text("#!/bin/sh\necho 'scheduler is not running'\n")
    for program in lp.parent.iterdir():
        program.chmod(0o755)
    number = numbers(store, "delivery")[0]
    command = ("print", number, "--kind", "labels", "--store", str(store))
    run = sztuka(*command, "--queue", "zebra", "--copies", "2", PATH=f"{lp.parent}:/usr/bin:/bin")
    assert (run.returncode, run.stderr) == (1, "The print server does not run. Nothing was printed.\n")
    assert prints(store) == [(number, "labels", "en", "down", 0, 2)]


def test_the_configuration_is_on_the_paper(sztuka: Sztuka, store: Path, tmp_path: Path) -> None:
    config, path = tmp_path / "config.toml", tmp_path / "card.pdf"
    config.write_text(
        "[paper]\nlanguage = 'both'\nguarantor = '''Gwarant Zewnętrzny S.A.\nul. Obca 7'''\n"
        "[paper.pl]\nterritory = 'Polska'\nfooter = 'Stopka żółta'\n"
        "[paper.en]\nstatement = 'Our own words.'\nconditions = 'Keep it dry.'\n"
    )
    number = numbers(store, "issue")[-1]
    options = ("--kind", "warranty", "--store", str(store), "--config", str(config), "--out", str(path))
    run = sztuka("paper", number, *options)
    assert run.returncode == 0, run.stderr
    for words in ("Polska", "Stopka żółta", "Gwarant Zewnętrzny S.A.", "ul. Obca 7", "Our own words.",
                  "Keep it dry.", "Karta gwarancyjna", "Warranty card"):  # fmt: skip
        assert words in text(path)
    config.write_text("[paper]\nlogo = '/nowhere.png'\n")
    run = sztuka("paper", number, "--store", str(store), "--config", str(config))
    said = "sztuka: paper.logo: /nowhere.png cannot be read: No such file or directory\n"
    assert (run.returncode, run.stderr) == (1, said)
