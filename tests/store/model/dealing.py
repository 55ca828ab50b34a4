"""Deals in the walk, delivered by issues or placed at once, and serials that are scanned on site."""

from decimal import Decimal
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from store.domain.deals import NewDeal, NewDealLine
from store.domain.errors import Refusal, RefusalCode
from store.domain.terms import DocumentType
from store.operations.deals import end_deal, make_deal
from store.operations.delivering import issue_deal, place_deal
from store.operations.on_site import open_on_site
from store.queries import documents
from tests.store.model import agreeing
from tests.store.model.floor import Floor
from tests.store.model.ground import BUYER, CUSTOMERS, number, tried
from tests.store.model.things import MAIN, ON_SITE, PIECES, UNITS, Agreed, Deal, Paper


class Dealing(Floor):
    """What is agreed with customers, whom no invoice is for: what an invoice covered is another test's."""

    @rule(who=number, units=st.integers(0, 2), pieces=st.integers(0, 4))
    def make_a_deal(self, who: int, units: int, pieces: int) -> None:
        products = {UNITS: self.company.laptop.id, PIECES: self.company.cable.id}
        wanted = {name: Decimal(n) for name, n in ((UNITS, units), (PIECES, pieces)) if n}
        if not wanted:
            return
        party = CUSTOMERS[who % len(CUSTOMERS)]
        new = NewDeal(
            party_id=self.parties[party].id,
            location_id=self.company.main.id,
            lines=tuple(NewDealLine(product_id=products[name], quantity=n) for name, n in wanted.items()),
        )
        actor, token = self.company.actor(self.company.chief), next(self.company.tokens)
        made = self.company.run(make_deal, actor, new, token=token)
        lines = {name: Agreed(quantity) for name, quantity in wanted.items()}
        self.world.deals[made.head.id] = Deal(made.head.id, party, lines)

    def deal(self, which: int) -> Deal:
        return list(self.world.deals.values())[which % len(self.world.deals)]

    @precondition(lambda self: self.world.deals)
    @rule(which=number)
    def place_a_deal(self, which: int) -> None:
        deal = self.deal(which)
        actor, token = self.company.actor(self.company.chief), next(self.company.tokens)
        done = tried(partial(self.company.run, place_deal, actor, deal.id, token=token))
        assert isinstance(done, Refusal) != deal.is_open, (deal, done)
        if not isinstance(done, Refusal):
            self.posted[DocumentType.DEAL] += agreeing.place(self.world, deal, MAIN)

    @precondition(lambda self: self.world.deals)
    @rule(which=number)
    def deliver_a_deal(self, which: int) -> None:
        deal = self.deal(which)
        actor, token = self.company.actor(self.company.chief), next(self.company.tokens)
        issue = tried(partial(self.company.run, issue_deal, actor, deal.id, token=token))
        assert isinstance(issue, Refusal) != deal.is_open, (deal, issue)
        if isinstance(issue, Refusal):
            return
        assert issue is not None
        paper = Paper(issue.id, "issue", deal.party, MAIN, expected=agreeing.plan(deal))
        deal.papers.append(paper)
        self.world.papers[paper.id] = paper

    @precondition(lambda self: self.world.deals)
    @rule(which=number)
    def end_a_deal(self, which: int) -> None:
        deal = self.deal(which)
        actor = self.company.actor(self.company.chief)
        done = tried(partial(self.company.run, end_deal, actor, deal.id, reason="Koniec"))
        allowed = agreeing.may_end(deal)
        assert isinstance(done, Refusal) != allowed, (deal, done)
        if allowed and not deal.is_ended:
            agreeing.end(deal)

    def finished(self, paper: Paper, *, posted: bool) -> None:
        """Count what an issue has delivered of its deal; what it has not is open again."""
        super().finished(paper, posted=posted)
        for deal in self.world.deals.values():
            if paper in deal.papers:
                agreeing.settle(deal, paper, posted=posted)

    @rule(party=st.sampled_from([*CUSTOMERS, BUYER, BUYER]))
    def scan_on_site(self, party: str) -> None:
        """Open the list of a customer, or bring it to what waits by now."""
        world = self.world
        actor = self.company.actor()
        document = tried(partial(self.company.run, open_on_site, actor, self.parties[party]))
        paper, expected = agreeing.list_of(world, party)
        if isinstance(document, Refusal):
            assert document.code is RefusalCode.NOTHING_PENDING
            assert not expected
            assert not agreeing.has_pieces(world, party)
            return
        assert expected or agreeing.has_pieces(world, party)
        if paper is None:
            paper = world.papers[document.id] = Paper(document.id, ON_SITE, party, MAIN)
        assert document.id == paper.id
        paper.expected = expected
        assert [line.expected for line in documents.lines(paper.id)] == list(expected.values())
