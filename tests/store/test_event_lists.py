"""The company's own kinds of events and its teams: added, renamed in two languages, ordered, retired."""

from pathlib import Path

import pytest

from store.check.run import check_store
from store.domain.errors import RefusalCode
from store.domain.language import Language, speaking, use
from store.domain.lists import ListKind, Loaded
from store.models.sql import select
from store.operations.events import record_event
from store.queries.events import events, kinds
from store.queries.lists import by_key, listed
from store.queries.tasks import teams
from tests.store.company import Company
from tests.store.test_lists import bad, refusal, update

LOCALE = Path(__file__).parents[2] / "tui" / "locale"


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def own(company: Company) -> list[str]:
    return [kind.name for kind in company.run(kinds) if not kind.is_built_in]


def test_own_kinds_come_in_their_order_and_go_out_of_use(company: Company) -> None:
    rows = (
        {"code": "CAL", "name": "Calibration", "position": "2"},
        {"code": "LEG", "name": "Legalisation", "position": "1", "stays_open": "yes"},
    )
    assert update(company, ListKind.EVENT_KINDS, *rows) == Loaded(added=2, known=0, changed=0)
    assert own(company) == ["Legalisation", "Calibration"]
    update(company, ListKind.EVENT_KINDS, {"code": "CAL", "name": "Calibration", "position": "0"})
    assert own(company) == ["Calibration", "Legalisation"]
    update(company, ListKind.EVENT_KINDS, {"code": "CAL", "name": "Calibration", "retired": "yes"})
    assert own(company) == ["Legalisation"]
    assert [row.cells["code"] for row in company.run(listed, ListKind.EVENT_KINDS, retired=True)] == ["CAL"]


def test_a_kind_is_called_as_in_the_language_and_history_keeps_its_name(company: Company) -> None:
    use(Language.EN, LOCALE)
    row = {"code": "LEG", "name": "Legalisation", "name_pl": "Legalizacja", "stays_open": "yes"}
    update(company, ListKind.EVENT_KINDS, row)
    company.stock(company.laptop, "LT000001")
    unit = company.run(lambda: select("SELECT id FROM unit"))[0]["id"]
    with speaking(Language.PL):
        assert own(company) == ["Legalizacja"]
        company.run(record_event, company.actor(), unit, "LEG", "plomba", token="e")
    assert own(company) == ["Legalisation"]
    update(company, ListKind.EVENT_KINDS, row | {"name_pl": "Cechowanie"})
    (told,) = company.run(events, unit)
    assert (told.kind_name, told.status is not None) == ("Legalizacja", True)


def test_what_the_program_knows_by_itself_stays(company: Company) -> None:
    assert company.run(by_key, ListKind.EVENT_KINDS, "complaint") is None
    changed = {"code": "complaint", "name": "X"}
    assert refusal(company, ListKind.EVENT_KINDS, changed) is RefusalCode.EXISTS
    assert refusal(company, ListKind.EVENT_KINDS, {"code": "A", "name": " "}) is RefusalCode.EMPTY
    (wrong,) = bad(company, ListKind.EVENT_KINDS, {"code": "A", "name": "A", "position": "-1"})
    assert (wrong.column, wrong.allowed) == ("position", "0-9999")


def test_a_team_has_its_members_and_one_takes_services(company: Company) -> None:
    update(
        company, ListKind.TEAMS, {"code": "A", "name": "Alfa", "members": "W1 C1", "takes_services": "yes"}
    )
    update(company, ListKind.TEAMS, {"code": "B", "name": "Beta", "takes_services": "yes"})

    def cells(code: str) -> dict[str, str]:
        row = company.run(by_key, ListKind.TEAMS, code)
        assert row is not None
        return dict(row.cells)

    assert (cells("A")["members"], cells("A")["takes_services"]) == ("C1 W1", "no")
    assert cells("B")["takes_services"] == "yes"
    update(company, ListKind.TEAMS, {"code": "A", "name": "Alfa", "members": "W1"})
    assert cells("A")["members"] == "W1"
    (wrong,) = bad(company, ListKind.TEAMS, {"code": "A", "name": "Alfa", "members": "W1 nobody"})
    assert wrong.column == "members"
    update(company, ListKind.TEAMS, {"code": "B", "name": "Beta", "retired": "yes"})
    assert [team.code for team in company.run(teams)] == ["A"]
