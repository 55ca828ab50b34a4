"""Documents of all kinds, opened, scanned into, closed and cancelled in the store and in the model."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from store.domain.documents import Accepted, Document, NewDocument, NewLine, QuestionKind
from store.domain.errors import Refusal, RefusalCode
from store.domain.loans import Giver, RentalTerms, Until
from store.domain.records import Party
from store.domain.repairs import Intake, Settlement
from store.domain.terms import Terms
from store.operations.documents import cancel_document, open_document
from store.operations.entry import take_quantity
from store.operations.service import say_intake, say_outcome
from store.operations.stocktakes import compare, give_reason
from store.queries import documents
from store.queries.repairs import scanned_pieces
from tests.store.company import CABLE_GTIN
from tests.store.model import counting, rules
from tests.store.model.ground import (
    ANSWERS,
    BUYER,
    CUSTOMERS,
    SUPPLIERS,
    SURE,
    TYPES,
    WITH_ANYBODY,
    WITH_BUYER,
    WITH_NOBODY,
    WITH_SUPPLIERS,
    Ground,
    tried,
)
from tests.store.model.things import COUNT, MAIN, US, VAN, Paper


def _giver(party: Party, terms: str) -> Giver:
    return Giver(party_id=party.id, name=party.name, terms=Terms(terms))


class Floor(Ground):
    """What people do with documents."""

    def begin(self, kind: str, who: int, here: str) -> Paper:
        """Open a document that takes whatever comes."""
        parties = SUPPLIERS if kind in WITH_SUPPLIERS else CUSTOMERS
        parties = (*SUPPLIERS, *CUSTOMERS, BUYER) if kind in WITH_ANYBODY else parties
        parties = (*CUSTOMERS, BUYER) if kind in WITH_BUYER else parties
        party = US if kind in WITH_NOBODY else parties[who % len(parties)]
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
        opened = counting.is_open_at(self.world, here) if kind == COUNT else None
        actor = self.company.actor(self.company.chief)
        document = tried(partial(self.company.run, open_document, actor, new))
        if isinstance(document, Refusal):
            assert document.code is RefusalCode.COUNTED_TWICE
            assert opened is not None
            return opened
        assert opened is None
        paper = Paper(document.id, kind, party, here, there, due)
        if kind == COUNT:
            paper.record = counting.opened(self.world, here)
        self.world.papers[document.id] = paper
        return paper

    def try_scan(self, paper: Paper, serial: str) -> None:
        answer, confirmed = ANSWERS[next(self.asked) % len(ANSWERS)]
        spot = self.world.units.get(serial)
        is_new = serial not in paper.serials
        if paper.kind == "return" and answer and spot and spot.terms == "sold" and is_new:
            paper.answers[serial] = answer
        else:
            confirmed = SURE.get(paper.kind, frozenset())
        allowed = rules.may_scan(self.world, paper, serial, self.today)
        outcome = self.company.take(
            self.head(paper),
            serial,
            confirmed=confirmed,
            line_id=self.line_of(paper) if paper.kind in SURE else None,
        )
        assert isinstance(outcome, Accepted) == allowed, (paper, serial, outcome)
        if allowed:
            paper.scans.append(serial)
            paper.was_scanned = True
            if paper.record:
                paper.record.witnesses[serial] = self.world.last.get(serial)
        elif is_new:
            paper.answers.pop(serial, None)

    def head(self, paper: Paper) -> Document:
        document = documents.head(paper.id)
        assert document is not None
        return document

    def line_of(self, paper: Paper) -> int | None:
        """The line of the product with serials."""
        laptop = self.company.laptop.id
        lines = (line for line in documents.lines(paper.id) if line.product.id == laptop)
        return next((line.id for line in lines), None)

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
        token, actor = next(self.company.tokens), self.company.actor()
        by_number = partial(
            self.company.run, take_quantity, actor, paper.id, lines[0].id, quantity, token=token,
            giver=_giver(self.parties[giver[0]], giver[1]) if giver else None, confirmed=confirmed,
        )  # fmt: skip
        by_scan = partial(self.company.take, self.head(paper), CABLE_GTIN, confirmed=confirmed)
        outcome = tried(by_scan if quantity == 1 else by_number)
        assert isinstance(outcome, Accepted) == allowed, (paper, quantity, outcome)
        if allowed:
            paper.parts += parts
            paper.scans += [pieces for _loan, pieces in parts] or [quantity]
            if paper.record:
                seen = counting.lying(self.world, paper.here), len(self.world.ledger)
                paper.record.counted.append(seen)

    def try_close(self, paper: Paper) -> None:
        allowed = rules.may_close(self.world, paper)
        document = self.head(paper)
        self.say_what_is_asked(paper)
        posted = tried(partial(self.company.close, document, reason="Bo tak"))
        assert isinstance(posted, Refusal) != allowed, (paper, posted)
        if isinstance(posted, Refusal):
            return
        self.posted[posted.type] += 1
        assert posted.number is not None
        assert int(posted.number.rpartition("/")[2]) == self.posted[posted.type]
        (counting if paper.kind == COUNT else rules).post(self.world, paper)
        self.finished(paper, posted=True)

    def say_what_is_asked(self, paper: Paper) -> None:
        """Say what is wrong with what came, what came of what goes, and why a count differs."""
        run = self.company.run
        if paper.kind == COUNT:
            run(compare, paper.id)
            run(give_reason, self.company.actor(), paper.id, "Policzone")
        if paper.kind in {"service-in", "service-out"}:
            scans = [piece.scan_id for piece in run(scanned_pieces, paper.id)]
            if paper.kind == "service-in":
                run(say_intake, paper.id, scans, Intake(fault="Nie działa"))
            else:
                run(say_outcome, paper.id, scans, Settlement.PAID, "Naprawione")

    def do_a_whole_document(self, kind: str, who: int, here: str, pieces: int, chosen: list[str]) -> None:
        paper = self.begin(kind, who, here)
        for serial in chosen:
            self.try_scan(paper, serial)
        if pieces:
            self.try_count(paper, Decimal(pieces))
        if paper.scans or paper.kind == COUNT:
            self.try_close(paper)
        else:
            self.give_up(paper)

    def give_up(self, paper: Paper) -> None:
        self.company.run(cancel_document, self.company.actor(self.company.chief), paper.id)
        self.finished(paper, posted=False)

    def finished(self, paper: Paper, *, posted: bool) -> None:
        """Forget a document that is closed or cancelled."""
        del self.world.papers[paper.id]
