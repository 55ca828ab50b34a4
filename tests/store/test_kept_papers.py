"""Papers are kept as they were printed, once, with their units and every time they went to a printer."""

import hashlib

import pytest

from store.domain.documents import NewLine
from store.domain.errors import RefusedError
from store.domain.kept_papers import NewPaper, Unattended
from store.domain.papers import PaperCode, PaperLanguage
from store.domain.printing import Printed, PrintState
from store.models.sql import select
from store.operations.papers import keep_paper, note_print
from store.queries.kept_papers import kept_paper, newest_paper, paper_pdf, papers_of_document, papers_of_unit
from store.queries.units import by_number
from tests.store.company import Company
from tests.store.counting import asked

PDF = b"%PDF-1.4 \x00\xff a paper"


def posted(company: Company, *serials: str) -> str:
    delivery = company.delivery(NewLine(product_id=company.laptop.id))
    company.accept(delivery, *serials)
    return company.close(delivery).number or ""


def note(number: str, pdf: bytes = PDF, **options: object) -> NewPaper:
    return NewPaper(code=PaperCode.NOTE, language=PaperLanguage.PL, pdf=pdf, number=number, **options)  # type: ignore[arg-type]


def test_a_paper_is_kept_byte_for_byte_with_its_document_and_units(company: Company) -> None:
    number = posted(company, "LT000001", "LT000002")
    kept = company.run(keep_paper, company.actor(), note(number), token="a")
    assert (kept.code, kept.language, kept.number, kept.size) == (
        PaperCode.NOTE,
        PaperLanguage.PL,
        number,
        len(PDF),
    )
    assert (kept.made_by, kept.terminal) == (company.worker.name, company.desk.name)
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert company.run(paper_pdf, kept.sha256) == PDF
    document = select("SELECT id FROM document WHERE number = :number", number=number)[0]["id"]
    assert company.run(papers_of_document, document) == [kept]
    for serial in ("LT000001", "LT000002"):
        assert company.run(papers_of_unit, company.run(by_number, serial)[0].id) == [kept]
    assert company.run(newest_paper, number, PaperCode.NOTE, PaperLanguage.PL) == kept
    assert company.run(newest_paper, number, PaperCode.NOTE, PaperLanguage.EN) is None


def test_the_same_pdf_is_stored_once_and_the_same_token_keeps_one_paper(company: Company) -> None:
    number = posted(company, "LT000001")
    first, again = (company.run(keep_paper, company.actor(), note(number), token="a") for _time in range(2))
    other = company.run(keep_paper, company.actor(), note(number), token="b")
    assert first == again
    assert other.id != first.id
    assert other.sha256 == first.sha256
    assert select("SELECT count(*) AS n FROM paper_file") == [{"n": 1}]
    assert select("SELECT count(*) AS n FROM paper") == [{"n": 2}]


def test_a_paper_of_chosen_units_has_no_document(company: Company) -> None:
    posted(company, "LT000001", "LT000002", "LT000003")
    ids = tuple(company.run(by_number, serial)[0].id for serial in ("LT000001", "LT000003"))
    new = note("", unit_ids=(*ids, ids[0]), party_code=company.customer.code)
    kept = company.run(keep_paper, company.actor(), new, token="a")
    rows = select("SELECT unit_id FROM paper_unit WHERE paper_id = :paper ORDER BY unit_id", paper=kept.id)
    assert [row["unit_id"] for row in rows] == sorted(ids)
    assert select("SELECT document_id, party_id FROM paper") == [
        {"document_id": None, "party_id": company.customer.id}
    ]


def test_every_print_is_noted_once_and_tells_whether_the_paper_is_out(company: Company) -> None:
    number = posted(company, "LT000001")
    kept = company.run(keep_paper, company.actor(), note(number), token="a")
    assert (kept.is_out, kept.last_state) == (False, None)
    down = Printed(state=PrintState.DOWN, queue="office")
    company.run(note_print, company.actor(), kept.id, down, copies=2, is_copy=False, token="p1")
    seen = company.run(kept_paper, kept.id)
    assert (seen.is_out, seen.last_state, seen.copies) == (False, PrintState.DOWN, 0)
    waits = Printed(state=PrintState.STOPPED, queue="office", job="office-7", alerts=("media-empty",))
    for _time in range(2):
        company.run(note_print, company.actor(), kept.id, waits, copies=2, is_copy=False, token="p2")
    seen = company.run(kept_paper, kept.id)
    assert (seen.is_out, seen.last_state, seen.copies) == (True, PrintState.STOPPED, 2)
    assert select("SELECT state, job, reason, copies, is_copy, queue FROM paper_print ORDER BY id")[1] == {
        "state": "stopped", "job": "office-7", "reason": "media-empty", "copies": 2,
        "is_copy": 0, "queue": "office",
    }  # fmt: skip


def test_a_command_keeps_papers_without_anybody_signed_in(company: Company) -> None:
    number = posted(company, "LT000001")
    kept = company.run(keep_paper, Unattended(name="cron", at=company.now), note(number), token="a")
    assert (kept.made_by, kept.terminal, kept.made_at) == ("cron", "", company.now)
    printed = Printed(state=PrintState.SAVED, file="/srv/a.pdf")
    company.run(
        note_print,
        Unattended(name="cron", at=company.now),
        kept.id,
        printed,
        copies=1,
        is_copy=False,
        token="p",
    )
    assert company.run(kept_paper, kept.id).is_out


def test_a_paper_of_a_document_that_is_not_there_is_not_kept(company: Company) -> None:
    with pytest.raises(RefusedError):
        company.run(keep_paper, company.actor(), note("PZ/1999/000001"), token="a")
    assert select("SELECT count(*) AS n FROM paper_file") == [{"n": 0}]
    with pytest.raises(LookupError):
        company.run(paper_pdf, "0" * 64)


def test_keeping_takes_the_same_few_statements_whatever_stands_on_it(company: Company) -> None:
    few = posted(company, "LT000001")
    many = posted(company, *(f"LT{number:06}" for number in range(100, 160)))
    counts = [
        asked(
            company.database,
            lambda number=number: company.run(
                keep_paper, company.actor(), note(number, pdf=number.encode()), token=number
            ),
        )
        for number in (few, many)
    ]
    assert counts[0] == counts[1] <= 7


def test_the_lists_go_by_pages(company: Company) -> None:
    number = posted(company, "LT000001")
    made = [
        company.run(keep_paper, company.actor(), note(number, pdf=bytes([n])), token=str(n)) for n in range(5)
    ]
    document = select("SELECT id FROM document WHERE number = :number", number=number)[0]["id"]
    first = company.run(papers_of_document, document, limit=2)
    rest = company.run(papers_of_document, document, before_id=first[-1].id)
    assert [*first, *rest] == made[::-1]
