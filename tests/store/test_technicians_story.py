"""A technician's story: brought twice, mended once, replaced the second time; told, paid, on paper."""

from datetime import timedelta
from decimal import Decimal

import pytest

from store.check.run import check_store
from store.domain.costs import Borne, CostKind, CostsBy, NewCost
from store.domain.documents import Document
from store.domain.kept_papers import NewPaper
from store.domain.papers import PaperCode, PaperLanguage, PaperRequest
from store.domain.repairs import Intake, Settlement
from store.domain.tasks import NewTask, TaskStatus
from store.domain.terms import Condition, DocumentType, Terms
from store.domain.timeline import TimelineKind
from store.domain.unit_links import Relation
from store.domain.warranty import WarrantyCause, warranty_until
from store.operations.costs import add_cost
from store.operations.papers import keep_paper
from store.operations.replacing import replace_unit
from store.operations.service import begin_service, close_intake, say_intake, say_outcome
from store.operations.tasks import do_task
from store.queries.costs import costs, report
from store.queries.events import events, open_events
from store.queries.holdings import held, holdings
from store.queries.kept_papers import paper_pdf, papers_of_unit
from store.queries.repairs import count_in_service, scanned_pieces
from store.queries.replacement_papers import replacement_record
from store.queries.service_papers import service_record
from store.queries.tasks import unit_tasks
from store.queries.timeline import timeline
from store.queries.unit_links import related
from store.queries.warranties import warranties_told
from tests.store.company import Company
from tests.store.test_repairs import facts, sell, unit

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def bring(company: Company, serial: str, fault: str, *, task: bool = False) -> Document:
    """A unit is scanned at the bench, and what its customer says of it is written down."""
    actor = company.actor()
    kind, unit_id = DocumentType.SERVICE_INTAKE, unit(company, serial).id
    document = company.run(begin_service, actor, kind, unit_id, token=f"bring {actor.at}")
    (piece,) = company.run(scanned_pieces, document.id)
    said = Intake(fault=fault, accessories="Zasilacz i torba")
    company.run(say_intake, document.id, [piece.scan_id], said)
    new = NewTask(title="", assignee_id=company.worker.id) if task else None
    return company.run(close_intake, company.actor(), document.id, task=new, token=f"closed {actor.at}")


def spend(company: Company, serial: str, token: str, **cost: object) -> None:
    """What was spent is noted of the newest event of the unit."""
    (newest, *_older) = company.run(events, unit(company, serial).id)
    company.run(add_cost, company.actor(), NewCost(event_id=newest.id, **cost), token=token)  # type: ignore[arg-type]


def keep(company: Company, number: str, code: PaperCode) -> None:
    pdf = f"%PDF {number}".encode()
    paper = NewPaper(code=code, language=PaperLanguage.PL, pdf=pdf, number=number)
    company.run(keep_paper, company.actor(), paper, token=f"paper {number}")


def test_a_printer_is_mended_once_and_replaced_the_second_time(company: Company) -> None:
    sell(company, "P1", "P2")
    company.stock(company.printer, "P9")
    printer, sold_until = unit(company, "P1").id, unit(company, "P1").warranty_until
    assert sold_until is not None
    company.now += 40 * DAY

    # Brought for the first time: under warranty, with what comes with it, and a task for the technician.
    brought = bring(company, "P1", "Zacina papier", task=True)
    assert facts(company, "P1") == (company.main.name, company.customer.name, Terms.SERVICE)
    spend(
        company, "P1", "labour", kind=CostKind.LABOUR, hours=Decimal("1.5"), rate=Decimal(140),
        borne=Borne.WARRANTY,
    )  # fmt: skip
    spend(company, "P1", "part", kind=CostKind.PARTS, amount=Decimal("89.90"), text="Rolka pobierająca")
    (task,) = company.run(unit_tasks, printer)
    company.run(do_task, company.actor(), task.id, text="rolka wymieniona", token="task done")
    company.now += 9 * DAY
    given = company.run(
        begin_service, company.actor(), DocumentType.SERVICE_HANDOUT, printer, token="hand out"
    )
    (piece,) = company.run(scanned_pieces, given.id)
    assert (piece.fault, piece.is_under_warranty) == ("Zacina papier", True)
    company.run(say_outcome, given.id, [piece.scan_id], Settlement.MINOR, "Wymieniona rolka")
    given = company.close(given)
    told = company.run(warranties_told, given.id)[printer]
    assert (told.cause, told.was, told.until) == (
        WarrantyCause.PROLONGED, sold_until, sold_until + 9 * DAY
    )  # fmt: skip

    # Brought again: it cannot be mended, and the customer takes another one home.
    company.now += 30 * DAY
    again = bring(company, "P1", "Znowu zacina papier")
    company.now += 2 * DAY
    swapped = company.run(
        replace_unit, company.actor(), printer, unit(company, "P9").id, reason="Wada podajnika", token="swap"
    )
    today = company.now.astimezone().date()

    # Who has what, and for how long.
    assert facts(company, "P1") == (company.main.name, company.us.name, Terms.STOCK)
    assert unit(company, "P1").condition is Condition.DAMAGED
    assert facts(company, "P9") == (company.customer.name, company.customer.name, Terms.SOLD)
    assert unit(company, "P9").warranty_until == warranty_until(today, 12)
    assert [each.serial for each in company.run(held, company.customer)] == ["P2", "P9"]
    total = company.run(holdings, company.customer, today)
    assert (dict(total.by_terms), total.open_complaints, total.open_tasks) == ({Terms.SOLD: 2}, 0, 0)
    assert company.run(count_in_service) == 0

    # What happened to it, whatever table keeps it, newest first.
    (link,) = company.run(related, printer)
    assert (link.relation, link.serial) == (Relation.REPLACED_BY, "P9")
    history = company.run(timeline, printer, limit=100)
    moved = [entry.number for entry in history if entry.kind is TimelineKind.MOVEMENT]
    assert moved[:4] == [swapped.number, again.number, given.number, brought.number]
    complaints = [event for event in company.run(events, printer) if event.kind == "complaint"]
    assert [(event.text, event.outcome) for event in complaints] == [
        ("Znowu zacina papier", "Wada podajnika"), ("Zacina papier", "Wymieniona rolka"),
    ]  # fmt: skip
    assert company.run(open_events, printer) == ()
    assert [task.status for task in company.run(unit_tasks, printer)] == [TaskStatus.DONE]
    warranty = [entry.data["cause"] for entry in history if entry.kind is TimelineKind.WARRANTY]
    assert warranty == ["ended", "prolonged"]

    # What it cost, and whom.
    assert [(cost.kind, cost.amount, cost.holder_name) for cost in company.run(costs, printer)] == [
        (CostKind.PARTS, Decimal("89.90"), company.customer.name),
        (CostKind.LABOUR, Decimal(210), company.customer.name),
    ]
    (row,) = company.run(report, CostsBy.CUSTOMER)
    assert (row.name, row.warranty, row.charged) == (company.customer.name, Decimal("299.90"), 0)

    # What was signed.
    for document, code in (
        (brought, PaperCode.SERVICE), (given, PaperCode.SERVICE), (swapped, PaperCode.REPLACEMENT)
    ):  # fmt: skip
        keep(company, document.number or "", code)
    kept = company.run(papers_of_unit, printer)
    assert [paper.number for paper in kept] == [swapped.number, given.number, brought.number]
    assert company.run(paper_pdf, kept[0].sha256) == f"%PDF {swapped.number}".encode()
    first = company.run(service_record, PaperRequest(number=brought.number or "")).lines[0]
    assert (first.fault, first.accessories, first.warranty_until) == (
        "Zacina papier", "Zasilacz i torba", sold_until,
    )  # fmt: skip
    paid = company.run(service_record, PaperRequest(number=given.number or ""))
    assert [(cost.amount, cost.borne) for cost in paid.costs] == [
        (Decimal(210), Borne.WARRANTY), (Decimal("89.90"), Borne.WARRANTY),
    ]  # fmt: skip
    exchange = company.run(replacement_record, PaperRequest(number=swapped.number or ""))
    assert (exchange.old.serial, exchange.new.serial, exchange.complaint) == (
        "P1", "P9", "Znowu zacina papier",
    )  # fmt: skip
