"""A walk through all documents of a small company, with the model at its side after every step."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from store.check.run import check_store
from store.database import open_database
from store.domain.documents import Accepted, NewDocument, NewLine, Outcome
from store.domain.errors import Refusal, RefusalCode, RefusedError
from store.domain.loans import RentalTerms, Until
from store.domain.records import Party
from store.domain.terms import Condition, DocumentType
from store.models.sql import select
from store.operations.documents import cancel_document, open_document
from store.operations.drafts import undo
from store.operations.entry import take_quantity
from store.operations.extending import extend
from store.operations.parties import create_party
from store.operations.units import change_condition
from store.queries import documents
from store.queries.units import by_number
from tests.store.company import CABLE_GTIN, Company, found_company
from tests.store.model import rules
from tests.store.model.seen import Seen
from tests.store.model.world import US, Lent, Paper, World

SERIALS = [f"LT00000{number}" for number in range(1, 9)]
MAIN, VAN = "MAIN", "VAN"
SUPPLIERS, CUSTOMERS = ("SUP", "SUP2"), ("CUS", "CUS2")
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
}
WITH_SUPPLIERS = {"deposit", "send-back", "borrow", "borrow-end", "buy-out"}
WITH_ANYBODY = {"delivery"}
"""What customers sell back to us comes by a delivery as well."""
MOST_OPEN = 5
T = TypeVar("T")

kinds = st.sampled_from(sorted(TYPES))
places = st.sampled_from([MAIN, MAIN, VAN])
number = st.integers(0, 7)
"""Which of those that there are, counted around."""


def tried(deed: Callable[[], T]) -> T | Refusal:
    """What a deed gives, or why it was refused."""
    try:
        return deed()
    except RefusedError as error:
        return error.refusal


class Walk(RuleBasedStateMachine):
    """Eight serials, one product without, two locations, two suppliers and two customers."""

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
        }
        self.locations = {MAIN: self.company.main, VAN: self.company.van}
        self.seen = Seen(self.company)
        order = [row["code"] for row in select("SELECT code FROM party ORDER BY id")]
        spots = select(
            "SELECT code, place_id FROM location UNION ALL SELECT code, place_id FROM party ORDER BY place_id"
        )
        self.world = World(parties=order, places=[row["code"] for row in spots])
        self.posted: Counter[DocumentType] = Counter()

    def teardown(self) -> None:
        try:
            assert list(check_store(self.database)) == []
        finally:
            self.database.close()

    @property
    def today(self) -> date:
        return self.company.now.astimezone().date()

    def paper(self, which: int) -> Paper:
        papers = list(self.world.papers.values())
        return papers[which % len(papers)]

    @initialize(pieces=st.integers(0, 6), more=st.integers(0, 6))
    def a_warehouse_with_something_in_it(self, pieces: int, more: int) -> None:
        """Begin with ours and with what two suppliers left here: from empty shelves a walk gets nowhere."""
        self.do_a_whole_document("delivery", 0, MAIN, pieces, SERIALS[:3])
        self.do_a_whole_document("deposit", 0, MAIN, pieces, SERIALS[3:5])
        self.do_a_whole_document("deposit", 1, MAIN, more, SERIALS[5:6])

    # Documents

    def begin(self, kind: str, who: int, here: str) -> Paper:
        """Open a document that takes whatever comes."""
        parties = SUPPLIERS if kind in WITH_SUPPLIERS else CUSTOMERS
        parties = (*SUPPLIERS, *CUSTOMERS) if kind in WITH_ANYBODY else parties
        party = US if kind == "transfer" else parties[who % len(parties)]
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
        allowed = rules.may_scan(self.world, paper, serial, self.today)
        token = next(self.company.tokens)
        outcome = self.company.take(documents.head(paper.id), serial, token=token)
        assert isinstance(outcome, Accepted) == allowed, (paper, serial, outcome)
        if allowed:
            paper.scans.append(serial)

    def try_count(self, paper: Paper, quantity: Decimal) -> None:
        line = next(line for line in documents.lines(paper.id) if line.product.id == self.company.cable.id)
        allowed = rules.may_count(self.world, paper, quantity, self.today)
        outcome: Outcome
        if quantity == 1:
            outcome = self.company.take(documents.head(paper.id), CABLE_GTIN)
        else:
            token = next(self.company.tokens)
            actor = self.company.actor()
            outcome = self.company.run(take_quantity, actor, paper.id, line.id, quantity, token=token)
        assert isinstance(outcome, Accepted) == allowed, (paper, quantity, outcome)
        if allowed:
            paper.scans.append(quantity)

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
        del self.world.papers[paper.id]

    @rule(kind=kinds, who=number, here=places)
    def open_a_document(self, kind: str, who: int, here: str) -> None:
        if len(self.world.papers) < MOST_OPEN:
            self.begin(kind, who, here)

    @rule(
        kind=kinds, who=number, here=places, pieces=st.integers(0, 6),
        chosen=st.lists(st.sampled_from(SERIALS), max_size=4, unique=True),
    )  # fmt: skip
    def hand_over_at_once(self, kind: str, who: int, here: str, pieces: int, chosen: list[str]) -> None:
        self.do_a_whole_document(kind, who, here, pieces, chosen)

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

    @rule(
        these=st.tuples(kinds, kinds), who=st.tuples(number, number), here=places,
        pieces=st.tuples(st.integers(1, 6), st.integers(1, 6)), serial=st.sampled_from(SERIALS),
    )  # fmt: skip
    def two_want_the_same(
        self, these: tuple[str, str], who: tuple[int, int], here: str, pieces: tuple[int, int], serial: str
    ) -> None:
        papers = [self.begin(kind, party, here) for kind, party in zip(these, who, strict=True)]
        for paper, quantity in zip(papers, pieces, strict=True):
            self.try_count(paper, Decimal(quantity))
            self.try_scan(paper, serial)
        for paper in reversed(papers):
            if paper.scans:
                self.try_close(paper)
            if paper.id in self.world.papers:
                self.give_up(paper)

    @precondition(lambda self: self.world.papers)
    @rule(which=number, serial=st.sampled_from(SERIALS))
    def scan(self, which: int, serial: str) -> None:
        self.try_scan(self.paper(which), serial)

    @precondition(lambda self: self.world.papers)
    @rule(which=number, quantity=st.integers(1, 5))
    def count(self, which: int, quantity: int) -> None:
        self.try_count(self.paper(which), Decimal(quantity))

    @precondition(lambda self: self.world.papers)
    @rule(which=number)
    def undo_the_last(self, which: int) -> None:
        paper = self.paper(which)
        removed = self.company.run(undo, self.company.actor(), paper.id)
        expected = paper.scans.pop() if paper.scans else None
        assert (removed and (removed.serial or removed.quantity)) == expected

    @precondition(lambda self: any(paper.scans for paper in self.world.papers.values()))
    @rule(which=number)
    def close(self, which: int) -> None:
        full = [paper for paper in self.world.papers.values() if paper.scans]
        self.try_close(full[which % len(full)])

    @precondition(lambda self: self.world.papers)
    @rule(which=number)
    def cancel(self, which: int) -> None:
        self.give_up(self.paper(which))

    def give_up(self, paper: Paper) -> None:
        self.company.run(cancel_document, self.company.actor(self.company.chief), paper.id)
        del self.world.papers[paper.id]

    # Units and time

    @precondition(lambda self: self.world.units)
    @rule(which=number)
    def block_or_release(self, which: int) -> None:
        serial = sorted(self.world.units)[which % len(self.world.units)]
        to = Condition.USED if serial in self.world.blocked else Condition.BLOCKED
        unit = by_number(serial)[0]
        self.company.run(change_condition, self.company.actor(), unit.id, to, reason="Bo tak")
        self.world.blocked ^= {serial}

    @rule(days=st.integers(1, 2))
    def days_pass(self, days: int) -> None:
        self.company.now += timedelta(days=days)

    @precondition(lambda self: self.world.lent)
    @rule(which=number, days=st.integers(-1, 5))
    def extend_what_somebody_has(self, which: int, days: int) -> None:
        party, due = self.world.lent[which % len(self.world.lent)].party, self.today + timedelta(days=days)
        rows = select(
            "SELECT id FROM loan WHERE returned_at IS NULL AND party_id = :party",
            party=self.parties[party].id,
        )
        actor, token = self.company.actor(), next(self.company.tokens)
        ids = [row["id"] for row in rows]
        done = tried(
            partial(self.company.run, extend, actor, ids, Until(due=due), reason="Jeszcze", token=token)
        )
        if days < 0:
            assert isinstance(done, Refusal)
            assert done.code is RefusalCode.DUE_PAST
            return
        assert done == len(ids)
        self.world.lent = [
            Lent(lent.party, lent.serial, lent.quantity, due) if lent.party == party else lent
            for lent in self.world.lent
        ]

    # What has to hold after every step

    @invariant()
    def the_store_is_what_the_model_says(self) -> None:
        world = self.world
        units = {serial: (spot, serial in world.blocked) for serial, spot in world.units.items()}
        assert self.seen.units() == units
        assert self.seen.piles() == {spot: pieces for spot, pieces in world.piles.items() if pieces}
        assert self.seen.entries() == Counter(world.entries)
        world.entries.clear()
        assert self.seen.lent() == Counter(world.lent)

    @invariant()
    def drafts_are_what_was_accepted(self) -> None:
        papers = self.world.papers.values()
        drafts, scanned = self.seen.drafts(), self.seen.scanned()
        assert drafts == {paper.id: set(paper.serials) for paper in papers if paper.serials}
        for paper in papers:
            assert scanned[paper.id] == {name: paper.scanned(name) for name in scanned[paper.id]}
