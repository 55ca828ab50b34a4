"""`sztuka remind`: who is late gets one letter a day, by e-mail or on paper, whatever others do."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from store.database import open_database
from store.domain.language import Language
from store.domain.loans import Until
from store.domain.reminders import Channel, ReminderState
from store.operations.parties import create_party
from store.queries.events import events
from store.queries.reminders import reminders_of
from store.queries.units import by_number
from tests.print.mail_server import Inbox, mail_server
from tests.store.company import Company
from tests.store.conftest import opened_company
from tests.tui.cli.conftest import Sztuka

TODAY = date.today()  # noqa: DTZ011 - the command takes the day of this machine as well


@pytest.fixture
def lending(store_url: str) -> str:
    """The URL of a store with three customers who are late, one without an address, and one who is not."""
    with opened_company(store_url) as company:
        company.stock(company.laptop, *(f"LT00000{number}" for number in range(1, 7)))
        parties = [
            company.run(create_party, code, name, is_customer=True, email=email, language=language)
            for code, name, email, language in (
                ("ANNA", "Anna Żak", "anna@example.com", None),
                ("BILL", "Bill Ltd", "bill@example.com", Language.EN),
                ("PAP", "Papier", "", Language.PL),
                ("OK", "W porządku", "ok@example.com", None),
            )
        ]
        late = Until(due=company.now.date() + timedelta(days=1))
        for number, party in enumerate(parties[:3], start=1):
            company.lend(f"LT00000{number}", until=late, party=party)
        company.lend("LT000004", until=late, party=parties[0])
        company.lend("LT000005", until=Until(due=TODAY + timedelta(days=30)), party=parties[3])
    return store_url


def variables(inbox: Inbox, url: str) -> dict[str, str]:
    return {
        "SZTUKA_STORE": url, "SZTUKA_MAIL_HOST": "localhost", "SZTUKA_MAIL_PORT": str(inbox.port),
        "SZTUKA_MAIL_SECURITY": "none", "SZTUKA_MAIL_SENDER": "magazyn@example.com", "SZTUKA_LANGUAGE": "pl",
        "SZTUKA_LETTERS_OPERATOR": "C1", "SZTUKA_TERMINAL": "T1",
    }  # fmt: skip


def said(output: str) -> dict[str, str]:
    """Return what became of each customer, by code."""
    return {line.split("\t")[1]: line.split("\t")[0] for line in output.splitlines()}


def reminded(url: str) -> dict[str, tuple[ReminderState, Channel, int]]:
    with opened_again(url) as company:
        return {
            each.party_name: (each.state, each.channel, each.units)
            for each in company.run(reminders_of, TODAY)
        }


def opened_again(url: str) -> "Reopened":
    return Reopened(url)


class Reopened:
    """A store that has its company already."""

    def __init__(self, url: str) -> None:
        self.database = open_database(url)

    def __enter__(self) -> Company:
        self.database.connect()
        empty = dict.fromkeys(Company.__dataclass_fields__)
        return Company(**(empty | {"database": self.database, "now": datetime.now().astimezone()}))  # type: ignore[arg-type]

    def __exit__(self, *_error: object) -> None:
        self.database.close()


def test_everybody_who_is_late_is_written_to_once_a_day(sztuka: Sztuka, lending: str, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    with mail_server() as inbox:
        known = variables(inbox, lending)
        run = sztuka("remind", "--dry-run", **known)
        assert run.returncode == 0, run.stderr
        assert sorted(said(run.stdout)) == ["ANNA", "BILL", "PAP"]
        assert reminded(lending) == {}
        run = sztuka("remind", "--email", "--out", str(folder), **known)
        assert run.returncode == 0, run.stderr
        assert said(run.stdout) == {"ANNA": "wysłane", "BILL": "wysłane", "PAP": "zapisane"}
        again = sztuka("remind", "--email", "--out", str(folder), **known)
        assert set(said(again.stdout).values()) == {"już przypomniano"}
        letters = {to[0]: message for to, message in inbox.letters}
        assert len(inbox.letters) == 2
    assert "Przypomnienie o zwrocie sprzętu (2 szt.)" in letters["anna@example.com"]["Subject"]
    assert "Reminder to return equipment (1 pcs.)" in letters["bill@example.com"]["Subject"]
    (attached,) = letters["anna@example.com"].iter_attachments()
    pdf = pypdfium2.PdfDocument(attached.get_payload(decode=True))  # type: ignore[arg-type]
    text = pdf[0].get_textpage().get_text_bounded()
    for part in ("Anna Żak", "LT000001", "LT000004", "Kierownik"):
        assert part in text
    assert "LT000002" not in text
    (path,) = folder.iterdir()
    assert path.name == f"{TODAY.isoformat()}-PAP.pdf"
    assert reminded(lending) == {
        "Anna Żak": (ReminderState.DONE, Channel.EMAIL, 2),
        "Bill Ltd": (ReminderState.DONE, Channel.EMAIL, 1),
        "Papier": (ReminderState.DONE, Channel.PAPER, 1),
    }
    with opened_again(lending) as company:
        unit = company.run(by_number, "LT000004")[0].id
        (event,) = company.run(events, unit)
        assert (event.kind, event.text, event.holder_name) == ("reminder", "anna@example.com", "Anna Żak")


def test_a_letter_that_fails_keeps_nobody_else_from_theirs(
    sztuka: Sztuka, lending: str, tmp_path: Path
) -> None:
    with mail_server() as inbox:
        known = variables(inbox, lending)
        inbox.refused.add("anna@example.com")
        run = sztuka("remind", "--email", **known)
        assert run.returncode == 1
        assert said(run.stdout) == {"ANNA": "NIE WYSŁANE", "BILL": "wysłane", "PAP": "NIE WYSŁANE"}
        assert "550" in run.stdout
        assert "brak adresu e-mail" in run.stdout
        inbox.refused.clear()
        run = sztuka("remind", "--email", "--out", str(tmp_path / "paper"), **known)
        assert run.returncode == 0, run.stderr
        assert said(run.stdout) == {"ANNA": "wysłane", "BILL": "już przypomniano", "PAP": "zapisane"}


def test_an_uncertain_letter_is_not_sent_again_that_day(sztuka: Sztuka, lending: str) -> None:
    with mail_server() as inbox:
        known = variables(inbox, lending)
        inbox.hang_up_on.add("anna@example.com")
        run = sztuka("remind", "--email", **known)
        assert run.returncode == 1
        assert (said(run.stdout)["ANNA"], said(run.stdout)["BILL"]) == ("niepewne", "wysłane")
        inbox.hang_up_on.clear()
        run = sztuka("remind", "--email", **known)
        assert said(run.stdout)["ANNA"] == "już przypomniano"
        assert [to for to, _message in inbox.letters] == [("bill@example.com",)]


def test_a_server_that_is_down_is_asked_once_and_everybody_can_be_reminded_later(
    sztuka: Sztuka, lending: str
) -> None:
    with mail_server() as inbox:
        known = variables(inbox, lending)
        down = known | {"SZTUKA_MAIL_HOST": "mail.invalid"}
        run = sztuka("remind", "--email", **down)
        assert run.returncode == 1
        assert set(said(run.stdout).values()) == {"NIE WYSŁANE"}
        assert run.stdout.count("mail.invalid") == 2
        run = sztuka("remind", "--email", **known)
        assert (said(run.stdout)["ANNA"], said(run.stdout)["BILL"]) == ("wysłane", "wysłane")


@pytest.mark.parametrize(
    ("options", "changed", "told"),
    [
        ((), {}, "--email, --out"),
        (("--email",), {"SZTUKA_MAIL_HOST": ""}, "mail.host"),
        (("--out", "x"), {"SZTUKA_LETTERS_OPERATOR": ""}, "--operator"),
        (("--out", "x"), {"SZTUKA_TERMINAL": ""}, "T1, T2"),
    ],
)
def test_what_is_missing_is_told_before_anything_is_sent(
    sztuka: Sztuka, lending: str, options: tuple[str, ...], changed: dict[str, str], told: str
) -> None:
    with mail_server() as inbox:
        run = sztuka("remind", *options, **(variables(inbox, lending) | changed))
        assert run.returncode == 1
        assert told in run.stderr
        assert reminded(lending) == {}
