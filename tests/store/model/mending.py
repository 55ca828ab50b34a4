"""Units in the walk that are built into others and taken out again, and units that are replaced."""

from decimal import Decimal
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from store.domain.errors import Refusal
from store.domain.terms import DocumentType
from store.operations.installing import install, take_out
from store.operations.replacing import replace_unit
from tests.store.model import fitting
from tests.store.model.floor import Floor
from tests.store.model.ground import BUYER, number, tried
from tests.store.model.things import MAIN


class Mending(Floor):
    """What a workshop does with units."""

    @precondition(lambda self: len(self.world.units) > 1)
    @rule(which=number, into=number, is_apt=st.booleans())
    def build_one_into_another(self, which: int, into: int, is_apt: bool) -> None:
        """Mostly two that are together, for those which are not are refused."""
        world, known = self.world, sorted(self.world.units)
        part = known[which % len(known)]
        apt = [other for other in known if fitting.may_install(world, part, other, self.today)]
        others = apt if apt and is_apt else known
        carrier = others[into % len(others)]
        allowed = fitting.may_install(world, part, carrier, self.today)
        ids, token = self.unit_ids(), next(self.company.tokens)
        done = tried(
            partial(self.company.run, install, self.company.actor(), ids[part], ids[carrier], token=token)
        )
        assert isinstance(done, Refusal) != allowed, (part, carrier, done)
        if allowed:
            world.carriers[part] = carrier

    @precondition(lambda self: self.world.carriers)
    @rule(which=number)
    def take_one_out(self, which: int) -> None:
        part = sorted(self.world.carriers)[which % len(self.world.carriers)]
        token = next(self.company.tokens)
        self.company.run(take_out, self.company.actor(), self.unit_ids()[part], token=token)
        del self.world.carriers[part]

    @precondition(lambda self: len(self.world.units) > 1)
    @rule(which=number, by=number, is_apt=st.booleans())
    def replace_one(self, which: int, by: int, is_apt: bool) -> None:
        world, known = self.world, sorted(self.world.units)
        # The buyer of invoices gets nothing but by those: what else they cover is another test's.
        theirs = {
            serial for serial in known if BUYER in {world.units[serial].owner, world.units[serial].place}
        }
        pairs = [(old, new) for old in known for new in known if old not in theirs]
        if not pairs:
            return
        apt = [pair for pair in pairs if fitting.may_replace(world, *pair, MAIN, self.today)]
        old, new = (apt if apt and is_apt else pairs)[
            (which * 8 + by) % len(apt if apt and is_apt else pairs)
        ]
        allowed = fitting.may_replace(world, old, new, MAIN, self.today)
        ids, token = self.unit_ids(), next(self.company.tokens)
        done = tried(
            partial(
                self.company.run, replace_unit, self.company.actor(self.company.chief), ids[old], ids[new],
                reason="Wada", token=token,
            )
        )  # fmt: skip
        assert isinstance(done, Refusal) != allowed, (old, new, done)
        if not isinstance(done, Refusal):
            fitting.replace(world, old, new, MAIN)
            self.posted[DocumentType.REPLACEMENT] += 1
            assert done.number is not None
            assert Decimal(done.number.rpartition("/")[2]) == self.posted[DocumentType.REPLACEMENT]
