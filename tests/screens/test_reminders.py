"""Reminding everybody who is late from the list of what is out: by e-mail, or as PDF files."""

from datetime import timedelta
from pathlib import Path

import pytest

from screens.reminders import Reminders
from screens.session import Session
from screens.unreturned import Unreturned
from store.domain.loans import Until
from store.domain.mail import MailSecurity
from store.domain.reminders import LetterSetup
from store.operations.parties import create_party
from tests.print.mail_server import Inbox, mail_server
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing


@pytest.fixture
def lending(company: Warehouse) -> Warehouse:
    """Ten days ago a laptop each was lent for three days to a customer without an address and to one with."""
    company.stock(company.laptop, "LT000001", "LT000002")
    until = Until(due=company.now.date() + timedelta(days=3))
    mailed = company.run(create_party, "ANNA", "Anna Żak", is_customer=True, email="anna@example.com")
    company.lend("LT000001", until=until)
    company.lend("LT000002", until=until, party=mailed)
    company.now += timedelta(days=10)
    return company


def setup(folder: Path, inbox: Inbox | None = None) -> LetterSetup:
    server = inbox.server(MailSecurity.NONE) if inbox else None
    return LetterSetup(templates=folder / "none", folder=folder / "letters", server=server)


async def test_everybody_is_reminded_in_files_by_the_scanner_alone(
    show: Showing, session: Session, lending: Warehouse, tmp_path: Path
) -> None:
    session.letters = lambda: setup(tmp_path)
    async with show(Unreturned(session)) as stage:
        await stage.shows("Odbiorca")
        await stage.command("REMIND")
        await stage.on_top(Reminders)
        await stage.shows("Anna Żak", "1 late since")
        await stage.command("SEND")
        await stage.shows("How to remind them?")
        await stage.command("1")
        await stage.shows("2 reminded")
        await stage.command("OK")
        await stage.shows("reminded (PDF)")
        assert len(list((tmp_path / "letters").glob("*.pdf"))) == 2
        await stage.command("SEND")
        await stage.command("1")
        await stage.shows("0 reminded", "2 before")
        await stage.command("OK")
        await stage.command("1")
        await stage.shows("LT00000")


async def test_who_has_no_address_is_told_of_and_the_others_get_their_e_mail(
    show: Showing, session: Session, lending: Warehouse, tmp_path: Path
) -> None:
    with mail_server() as inbox:
        session.letters = lambda: setup(tmp_path, inbox)
        async with show(Reminders(session)) as stage:
            await stage.shows("Anna Żak")
            await stage.command("SEND")
            await stage.shows("By e-mail")
            await stage.command("1")
            await stage.shows("1 reminded", "1 not")
            await stage.command("OK")
            await stage.shows("reminded (a", "NOT SENT")
    assert [to for to, _message in inbox.letters] == [("anna@example.com",)]


async def test_nobody_late_is_said(show: Showing, session: Session, company: Warehouse) -> None:
    async with show(Reminders(session)) as stage:
        await stage.shows("Nobody is late.")
