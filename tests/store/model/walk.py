"""A walk through all documents of a small company, with the model at its side after every step."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from store.domain.errors import Refusal, RefusalCode
from store.domain.loans import Until
from store.domain.terms import Condition
from store.models.sql import select
from store.operations.drafts import undo
from store.operations.extending import extend
from store.operations.units import change_condition
from store.queries.units import by_number
from tests.store.model.dealing import Dealing
from tests.store.model.ground import MOST_OPEN, SERIALS, kinds, number, places, serials, tried
from tests.store.model.mending import Mending
from tests.store.model.promising import Promising
from tests.store.model.selling import Selling
from tests.store.model.things import COUNT, MAIN, Paper


class Walk(Promising, Selling, Mending, Dealing):
    """Documents of all kinds, scanned, closed and cancelled; units blocked, loans extended, time passing."""

    @initialize(pieces=st.integers(0, 6), more=st.integers(0, 6))
    def a_warehouse_with_something_in_it(self, pieces: int, more: int) -> None:
        """Begin with ours and with what two suppliers left here: from empty shelves a walk gets nowhere."""
        self.do_a_whole_document("delivery", 0, MAIN, pieces, SERIALS[:3])
        self.do_a_whole_document("deposit", 0, MAIN, pieces, SERIALS[3:5])
        self.do_a_whole_document("deposit", 1, MAIN, more, SERIALS[5:6])

    @rule(kind=kinds, who=number, here=places, pieces=st.integers(0, 4), serial=serials)
    def begin_a_document(self, kind: str, who: int, here: str, pieces: int, serial: str) -> None:
        if len(self.world.papers) < MOST_OPEN:
            paper = self.begin(kind, who, here)
            self.try_scan(paper, serial)
            if pieces:
                self.try_count(paper, Decimal(pieces))

    @rule(
        kind=kinds, who=number, here=places, pieces=st.integers(0, 6),
        chosen=st.lists(serials, max_size=4, unique=True),
    )  # fmt: skip
    def hand_over_at_once(self, kind: str, who: int, here: str, pieces: int, chosen: list[str]) -> None:
        self.do_a_whole_document(kind, who, here, pieces, chosen)

    @rule(
        these=st.tuples(kinds, kinds), who=st.tuples(number, number), here=places,
        pieces=st.tuples(st.integers(1, 6), st.integers(1, 6)), serial=serials,
    )  # fmt: skip
    def two_want_the_same(
        self, these: tuple[str, str], who: tuple[int, int], here: str, pieces: tuple[int, int], serial: str
    ) -> None:
        papers = [self.begin(kind, party, here) for kind, party in zip(these, who, strict=True)]
        for paper, quantity in zip(papers, pieces, strict=True):
            self.try_count(paper, Decimal(quantity))
            self.try_scan(paper, serial)
        for paper in reversed(papers):
            if paper.scans and paper.id in self.world.papers:
                self.try_close(paper)
            if paper.id in self.world.papers:
                self.give_up(paper)

    @precondition(lambda self: self.world.papers)
    @rule(which=number, serial=serials)
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
        if isinstance(expected, Decimal) and paper.parts:
            paper.parts.pop()
        paper.answers.pop(str(expected), None)
        if paper.record and expected is not None:
            if isinstance(expected, str):
                paper.record.witnesses.pop(expected)
            else:
                paper.record.counted.pop()
        assert (removed and (removed.serial or removed.quantity)) == expected

    @precondition(lambda self: self.full())
    @rule(which=number)
    def close(self, which: int) -> None:
        full = self.full()
        self.try_close(full[which % len(full)])

    def full(self) -> list[Paper]:
        """The documents that can be closed: a count says something when nothing was found as well."""
        return [paper for paper in self.world.papers.values() if paper.scans or paper.kind == COUNT]

    @precondition(lambda self: self.world.papers)
    @rule(which=number)
    def cancel(self, which: int) -> None:
        self.give_up(self.paper(which))

    # Units and time

    @precondition(lambda self: self.world.units)
    @rule(which=number)
    def block_or_release(self, which: int) -> None:
        known = sorted(self.world.units.keys() - self.world.services) or sorted(self.world.units)
        serial = known[which % len(known)]
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
        for lent in self.world.lent:
            if lent.party == party:
                lent.due = due
