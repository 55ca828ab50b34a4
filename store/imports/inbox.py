"""A watched folder: what comes into it whole is taken once, by one process, and put aside with its reason."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType

PAUSE = 2.0
"""Seconds between two looks; a file that is the same in both is whole."""
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart", "~")
"""Names that programs give to what they are still writing."""
REASON, WAITS = ".reason.txt", ".waits.txt"
"""Ends of the names of the texts beside files: why it failed, and what its invoice waits for."""
MOST = 200
"""Files of each kind that are listed, the newest first."""


class InboxState(StrEnum):
    """What became of a file, by the folder in which it is."""

    WAITING = ""
    FAILED = "failed"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFile:
    """A file of the inbox."""

    path: Path
    state: InboxState
    at: datetime
    """When it was written last; aware."""
    text: str = ""
    """Why it failed, or what its invoice waits for."""


class Taken:
    """A file that this process alone works on, until the end of the `with`."""

    def __init__(self, path: Path, descriptor: int) -> None:
        """Hold the lock behind `descriptor`."""
        self.path = path
        self._descriptor = descriptor

    def __enter__(self) -> "Taken":
        """Keep it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let it go; the system does the same when the process dies."""
        os.close(self._descriptor)


class Inbox:
    """The folder with its `done` and `failed`.

    A file counts as whole when its size and time stayed the same for `pause` seconds; who can, renames it
    into the folder when it is. Names that begin with a dot are left alone.
    """

    def __init__(
        self, folder: Path, *, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Watch `folder`, which must exist."""
        self.folder = folder
        self.pause = pause
        self._clock = clock
        self._seen: dict[str, tuple[tuple[int, int, int], float]] = {}
        self._looks = 0

    @property
    def is_settled(self) -> bool:
        """Tell whether everything that lay there has been looked at for long enough."""
        return self._looks > 0 and not self._seen

    def take(self) -> Iterator[Taken]:
        """Yield the files that are whole now, one after the other, each locked for this process."""
        self._looks += 1
        now, present = self._clock(), {}
        for path in sorted(self.folder.iterdir()):
            if not _is_offered(path):
                continue
            mark = _mark(path)
            if mark is not None:
                present[path.name] = mark
        self._seen = {
            name: seen for name, seen in self._seen.items() if name in present and seen[0] == present[name]
        }
        for name, mark in present.items():
            first = self._seen.setdefault(name, (mark, now))[1]
            if now - first >= self.pause:
                taken = _lock(self.folder / name, mark)
                del self._seen[name]
                if taken is not None:
                    yield taken

    def take_one(self, path: Path) -> Taken | None:
        """Return a file, locked for this process, whatever its state; None: another has it, or it is gone."""
        mark = _mark(path)
        return None if mark is None else _lock(path, mark)

    def listing(self, state: InboxState) -> list[InboxFile]:
        """Return the files in a state, the newest first, each with the text beside it. Raises OSError."""
        folder = self.folder / state.value if state.value else self.folder
        if not folder.is_dir():
            return []
        found = []
        for path in folder.iterdir():
            mark = _mark(path) if _is_offered(path) and not path.name.endswith((REASON, WAITS)) else None
            if mark is not None:
                found.append((mark[2], path))
        return [
            InboxFile(
                path=path,
                state=state,
                at=datetime.fromtimestamp(time_ns / 1e9, UTC),
                text=_text_beside(path),
            )
            for time_ns, path in sorted(found, reverse=True)[:MOST]
        ]

    def finish(self, path: Path, questions: str = "") -> None:
        """Put a file into `done`; what it waits for stands beside it."""
        self._put(path, self.folder / InboxState.DONE, questions, WAITS)

    def fail(self, path: Path, reason: str) -> None:
        """Put a file into `failed`, with the reason beside it; one that is there already keeps its place."""
        if path.parent == self.folder / InboxState.FAILED:
            (path.parent / (path.name + REASON)).write_text(reason + "\n", encoding="utf-8")
        else:
            self._put(path, self.folder / InboxState.FAILED, reason, REASON)

    def put_back(self, path: Path) -> Path:
        """Let a file that failed be read again by whoever watches the folder, and return where it lies."""
        return self._put(path, self.folder, "", REASON)

    def _put(self, path: Path, folder: Path, text: str, suffix: str) -> Path:
        folder.mkdir(exist_ok=True)
        target, number = folder / path.name, 1
        while target.exists():
            number += 1
            target = folder / f"{path.stem}-{number}{path.suffix}"
        if text:
            # The reason is there before the file is: who finds the one finds the other.
            (folder / (target.name + suffix)).write_text(text + "\n", encoding="utf-8")
        path.rename(target)
        (path.parent / (path.name + REASON)).unlink(missing_ok=True)
        return target


def _is_offered(path: Path) -> bool:
    return not (path.name.startswith(".") or path.name.lower().endswith(UNFINISHED)) and path.is_file()


def _text_beside(path: Path) -> str:
    for suffix in (REASON, WAITS):
        try:
            return (path.parent / (path.name + suffix)).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeError):
            continue
    return ""


def _mark(path: Path) -> tuple[int, int, int] | None:
    """Return what changes when a file is written to or replaced, or None when it is gone."""
    try:
        facts = path.stat()
    except FileNotFoundError:
        return None
    return facts.st_ino, facts.st_size, facts.st_mtime_ns


def _lock(path: Path, mark: tuple[int, int, int]) -> Taken | None:
    """Lock a file for this process; None: another one has it, or has put it aside already."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    if _mark(path) != mark:
        os.close(descriptor)
        return None
    return Taken(path, descriptor)
