"""Runs the real command, in a home of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Sztuka = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with nothing in it."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def environ(home: Path) -> dict[str, str]:
    """An environment that knows only that home."""
    kept = {
        name: value for name, value in os.environ.items() if name in {"PATH", "LD_LIBRARY_PATH", "TMPDIR"}
    }
    return kept | {"HOME": str(home), "XDG_CONFIG_DIRS": str(home / "etc"), "LANG": "C.UTF-8"}


@pytest.fixture
def sztuka(environ: dict[str, str], tmp_path: Path) -> Sztuka:
    """Run `sztuka ARGUMENTS`, with further variables of the environment by keyword."""

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tui", *arguments],
            cwd=Path(__file__).parents[3],
            env=environ | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run
