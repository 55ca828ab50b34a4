"""Services on screens: given, listed as they expire, renewed, ended, put right; by key and by scanner."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from screens.customer_holdings import CustomerHoldings
from screens.entry import Entry
from screens.expiring import Expiring
from screens.home import Home
from screens.new_services import AddServices, ServiceChoice
from screens.paper_desk import PaperDesk
from screens.service_forms import AmendService, RenewService
from screens.session import Session
from screens.unit_card import UnitCard
from screens.unit_search import UnitSearch
from store.domain.fields import FieldSpec, FieldType
from store.domain.language import Language
from store.domain.lists import ListKind
from store.domain.papers import PaperLanguage, PaperSetup
from store.domain.reminders import LetterSetup
from store.domain.services import Expiry, Validity
from store.models.products import ProductRow
from store.models.sql import select
from store.operations.editing import EDITS
from store.operations.fields import define_field, give_field
from store.operations.parties import create_party
from store.queries import units
from store.queries.fields import fields_of_unit
from store.queries.parties import party_by_id
from store.queries.products import product_with_sku
from store.queries.services import expiring, validity_of
from tests.print.papers import texts
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.services import add, licence_of
from tui import speech

DAY = timedelta(days=1)


def let_write(session: Session, folder: Path) -> None:
    """Let letters and papers, in either language, become files in a folder."""
    speech.speak(Language.EN)
    session.letters = lambda: LetterSetup(templates=folder / "own", folder=folder)
    session.papers = lambda: PaperSetup(folder=folder, language=PaperLanguage.PL)


def names(folder: Path) -> list[str]:
    """Return the names of the papers in a folder."""
    return [path.name for path in folder.glob("*.pdf")]


def written(folder: Path) -> list[str]:
    """Return the texts of the papers in a folder."""
    return [" ".join(texts(path.read_bytes())) for path in folder.glob("*.pdf")]


@pytest.fixture
def licences(company: Warehouse) -> list[int]:
    """One that expired, one that ends in ten days, one in seventy."""
    licence = licence_of(company)
    today = company.now.astimezone().date()
    return [
        add(company, licence, number, valid_from=date(2025, 1, 1), valid_until=today + days * DAY)[0]
        for number, days in (("OLD-1", -3), ("SOON-1", 10), ("LATER-1", 70))
    ]


def terms(company: Warehouse, unit_id: int) -> Validity:
    found = company.run(validity_of, unit_id)
    assert found is not None
    return found


async def test_the_menu_counts_what_expired_and_what_will(
    show: Showing, session: Session, company: Warehouse, licences: list[int]
) -> None:
    async with show(Home(session)) as stage:
        row = next(line for line in stage.text().splitlines() if "Service" in line)
        await stage.command(row.split()[0])
        await stage.shows("Expiring services 1 expired, 1 in 30 days")


async def test_the_list_is_narrowed_and_opens_a_card(
    show: Showing, session: Session, company: Warehouse, licences: list[int]
) -> None:
    async with show(Expiring(session)) as stage:
        await stage.shows("OLD-1", "SOON-1", "LATER-1", "1 of 3")
        await stage.command("FILTER")
        await stage.shows("within 30 days")
        await stage.command("2")
        await stage.shows("SOON-1", "1 of 1")
        await stage.hides("OLD-1")
        await stage.command("1")
        await stage.on_top(UnitCard)
        await stage.shows("SOON-1", "10 days left", "5 seats")


async def test_two_are_renewed_at_once_by_the_scanner_alone(
    show: Showing, session: Session, company: Warehouse, licences: list[int]
) -> None:
    async with show(Expiring(session)) as stage:
        await stage.shows("1 of 3")
        await stage.scan("SOON-1")
        await stage.shows("chosen 1")
        await stage.scan("OLD-1")
        await stage.shows("chosen 2")
        await stage.command("DO")
        await stage.shows("What to do with the 2 chosen?")
        await stage.command("1")
        await stage.shows("Renew 2 services?")
        await stage.command("YES")
        await stage.shows("2 services renewed.")
        await stage.command("OK")
        await stage.shows("1 of 1", "LATER-1")
    today = company.now.astimezone().date()
    assert terms(company, licences[1]).renewed == "SOON-1/2"
    old = terms(company, licences[0])
    assert old.renewed_id is not None
    assert terms(company, old.renewed_id).valid_from == today


async def test_all_are_chosen_and_given_up_with_a_reason(
    show: Showing, session: Session, company: Warehouse, licences: list[int]
) -> None:
    async with show(Expiring(session, Expiry.EXPIRED)) as stage:
        await stage.shows("1 of 1")
        await stage.press("f6")
        await stage.shows("chosen 1")
        await stage.command("DO")
        await stage.command("2")
        await stage.shows("Ends on which day?")
        await stage.press("enter")
        await stage.shows("Why?")
        await stage.press(*"rezygnacja", "enter")
        await stage.shows("1 service ended.")
        await stage.press("enter")
        await stage.shows("Nothing expires.")
    assert company.run(expiring, Expiry.EXPIRED, company.now.date()) == []


async def test_one_is_renewed_under_a_scanned_number(
    show: Showing, session: Session, company: Warehouse, licences: list[int]
) -> None:
    async with show(UnitCard(session, licences[1])) as stage:
        await stage.shows("SOON-1")
        await stage.command("DO")
        await stage.shows("Renew")
        await stage.command("1")
        await stage.on_top(RenewService)
        await stage.shows("SOON-1/2")
        await stage.scan("FRESH-7")
        await stage.shows("FRESH-7")
        await stage.command("SAVE")
        await stage.on_top(UnitCard)
        await stage.shows("renewed by FRESH-7")
    assert terms(company, licences[1]).renewed == "FRESH-7"


async def test_terms_are_put_right_from_the_card(
    show: Showing, session: Session, company: Warehouse, licences: list[int]
) -> None:
    company.stock(company.laptop, "LT000001")
    async with show(UnitCard(session, licences[2])) as stage:
        await stage.shows("LATER-1")
        await stage.command("DO")
        await stage.command("3")
        await stage.on_top(AmendService)
        await stage.shows("F10 saves it.")
        await stage.scan("LT000001")
        await stage.shows("LT000001")
        await stage.command("SAVE")
        await stage.on_top(Entry)
        await stage.press(*"pomyłka", "enter")
        await stage.on_top(UnitCard)
        await stage.shows("LT000001")
    assert terms(company, licences[2]).subject == "LT000001"


async def test_a_customer_is_given_services_by_scanning_their_numbers(
    show: Showing, session: Session, company: Warehouse
) -> None:
    licence_of(company)
    party = company.run(party_by_id, company.customer.id)
    async with show(CustomerHoldings(session, party)) as stage:
        await stage.command("DO")
        await stage.shows("What to do with all?")
        await stage.command("7")
        await stage.on_top(ServiceChoice)
        await stage.scan("AV-5")
        await stage.on_top(Entry)
        await stage.scan("KEY-1")
        await stage.on_top(AddServices)
        await stage.shows("KEY-1")
        await stage.scan("KEY-2")
        await stage.shows("KEY-2")
        await stage.command("SAVE")
        await stage.on_top(CustomerHoldings)
        await stage.shows("2 pcs")
    found = company.run(units.by_number, "KEY-2")[0]
    assert terms(company, found.id).seats == 5


async def test_a_service_is_given_with_what_its_kind_requires(
    show: Showing, session: Session, company: Warehouse
) -> None:
    licence = licence_of(company)
    contract = company.run(define_field, FieldSpec(name="Umowa", type=FieldType.TEXT))
    company.run(give_field, licence.kind_id, contract.id, required=True)
    party = company.run(party_by_id, company.customer.id)
    async with show(AddServices(session, party)) as stage:
        await stage.on_top(ServiceChoice)
        await stage.scan("AV-5")
        await stage.on_top(Entry)
        await stage.scan("KEY-1")
        await stage.on_top(AddServices)
        await stage.shows("Umowa: ?")
        await stage.command("SAVE")
        await stage.shows("Umowa?")
        await stage.scan("UM/2026/1")
        await stage.until(lambda: company.run(units.by_number, "KEY-1"))
    (found,) = company.run(units.by_number, "KEY-1")
    assert [each.text for each in company.run(fields_of_unit, found.id)] == ["UM/2026/1"]


async def test_a_renewal_takes_the_number_that_it_proposed_whatever_the_pattern(
    show: Showing, session: Session, company: Warehouse
) -> None:
    licence = licence_of(company)
    (key,) = add(company, licence, "KEY-1")
    company.run(
        EDITS[ListKind.PRODUCTS], company.run(ProductRow.get_by_id, licence.id), {"serial_pattern": r"KEY-\d"}
    )
    async with show(RenewService(session, key, "KEY-1")) as stage:
        await stage.shows("Number: KEY-1/2")
        await stage.command("SAVE")
        await stage.until(lambda: company.run(units.by_number, "KEY-1/2"))


async def test_a_service_is_neither_rented_nor_returned_from_its_card(
    show: Showing, session: Session, company: Warehouse
) -> None:
    (key,) = add(company, licence_of(company), "KEY-1")
    async with show(UnitCard(session, key)) as stage:
        await stage.shows("KEY-1", "sold")
        for code in ("RENT", "RETURN"):
            await stage.command(code)
            await stage.shows("is a service: it is never in a warehouse")
            await stage.command("OK")
            await stage.on_top(UnitCard)


async def test_all_customers_of_what_expires_are_written_to_at_once(
    show: Showing, session: Session, company: Warehouse, licences: list[int], tmp_path: Path
) -> None:
    let_write(session, tmp_path)
    other = company.run(create_party, "EN", "Foreign Ltd", is_customer=True, language=Language.EN)
    today = company.now.astimezone().date()
    licence = company.run(product_with_sku, "AV-5")
    add(company, licence, "FOR-1", party_id=other.id, valid_until=today + 5 * DAY, subject="office")
    async with show(Expiring(session)) as stage:
        await stage.shows("1 of 4")
        await stage.command("ALL")
        await stage.shows("chosen 4")
        await stage.command("DO")
        await stage.command("3")
        await stage.shows("Which letter to 2 customers?", "renewal")
        await stage.command("1")
        await stage.shows("2 letters written.")
        await stage.command("OK")
        # What was chosen stays chosen: it is renewed when the customer answers.
        await stage.shows("1*", "2 letters written.")
    rows = company.run(
        select,
        """SELECT p.party_id, p.language, count(*) AS units FROM paper p
           JOIN paper_unit x ON x.paper_id = p.id GROUP BY p.id, p.party_id, p.language ORDER BY p.id""",
    )
    assert [tuple(row.values()) for row in rows] == [(other.id, "en", 1), (company.customer.id, "pl", 3)]
    # Each file says what it is and whose.
    assert sorted(names(tmp_path)) == [
        f"renewal-{company.customer.code}-2.pdf", "renewal-EN-1.pdf",
    ]  # fmt: skip
    told = written(tmp_path)
    (polish,) = [text for text in told if "Przedłużenie usług" in text]
    (english,) = [text for text in told if "Renewal of services" in text]
    assert "SOON-1" in polish
    assert (today + 10 * DAY).isoformat() in polish
    assert "FOR-1" not in polish
    assert "FOR-1" in english
    assert "office" in english


async def test_one_customer_is_written_to_at_the_desk_of_papers(
    show: Showing, session: Session, company: Warehouse, licences: list[int], tmp_path: Path
) -> None:
    let_write(session, tmp_path)
    async with show(Expiring(session)) as stage:
        await stage.shows("1 of 3")
        await stage.command("DO")
        await stage.command("3")
        await stage.on_top(PaperDesk)
        await stage.shows("1 Letter: renewal")


async def test_a_search_says_until_when_a_service_is_valid(
    show: Showing, session: Session, company: Warehouse, licences: list[int]
) -> None:
    async with show(UnitSearch(session)) as stage:
        await stage.write("SOON-1")
        today = company.now.astimezone().date()
        is_wide = stage.app.size.width > 40
        await stage.shows("SOON-1", f"valid until {today + 10 * DAY}" if is_wide else "Antywirus")
