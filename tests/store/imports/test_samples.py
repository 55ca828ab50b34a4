"""Every public sample is understood as an independent reader understood it."""

import json
from pathlib import Path

import pytest

from store.domain.move_rules import plan
from store.imports.reader import read_invoice
from tui.cli.import_json import described

SAMPLES = Path(__file__).parents[4] / "shared" / "invoices"
OURS = {"moves", "warnings", "direction", "doubt", "doubt_text"}
"""What we say beyond the reader that the samples are compared with."""


def expected() -> list[dict[str, object]]:
    path = SAMPLES / "EXPECTED.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.mark.skipif(
    not expected(), reason="../shared/invoices is not there: the public samples are not tested"
)
@pytest.mark.parametrize("wanted", expected(), ids=lambda wanted: str(wanted["file"]))
def test_a_sample(wanted: dict[str, object]) -> None:
    name = str(wanted["file"])
    invoice = read_invoice((SAMPLES / name).read_bytes())
    found = described(name, invoice, plan(invoice, []))
    assert {key: value for key, value in found.items() if key not in OURS} == wanted
    assert len(found.get("moves", [])) == len(invoice.lines) + len(invoice.order_lines)
