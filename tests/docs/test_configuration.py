"""docs/configuration.md is true to the code: every key is in it, and nothing else."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

import pytest

from scanners.layouts import names as layouts
from tests.docs.pages import ROOT, codes, page, rows
from tui import paths
from tui.config.checks import BAUDS, CHECKS
from tui.config.load import load
from tui.config.schema import CONFIG_VARIABLE, all_keys, array_of, optional
from tui.config.settings import Settings

TEXT = page("docs/configuration.md")
LONG = {"imports.serial_keys", "imports.lot_keys"}
"""Their defaults are too long for a table; the page says where to see them."""


def described() -> dict[str, list[str]]:
    """Return the cells after the key, by key."""
    return {
        key: cells[1:]
        for cells in rows(TEXT)
        if cells[0].startswith("`") and len(cells) == 5
        for key in codes(cells[0])
    }


def default_of(name: str) -> Any:
    value: Any = Settings()
    for part in name.split("."):
        value = getattr(value, part)
    return value


def test_the_keys_are_those_of_the_program() -> None:
    assert set(described()) == set(all_keys())


@pytest.mark.parametrize("key", all_keys().values(), ids=all_keys())
def test_the_variable_is_the_keys_own(key: Any) -> None:
    assert described()[key.name][0].strip("`") == (key.variable or "none")


@pytest.mark.parametrize("name", [name for name, key in all_keys().items() if not key.in_array])
def test_the_default_is_the_one_in_force(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    cell, value = described()[name][1], default_of(name)
    if name in LONG:
        assert cell == "see `sztuka config`"
    elif isinstance(value, bool):
        assert codes(cell) == [str(value).lower()]
    elif isinstance(value, tuple):
        assert codes(cell) == list(value)
    elif value == "":
        assert cell == "empty"
    elif "~" in cell:
        assert str(Path(cell.strip("`")).expanduser()) == str(value)
    else:
        assert codes(cell) == [str(value)]


@pytest.mark.parametrize(
    "key", [key for key in all_keys().values() if key.in_array], ids=lambda key: key.name
)
def test_the_default_of_a_key_in_a_table_is_that_of_its_record(key: Any) -> None:
    array, part = key.name.split(".")
    cell = described()[key.name][1]
    record: Any = array_of(Settings.__dataclass_fields__[array].type)
    field = record.__dataclass_fields__[part]
    if key.required:
        assert cell == "needed"
    elif cell == "as above":
        assert described()[f"wedge.{part}"][1]
        assert field.default == default_of(f"wedge.{part}")
    else:
        assert cell.strip("`") == (str(field.default).lower() or "empty")


@pytest.mark.parametrize("key", all_keys().values(), ids=all_keys())
def test_what_is_allowed_is_said(key: Any) -> None:
    cell = described()[key.name][2]
    kind = optional(key.type)[0]
    kind = get_args(kind)[0] if get_args(kind) else kind
    if cell == "as above":
        assert CHECKS[key.name].words() == CHECKS[key.name.replace("wedges", "wedge")].words()
    elif issubclass(kind, StrEnum):
        assert codes(cell) == list(kind)
    elif kind is bool:
        assert codes(cell) == ["true", "false"]
    elif key.name.endswith("layout"):
        assert codes(cell) == list(layouts())
    elif key.name.endswith("baud"):
        assert cell == ", ".join(map(str, BAUDS))
    elif key.name in CHECKS:
        assert re.sub("`", "", cell) == re.sub("`", "", CHECKS[key.name].words())


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL))
def test_the_examples_are_accepted(example: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(example)
    assert load(files=(file,), environ={}).origins


def test_the_files_are_where_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_CONFIG_HOME", "XDG_CONFIG_DIRS"):
        monkeypatch.delenv(variable, raising=False)
    machine, own = paths.config_files()
    assert f"`{machine}`" in TEXT
    assert f"`~/{own.relative_to(Path.home())}`" in TEXT


def test_no_page_names_a_variable_that_is_not_there() -> None:
    known = {key.variable for key in all_keys().values()} | {CONFIG_VARIABLE, "SZTUKA_"}
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    named = {
        name for file in pages if file.exists() for name in re.findall(r"SZTUKA_[A-Z_]*", file.read_text())
    }
    assert named - known == set()
