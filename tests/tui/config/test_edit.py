"""A learned scanner gets into the file; all else in the file stays, byte for byte."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from scanners.settings import ScannerKind, ScannerSettings, Terminator
from tui.config import edit
from tui.config.edit import write_scanner
from tui.config.errors import ConfigError
from tui.config.load import load

NEW = ScannerSettings(id="usb:0c2e:0901:77", name='"Bench" ążś', layout="de", terminator=Terminator.TAB)
FILE = """# of the warehouse
store = "postgresql://me:geheim@host/db"   # do not lose me

[[scanners]] # the old one
id = "usb:1111:2222"
layout = "pl"   # because

[log]
level = "debug"
# the end
"""


def scanners_in(path: Path) -> tuple[ScannerSettings, ...]:
    return load(files=(path,), environ={}).settings.scanners


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sztuka" / "config.toml"


def written(path: Path, text: str) -> Path:
    path.parent.mkdir()
    path.write_text(text)
    return path


def test_the_file_and_its_folder_are_made(path: Path) -> None:
    write_scanner(path, NEW, ids=())
    assert scanners_in(path) == (NEW,)
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_nothing_else_changes(path: Path) -> None:
    written(path, FILE).chmod(0o640)
    write_scanner(path, NEW, ids=(NEW.id,))
    text = path.read_text()
    lines = iter(text.splitlines())
    assert all(line in lines for line in FILE.splitlines()), text  # all of them, in their order
    assert [scanner.id for scanner in scanners_in(path)] == ["usb:1111:2222", NEW.id]
    assert scanners_in(path)[1] == NEW
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_scanner_that_is_there_is_changed_in_place(path: Path) -> None:
    written(path, FILE)
    again = ScannerSettings(id="usb:1111:2222:SN", name="bench")
    write_scanner(path, again, ids=("usb:1111:2222:SN", "usb:1111:2222"))
    assert scanners_in(path) == (again,)
    assert "# the old one" in path.read_text()
    assert "layout" not in path.read_text()


def test_an_inline_list_is_continued(path: Path) -> None:
    written(path, 'scanners = [{ id = "/dev/ttyS0", kind = "serial" }]\n')
    write_scanner(path, NEW, ids=())
    assert [scanner.id for scanner in scanners_in(path)] == ["/dev/ttyS0", NEW.id]


def test_scanners_of_the_machine_are_not_lost(path: Path) -> None:
    machine = ScannerSettings(id="/dev/ttyS0", kind=ScannerKind.SERIAL, baud=115200, caps_lock=True)
    write_scanner(path, NEW, ids=(), others=[machine])
    assert scanners_in(path) == (machine, NEW)


def test_a_linked_file_stays_linked(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text(FILE)
    path.parent.mkdir()
    path.symlink_to(real)
    write_scanner(path, NEW, ids=())
    assert path.is_symlink()
    assert NEW in scanners_in(real)


def test_a_file_that_is_wrong_is_left_alone(path: Path) -> None:
    written(path, FILE + "nonsense = 1\n")
    with pytest.raises(ConfigError):
        write_scanner(path, NEW, ids=())
    assert path.read_text() == FILE + "nonsense = 1\n"


def test_a_result_that_would_be_refused_is_not_written(path: Path) -> None:
    written(path, FILE)
    with pytest.raises(ConfigError):
        write_scanner(path, replace(NEW, layout="dvorak"), ids=())
    assert path.read_text() == FILE
    assert list(path.parent.iterdir()) == [path]


def test_a_failing_disk_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(path, FILE)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(edit.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_scanner(path, NEW, ids=())
    assert path.read_text() == FILE
    assert list(path.parent.iterdir()) == [path]


def test_defaults_are_not_written() -> None:
    scanner = ScannerSettings(id="x", terminator=Terminator.ENTER, layout="us")
    assert edit.values(scanner) == {"id": "x"}
    assert tomllib.loads('id = "x"') == edit.values(scanner)
