"""A unit knows what it is built into, what is in it, what it replaces, and what replaced it."""

import pytest

from store.domain.unit_links import Relation
from store.models.moments import to_store
from store.models.sql import execute
from store.operations.events import record_event
from store.queries.unit_links import related
from store.queries.units import by_number
from tests.store.company import Company
from tests.store.counting import asked


@pytest.fixture
def linked(company: Company) -> list[int]:
    """Ids of three printers: the first was built into the second, and is replaced by the third."""
    company.stock(company.printer, "P1", "P2", "P3")
    ids = [company.run(by_number, serial)[0].id for serial in ("P1", "P2", "P3")]
    event = company.run(record_event, company.actor(), ids[0], "upgrade", "Montaż", token="e")
    moment = to_store(company.now)
    for kind, other, ended in (("installed", ids[1], moment), ("replaced", ids[2], None)):
        company.run(
            execute,
            """INSERT INTO unit_link (kind, unit_id, other_id, event_id, begun_at, ended_at, ended_event_id)
               VALUES (:kind, :unit, :other, :event, :at, :ended, :ended_event)""",
            kind=kind, unit=ids[0], other=other, event=event.id, at=moment, ended=ended,
            ended_event=event.id if ended else None,
        )  # fmt: skip
    return ids


def test_each_side_sees_the_other(company: Company, linked: list[int]) -> None:
    said = [
        [(link.relation, link.serial, link.ended_at is None) for link in company.run(related, unit_id)]
        for unit_id in linked
    ]
    assert said == [
        [(Relation.REPLACED_BY, "P3", True), (Relation.IN, "P2", False)],
        [(Relation.HAS, "P1", False)],
        [(Relation.REPLACES, "P1", True)],
    ]


def test_links_are_read_page_by_page_in_one_statement(company: Company, linked: list[int]) -> None:
    first = company.run(related, linked[0], limit=1)
    rest = company.run(related, linked[0], limit=5, before_id=first[0].link_id)
    assert [link.serial for link in (*first, *rest)] == ["P3", "P2"]
    assert asked(company.database, lambda: company.run(related, linked[0])) == 1
