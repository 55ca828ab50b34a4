"""Acknowledged means on disk: whatever happens to the process, an acknowledged scan is in the store."""

import pytest

from store.check.run import check_store
from store.database import open_database
from store.domain.documents import NewLine
from store.models.sql import select
from tests.store.company import found_company
from tests.store.processes import scanning_process


@pytest.mark.parametrize("scans", [1, 30, 100])
def test_a_process_killed_while_it_scans_has_every_acknowledged_scan_on_disk(
    store_url: str, scans: int
) -> None:
    database = open_database(store_url)
    with database.connection_context():
        company = found_company(database)
        delivery = company.delivery(NewLine(product_id=company.printer.id))
    with scanning_process(store_url, delivery.id) as process:
        acknowledged = [process.acknowledged() for _scan in range(scans)]
        acknowledged += process.kill()
    with database.connection_context():
        kept = [row["serial"] for row in select("SELECT serial FROM draft_scan ORDER BY id")]
        findings = list(check_store(database))
    # One scan more may have been written, whose acknowledgement the kill came before.
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) <= len(acknowledged) + 1
    assert findings == []


def test_two_processes_killed_one_after_the_other_leave_the_document_to_a_third(store_url: str) -> None:
    database = open_database(store_url)
    with database.connection_context():
        company = found_company(database)
        delivery = company.delivery(NewLine(product_id=company.printer.id))
    acknowledged: set[str] = set()
    for prefix in ("A", "B"):
        with scanning_process(store_url, delivery.id, prefix) as process:
            acknowledged |= {process.acknowledged() for _scan in range(10)}
            acknowledged |= set(process.kill())
    with database.connection_context():
        company.accept(delivery, "C1")
        posted = company.close(delivery)
        moved = {row["serial"] for row in select("SELECT serial FROM unit")}
        assert list(check_store(database)) == []
    assert posted.number == "PZ/2026/000001"
    assert acknowledged | {"C1"} <= moved
