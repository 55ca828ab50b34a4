"""Files of units are kept whole, once, and for good."""

from hashlib import sha256

import pytest
from peewee import DatabaseError

from store.check.run import check_store
from store.domain.errors import RefusalCode, RefusedError
from store.domain.findings import FindingCode
from store.domain.timeline import TimelineKind
from store.models.sql import execute, is_postgres, select
from store.operations.attachments import attach
from store.queries.attachments import attachments, content
from store.queries.timeline import timeline
from store.queries.units import by_number
from tests.store.company import Company

PHOTO = bytes(range(256)) * 40


@pytest.fixture
def unit_ids(company: Company) -> list[int]:
    company.stock(company.printer, "P1", "P2")
    return [company.run(by_number, serial)[0].id for serial in ("P1", "P2")]


def test_a_file_comes_out_as_it_went_in_with_its_hash(company: Company, unit_ids: list[int]) -> None:
    company.run(attach, company.actor(), unit_ids[:1], " zdjęcie.jpg ", PHOTO)
    (file,) = company.run(attachments, unit_ids[0])
    assert (file.name, file.size, file.operator) == ("zdjęcie.jpg", len(PHOTO), "Magazynier")
    assert file.sha256 == sha256(PHOTO).hexdigest()
    assert company.run(content, file.id) == PHOTO
    newest = company.run(timeline, unit_ids[0])[0]
    assert (newest.kind, newest.data) == (
        TimelineKind.FILE, {"name": "zdjęcie.jpg", "size": str(len(PHOTO))},
    )  # fmt: skip
    with pytest.raises(LookupError):
        company.run(content, file.id + 1)


def test_a_content_is_kept_once_for_many_units_and_a_repeat_adds_nothing(
    company: Company, unit_ids: list[int]
) -> None:
    company.run(attach, company.actor(), unit_ids[:1], "a.pdf", PHOTO)
    for _try in range(2):
        company.run(attach, company.actor(), unit_ids, "b.pdf", PHOTO)
    assert [file.name for file in company.run(attachments, unit_ids[0])] == ["a.pdf"]
    assert [file.name for file in company.run(attachments, unit_ids[1])] == ["b.pdf"]
    assert company.run(select, "SELECT count(*) AS n FROM attached_file") == [{"n": 1}]


def test_files_are_read_page_by_page(company: Company, unit_ids: list[int]) -> None:
    for number in range(5):
        company.run(attach, company.actor(), unit_ids[:1], f"{number}.txt", bytes([number + 1]))
    first = company.run(attachments, unit_ids[0], limit=3)
    rest = company.run(attachments, unit_ids[0], limit=3, before_id=first[-1].id)
    assert [file.name for file in (*first, *rest)] == ["4.txt", "3.txt", "2.txt", "1.txt", "0.txt"]


def test_nothing_is_no_file(company: Company, unit_ids: list[int]) -> None:
    for name, data in (("empty.txt", b""), (" ", b"x")):
        with pytest.raises(RefusedError) as refused:
            company.run(attach, company.actor(), unit_ids, name, data)
        assert refused.value.refusal.code is RefusalCode.EMPTY


@pytest.mark.parametrize(
    "deed", ["UPDATE {table} SET id = id + 100", "DELETE FROM {table}"], ids=["update", "delete"]
)
@pytest.mark.parametrize("table", ["attachment", "attached_file"])
def test_the_database_keeps_files_for_good(
    company: Company, unit_ids: list[int], table: str, deed: str
) -> None:
    company.run(attach, company.actor(), unit_ids, "a.pdf", PHOTO)
    with pytest.raises(DatabaseError):
        company.run(execute, deed.format(table=table))


def test_the_check_finds_a_file_that_is_another_one(company: Company, unit_ids: list[int]) -> None:
    company.run(attach, company.actor(), unit_ids[:1], "a.pdf", PHOTO)
    assert list(check_store(company.database)) == []
    trigger = "attached_file_append_only ON attached_file" if is_postgres() else "attached_file_no_update"
    company.run(execute, f"DROP TRIGGER {trigger}")
    company.run(execute, "UPDATE attached_file SET size = size + 1")
    codes = {finding.code for finding in check_store(company.database)}
    assert codes == {FindingCode.ATTACHMENT_FILE, FindingCode.GUARD}
