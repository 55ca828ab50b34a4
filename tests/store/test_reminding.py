"""Reminders: once a day a customer, each of its units says so, and what failed may be sent again."""

from datetime import date
from typing import Any

import pytest
from peewee import DatabaseError

from store.check.run import check_store
from store.domain.documents import NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.findings import FindingCode
from store.domain.kept_papers import NewPaper
from store.domain.papers import PaperCode, PaperLanguage
from store.domain.printing import PrintState
from store.domain.reminders import Channel, NewReminder, Reminder, ReminderState
from store.models.sql import execute, is_postgres, select
from store.operations.parties import create_party
from store.operations.reminding import begin_reminder, fail_reminder, settle_reminder
from store.queries.events import events
from store.queries.kept_papers import paper_pdf, papers_of_party, papers_of_unit
from store.queries.reminders import reminders_of, reminders_to
from store.queries.units import by_number
from tests.store.company import Company
from tests.store.counting import asked
from tests.store.test_check import corrupt

DAY = date(2026, 3, 2)
COLUMNS = """party_id, party_name, day, channel, address, state, reason, units, operator_id, operator_name,
    recorded_at"""


@pytest.fixture
def units(company: Company) -> list[int]:
    company.stock(company.laptop, "LT000001", "LT000002")
    issue = company.issue(NewLine(product_id=company.laptop.id))
    company.accept(issue, "LT000001", "LT000002")
    company.close(issue)
    return [company.run(by_number, serial)[0].id for serial in ("LT000001", "LT000002")]


def begin(company: Company, token: str = "t", **fields: Any) -> Reminder:
    known = {"party_id": company.customer.id, "day": DAY, "channel": Channel.EMAIL, "address": "a@b.pl"}
    new = NewReminder(**(known | fields))
    letter = NewPaper(
        code=PaperCode.LETTER,
        language=PaperLanguage.PL,
        pdf=f"%PDF {token}".encode(),
        party_id=new.party_id,
        unit_ids=tuple(row["id"] for row in company.run(select, "SELECT id FROM unit ORDER BY id")),
        name="reminder",
    )
    return company.run(begin_reminder, company.actor(), new, letter, token=token)


def settle(company: Company, units: list[int], token: str = "t", file: str = "") -> Reminder:
    return company.run(settle_reminder, company.actor(), token, units, text="a@b.pl", file=file)


def test_a_reminder_is_an_event_of_each_of_its_units(company: Company, units: list[int]) -> None:
    begun = begin(company)
    assert (begun.state, begun.party_name, begun.operator_name) == (
        ReminderState.BEGUN, company.customer.name, company.worker.name,
    )  # fmt: skip
    done = settle(company, units)
    assert (done.state, done.units, done.address) == (ReminderState.DONE, 2, "a@b.pl")
    for unit in units:
        (event,) = company.run(events, unit)
        assert (event.kind, event.text, event.holder_name) == ("reminder", "a@b.pl", company.customer.name)
    assert company.run(reminders_of, DAY) == company.run(reminders_to, company.customer.id) == [done]
    assert list(check_store(company.database)) == []


def test_its_letter_is_kept_and_what_was_sent_is_printed_as_a_copy(
    company: Company, units: list[int]
) -> None:
    begin(company)
    (begun,) = company.run(papers_of_party, company.customer.id)
    assert (begun.name, begun.sent_to, begun.is_out) == ("reminder", "a@b.pl", True)
    company.run(fail_reminder, "t", reason="550 nobody")
    (failed,) = company.run(papers_of_party, company.customer.id)
    assert (failed.sent_to, failed.is_out) == ("", False)
    begin(company, "again", channel=Channel.PAPER)
    settle(company, units, "again", "/srv/letters/a.pdf")
    settle(company, units, "again", "/srv/letters/a.pdf")
    written, first = company.run(papers_of_unit, units[1])
    assert (written.last_state, written.copies, written.is_out) == (PrintState.SAVED, 1, True)
    assert (first.id, first.is_out) == (failed.id, False)
    assert company.run(paper_pdf, written.sha256) == b"%PDF again"
    assert list(check_store(company.database)) == []


@pytest.mark.parametrize("paper", ["NULL", "(SELECT min(id) FROM paper)"])
def test_the_database_takes_no_reminder_without_its_letter(
    company: Company, units: list[int], paper: str
) -> None:
    other = company.run(create_party, "X", "X", is_customer=True)
    begin(company, "other", party_id=other.id)
    begin(company)
    with pytest.raises(DatabaseError), company.database.atomic():
        execute(
            f"UPDATE reminder SET state = 'done', paper_id = {paper} WHERE party_id = :party",
            party=company.customer.id,
        )


def test_a_reminder_with_the_letter_to_somebody_else_is_found(company: Company, units: list[int]) -> None:
    other = company.run(create_party, "X", "X", is_customer=True)
    begin(company)
    settle(company, units)
    corrupt(company.database, f"UPDATE paper SET party_id = {other.id}")
    assert FindingCode.REMINDER_LETTER in {finding.code for finding in check_store(company.database)}


def test_nobody_is_reminded_twice_a_day(company: Company, units: list[int]) -> None:
    begin(company)
    for settled in (False, True):
        if settled:
            settle(company, units)
        with pytest.raises(RefusedError) as refused:
            begin(company, "other", channel=Channel.PAPER, address="")
        assert refused.value.refusal.code is RefusalCode.REMINDED
        assert refused.value.refusal.data["party"] == company.customer.name
    assert begin(company, "next", day=date(2026, 3, 3)).state is ReminderState.BEGUN


def test_a_repeat_after_a_lost_answer_begins_and_settles_once(company: Company, units: list[int]) -> None:
    assert begin(company) == begin(company)
    assert settle(company, units) == settle(company, units)
    assert len(company.run(events, units[0])) == 1


def test_what_failed_may_be_sent_again(company: Company, units: list[int]) -> None:
    begin(company)
    company.run(fail_reminder, "t", reason="550 nobody")
    (failed,) = company.run(reminders_of, DAY)
    assert (failed.state, failed.reason) == (ReminderState.FAILED, "550 nobody")
    begin(company, "again", channel=Channel.PAPER)
    settle(company, units, "again")
    company.run(fail_reminder, "again", reason="too late")
    (done,) = company.run(reminders_of, DAY)
    assert (done.state, done.reason, done.channel, done.address) == (
        ReminderState.DONE,
        "",
        Channel.PAPER,
        "",
    )
    with pytest.raises(LookupError):
        settle(company, units, "t")


def test_pieces_without_serials_are_reminded_of_without_an_event(company: Company) -> None:
    begin(company)
    assert settle(company, []).units == 0
    assert list(check_store(company.database)) == []


def test_a_reminder_takes_the_same_few_statements(company: Company, units: list[int]) -> None:
    begin(company)
    few = asked(company.database, lambda: settle(company, units[:1]))
    begin(company, "u", day=date(2026, 3, 3))
    assert asked(company.database, lambda: settle(company, units, "u")) == few


@pytest.mark.parametrize(
    "statement",
    ["UPDATE reminder SET units = 0", "DELETE FROM reminder", "REPLACE INTO reminder SELECT * FROM reminder",
     f"INSERT INTO reminder SELECT id + 1, {COLUMNS}, 'x', NULL FROM reminder"],
)  # fmt: skip
def test_the_database_keeps_what_was_sent(company: Company, units: list[int], statement: str) -> None:
    begin(company)
    settle(company, units)
    if statement.startswith("REPLACE") and is_postgres():
        statement = "TRUNCATE reminder"
    with pytest.raises(DatabaseError), company.database.atomic():
        execute(statement)
    assert len(company.run(reminders_of, DAY)) == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE reminder SET units = 3", "UPDATE reminder SET state = 'begun'"]
)
def test_a_reminder_that_its_units_do_not_know_is_found(
    company: Company, units: list[int], statement: str
) -> None:
    begin(company)
    settle(company, units)
    corrupt(company.database, statement)
    findings = list(check_store(company.database))
    assert FindingCode.REMINDER in {finding.code for finding in findings}
    assert all("{" not in finding.sentence() for finding in findings)


@pytest.mark.parametrize("email", ["anna", "a@b.pl c"])
def test_a_party_has_addresses_or_none(company: Company, email: str) -> None:
    party = company.run(create_party, "X", "X", email=" a@b.pl;c@d.pl ")
    assert party.email == "a@b.pl c@d.pl"
    with pytest.raises(RefusedError) as refused:
        company.run(create_party, "Y", "Y", email=email)
    assert refused.value.refusal.code is RefusalCode.BAD_EMAIL
