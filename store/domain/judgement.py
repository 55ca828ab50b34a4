"""What the rules for all documents share: the case at hand, and the checks that every scan passes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from store.domain.documents import (
    Document,
    DocumentLine,
    GiverPicked,
    LinePicked,
    Question,
    QuestionKind,
    Refused,
)
from store.domain.errors import Refusal, RefusalCode
from store.domain.found import Found, FoundUnit, Reading, Take
from store.domain.kinds import KINDS
from store.domain.loans import BackAs, Giver
from store.domain.roles import Permission, Role, may
from store.domain.serials import MAX_LENGTH, key_of
from store.domain.sides import owner_side, side_of
from store.domain.terms import DocumentType, Nature, PlaceKind, Terms, Tracking
from store.domain.transitions import BIRTHS, Side, Transition, transition_for, transitions_of

Judgement: TypeAlias = Take | LinePicked | GiverPicked | Question | Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A scan, the document it was made in, and what the store knows about it."""

    document: Document
    lines: tuple[DocumentLine, ...]
    reading: Reading
    found: Found
    role: Role
    picked: DocumentLine | None = None
    confirmed: frozenset[QuestionKind] = frozenset()
    rejected: bool = False
    giver: Giver | None = None
    """Who gives back the pieces without serials that are scanned."""

    def refuse(self, code: RefusalCode, **data: object) -> Refused:
        """Return the refusal of this scan."""
        return Refused(refusal=Refusal(code, data), text=self.reading.text)

    def ask(self, kind: QuestionKind, *lines: DocumentLine) -> Question:
        """Return a question about this scan."""
        return Question(kind=kind, text=self.reading.text, lines=lines)

    def may(self, permission: Permission) -> bool:
        """Tell whether the operator has `permission`."""
        return may(self.role, permission)

    def lines_of(self, product_id: int) -> tuple[DocumentLine, ...]:
        """Return the document's lines of a product, those that still need something first."""
        return by_need(line for line in self.lines if line.product.id == product_id)

    @property
    def is_free(self) -> bool:
        """Tell whether the document expects nothing in particular."""
        return all(line.expected is None for line in self.lines)


def by_need(lines: Iterable[DocumentLine]) -> tuple[DocumentLine, ...]:
    """Return `lines` with the full ones last, else in their order."""
    return tuple(sorted(lines, key=lambda line: (line.is_full, line.position)))


def check_text(case: Case) -> Refused | None:
    """Refuse what cannot be a number at all."""
    text = case.reading.serial if case.reading.from_gs1 else case.reading.text
    if text is not None and not key_of(text):
        return case.refuse(RefusalCode.EMPTY)
    if text is not None and len(text) > MAX_LENGTH:
        return case.refuse(RefusalCode.TOO_LONG, length=len(text), limit=MAX_LENGTH)
    return None


def check_drafts(case: Case, product_id: int, serial: str) -> Refused | None:
    """Refuse a piece that was scanned already, here or into another open document."""
    for draft in case.found.drafts:
        if draft.product_id != product_id:
            continue
        who = {"serial": serial, "operator": draft.operator, "at": draft.at}
        if draft.document_id == case.document.id:
            return case.refuse(RefusalCode.ALREADY_HERE, line=draft.position, **who)
        return case.refuse(RefusalCode.TAKEN, document=draft.document, **who)
    return None


def transition_of(case: Case, unit: FoundUnit | None, *, back_as: BackAs | None = None) -> Transition | None:
    """Return the table's transition of `unit` (None: not known yet) by this document, or None.

    No document into which is scanned takes a service.
    """
    document = case.document
    if unit is not None and unit.nature is Nature.SERVICE:
        return None
    return transition_for(
        document.type,
        unit.terms if unit else None,
        side_of(document, unit.place_id, unit.place_kind) if unit else Side.NOWHERE,
        from_owner=owner_side(document, unit) if unit else Side.ANYONE,
        of_supplier=document.units_of_supplier,
        back_as=back_as,
        before=unit.back_terms if unit and unit.back_place_id == document.party.place_id else None,
    )


def check_carrier(case: Case, unit: FoundUnit) -> Refused | None:
    """Refuse a unit that is built into another one: it moves with that one only."""
    if not unit.carrier:
        return None
    return case.refuse(
        RefusalCode.INSTALLED, serial=unit.serial, carrier=unit.carrier, product=unit.carrier_product
    )


def refuse_unit(case: Case, unit: FoundUnit) -> Refused:
    """Say why the table has no transition for `unit`: where it is, whose, on which terms."""
    if unit.nature is Nature.SERVICE:
        return case.refuse(RefusalCode.IS_SERVICE, product=unit.product_name)
    refused = _refuse_service(case, unit)
    if refused:
        return refused
    if _needs_buyout(case, unit):
        return case.refuse(RefusalCode.SUPPLIERS, serial=unit.serial, terms=unit.terms, owner=unit.owner_name)
    if unit.place_kind is PlaceKind.PARTY:
        return case.refuse(
            RefusalCode.WITH_PARTY,
            serial=unit.serial, terms=unit.terms, place=unit.place_name, since=unit.since,
        )  # fmt: skip
    if unit.terms is Terms.SCRAPPED:
        return case.refuse(
            RefusalCode.NOT_ISSUABLE, serial=unit.serial, terms=unit.terms, owner=unit.owner_name
        )
    if case.document.type in BIRTHS:
        return case.refuse(RefusalCode.ALREADY_IN_STOCK, serial=unit.serial, place=unit.place_name)
    rows = transitions_of(case.document.type)
    if all(row.from_place is Side.PARTY for row in rows):
        party = case.document.party.name
        return case.refuse(RefusalCode.NOT_WITH, serial=unit.serial, place=unit.place_name, party=party)
    elsewhere = unit.place_id != case.document.location.place_id
    if elsewhere and all(row.from_place is not Side.ANYWHERE for row in rows):
        return case.refuse(RefusalCode.NOT_HERE, serial=unit.serial, place=unit.place_name)
    return case.refuse(RefusalCode.NOT_ISSUABLE, serial=unit.serial, terms=unit.terms, owner=unit.owner_name)


def _refuse_service(case: Case, unit: FoundUnit) -> Refused | None:
    """Say why a unit cannot come into service or out of it; None: the document is of another kind."""
    type_, place = case.document.type, unit.place_name
    if type_ is DocumentType.SERVICE_HANDOUT:
        if unit.terms is not Terms.SERVICE:
            return case.refuse(RefusalCode.NOT_IN_SERVICE, serial=unit.serial, terms=unit.terms, place=place)
        if unit.back_place_id != case.document.party.place_id:
            return case.refuse(RefusalCode.GOES_BACK, serial=unit.serial, party=unit.back_name)
    if type_ is DocumentType.SERVICE_INTAKE:
        if unit.terms is Terms.SERVICE:
            return case.refuse(RefusalCode.IN_SERVICE, serial=unit.serial, place=place, since=unit.since)
        return case.refuse(
            RefusalCode.NOT_WITH, serial=unit.serial, place=place, party=case.document.party.name
        )
    return None


def _needs_buyout(case: Case, unit: FoundUnit) -> bool:
    """Tell whether `unit` is a supplier's and could go with this document if it were ours."""
    is_for_owners = any(row.from_owner is Side.PARTY for row in transitions_of(case.document.type))
    if unit.owner_is_us or is_for_owners:
        return False
    bought = transition_for(DocumentType.BUYOUT, unit.terms, Side.ANYWHERE, from_owner=Side.PARTY)
    if bought is None:
        return False
    place = side_of(case.document, unit.place_id)
    return transition_for(case.document.type, bought.to_terms, place, from_owner=Side.US) is not None


def judge_product(case: Case, lines: tuple[DocumentLine, ...]) -> Judgement:
    """Judge a code that names a product of the document and no piece of it: pick its line, or count one."""
    line = case.picked if case.picked in lines else lines[0]
    assert line is not None  # noqa: S101 - `lines` is never empty
    if line.product.tracking is Tracking.SERIAL:
        return LinePicked(line=line)
    if KINDS[case.document.type].by_piece:
        return case.refuse(RefusalCode.NO_SERIALS, product=line.product.name)
    return judge_full(case, line) or Take(line=line, product_id=line.product.id)


def judge_full(case: Case, line: DocumentLine) -> Question | Refused | None:
    """Stop at a line that has all it expects: always, or at what brings pieces in unless a person says so."""
    if not line.is_full or case.rejected or QuestionKind.OVER_EXPECTED in case.confirmed:
        return None
    takes_more = case.document.type in BIRTHS and not KINDS[case.document.type].rest_waits
    if takes_more and case.may(Permission.OVERDELIVER):
        return case.ask(QuestionKind.OVER_EXPECTED, line)
    return case.refuse(RefusalCode.LINE_FULL, product=line.product.name, expected=line.expected)


def wrong_model(case: Case, scanned: str) -> Refused:
    """Refuse what is of another product than the document needs, and say which it needs."""
    needed = [line for line in case.lines if not line.is_full] or list(case.lines)
    expected = tuple(dict.fromkeys(line.product.name for line in needed))
    return case.refuse(RefusalCode.WRONG_MODEL, scanned=scanned, expected=expected)
