"""Writes a scanner into a person's own configuration, and leaves everything else in that file as it was."""

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from scanners.settings import ScannerSettings
from tui.config.load import load

TABLE = "scanners"


def write_scanner(
    path: Path, scanner: ScannerSettings, *, ids: Iterable[str], others: Sequence[ScannerSettings] = ()
) -> None:
    """Write `scanner` into the file at `path`, in place of an entry with an id in `ids`.

    `ids` are those that mean the same device and no other. `others` are scanners of a weaker file (the
    machine's): a file's own list takes the place of theirs, so where a list begins here they are copied. The
    file is replaced as a whole or not at all. Raises ConfigError when the file cannot be used as it is,
    OSError when it cannot be written.
    """
    import tomlkit

    target = path.resolve()  # a link to a file kept elsewhere stays a link
    if target.exists():
        load(files=(target,), environ={})
        document = tomlkit.parse(target.read_text(encoding="utf-8"))
    else:
        document = tomlkit.document()
    known = document.get(TABLE)
    if known is None:
        entries = tomlkit.aot()
        for each in (*others, scanner):
            entries.append(_filled(tomlkit.table(), each))
        document.append(TABLE, entries)
    else:
        wanted = set(ids) | {scanner.id}
        entry = next((each for each in known if each["id"] in wanted), None)
        if entry is not None:
            _filled(entry, scanner)
        elif isinstance(known, tomlkit.items.AoT):
            known.append(_filled(tomlkit.table(), scanner))
        else:
            known.append(_filled(tomlkit.inline_table(), scanner))
    _replace(target, tomlkit.dumps(document))


def values(scanner: ScannerSettings) -> Mapping[str, Any]:
    """Return what must be written of `scanner`: its id, and all that is not the default."""
    shown: dict[str, Any] = {"id": scanner.id}
    for field in fields(scanner):
        value = getattr(scanner, field.name)
        if field.name != "id" and value != field.default:
            shown[field.name] = value if isinstance(value, bool | int) else str(value)
    return shown


def _filled(table: Any, scanner: ScannerSettings) -> Any:
    """Set in `table` what `scanner` says; a key that is back at its default goes only if it stood there."""
    wanted = values(scanner)
    for field in fields(scanner):
        if field.name in wanted:
            table[field.name] = wanted[field.name]
        elif field.name in table:
            del table[field.name]
    return table


def _replace(path: Path, text: str) -> None:
    """Put a checked file in the place of `path`: a crash leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        load(files=(temporary,), environ={})
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
