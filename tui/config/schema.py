"""The keys of the configuration, derived from the settings' own fields and types."""

import types
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from tui.config.settings import Settings

PREFIX = "SZTUKA_"
CONFIG_VARIABLE = "SZTUKA_CONFIG"
"""Names the configuration file itself, so it is no key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key: its dotted name and the type of its value."""

    name: str
    type: Any
    in_array: bool = False
    """A key of each table in an array of tables (`[[scanners]]`)."""
    required: bool = False

    @property
    def variable(self) -> str | None:
        """The variable of the environment that sets the key; tables of an array have none."""
        return None if self.in_array else PREFIX + self.name.upper().replace(".", "_")


def array_of(kind: Any) -> type | None:
    """Return the record of an array of tables (`tuple[Record, ...]`), or None for any other type."""
    arguments = get_args(kind)
    if get_origin(kind) is tuple and arguments and is_dataclass(arguments[0]):
        return arguments[0] if isinstance(arguments[0], type) else None
    return None


def optional(kind: Any) -> tuple[Any, bool]:
    """Return the type itself and whether it may be absent: `X | None` gives `(X, True)`."""
    if get_origin(kind) in {Union, types.UnionType}:
        plain = [argument for argument in get_args(kind) if argument is not type(None)]
        return plain[0], True
    return kind, False


def keys_of(record: type, prefix: str = "", *, in_array: bool = False) -> dict[str, Key]:
    """Return the keys below a settings record by their dotted names."""
    found: dict[str, Key] = {}
    hints = get_type_hints(record)
    for field in fields(record):
        name = f"{prefix}{field.name}"
        kind, _may_be_absent = optional(hints[field.name])
        array = array_of(kind)
        if array is not None:
            found |= keys_of(array, f"{name}.", in_array=True)
        elif is_dataclass(kind) and isinstance(kind, type):
            found |= keys_of(kind, f"{name}.")
        else:
            required = field.default is MISSING and field.default_factory is MISSING
            found[name] = Key(name=name, type=kind, in_array=in_array, required=required)
    return found


@cache
def all_keys() -> dict[str, Key]:
    """Return every key of the configuration by its dotted name."""
    return keys_of(Settings)


def arrays() -> tuple[str, ...]:
    """Return the names of the arrays of tables."""
    hints = get_type_hints(Settings)
    return tuple(field.name for field in fields(Settings) if array_of(hints[field.name]))
