"""Files that are dear to make and kept for the next test, or the next run."""

import fcntl
import hashlib
import os
from collections.abc import Callable
from pathlib import Path


def digest(*sources: Path) -> str:
    """Return a name for how these files read now."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]


def kept(path: Path, make: Callable[[Path], None], *, outdated: str) -> Path:
    """Return `path`, made by `make` unless it is there; then what matches `outdated` beside it goes.

    Of several processes that want it at once, one makes it and the others wait.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in path.parent.glob(outdated):
                old.unlink()
            unfinished = path.parent / f"unfinished-{os.getpid()}.db"
            try:
                make(unfinished)
                unfinished.rename(path)
            finally:
                for left in path.parent.glob(f"{unfinished.name}*"):
                    left.unlink()
    return path
