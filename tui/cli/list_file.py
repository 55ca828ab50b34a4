"""A list in a CSV file as the commands take it: read, and its bad rows told."""

from collections.abc import Sequence
from pathlib import Path

from store.domain.errors import BadListError, StoreError
from store.domain.language import _, ngettext
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from tui.cli.import_dry import bytes_of


def list_bytes(path: Path) -> bytes:
    """Return what a file holds. Raises StoreError, in the reader's language, when it cannot be read."""
    try:
        return bytes_of(path)
    except FileNotFoundError as error:
        raise StoreError(_("{file}: there is no such file").format(file=path)) from error
    except IsADirectoryError as error:
        raise StoreError(_("{file}: is a folder").format(file=path)) from error
    except PermissionError as error:
        raise StoreError(_("{file}: you may not read it").format(file=path)) from error
    except OSError as error:
        raise StoreError(_("{file}: cannot be read: {why}").format(file=path, why=error.strerror)) from error


def unread(path: Path, error: UnreadableInvoiceError) -> StoreError:
    """Return the error that says why a file is no list, and what to do about it."""
    if error.code is Unreadable.ENCODING:
        return StoreError(_("{file}: is not UTF-8; save it as CSV UTF-8").format(file=path))
    if error.code is Unreadable.BROKEN_CSV:
        return StoreError(f"{path}:{error.data['line']}: {error.data['text']}")
    return StoreError(f"{path}: {error}")


def wrong_heading(path: Path, required: Sequence[str], optional: Sequence[str]) -> StoreError:
    """Return the error that says which columns a list has."""
    text = _("{file}:1: the first line names the columns: {required}, and if wanted {optional}")
    return StoreError(
        text.format(file=path, required=", ".join(required), optional=", ".join(optional) or "-")
    )


def wrong_count(found: int, expected: int) -> str:
    """Return that a row has not the cells that the first line names."""
    text = _("{count} columns, but the first line names {expected}")
    return text.format(count=found, expected=expected)


def bad_rows(path: Path, problems: Sequence[tuple[int, str]]) -> BadListError:
    """Return the error that names every bad row by its line: once for each thing that is wrong with it."""
    lines = [f"{path}:{line}: {text}" for line, text in sorted(problems, key=lambda problem: problem[0])]
    count = len({line for line, _text in problems})
    end = ngettext("{count} bad row. Nothing was added.", "{count} bad rows. Nothing was added.", count)
    return BadListError("\n".join((*lines, end.format(count=count))))
