"""The command line's manners: exit codes, errors on stderr, no traceback, the language of the person."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from tests.tui.cli.conftest import Sztuka


def test_version(sztuka: Sztuka) -> None:
    run = sztuka("--version")
    assert (run.returncode, run.stdout, run.stderr) == (0, f"sztuka {version('sztuka')}\n", "")


def test_help_goes_to_stdout_in_the_language_of_the_locale(sztuka: Sztuka) -> None:
    assert sztuka("--help").stdout.startswith("usage: sztuka")
    polish = sztuka("--help", LANG="pl_PL.UTF-8")
    assert polish.returncode == 0
    assert polish.stdout.startswith("użycie: sztuka")
    assert "pokaż tę pomoc i zakończ" in polish.stdout


def test_a_wrong_word_is_a_mistake_of_usage(sztuka: Sztuka) -> None:
    run = sztuka("--language", "pl", "confg")
    assert (run.returncode, run.stdout) == (2, "")
    assert "sztuka: błąd:" in run.stderr
    assert "'confg'" in run.stderr


def test_without_a_word_the_program_opens_and_says_what_keeps_it(sztuka: Sztuka) -> None:
    run = sztuka()
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("sztuka: ")
    assert len(run.stderr.splitlines()) == 1


def test_options_are_not_guessed(sztuka: Sztuka) -> None:
    assert sztuka("config", "--lang", "pl").returncode == 2


def test_a_bad_configuration_is_refused_before_anything_is_done(sztuka: Sztuka, home: Path) -> None:
    path = home / ".config/sztuka/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('\n[log]\nlevel = "loud"\n')
    run = sztuka("config")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        f"sztuka: {path}:3: log.level: 'loud' is not allowed; allowed: debug, info, warning, error\n"
    )
    assert list(home.rglob("*.log")) == []


def test_the_layers_of_the_configuration(sztuka: Sztuka, home: Path) -> None:
    machine, person = home / "etc/sztuka/config.toml", home / ".config/sztuka/config.toml"
    for path in (machine, person):
        path.parent.mkdir(parents=True)
    machine.write_text('store = "machine.db"\nterminal = "M"\nlanguage = "pl"\n')
    person.write_text('terminal = "P"\n')
    run = sztuka("config", "--store", "option.db", SZTUKA_LANGUAGE="en")
    lines = {line.split(" = ")[0]: line for line in run.stdout.splitlines()}
    assert lines["store"].split() == ["store", "=", '"option.db"', "#", "--store"]
    assert lines["language"].split() == ["language", "=", '"en"', "#", "SZTUKA_LANGUAGE"]
    assert lines["terminal"].split() == ["terminal", "=", '"P"', "#", f"{person}:1"]


def test_a_named_file_takes_the_place_of_the_own_one(sztuka: Sztuka, home: Path) -> None:
    other = home / "other.toml"
    other.write_text('terminal = "O"\n')
    assert 'terminal = "O"' in sztuka("config", "--config", str(other)).stdout
    assert 'terminal = "O"' in sztuka("config", SZTUKA_CONFIG=str(other)).stdout


def test_a_named_file_must_exist(sztuka: Sztuka, home: Path) -> None:
    run = sztuka("config", "--config", str(home / "none.toml"))
    assert run.returncode == 2
    assert str(home / "none.toml") in run.stderr
    assert "Traceback" not in run.stderr


def test_passwords_are_not_shown(sztuka: Sztuka) -> None:
    run = sztuka("config", "--store", "postgresql://me:geheim@host/db")
    assert "postgresql://me:***@host/db" in run.stdout


def test_a_log_that_cannot_be_written_is_an_error(sztuka: Sztuka, home: Path) -> None:
    (home / "file").write_text("")
    run = sztuka("config", SZTUKA_LOG_FOLDER=str(home / "file" / "logs"))
    assert run.returncode == 1
    assert run.stderr.startswith("sztuka: cannot write the log:")


def test_a_reader_that_has_seen_enough_is_no_error(environ: dict[str, str]) -> None:
    command = f"set -o pipefail; {sys.executable} -m tui config | true"
    root = Path(__file__).parents[3]
    run = subprocess.run(
        ["bash", "-c", command], env=environ, cwd=root, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from tui.cli.main import main; main(['config', '--config', '/dev/null']);"
        "heavy = {'textual', 'rich', 'peewee', 'reportlab', 'evdev', 'psycopg2'};"
        "print(*sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr.split() == []
