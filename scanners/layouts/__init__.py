"""Keyboard layouts as data: which character a key gives, made from xkbcommon's by `generate.py`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Layout:
    """One keyboard layout."""

    name: str
    keys: Mapping[int, tuple[str, str, str, str]]
    """By key code of Linux: plain, with Shift, with AltGr, with both. Empty: no character; a combining
    character: a dead key."""


def names() -> list[str]:
    """Return the names of the layouts there are, sorted."""
    return sorted(
        entry.name.removesuffix(SUFFIX) for entry in files(__name__).iterdir() if entry.name.endswith(SUFFIX)
    )


@cache
def layout(name: str) -> Layout:
    """Return the layout `name`. Raises ValueError, naming what there is, for an unknown one."""
    if name not in names():
        raise ValueError(f"{name}: {', '.join(names())}")
    keys = json.loads((files(__name__) / (name + SUFFIX)).read_text("utf-8"))
    return Layout(name, {int(code): (row[0], row[1], row[2], row[3]) for code, row in keys.items()})
