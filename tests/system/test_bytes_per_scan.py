"""Over a slow line a scan may cost few bytes only: counted, so that it holds on every machine."""

from pathlib import Path

import pytest

from tests.bench import big_store
from tests.bench.budget import percentile
from tests.bench.driving import bytes_of_scans


@pytest.mark.parametrize(("size", "most"), [((80, 24), 450), ((20, 16), 220)])
def test_a_scan_costs_few_bytes(size: tuple[int, int], most: int, tmp_path: Path) -> None:
    store = big_store.copy(tmp_path, units=2_000)
    assert percentile(bytes_of_scans(store, tmp_path, size), 0.5) <= most
