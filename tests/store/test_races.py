"""Two terminals at the same unit, the same line, the same document: one is first, the other is told who."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from typing import TypeVar

import pytest

from store.domain.documents import Accepted, Document, NewLine, Outcome, QuestionKind, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Actor
from store.operations.closing import close_document
from store.operations.scanning import take
from store.queries import documents, units
from store.transaction import run_write
from tests.store.company import Company

T = TypeVar("T")


def at_once(company: Company, *deeds: Callable[[], T]) -> list[T | RefusedError]:
    """Do all deeds at the same moment, each on a connection of its own as on a terminal of its own."""
    start = threading.Barrier(len(deeds))

    def do(deed: Callable[[], T]) -> T | RefusedError:
        with company.database.connection_context():
            start.wait(10)
            try:
                return run_write(company.database, deed)
            except RefusedError as error:
                return error

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(do, deeds))


def scanning(company: Company, document: Document, serial: str, actor: Actor) -> Callable[[], Outcome]:
    scan, token = company.scan(serial), next(company.tokens)
    return lambda: take(actor, document.id, scan, token=token)


ROUNDS = 15
"""A race is not won by the same side every time."""


def test_one_unit_into_two_issues_at_once(company: Company) -> None:
    serials = [f"LT{number:06}" for number in range(ROUNDS)]
    company.stock(company.laptop, *serials)
    first, second = company.issue(reference="ZAM 1"), company.issue(reference="ZAM 2")
    worker, chief = company.actor(company.worker, company.desk), company.actor(company.chief, company.gate)
    for serial in serials:
        outcomes = at_once(
            company, scanning(company, first, serial, worker), scanning(company, second, serial, chief)
        )
        (winner,) = [n for n, outcome in enumerate(outcomes) if isinstance(outcome, Accepted)]
        loser = outcomes[1 - winner]
        assert isinstance(loser, Refused), outcomes
        assert loser.refusal.code is RefusalCode.TAKEN
        data = loser.refusal.data
        taker = (worker, chief)[winner]
        assert (data["operator"], data["at"]) == (taker.operator.name, taker.at)
        assert data["document"] == ("ZAM 1", "ZAM 2")[winner]


def test_one_serial_into_one_delivery_at_once(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.printer.id))
    for number in range(ROUNDS):
        actors = company.actor(company.worker, company.desk), company.actor(company.chief, company.gate)
        outcomes = at_once(company, *(scanning(company, delivery, f"P{number}", actor) for actor in actors))
        refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
        assert [outcome.refusal.code for outcome in refused] == [RefusalCode.ALREADY_HERE]
    assert documents.lines(delivery.id)[0].scanned == ROUNDS


def test_the_last_piece_of_a_line_goes_to_one_of_two(company: Company) -> None:
    serials = [f"LT{number:06}" for number in range(2 * ROUNDS)]
    company.stock(company.laptop, *serials)
    for number in range(ROUNDS):
        issue = company.issue(NewLine(product_id=company.laptop.id, expected=Decimal(1)))
        pair = serials[2 * number : 2 * number + 2]
        actors = company.actor(company.worker, company.desk), company.actor(company.chief, company.gate)
        outcomes = at_once(
            company,
            *(scanning(company, issue, serial, actor) for serial, actor in zip(pair, actors, strict=True)),
        )
        refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
        assert [outcome.refusal.code for outcome in refused] == [RefusalCode.LINE_FULL]
        assert documents.lines(issue.id)[0].scanned == 1


def test_two_terminals_count_on_one_line_and_nothing_is_lost(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    actors = [company.actor(company.worker, company.desk), company.actor(company.chief, company.gate)]
    for _round in range(ROUNDS):
        at_once(company, *(scanning(company, delivery, "CB-2", actor) for actor in actors))
    assert documents.lines(delivery.id)[0].scanned == 2 * ROUNDS


def test_documents_closed_at_once_have_numbers_without_gap_or_double(company: Company) -> None:
    opened = [company.delivery(NewLine(product_id=company.printer.id)) for _document in range(6)]
    for number, document in enumerate(opened):
        company.accept(document, f"P{number}")
    actor = company.actor(company.chief)
    closed = at_once(
        company, *(partial(close_document, actor, document.id, token=f"{document.id}") for document in opened)
    )
    numbers = sorted(document.number for document in closed if not isinstance(document, RefusedError))
    assert numbers == [f"PZ/2026/{number:06}" for number in range(1, 7)]


def test_a_document_closed_and_scanned_into_at_once_keeps_every_scan_or_refuses_it(company: Company) -> None:
    for number in range(ROUNDS):
        delivery = company.delivery(NewLine(product_id=company.printer.id))
        company.accept(delivery, f"A{number}")
        closing = company.actor(company.chief)
        scanned, closed = at_once(
            company,
            scanning(company, delivery, f"B{number}", company.actor(company.worker, company.gate)),
            partial(close_document, closing, delivery.id, token=f"close {delivery.id}"),
        )
        assert isinstance(closed, Document)
        moved = bool(units.by_number(f"B{number}"))
        if isinstance(scanned, RefusedError):
            assert scanned.refusal.code is RefusalCode.NOT_OPEN
            assert not moved
        else:
            assert isinstance(scanned, Accepted)
            assert moved


def test_one_gtin_learned_at_once_is_learned_once(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.phone.id))
    line = documents.lines(delivery.id)[0]
    actors = [company.actor(company.worker, company.desk), company.actor(company.chief, company.gate)]
    confirmed = frozenset({QuestionKind.LEARN_GTIN})
    scan = company.scan("4006381333948")
    learning = partial(take, document_id=delivery.id, scan=scan, line_id=line.id, confirmed=confirmed)
    outcomes = at_once(company, *(partial(learning, actor, token=next(company.tokens)) for actor in actors))
    assert not any(isinstance(outcome, Refused | RefusedError) for outcome in outcomes), outcomes
    assert documents.lines(delivery.id)[0].product.gtins == ("04006381333948",)


@pytest.mark.parametrize("document_type", ["deliveries", "issues"])
def test_two_closings_of_the_same_units_post_them_once(company: Company, document_type: str) -> None:
    company.stock(company.laptop, "LT000001")
    if document_type == "deliveries":
        document = company.delivery(NewLine(product_id=company.printer.id))
        company.accept(document, "P1")
    else:
        document = company.issue()
        company.accept(document, "LT000001")
    actors = [company.actor(company.chief, company.desk), company.actor(company.chief, company.gate)]
    closings = (partial(close_document, actor, document.id, token=next(company.tokens)) for actor in actors)
    outcomes = at_once(company, *closings)
    refused = [outcome for outcome in outcomes if isinstance(outcome, RefusedError)]
    assert [error.refusal.code for error in refused] == [RefusalCode.NOT_OPEN]
