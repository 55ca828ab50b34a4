"""A technician's work: a unit is taken in, told of, handed out, by scanner alone and at every size."""

import pytest

from screens.document_list import DocumentList
from screens.entry import Entry
from screens.home import Home
from screens.in_service import InService
from screens.refusal_panel import RefusalPanel
from screens.service_documents import HandoutScans, IntakeScans, ServiceHandout, ServiceIntake
from screens.session import Session
from screens.unit_card import UnitCard
from store.domain.repairs import Intake, Settlement, TakenAs
from store.domain.terms import DocumentStatus, DocumentType, Terms
from store.operations.events import record_event
from store.operations.service import begin_service, say_intake
from store.queries.documents import listing
from store.queries.events import events, open_events
from store.queries.repairs import open_repair, scanned_pieces
from store.queries.tasks import unit_tasks
from store.queries.unit_links import related
from store.queries.units import by_number, card
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing


@pytest.fixture
def sold(company: Warehouse) -> dict[str, int]:
    """Laptops and a printer that the customer has, by serial."""
    company.stock(company.laptop, "LT000001", "LT000002")
    company.stock(company.printer, "PX-1")
    issue = company.issue()
    company.accept(issue, "LT000001", "LT000002", "PX-1")
    company.close(issue)
    return {serial: company.run(by_number, serial)[0].id for serial in ("LT000001", "LT000002", "PX-1")}


def taken_in(company: Warehouse, unit_id: int, fault: str = "Nie świeci") -> None:
    """Take a unit into service."""
    kind, actor = DocumentType.SERVICE_INTAKE, company.actor(company.chief)
    document = company.run(begin_service, actor, kind, unit_id, token=next(company.tokens))
    ids = [piece.scan_id for piece in company.run(scanned_pieces, document.id)]
    company.run(say_intake, document.id, ids, Intake(fault=fault))
    company.close(document)


async def test_a_unit_is_taken_in_with_the_scanner_alone(
    show: Showing, session: Session, company: Warehouse, sold: dict[str, int]
) -> None:
    async with show(DocumentList(session, ServiceIntake)) as stage:
        await stage.command("NEW")
        await stage.shows("Which customer?")
        await stage.scan("CUS")
        await stage.shows("New: Service intake")
        await stage.command("OPEN")
        await stage.on_top(ServiceIntake)
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.command("CLOSE")
        await stage.shows("LT000001", "under warranty", "1 Complaint")
        await stage.command("1")
        await stage.shows("What is wrong?", "1 Does not start")
        await stage.command("1")
        await stage.shows("What comes with it?")
        await stage.command("3")
        await stage.shows("Close with 1?")
        await stage.command("YES")
        await stage.shows("A task for it?", "2 For me")
        await stage.command("2")
        await stage.shows("PS/2026/000001")
        await stage.command("OK")
        await stage.on_top(DocumentList)
    unit = company.run(card, sold["LT000001"])
    assert unit.terms is Terms.SERVICE
    repair = company.run(open_repair, unit.id)
    assert repair is not None
    assert (repair.fault, repair.accessories) == ("Does not start", "Power supply and bag")
    assert [event.text for event in company.run(open_events, unit.id)] == ["Does not start"]
    assert [task.title for task in company.run(unit_tasks, unit.id)] == ["Does not start"]


async def test_a_unit_that_is_not_ours_is_named_by_its_product_and_confirmed(
    show: Showing, session: Session, company: Warehouse
) -> None:
    document = company.open(DocumentType.SERVICE_INTAKE, company.customer)
    async with show(ServiceIntake(session, document.id)) as stage:
        await stage.scan("OBCY-7")
        await stage.on_top(RefusalPanel)
        await stage.shows("was not sold by")
        await stage.command("OK")
        await stage.on_top(ServiceIntake)
        await stage.scan("PR-1")
        await stage.shows("Drukarka laserowa")
        await stage.scan("OBCY-7")
        await stage.shows("customer's own")
        await stage.command("YES")
        await stage.shows("1 Drukarka laserowa")
        await stage.command("CLOSE")
        await stage.shows("OBCY-7", "no warranty")
        await stage.command("2")
        await stage.shows("What is wrong?")
        await stage.command("7")
        await stage.on_top(Entry)
        await stage.scan("E-52")
        await stage.shows("What comes with it?")
        await stage.command("1")
        await stage.shows("Close with 1?")
        await stage.command("YES")
        await stage.command("1")
        await stage.shows("PS/2026/000001")
        await stage.command("OK")
    unit = company.run(card, company.run(by_number, "OBCY-7")[0].id)
    assert (unit.owner_name, unit.terms) == (company.customer.name, Terms.SERVICE)
    assert [(event.kind, event.text) for event in company.run(events, unit.id)] == [("service", "E-52")]


async def test_what_is_said_of_a_piece_is_mended_in_the_list(
    show: Showing, session: Session, company: Warehouse, sold: dict[str, int]
) -> None:
    document = company.open(DocumentType.SERVICE_INTAKE, company.customer)
    company.accept(document, "LT000001", "PX-1")
    async with show(ServiceIntake(session, document.id)) as stage:
        await stage.command("CLOSE")
        await stage.shows("2 pieces are to be", "2 The same for all")
        await stage.command("2")
        await stage.shows("2 pieces (under")
        await stage.command("1")
        await stage.shows("What is wrong?")
        await stage.command("4")
        await stage.shows("What comes with it?")
        await stage.command("1")
        await stage.shows("Close with 2?")
        await stage.command("NO")
        await stage.command("SCANS")
        await stage.on_top(IntakeScans)
        await stage.shows("Mechanical damage")
        await stage.command("1")
        await stage.shows("PX-1", "why is it brought?")
        await stage.command("2")
        await stage.shows("What is wrong?")
        await stage.command("6")
        await stage.shows("What comes with it?")
        await stage.command("1")
        await stage.shows("Inspection")
    said = {piece.serial: (piece.taken_as, piece.fault) for piece in company.run(scanned_pieces, document.id)}
    assert said == {
        "LT000001": (TakenAs.COMPLAINT, "Mechanical damage"),
        "PX-1": (TakenAs.SERVICE, "Inspection"),
    }


async def test_from_the_list_of_what_is_in_service_a_unit_is_handed_out(
    show: Showing, session: Session, company: Warehouse, sold: dict[str, int]
) -> None:
    taken_in(company, sold["LT000002"], "Miga obraz")
    taken_in(company, sold["LT000001"])
    async with show(InService(session)) as stage:
        await stage.shows("In service", "LT000002", "0 days", "2 units")
        await stage.scan("LT000001")
        await stage.command("HANDOUT")
        await stage.on_top(ServiceHandout)
        await stage.shows("Laptop 14", "LT000001")
        await stage.command("CLOSE")
        await stage.shows("LT000001: Nie", "1 Essential repair")
        await stage.command("2")
        await stage.shows("What was done?")
        await stage.scan("Wymieniona taśma")
        await stage.shows("Close with")
        await stage.command("YES")
        await stage.shows("WS/2026/000001")
        await stage.command("OK")
        await stage.on_top(InService)
        await stage.shows("1 unit")
    unit = company.run(card, sold["LT000001"])
    assert (unit.terms, unit.place and unit.place.name) == (Terms.SOLD, company.customer.name)
    assert company.run(open_events, unit.id) == ()
    assert [event.outcome for event in company.run(events, unit.id)] == ["Wymieniona taśma"]


async def test_the_outcome_of_a_piece_is_mended_in_the_list_of_a_hand_out(
    show: Showing, session: Session, company: Warehouse, sold: dict[str, int]
) -> None:
    taken_in(company, sold["LT000001"])
    kind, actor = DocumentType.SERVICE_HANDOUT, company.actor(company.chief)
    document = company.run(begin_service, actor, kind, sold["LT000001"], token="t")
    async with show(HandoutScans(session, document.id)) as stage:
        await stage.shows("Nie świeci, ?")
        await stage.command("NOTE")
        await stage.shows("What came of it?")
        await stage.command("4")
        await stage.shows("What was done?")
        await stage.command("OK")
        await stage.shows("Goes back")
    (piece,) = company.run(scanned_pieces, document.id)
    assert (piece.settlement, piece.note) == (Settlement.NONE, "Goes back without a repair")


async def test_from_the_card_a_unit_is_taken_in_and_handed_out(
    show: Showing, session: Session, company: Warehouse, sold: dict[str, int]
) -> None:
    async with show(UnitCard(session, sold["LT000001"])) as stage:
        await stage.shows("LT000001")
        await stage.command("DO")
        await stage.shows("What to do?", "6 Service and")
        await stage.command("6")
        await stage.shows("1 Take into service")
        await stage.command("1")
        await stage.on_top(ServiceIntake)
        await stage.shows("Laptop 14", "LT000001")
        await stage.command("BACK")
        await stage.on_top(UnitCard)
    (row,) = company.run(listing, DocumentType.SERVICE_INTAKE, company.main.id, status=DocumentStatus.OPEN)
    assert row.other_side == company.customer.name


async def test_home_says_how_much_is_in_service(
    show: Showing, session: Session, company: Warehouse, sold: dict[str, int]
) -> None:
    taken_in(company, sold["LT000001"])
    async with show(Home(session)) as stage:
        await stage.shows("Service...")
        digit = next(line for line in stage.text().splitlines() if "Service..." in line).split()[0]
        await stage.command(digit)
        await stage.shows("In service 1")


async def test_the_list_of_what_is_in_service_fits_every_size(
    show: Showing, session: Session, company: Warehouse, sold: dict[str, int], size: tuple[int, int]
) -> None:
    taken_in(company, sold["LT000001"], "Nie świeci podświetlenie klawiatury")
    async with show(InService(session)) as stage:
        await stage.shows("LT000001", "0 days", "Odbiorca")
        if size[0] >= 80:
            await stage.shows("Odbiorca sp. z o.o.", "Nie świeci pod")


async def test_a_unit_is_replaced_from_its_card_with_the_scanner_alone(
    show: Showing, session: Session, company: Warehouse, sold: dict[str, int]
) -> None:
    company.stock(company.laptop, "LT000009")
    taken_in(company, sold["LT000001"], "Pęka zawias")
    async with show(UnitCard(session, sold["LT000001"])) as stage:
        await stage.shows("LT000001")
        await stage.command("DO")
        await stage.shows("What to do?")
        await stage.command("MORE")
        await stage.shows("6 Service and")
        await stage.command("6")
        await stage.shows("2 Replace by")
        await stage.command("2")
        await stage.shows("Scan the new")
        await stage.scan("LT000009")
        # What was complained of comes first; nothing is replaced because of an inspection.
        await stage.shows("Why is it replaced?", "1 Pęka zawias")
        await stage.hides("Inspection")
        await stage.command("1")
        await stage.shows("Replace LT000001")
        await stage.command("YES")
        await stage.shows("WR/2026/000001")
        await stage.command("OK")
        await stage.on_top(UnitCard)
        await stage.press("7")
        await stage.shows("replaced by LT000009")
    replacement = company.run(events, sold["LT000001"])[0]
    assert (replacement.kind, replacement.text) == ("replacement", "Pęka zawias")
    new = company.run(card, company.run(by_number, "LT000009")[0].id)
    assert (new.terms, new.owner_name) == (Terms.SOLD, company.customer.name)


async def test_a_complaint_is_settled_and_an_event_put_right_from_the_card(
    show: Showing, session: Session, company: Warehouse, sold: dict[str, int], size: tuple[int, int]
) -> None:
    unit_id = sold["PX-1"]
    company.run(
        record_event,
        company.actor(),
        unit_id,
        "complaint",
        "Smugi",
        technician_id=company.worker.id,
        token="c",
    )
    async with show(UnitCard(session, unit_id)) as stage:
        await stage.shows("PX-1")
        await stage.command("DO")
        await stage.command("6")
        await stage.shows("3 Settle a")
        await stage.command("3")
        await stage.shows("Which one is settled?", "Smugi")
        await stage.command("1")
        await stage.shows("What came of it?")
        await stage.command("2")
        await stage.on_top(UnitCard)
        await stage.command("DO")
        await stage.command("6")
        await stage.shows("3 Settle a")
        await stage.command("4")
        await stage.shows("Which event is")
        await stage.command("1")
        await stage.shows("What happened?")
        await stage.scan("Smugi na wydruku")
        await stage.on_top(UnitCard)
        if size[0] >= 80:
            await stage.shows("complaint: Smugi na", "complaint (put right): Smugi")
    told = company.run(events, unit_id)
    assert [(event.text, event.outcome) for event in told] == [
        ("Smugi na wydruku", "Nothing found"), ("Smugi", "Nothing found"),
    ]  # fmt: skip
    assert {event.technician_name for event in told} == {company.worker.name}


async def test_a_unit_is_built_into_another_from_its_card_and_taken_out(
    show: Showing, session: Session, company: Warehouse, sold: dict[str, int]
) -> None:
    async with show(UnitCard(session, sold["PX-1"])) as stage:
        await stage.shows("PX-1")
        await stage.command("DO")
        await stage.command("6")
        await stage.shows("1 Take into service")
        await stage.command("5")
        await stage.shows("Scan the unit")
        await stage.scan("LT000001")
        await stage.on_top(UnitCard)
        await stage.press("7")
        await stage.shows("built into LT000001")
        await stage.command("DO")
        await stage.command("6")
        await stage.shows("1 Take into service")
        await stage.command("6")
        await stage.shows("Take it out?")
        await stage.command("YES")
        await stage.on_top(UnitCard)
    (link,) = company.run(related, sold["PX-1"])
    assert link.ended_at is not None
