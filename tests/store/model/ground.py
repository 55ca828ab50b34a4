"""A small company with the model beside it, which is compared with the store after every step."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from store.check.run import check_store
from store.database import open_database
from store.domain.documents import QuestionKind
from store.domain.errors import Refusal, RefusedError
from store.domain.records import Party, Product
from store.domain.terms import DocumentType
from store.models.sql import select
from store.operations.parties import create_party
from tests.store.company import START, Company, found_company
from tests.store.invoice_files import buyer
from tests.store.model.seen import Seen
from tests.store.model.things import COUNT, MAIN, NOTHING, VAN, Paper
from tests.store.model.world import World
from tests.store.services import licence_of

SERIALS = [f"LT00000{number}" for number in range(1, 9)]
LICENCES = ["AV-1", "AV-2"]
SUPPLIERS, CUSTOMERS, BUYER = ("SUP", "SUP2"), ("CUS", "CUS2"), "ZOLW"
TYPES = {
    "delivery": DocumentType.DELIVERY,
    "deposit": DocumentType.DELIVERY,
    "issue": DocumentType.ISSUE,
    "transfer": DocumentType.TRANSFER,
    "rental": DocumentType.RENTAL,
    "consign": DocumentType.CONSIGNMENT,
    "consign-back": DocumentType.CONSIGNMENT_RETURN,
    "consign-sell": DocumentType.CONSIGNMENT_SALE,
    "send-back": DocumentType.SUPPLIER_RETURN,
    "borrow": DocumentType.BORROWING,
    "borrow-end": DocumentType.BORROWING_END,
    "buy-out": DocumentType.BUYOUT,
    "return": DocumentType.RETURN,
    "service-in": DocumentType.SERVICE_INTAKE,
    "service-out": DocumentType.SERVICE_HANDOUT,
    COUNT: DocumentType.STOCKTAKE,
}
ANSWERS = (
    (None, frozenset()),
    ("undo-sale", frozenset({QuestionKind.AS_WITHDRAWAL})),
    ("into-service", frozenset({QuestionKind.AS_COMPLAINT})),
    ("into-service", frozenset({QuestionKind.AS_SERVICE})),
)
"""Why a sold unit comes back, as one thing after the other is answered; without an answer it does not."""
SURE = {
    "service-in": frozenset({QuestionKind.FOREIGN_UNIT}),
    COUNT: frozenset({QuestionKind.SURPLUS}),
}
"""What a person says of a serial that nobody knows."""
WITH_SUPPLIERS = {"deposit", "send-back", "borrow", "borrow-end", "buy-out"}
WITH_NOBODY = {"transfer", "return", COUNT}
WITH_ANYBODY = {"delivery"}
"""What customers sell back to us comes by a delivery as well."""
WITH_BUYER = {"service-in", "service-out"}
MOST_OPEN = 5
T = TypeVar("T")

kinds = st.sampled_from(sorted(TYPES))
places = st.sampled_from([MAIN, MAIN, VAN])
serials = st.sampled_from([*SERIALS, *SERIALS, *LICENCES])
number = st.integers(0, 7)
"""Which of those that there are, counted around."""


def tried(deed: Callable[[], T]) -> T | Refusal:
    """What a deed gives, or why it was refused."""
    try:
        return deed()
    except RefusedError as error:
        return error.refusal


@dataclass(frozen=True)
class Founded:
    """A company as every walk begins with it."""

    company: Company
    licence: Product
    parties: dict[str, Party]


def found(url: str) -> Founded:
    """Found the company in a migrated, empty store, of which each walk gets a copy."""
    database = open_database(url)
    database.connect()
    try:
        company = found_company(database)
        return Founded(
            company,
            licence_of(company),
            {
                "SUP": company.supplier,
                "CUS": company.customer,
                "SUP2": company.run(create_party, "SUP2", "Druga hurtownia", is_supplier=True),
                "CUS2": company.run(create_party, "CUS2", "Drugi odbiorca", is_customer=True),
                BUYER: buyer(company),
            },
        )
    finally:
        database.close()


class Ground(RuleBasedStateMachine):
    """Eight serials, one product without, two licences, two locations, two suppliers and three customers."""

    founded: Founded
    new_url: Callable[[], str]
    """Of a copy of the store in which the company was founded."""

    def __init__(self) -> None:
        super().__init__()
        self.database = open_database(type(self).new_url())
        self.database.connect()
        tokens = (f"token-{n}" for n in count())
        self.company = replace(self.founded.company, database=self.database, now=START, tokens=tokens)
        self.licence, self.parties = self.founded.licence, self.founded.parties
        self.locations = {MAIN: self.company.main, VAN: self.company.van}
        self.seen = Seen()
        order = [row["code"] for row in select("SELECT code FROM party ORDER BY id")]
        spots = select(
            "SELECT code, place_id FROM location UNION ALL SELECT code, place_id FROM party ORDER BY place_id"
        )
        self.world = World(parties=order, places=[row["code"] for row in spots])
        self.compared = 0
        self.asked = count()
        self.posted: Counter[DocumentType] = Counter()

    def teardown(self) -> None:
        try:
            findings = [each.sentence() for each in check_store(self.database)]
            assert findings == [], findings
        finally:
            self.database.close()

    @property
    def today(self) -> date:
        return self.company.now.astimezone().date()

    def paper(self, which: int) -> Paper:
        papers = list(self.world.papers.values())
        return papers[which % len(papers)]

    def unit_ids(self) -> dict[str, int]:
        return {row["serial"]: row["id"] for row in select("SELECT id, serial FROM unit")}

    # What has to hold after every step

    @invariant()
    def the_store_is_what_the_model_says(self) -> None:
        world = self.world
        units = {serial: (spot, serial in world.blocked) for serial, spot in world.units.items()}
        assert self.seen.units() == units
        assert self.seen.piles() == {spot: pieces for spot, pieces in world.piles.items() if pieces}
        assert self.seen.entries() == Counter(world.ledger[self.compared :])
        self.compared = len(world.ledger)
        assert self.seen.lent() == Counter(lent.facts for lent in world.lent)
        assert self.seen.repairs() == world.repairs
        assert self.seen.carriers() == world.carriers

    @invariant()
    def what_was_agreed_is_as_far_as_the_model_says(self) -> None:
        waiting: Counter[str] = Counter()
        for each in self.world.waiting:
            waiting[each.party] += each.open  # type: ignore[assignment]  # a Counter holds Decimals as well
        assert self.seen.waiting() == {party: pieces for party, pieces in waiting.items() if pieces}
        assert self.seen.deals() == {
            deal.id: (deal.state, {name: line.figures for name, line in deal.lines.items()})
            for deal in self.world.deals.values()
        }

    @invariant()
    def drafts_are_what_was_accepted(self) -> None:
        papers = self.world.papers.values()
        drafts, scanned = self.seen.drafts(), self.seen.scanned()
        assert drafts == {paper.id: set(paper.serials) for paper in papers if paper.serials}
        for paper in papers:
            found = scanned.get(paper.id, {})
            assert found == {name: paper.scanned(name) for name in found}
            assert found or paper.counted + len(paper.serials) == NOTHING
