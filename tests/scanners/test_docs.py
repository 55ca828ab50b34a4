"""docs/scanners.md is true to the code."""

from dataclasses import fields
from pathlib import Path

from scanners.layouts import names
from scanners.learning import CHECK_CODE
from scanners.permission import RELOAD, RULES_FILE, RULES_PATH
from scanners.settings import ScannerSettings, Terminator

TEXT = (Path(__file__).parents[2] / "docs/scanners.md").read_text()


def test_every_key_is_described_with_its_default() -> None:
    rows = {
        name.strip(" `"): row.split("|")[2].strip(" `")
        for row in TEXT.splitlines()
        if row.startswith("| `")
        for name in row.split("|")[1].split(",")
    }
    for field in fields(ScannerSettings):
        assert field.name in rows, field.name
        if isinstance(field.default, bool):
            assert rows[field.name] == str(field.default).lower()
        elif field.default and field.name not in {"id", "name"} and isinstance(field.default, str | int):
            assert rows[field.name] == str(field.default), field.name


def test_what_can_be_chosen_is_named() -> None:
    assert all(f"`{name}`" in TEXT for name in [*names(), *Terminator])


def test_the_check_code_and_the_rule_are_the_ones_of_the_code() -> None:
    assert CHECK_CODE in TEXT
    assert RELOAD in TEXT
    assert str(RULES_PATH) in TEXT
    assert f"scanners/{RULES_FILE}" in TEXT
