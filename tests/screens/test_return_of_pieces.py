"""Pieces without serials that come back, with the scanner alone."""

from decimal import Decimal

from screens.returns import Return
from screens.session import Session
from store.domain.documents import NewLine
from store.domain.terms import DocumentType
from store.models.sql import select
from store.operations.entry import take_quantity
from store.operations.parties import create_party
from store.queries import documents
from store.queries.loans import loans_of
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import CABLE_GTIN


async def test_pieces_without_serials_come_from_whom_is_scanned(
    show: Showing, late: Session, lent: Warehouse
) -> None:
    delivery = lent.delivery(NewLine(product_id=lent.cable.id))
    (line,) = lent.run(lambda: documents.lines(delivery.id))
    lent.run(take_quantity, lent.actor(), delivery.id, line.id, Decimal(20), token="in")
    lent.close(delivery)
    rentals = []
    for party in (None, lent.run(create_party, "CUS3", "Trzeci klient", is_customer=True)):
        rental = lent.rental(**({"party": party} if party else {}))
        lent.accept(rental, CABLE_GTIN, CABLE_GTIN, CABLE_GTIN)
        rentals.append(lent.close(rental))
    document = lent.returning()
    async with show(Return(late, document.id)) as stage:
        await stage.command("QTY 2")
        await stage.shows("Scan the code of a product without serials first.")
        await stage.command("OK")
        await stage.scan(CABLE_GTIN)
        await stage.shows("Kabel 2 m: whose is it?", "Trzeci klient: rented 3")
        await stage.press("escape")
        await stage.scan("CUS3")
        await stage.shows("from Trzeci")
        await stage.scan(CABLE_GTIN)
        await stage.shows("1 Kabel 2 m", "WYP/2026/000004")
        await stage.command("QTY 3")
        await stage.shows("only 2 are out there")
        await stage.command("OK")
        await stage.command("QTY 2")
        await stage.shows("3 Kabel 2 m")
        await stage.press("f8")
        await stage.shows("Which party?")
        await stage.scan("CUS")
        await stage.on_top(Return)
        await stage.shows("from Odbiorca")
        await stage.scan(CABLE_GTIN)
        await stage.shows("4 Kabel 2 m", "WYP/2026/000003")
        await stage.command("CLOSE")
        await stage.shows("Close with 4?")
        await stage.command("YES")
        await stage.shows("ZW/2026/000001")
    left = [
        sum((loan.quantity for loan in lent.run(loans_of, rental.id, only_open=True)), Decimal(0))
        for rental in rentals
    ]
    assert left == [2, 0]


async def test_sold_and_consigned_pieces_come_back_with_the_scanner_alone(
    show: Showing, late: Session, company: Warehouse
) -> None:
    line = NewLine(product_id=company.cable.id)
    company.accept(delivery := company.delivery(line), *[CABLE_GTIN] * 9)
    company.close(delivery)
    other = company.run(create_party, "CUS3", "Trzeci klient", is_customer=True)
    for kind, party in (
        (DocumentType.ISSUE, company.customer), (DocumentType.CONSIGNMENT, company.customer),
        (DocumentType.ISSUE, other),
    ):  # fmt: skip
        company.accept(document := company.open(kind, party, line), *[CABLE_GTIN] * 3)
        company.close(document)
    returned = company.returning()
    async with show(Return(late, returned.id)) as stage:
        await stage.scan(CABLE_GTIN)
        await stage.shows("whose is it?", "1 Odbiorca", "consigned 3", "3 Trzeci klient: sold 3")
        await stage.command("2")
        await stage.shows("Kabel 2 m was sold to Odbiorca", "1 Complaint: ours again")
        await stage.command("2")
        await stage.shows("withdrawal", "Condition?")
        await stage.command("3")
        await stage.shows("Condition: damaged")
        # Neither is asked again for the same goods.
        await stage.command("QTY 2")
        await stage.shows("3 Kabel 2 m", "withdrawal", "Condition?")
        await stage.scan("CUS3")
        await stage.shows("from Trzeci")
        await stage.scan(CABLE_GTIN)
        await stage.shows("was sold to Trzeci klient")
        await stage.command("1")
        await stage.shows("4 Kabel 2 m", "complaint")
        await stage.command("CLOSE")
        await stage.shows("Close with 4?")
        await stage.command("YES")
        await stage.shows("ZW/2026/000001")
    rows = company.run(
        select,
        "SELECT quantity, back_as, condition FROM draft_scan WHERE document_id = :id ORDER BY id",
        id=returned.id,
    )
    assert [(row["quantity"], row["back_as"], row["condition"]) for row in rows] == [
        (1000, "withdrawal", "damaged"), (2000, "withdrawal", None), (1000, "complaint", None),
    ]  # fmt: skip
