"""A small company with the model beside it: deeds are done in both, which are compared after every step."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from store.check.run import check_store
from store.database import open_database
from store.domain.documents import Accepted, NewDocument, NewLine, Outcome, QuestionKind
from store.domain.errors import Refusal, RefusedError
from store.domain.loans import Giver, RentalTerms, Until
from store.domain.records import Party
from store.domain.terms import DocumentType, Terms
from store.models.sql import select
from store.operations.documents import cancel_document, open_document
from store.operations.entry import take_quantity
from store.operations.parties import create_party
from store.queries import documents
from tests.store.company import CABLE_GTIN, Company, found_company
from tests.store.invoice_files import buyer
from tests.store.model import rules
from tests.store.model.seen import Seen
from tests.store.model.world import US, Paper, World

SERIALS = [f"LT00000{number}" for number in range(1, 9)]
MAIN, VAN = "MAIN", "VAN"
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
}
ANSWERS = (
    (None, frozenset()),
    ("undo-sale", frozenset({QuestionKind.AS_WITHDRAWAL})),
    ("into-service", frozenset({QuestionKind.AS_COMPLAINT})),
    ("into-service", frozenset({QuestionKind.AS_SERVICE})),
)
"""Why a sold unit comes back, as one thing after the other is answered; without an answer it does not."""
WITH_SUPPLIERS = {"deposit", "send-back", "borrow", "borrow-end", "buy-out"}
WITH_ANYBODY = {"delivery"}
"""What customers sell back to us comes by a delivery as well."""
MOST_OPEN = 5
T = TypeVar("T")

kinds = st.sampled_from(sorted(TYPES))
places = st.sampled_from([MAIN, MAIN, VAN])
number = st.integers(0, 7)
"""Which of those that there are, counted around."""


def _giver(party: Party, terms: str) -> Giver:
    return Giver(party_id=party.id, name=party.name, terms=Terms(terms))


def tried(deed: Callable[[], T]) -> T | Refusal:
    """What a deed gives, or why it was refused."""
    try:
        return deed()
    except RefusedError as error:
        return error.refusal


class Floor(RuleBasedStateMachine):
    """Eight serials, one product without, two locations, two suppliers and three customers."""

    new_url: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.database = open_database(type(self).new_url())
        self.database.connect()
        self.company: Company = found_company(self.database)
        create = self.company.run
        self.parties: dict[str, Party] = {
            "SUP": self.company.supplier,
            "CUS": self.company.customer,
            "SUP2": create(create_party, "SUP2", "Druga hurtownia", is_supplier=True),
            "CUS2": create(create_party, "CUS2", "Drugi odbiorca", is_customer=True),
            BUYER: buyer(self.company),
        }
        self.locations = {MAIN: self.company.main, VAN: self.company.van}
        self.seen = Seen(self.company)
        order = [row["code"] for row in select("SELECT code FROM party ORDER BY id")]
        spots = select(
            "SELECT code, place_id FROM location UNION ALL SELECT code, place_id FROM party ORDER BY place_id"
        )
        self.world = World(parties=order, places=[row["code"] for row in spots])
        self.asked = count()
        self.posted: Counter[DocumentType] = Counter()

    def teardown(self) -> None:
        try:
            found = [each.sentence() for each in check_store(self.database)]
            assert found == [], found
        finally:
            self.database.close()

    @property
    def today(self) -> date:
        return self.company.now.astimezone().date()

    def paper(self, which: int) -> Paper:
        papers = list(self.world.papers.values())
        return papers[which % len(papers)]

    # Documents

    def begin(self, kind: str, who: int, here: str) -> Paper:
        """Open a document that takes whatever comes."""
        parties = SUPPLIERS if kind in WITH_SUPPLIERS else CUSTOMERS
        parties = (*SUPPLIERS, *CUSTOMERS, BUYER) if kind in WITH_ANYBODY else parties
        party = US if kind in {"transfer", "return"} else parties[who % len(parties)]
        there = (VAN if here == MAIN else MAIN) if kind == "transfer" else None
        due = self.today + timedelta(days=who % 3) if kind == "rental" else None
        new = NewDocument(
            type=TYPES[kind],
            party_id=self.parties[party].id if party != US else None,
            location_id=self.locations[here].id,
            target_id=self.locations[there].id if there else None,
            units_of_supplier=kind == "deposit",
            rental=RentalTerms(until=Until(due=due)) if due else None,
            lines=(
                NewLine(product_id=self.company.laptop.id, unit_price=Decimal(900)),
                NewLine(product_id=self.company.cable.id, unit_price=Decimal(5)),
            ),
        )
        document = self.company.run(open_document, self.company.actor(self.company.chief), new)
        paper = Paper(document.id, kind, party, here, there, due)
        self.world.papers[document.id] = paper
        return paper

    def try_scan(self, paper: Paper, serial: str) -> None:
        answer, confirmed = ANSWERS[next(self.asked) % len(ANSWERS)]
        spot = self.world.units.get(serial)
        if (
            paper.kind == "return"
            and answer
            and spot
            and spot.terms == "sold"
            and serial not in paper.answers
        ):
            paper.answers[serial] = answer
        else:
            confirmed = frozenset()
        allowed = rules.may_scan(self.world, paper, serial, self.today)
        token = next(self.company.tokens)
        outcome = self.company.take(documents.head(paper.id), serial, token=token, confirmed=confirmed)
        assert isinstance(outcome, Accepted) == allowed, (paper, serial, outcome)
        if allowed:
            paper.scans.append(serial)

    def try_count(self, paper: Paper, quantity: Decimal) -> None:
        lines = [line for line in documents.lines(paper.id) if line.product.id == self.company.cable.id]
        if not lines:
            return
        who = sorted(rules.holdings(self.world))
        giver = who[int(quantity) % len(who)] if paper.kind == "return" and who and quantity != 1 else None
        why = QuestionKind.AS_COMPLAINT if paper.id % 2 else QuestionKind.AS_WITHDRAWAL
        confirmed = frozenset({why}) if paper.kind == "return" else frozenset()
        allowed = rules.may_count(self.world, paper, quantity, self.today, giver)
        parts = rules.parts_of(self.world, quantity, giver) if paper.kind == "return" else []
        outcome: Outcome
        if quantity == 1:
            outcome = self.company.take(documents.head(paper.id), CABLE_GTIN, confirmed=confirmed)
        else:
            token = next(self.company.tokens)
            actor = self.company.actor()
            outcome = self.company.run(
                take_quantity, actor, paper.id, lines[0].id, quantity, token=token,
                giver=_giver(self.parties[giver[0]], giver[1]) if giver else None, confirmed=confirmed,
            )  # fmt: skip
        assert isinstance(outcome, Accepted) == allowed, (paper, quantity, outcome)
        if allowed:
            paper.parts += parts
            paper.scans += [pieces for _loan, pieces in parts] or [quantity]

    def try_close(self, paper: Paper) -> None:
        allowed = rules.may_close(self.world, paper)
        document = documents.head(paper.id)
        assert document is not None
        posted = tried(partial(self.company.close, document, reason="Bo tak"))
        assert isinstance(posted, Refusal) != allowed, (paper, posted)
        if isinstance(posted, Refusal):
            return
        self.posted[posted.type] += 1
        assert posted.number is not None
        assert int(posted.number.rpartition("/")[2]) == self.posted[posted.type]
        rules.post(self.world, paper)
        self.finished(paper, posted=True)

    def do_a_whole_document(self, kind: str, who: int, here: str, pieces: int, chosen: list[str]) -> None:
        paper = self.begin(kind, who, here)
        for serial in chosen:
            self.try_scan(paper, serial)
        if pieces:
            self.try_count(paper, Decimal(pieces))
        if paper.scans:
            self.try_close(paper)
        else:
            self.give_up(paper)

    def give_up(self, paper: Paper) -> None:
        self.company.run(cancel_document, self.company.actor(self.company.chief), paper.id)
        self.finished(paper, posted=False)

    def finished(self, paper: Paper, *, posted: bool) -> None:
        """Forget a document that is closed or cancelled."""
        del self.world.papers[paper.id]

    # What has to hold after every step

    @invariant()
    def the_store_is_what_the_model_says(self) -> None:
        world = self.world
        units = {serial: (spot, serial in world.blocked) for serial, spot in world.units.items()}
        assert self.seen.units() == units
        assert self.seen.piles() == {spot: pieces for spot, pieces in world.piles.items() if pieces}
        assert self.seen.entries() == Counter(world.entries)
        world.entries.clear()
        assert self.seen.lent() == Counter(lent.facts for lent in world.lent)

    @invariant()
    def drafts_are_what_was_accepted(self) -> None:
        papers = self.world.papers.values()
        drafts, scanned = self.seen.drafts(), self.seen.scanned()
        assert drafts == {paper.id: set(paper.serials) for paper in papers if paper.serials}
        for paper in papers:
            assert scanned[paper.id] == {name: paper.scanned(name) for name in scanned[paper.id]}
