"""Files that commands write: new ones, and whole."""

from pathlib import Path

from store.domain.errors import StoreError
from store.domain.language import _


def check_new(path: Path) -> None:
    """Raise StoreError when `path` exists, before anything is done for a file that could not be written."""
    if path.exists():
        raise StoreError(_("{file}: exists already; nothing is overwritten").format(file=path))


def write_new(path: Path, content: bytes) -> None:
    """Write a new file, or none when the disk fails halfway. Raises StoreError when `path` exists."""
    try:
        file = path.open("xb")
    except FileExistsError:
        check_new(path)
        raise
    try:
        with file:
            file.write(content)
    except OSError:
        path.unlink()
        raise
