"""What a line of an invoice does to our stock and to its party, once the store has said what it knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from store.domain.covers import CoverKey
from store.domain.direction import Direction
from store.domain.moves import NOTHING, LineMove, Why
from store.domain.received import (
    Ask,
    Chosen,
    Decision,
    KnownUnit,
    LineOutcome,
    Offers,
)
from store.domain.records import Product
from store.domain.same_goods import SameGoods
from store.domain.serials import key_of
from store.domain.terms import Tracking

ONE = Decimal(1)
_PLACES = 3
_MOST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the store knows about the goods of one invoice."""

    direction: Direction
    route_settled: bool
    party_place: int | None
    """The place of the party that holds the goods, or sold them; None: nobody knows it yet."""
    units: Mapping[tuple[int, str], KnownUnit]
    """By product and serial, as serials are compared."""
    arriving: frozenset[tuple[int, str]]
    """Serials that are scanned into an open document and are no unit's yet, likewise."""
    free: Mapping[CoverKey, Decimal]
    """By the line of a document or a deal that moved units to the party: how much of it no invoice has."""
    with_party: Mapping[int, Decimal]
    """By product without serials: how much of it the party has as sold."""


class Judge:
    """Judges the lines of one invoice, one after the other: each sees what those before it have taken."""

    def __init__(self, facts: Facts, linked: tuple[SameGoods, ...]) -> None:
        """Cover lines by what the documents in `linked` have moved."""
        self._facts = facts
        self._free = dict(facts.free)
        self._by_product: dict[int, list[CoverKey]] = {}
        self._to_come: dict[CoverKey, Decimal] = {}
        self._with_party = dict(facts.with_party)
        self._seen: set[tuple[int, str]] = set()
        for document in linked:
            for line in document.lines:
                self._free[line.key] = line.free
                self._by_product.setdefault(line.product_id, []).append(line.key)
                if document.explicit:
                    self._to_come[line.key] = line.to_come

    def judge(self, move: LineMove, chosen: Chosen) -> LineOutcome:
        """Return what the line does, or the question that it has."""
        outcome = LineOutcome(move=move, chosen=chosen)
        if chosen.decision is Decision.SKIP:
            return outcome
        outcome.wanted = _wanted(move, chosen, settled=self._facts.route_settled)
        if move.waits and not self._is_answered(move, chosen):
            outcome.ask(Ask.RULE)
            return outcome
        if outcome.wanted == NOTHING:
            return outcome
        if chosen.product is None:
            outcome.ask(Ask.PRODUCT)
        elif _is_too_fine(outcome.wanted):
            outcome.ask(Ask.TOO_FINE)
        elif self._facts.direction is Direction.PURCHASE:
            self._buy(outcome)
        elif outcome.wanted > 0:
            self._sell(outcome)
        else:
            self._take_back(outcome)
        return outcome

    def _is_answered(self, move: LineMove, chosen: Chosen) -> bool:
        if move.why is Why.ROUTE:
            return self._facts.route_settled
        return chosen.decision is Decision.TAKE and move.why is not Why.SERIAL_FRACTION

    def _buy(self, outcome: LineOutcome) -> None:
        product = _product(outcome)
        if outcome.wanted < 0:
            outcome.ask(Ask.TO_SUPPLIER)
        elif not product.is_service:
            self._cover(outcome, outcome.wanted)
            outcome.counted = outcome.wanted - outcome.covered
            outcome.announced = [
                each.text
                for each in outcome.move.serials
                if each.fits and (not each.from_text or outcome.chosen.offers is Offers.TAKE)
            ]
            self._ask_offered(outcome)

    def _sell(self, outcome: LineOutcome) -> None:
        if _product(outcome).tracking is Tracking.QUANTITY:
            self._cover(outcome, outcome.wanted)
            outcome.counted = outcome.wanted - outcome.covered
            return
        for serial in _serials(outcome):
            self._place(outcome, serial)
        self._cover(outcome, outcome.wanted - outcome.covered - len(outcome.units) - len(outcome.born))
        self._settle_taken(outcome)
        room = outcome.wanted - outcome.covered
        named = len(outcome.units) + len(outcome.born)
        if named + len(outcome.announced) > room:
            outcome.ask(Ask.MORE_SERIALS, serials=named + len(outcome.announced), pieces=room)
        left = max(NOTHING, room - named)
        if _product(outcome).is_service:
            outcome.numbered = left
            return
        outcome.pending = left
        self._ask_offered(outcome)

    def _ask_offered(self, outcome: LineOutcome) -> None:
        """Ask about serials in texts where there is room for them: they are never taken silently."""
        product = _product(outcome)
        if product.tracking is not Tracking.SERIAL or outcome.chosen.offers is not Offers.NONE:
            return
        named = {key_of(text) for text in outcome.announced}
        offered = [each.text for each in outcome.move.serials if each.from_text and each.fits]
        offered = [text for text in offered if key_of(text) not in named]
        room = (outcome.pending or outcome.counted) - len(outcome.announced)
        if offered and room > 0:
            outcome.ask(Ask.OFFERED, serials=", ".join(offered[:20]))

    def _place(self, outcome: LineOutcome, serial: str) -> None:
        product = _product(outcome)
        key = (product.id, key_of(serial))
        if key in self._seen:
            outcome.ask(Ask.SERIAL_TWICE, serial=serial)
            return
        self._seen.add(key)
        unit = self._facts.units.get(key)
        if unit is None:
            is_sure = product.serial_pattern is not None or product.is_service
            if is_sure and key in self._facts.arriving:
                outcome.ask(Ask.SERIAL_TAKEN, serial=serial)
            (outcome.born if is_sure else outcome.announced).append(serial)
        elif unit.is_sold and unit.place_id == self._facts.party_place:
            if self._cover_by(outcome, unit.key, ONE):
                outcome.by_serial.add(unit.key)
            else:
                outcome.ask(Ask.SERIAL_INVOICED, serial=serial)
        elif unit.is_stock or unit.withdrawn:
            if unit.blocked:
                outcome.ask(Ask.SERIAL_BLOCKED, serial=serial)
            outcome.units.append((serial, unit))
        else:
            outcome.ask(Ask.SERIAL_ELSEWHERE, serial=serial)

    def _settle_taken(self, outcome: LineOutcome) -> None:
        """Leave pieces alone that a linked document has scanned or will; ask about those of another."""
        for serial, unit in [each for each in outcome.units if not each[1].taken]:
            if self._cover_to_come(outcome):
                outcome.units.remove((serial, unit))
        for serial in list(outcome.born):
            if self._cover_to_come(outcome):
                outcome.born.remove(serial)
        for serial, unit in [each for each in outcome.units if each[1].taken]:
            if self._cover(outcome, ONE):
                outcome.units.remove((serial, unit))
            else:
                outcome.ask(Ask.SERIAL_TAKEN, serial=serial)

    def _take_back(self, outcome: LineOutcome) -> None:
        product, back = _product(outcome), -outcome.wanted
        if product.tracking is Tracking.QUANTITY:
            there = self._with_party.get(product.id, NOTHING)
            if back > there:
                outcome.ask(Ask.TOO_FEW, available=format(there, "f"))
            self._with_party[product.id] = there - back
            outcome.counted = back
            return
        for serial in _serials(outcome):
            unit = self._facts.units.get((product.id, key_of(serial)))
            if unit is None or not unit.is_sold or unit.place_id != self._facts.party_place:
                outcome.ask(Ask.NOT_THERE, serial=serial)
            elif unit.taken:
                outcome.ask(Ask.SERIAL_TAKEN, serial=serial)
            else:
                outcome.units.append((serial, unit))
        if len(outcome.units) > back:
            outcome.ask(Ask.MORE_SERIALS, serials=len(outcome.units), pieces=back)
        outcome.pending = max(NOTHING, back - len(outcome.units))

    def _cover(self, outcome: LineOutcome, wanted: Decimal) -> bool:
        """Cover as much as there is of the linked documents; tell whether anything was."""
        before, left = outcome.covered, wanted
        keys = self._by_product.get(_product(outcome).id, [])
        while keys and left > 0:
            part = min(self._free.get(keys[0], NOTHING), left)
            if part > 0:
                self._cover_by(outcome, keys[0], part)
                left -= part
            if left > 0:
                # Nothing of it is left for the lines after this one either.
                keys.pop(0)
        return outcome.covered > before

    def _cover_to_come(self, outcome: LineOutcome) -> bool:
        """Cover a piece of our stock by a deal that the invoice names: it leaves by the deal's issue."""
        for key in self._by_product.get(_product(outcome).id, ()):
            if self._to_come.get(key, NOTHING) >= ONE and self._cover_by(outcome, key, ONE):
                self._to_come[key] -= ONE
                return True
        return False

    def _cover_by(self, outcome: LineOutcome, key: CoverKey, quantity: Decimal) -> bool:
        if self._free.get(key, NOTHING) < quantity:
            return False
        self._free[key] -= quantity
        outcome.covers[key] = outcome.covers.get(key, NOTHING) + quantity
        return True


def _product(outcome: LineOutcome) -> Product:
    assert outcome.chosen.product is not None  # noqa: S101 - asked for before
    return outcome.chosen.product


def _serials(outcome: LineOutcome) -> list[str]:
    """Return the serials that count, and ask about those that are none of the product's."""
    found = []
    for each in outcome.move.serials:
        if each.from_text and outcome.chosen.offers is not Offers.TAKE:
            continue
        if each.fits:
            found.append(each.text)
        else:
            outcome.ask(Ask.WRONG_SERIAL, serial=each.text)
    return found


def _wanted(move: LineMove, chosen: Chosen, *, settled: bool) -> Decimal:
    if not move.waits:
        return move.pieces or move.quantity
    agreed = chosen.decision is Decision.TAKE or (move.why is Why.ROUTE and settled)
    return move.proposed if agreed else NOTHING


def _is_too_fine(quantity: Decimal) -> bool:
    scaled = quantity.scaleb(_PLACES)
    return scaled != scaled.to_integral_value() or abs(quantity) > _MOST
