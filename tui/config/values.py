"""From what stands in a file, a variable or an option to a value of the key's type."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_origin

from store.domain.language import _

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})


class BadValueError(ValueError):
    """The value is not of the key's type; the message says what is allowed."""


def allowed(kind: Any) -> str:
    """Return what a value of this type may be, in the language in force."""
    if get_origin(kind) is tuple:
        return _("a list of: {values}").format(values=allowed(get_args(kind)[0]))
    if issubclass(kind, StrEnum):
        return ", ".join(kind)
    return {
        bool: _("true or false"),
        int: _("a whole number"),
        Path: _("a path in quotes"),
        str: _("a text in quotes"),
    }[kind]


def from_toml(kind: Any, value: object) -> Any:
    """Return a TOML value as `kind`. Raises BadValueError: TOML has types, so nothing is guessed."""
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise BadValueError(allowed(kind))
        return tuple(from_toml(get_args(kind)[0], item) for item in value)
    if issubclass(kind, bool) or issubclass(kind, int):
        return value if type(value) is kind else _refuse(kind)
    return _from_string(kind, value) if isinstance(value, str) else _refuse(kind)


def from_text(kind: Any, text: str) -> Any:
    """Return the text of a variable or an option as `kind`: lists by commas. Raises BadValueError."""
    if get_origin(kind) is tuple:
        return tuple(from_text(get_args(kind)[0], part.strip()) for part in text.split(",") if part.strip())
    if kind is bool:
        lower = text.strip().lower()
        return lower in _YES if lower in _YES | _NO else _refuse(kind)
    if kind is int:
        return _made(int, text.strip(), kind)
    return _from_string(kind, text)


def _from_string(kind: Any, text: str) -> Any:
    if kind is Path:
        return _made(lambda written: Path(written).expanduser(), text, kind) if text else _refuse(kind)
    return _made(kind, text, kind)


def _made(make: Callable[[str], Any], text: str, kind: Any) -> Any:
    try:
        return make(text)
    except (ValueError, RuntimeError) as error:
        raise BadValueError(allowed(kind)) from error


def _refuse(kind: Any) -> Any:
    raise BadValueError(allowed(kind))
