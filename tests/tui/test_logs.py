"""The log is a file that never grows without end and never holds a secret."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui import logs
from tui.config.settings import LogLevel, LogSettings


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in root.handlers[:]:
        if handler not in handlers:
            root.removeHandler(handler)
            handler.close()
    for handler in handlers:
        if handler not in root.handlers:
            root.addHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(capture=False)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("postgresql://me:geheim@host/db", "postgresql://me:***@host/db"),
        ("postgresql://me:a:b@c@host/db", "postgresql://me:***@host/db"),
        ("postgresql://me@host/db", "postgresql://me@host/db"),
        ("host=a password=geheim user=me", "host=a password=*** user=me"),
        ("PIN: 1234", "PIN: ***"),
        ("the unit 12345 was shipping=1", "the unit 12345 was shipping=1"),
    ],
)
def test_secrets_are_taken_out(text: str, written: str) -> None:
    assert logs.redact(text) == written


def test_a_traceback_is_written_without_secrets(tmp_path: Path) -> None:
    settings = LogSettings(folder=tmp_path / "deep" / "logs")
    logs.start(settings)

    def connect() -> None:
        message = "cannot reach postgresql://me:geheim@host/db"
        raise OSError(message)

    try:
        connect()
    except OSError:
        logging.getLogger("a.b").exception("document %d", 17)
    text = logs.log_file(settings).read_text()
    assert "a.b: document 17" in text
    assert "OSError: cannot reach postgresql://me:***@host/db" in text
    assert "geheim" not in text


def test_the_level_decides_what_is_written(tmp_path: Path) -> None:
    settings = LogSettings(folder=tmp_path, level=LogLevel.WARNING)
    logs.start(settings)
    logging.getLogger("a").info("quiet")
    logging.getLogger("a").warning("loud")
    text = logs.log_file(settings).read_text()
    assert "loud" in text
    assert "quiet" not in text


def test_full_files_are_put_aside_and_the_oldest_goes(tmp_path: Path) -> None:
    logs.start(LogSettings(folder=tmp_path, megabytes=1, files=2))
    for _number in range(5):
        logging.getLogger("a").warning("x" * 600_000)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sztuka.log", "sztuka.log.1"]


def test_nothing_is_written_to_the_screen(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    logs.start(LogSettings(folder=tmp_path))
    logging.getLogger("a").critical("loud")
    assert capfd.readouterr() == ("", "")
