"""Promises in the walk: units and pieces for some days, handed out by a document, or taken back."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from store.domain.errors import Refusal
from store.domain.reservations import NewPiece, NewReservation
from store.operations.reservation_end import cancel_reservation
from store.operations.reservations import hand_out, reserve
from store.queries.units import by_number
from tests.store.model import rules
from tests.store.model.floor import Floor
from tests.store.model.ground import CUSTOMERS, TYPES, number, places, tried
from tests.store.model.things import PIECES, UNITS, Paper, Promise


class Promising(Floor):
    """Reservations, which hold back what others would take."""

    @rule(
        who=number, here=places, first=st.integers(0, 3), length=st.integers(0, 3),
        what=st.sampled_from([UNITS, PIECES, ""]), which=number, quantity=st.integers(1, 3),
    )  # fmt: skip
    def promise(
        self, who: int, here: str, first: int, length: int, what: str, which: int, quantity: int
    ) -> None:
        known = sorted(self.world.units.keys() - self.world.services)
        serials = (known[which % len(known)],) if known and not what else ()
        begins = self.today + timedelta(days=first)
        wanted = Promise(
            0, CUSTOMERS[who % len(CUSTOMERS)], here, begins, begins + timedelta(days=length), serials,
            {what: Decimal(quantity)} if what else {},
        )  # fmt: skip
        if not wanted.serials and not wanted.more:
            return
        products = {UNITS: self.company.laptop.id, PIECES: self.company.cable.id}
        new = NewReservation(
            party_id=self.parties[wanted.party].id,
            location_id=self.locations[here].id,
            first=wanted.first,
            last=wanted.last,
            pieces=(
                *(NewPiece(product_id=products[UNITS], unit_id=by_number(each)[0].id) for each in serials),
                *(NewPiece(product_id=products[name], quantity=n) for name, n in wanted.more.items()),
            ),
        )
        token, actor = next(self.company.tokens), self.company.actor()
        made = tried(partial(self.company.run, reserve, actor, new, token=token))
        assert isinstance(made, Refusal) != rules.may_promise(self.world, wanted), (wanted, made)
        if not isinstance(made, Refusal):
            wanted.id = made.id
            self.world.promises[made.id] = wanted

    @precondition(lambda self: self.world.promises)
    @rule(which=number)
    def take_a_promise_back(self, which: int) -> None:
        promise = list(self.world.promises.values())[which % len(self.world.promises)]
        self.company.run(cancel_reservation, promise.id)
        del self.world.promises[promise.id]

    @precondition(lambda self: self.world.promises)
    @rule(which=number, kind=st.sampled_from(["issue", "consign"]))
    def hand_out_what_was_promised(self, which: int, kind: str) -> None:
        promise = list(self.world.promises.values())[which % len(self.world.promises)]
        actor, token = self.company.actor(self.company.chief), next(self.company.tokens)
        document = self.company.run(hand_out, actor, promise.id, TYPES[kind], token=token)
        if promise.paper is not None:
            assert document.id == promise.paper.id
            return
        expected = {name: promise.quantity(name) for name in (UNITS, PIECES) if promise.quantity(name)}
        paper = Paper(document.id, kind, promise.party, promise.here, expected=expected)
        promise.paper = self.world.papers[document.id] = paper

    def finished(self, paper: Paper, *, posted: bool) -> None:
        """Keep a promise with its document, or free it."""
        super().finished(paper, posted=posted)
        for promise in [each for each in self.world.promises.values() if each.paper is paper]:
            promise.paper = None
            if posted:
                del self.world.promises[promise.id]
