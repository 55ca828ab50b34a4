"""Reading the configuration, layer by layer, into one checked object."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

from store.domain.language import _
from tui.config.checks import CHECKS
from tui.config.errors import ConfigError, Origin
from tui.config.lines import lines_of
from tui.config.schema import CONFIG_VARIABLE, PREFIX, Key, all_keys, array_of, arrays, optional
from tui.config.settings import Settings
from tui.config.values import BadValueError, from_text, from_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The configuration in force, and where each value that is no default was found."""

    settings: Settings
    origins: Mapping[str, Origin]
    files: tuple[Path, ...]
    """The files that were read."""


def load(
    *, files: tuple[Path, ...], environ: Mapping[str, str], options: Mapping[str, str] | None = None
) -> Loaded:
    """Read `files` (those that exist, the weakest first), then `environ`, then `options` (dotted names).

    Raises ConfigError for the first thing that cannot be used, and OSError for a file that cannot be read.
    """
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    read = tuple(path for path in files if path.exists())
    found = [entry for path in read for entry in _file_entries(path)]
    found += _variable_entries(environ)
    found += [(name, Origin(name=f"--{name}"), _text(name, Origin(name=f"--{name}"), value))
              for name, value in (options or {}).items()]  # fmt: skip
    for name, origin, value in found:
        values[name] = value
        origins[name] = origin
    return Loaded(settings=_build(Settings, values, ""), origins=origins, files=read)


def _file_entries(path: Path) -> Iterator[tuple[str, Origin, Any]]:
    text = path.read_text(encoding="utf-8")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise ConfigError(Origin(file=path, line=int(line[1]) if line else 0), str(error)) from error
    yield from _Reader(path, lines_of(text)).table(document, "")


class _Reader:
    """Walks through one file's tables."""

    def __init__(self, path: Path, lines: Mapping[str, int]) -> None:
        self._path = path
        self._lines = lines

    def table(self, table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, Origin, Any]]:
        keys = all_keys()
        for part, value in table.items():
            name = prefix + part
            if name in keys and not keys[name].in_array:
                yield name, self._origin(name), self._value(keys[name], value, name)
            elif name in arrays():
                yield name, self._origin(name), self._array(name, value)
            elif isinstance(value, dict) and any(key.startswith(f"{name}.") for key in keys):
                yield from self.table(value, f"{name}.")
            else:
                raise _unknown(self._origin(name), name, [*keys, *arrays()])

    def _array(self, name: str, value: object) -> tuple[Any, ...]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            message = _("must be tables: [[{name}]]").format(name=name)
            raise ConfigError(self._origin(name), message, key=name)
        record = array_of(get_type_hints(Settings)[name])
        assert record is not None  # noqa: S101 - `arrays` found it by the same function
        return tuple(self._record(record, name, number, item) for number, item in enumerate(value))

    def _record(self, record: type, name: str, number: int, item: Mapping[str, object]) -> Any:
        keys = {key.name: key for key in all_keys().values() if key.name.startswith(f"{name}.")}
        values: dict[str, Any] = {}
        for part, value in item.items():
            where = f"{name}.{number}.{part}"
            if f"{name}.{part}" not in keys:
                raise _unknown(self._origin(where, f"{name}.{number}"), f"{name}.{part}", list(keys))
            values[part] = self._value(keys[f"{name}.{part}"], value, where)
        for key in keys.values():
            part = key.name.removeprefix(f"{name}.")
            if key.required and part not in values:
                raise ConfigError(self._origin(f"{name}.{number}", name), _("is missing"), key=key.name)
        return record(**values)

    def _value(self, key: Key, value: object, where: str) -> Any:
        origin = self._origin(where, where.rpartition(".")[0])
        try:
            return _checked(key.name, from_toml(key.type, value), origin)
        except BadValueError as error:
            raise _bad(origin, key.name, value, str(error)) from error

    def _origin(self, *names: str) -> Origin:
        lines = [self._lines[name] for name in names if name in self._lines]
        return Origin(file=self._path, line=lines[0] if lines else 0)


def _variable_entries(environ: Mapping[str, str]) -> Iterator[tuple[str, Origin, Any]]:
    names = {key.variable: key.name for key in all_keys().values() if key.variable}
    for variable, text in sorted(environ.items()):
        if not variable.startswith(PREFIX) or variable == CONFIG_VARIABLE:
            continue
        if variable not in names:
            raise _unknown(Origin(name=variable), "", [name for name in names if name])
        yield names[variable], Origin(name=variable), _text(names[variable], Origin(name=variable), text)


def _text(name: str, origin: Origin, text: str) -> Any:
    try:
        return _checked(name, from_text(all_keys()[name].type, text), origin)
    except BadValueError as error:
        raise _bad(origin, name, text, str(error)) from error


def _checked(name: str, value: Any, origin: Origin) -> Any:
    check = CHECKS.get(name)
    if check is not None and not check.holds(value):
        raise _bad(origin, name, value, check.words())
    return value


def _bad(origin: Origin, name: str, value: object, allowed: str) -> ConfigError:
    shown = repr(value) if "store" not in name else "…"
    message = _("{value} is not allowed; allowed: {allowed}").format(value=shown, allowed=allowed)
    return ConfigError(origin, message, key=name)


def _unknown(origin: Origin, name: str, known: list[str]) -> ConfigError:
    close = difflib.get_close_matches(name or origin.name, known, n=3)
    message = _("no such key")
    if close:
        message = _("no such key; did you mean {names}?").format(names=", ".join(close))
    return ConfigError(origin, message, key=name)


def _build(record: type, values: Mapping[str, Any], prefix: str) -> Any:
    hints = get_type_hints(record)
    arguments: dict[str, Any] = {}
    for field in fields(record):
        name = prefix + field.name
        kind, _may_be_absent = optional(hints[field.name])
        if is_dataclass(kind) and isinstance(kind, type):
            arguments[field.name] = _build(kind, values, f"{name}.")
        elif name in values:
            arguments[field.name] = values[name]
    return record(**arguments)
