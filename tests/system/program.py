"""The installed program on a store of the test's own, in a pty."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from store.demo.people import badge_of
from tests.kept import digest, kept
from tests.system.terminal import Terminal, environment, running

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "demo"
WORKER, ENGLISH = "101", "104"
"""Operators of the demo company: one speaks the language of the terminal, the other English."""


def command(store: Path | str, *options: str) -> Sequence[str]:
    """Return the command line that opens the program on a store."""
    return [str(Path(sys.executable).with_name("sztuka")), "--store", str(store), *options]


def settings(folder: Path, terminal: str = "T1", **more: str) -> dict[str, str]:
    """Return an environment in which the program keeps everything below `folder` and is `terminal`."""
    homes = {
        name: str(folder / name.lower())
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    return environment(**homes, SZTUKA_TERMINAL=terminal, SZTUKA_LANGUAGE="en", **more)


@contextmanager
def program(
    store: Path | str, folder: Path, *, size: tuple[int, int] = (80, 24), terminal: str = "T1"
) -> Iterator[Terminal]:
    """Run the program on a store, until the sign-in screen is painted."""
    with running(command(store), size=size, environ=settings(folder, terminal)) as screen:
        screen.shows("Scan your badge", "F1")
        screen.settle()
        yield screen


def make_demo(store: Path | str, folder: Path, *, units: int) -> None:
    """Build a demo company in a store, with everything else kept below `folder`.

    That in a file is kept for the next test that wants the same one today.
    """
    if isinstance(store, Path):
        shutil.copyfile(_kept_demo(folder, units), store)
    else:
        _build_demo(store, folder, units)


def _kept_demo(folder: Path, units: int) -> Path:
    name = f"{units}-{datetime.now(UTC):%Y%m%d}-{digest(*sorted((ROOT / 'store').rglob('*.py')))}.db"
    return kept(CACHE / name, lambda path: _build_demo(path, folder, units), outdated=f"{units}-*.db")


def _build_demo(store: Path | str, folder: Path, units: int) -> None:
    subprocess.run(
        [*command(store), "demo", "--units", str(units)],
        env=settings(folder), check=True, capture_output=True,
    )  # fmt: skip


def scan_all(screen: Terminal, serials: Sequence[str]) -> None:
    """Scan one after the other, each once the one before is acknowledged: painted."""
    for serial in serials:
        screen.scan(serial)
        screen.shows(serial)


def sign_in(screen: Terminal, operator: str = ENGLISH) -> None:
    """Sign in by badge and wait for the menu."""
    screen.scan(badge_of(operator))
    screen.shows("Deliveries")
    screen.settle()


def open_document(screen: Terminal, menu: str, reference: str) -> None:
    """Choose a list on the menu by its digit, and scan the reference of one of its documents."""
    screen.send(menu)
    screen.shows("F2 New")
    screen.settle()
    screen.scan(reference)
    # Close, the first word of that key bar at every size.
    screen.shows("F10")
    screen.settle()
