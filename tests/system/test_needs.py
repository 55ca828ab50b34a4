"""A missing command is a skip at home and a failure in CI."""

from pathlib import Path

import pytest

from tests.system.needs import need

NOWHERE = "no-such-command-anywhere"


def test_what_is_there_is_found() -> None:
    assert Path(need("sh")).is_file()


@pytest.mark.parametrize("value", ["", "false"])
def test_what_is_missing_is_skipped_at_home(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.skip.Exception, match=NOWHERE):
        need(NOWHERE)


def test_what_is_missing_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=NOWHERE):
        need(NOWHERE)
