"""`sztuka config`: what is configured, and where."""

import json
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.config.schema import all_keys, arrays
from tui.logs import redact


def run(context: Context) -> int:
    """Print each key as TOML, with the origin of its value as a comment."""
    for line in lines(context):
        sys.stdout.write(line + "\n")
    return Exit.OK


def lines(context: Context) -> Iterator[str]:
    """Return the lines to print."""
    origins = context.loaded.origins
    for name, key in all_keys().items():
        if not key.in_array:
            value: Any = context.settings
            for part in name.split("."):
                value = getattr(value, part)
            yield _line(name, _toml(value), str(origins.get(name, "")))
    for name in arrays():
        yield _line(name, str(len(getattr(context.settings, name))), str(origins.get(name, "")))


def _line(name: str, value: str, origin: str) -> str:
    text = f"{name} = {redact(value)}"
    return f"{text:<60} # {origin}" if origin else text


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, Path | Enum | str):
        return json.dumps(str(value), ensure_ascii=False)
    return json.dumps(value)
