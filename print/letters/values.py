"""What a template may name, and what is put there. A name is looked up in these tables and nowhere else."""

from collections.abc import Callable, Mapping
from datetime import date

from print.goods_table import CONDITIONS, shown
from print.words import TERMS
from store.domain.language import N_, _
from store.domain.letters import LetterDocument, LetterFacts, LetterParty, LetterUnit

MONTHS = (
    # Translators: the month in a date, "24 November 2026": in Polish "listopada".
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
    N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
FIELD = "unit.field."
"""Begins the names of the company's own fields of units."""
BLOCKS = ("document.barcode", "signatures", "units.table")
"""Names of what is no text: each stands alone in its paragraph."""


def written(day: date) -> str:
    """Return a day in words, in the language in force: "24 November 2026"."""
    # Translators: a date in a letter, with the month of the table above.
    return _("{day} {month} {year}").format(day=day.day, month=_(MONTHS[day.month - 1]), year=day.year)


def _party(read: Callable[[LetterParty], str]) -> Callable[[LetterFacts], str]:
    return lambda facts: read(facts.party) if facts.party else ""


def _document(read: Callable[[LetterDocument], str]) -> Callable[[LetterFacts], str]:
    return lambda facts: read(facts.document) if facts.document else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _first_due(facts: LetterFacts) -> str:
    return _day(min((unit.due for unit in facts.units if unit.due), default=None))


def _most_days_late(facts: LetterFacts) -> str:
    return str(max((unit.days_late(facts.day) for unit in facts.units), default=0))


def _count(facts: LetterFacts) -> str:
    whole = [unit.quantity for unit in facts.units]
    return shown(sum(whole[1:], whole[0])) if whole else "0"


VALUES: Mapping[str, Callable[[LetterFacts], str]] = {
    "company.name": lambda facts: facts.company.name,
    "company.tax_id": lambda facts: facts.company.tax_id,
    "company.address": lambda facts: facts.company.address,
    "party.code": _party(lambda party: party.code),
    "party.name": _party(lambda party: party.name),
    "party.tax_id": _party(lambda party: party.tax_id),
    "party.address": _party(lambda party: party.address),
    "party.email": _party(lambda party: party.email),
    "document.number": _document(lambda document: document.number),
    "document.date": _document(lambda document: _day(document.day)),
    "document.place": _document(lambda document: document.place),
    "document.reference": _document(lambda document: document.reference),
    "document.remarks": _document(lambda document: document.remarks),
    "document.due": _document(lambda document: _day(document.due)),
    "document.purpose": _document(lambda document: document.purpose),
    "date.today": lambda facts: facts.day.isoformat(),
    "date.written": lambda facts: written(facts.day),
    "operator.name": lambda facts: facts.operator,
    "units.count": _count,
    "units.first_due": _first_due,
    "units.most_days_late": _most_days_late,
}

UNIT_VALUES: Mapping[str, Callable[[LetterUnit, date, int], str]] = {
    "unit.position": lambda _unit, _today, position: str(position),
    "unit.product": lambda unit, _today, _position: unit.product,
    "unit.sku": lambda unit, _today, _position: unit.sku,
    "unit.kind": lambda unit, _today, _position: unit.kind,
    "unit.serial": lambda unit, _today, _position: unit.serial,
    "unit.inventory": lambda unit, _today, _position: unit.inventory,
    "unit.quantity": lambda unit, _today, _position: shown(unit.quantity),
    "unit.condition": lambda unit, _today, _position: _(CONDITIONS[unit.condition]) if unit.condition else "",
    "unit.accessories": lambda unit, _today, _position: unit.accessories,
    "unit.terms": lambda unit, _today, _position: _(TERMS[unit.terms]) if unit.terms else "",
    "unit.owner": lambda unit, _today, _position: unit.owner,
    "unit.since": lambda unit, _today, _position: _day(unit.since),
    "unit.due": lambda unit, _today, _position: _day(unit.due),
    "unit.days_late": lambda unit, today, _position: str(unit.days_late(today) or ""),
    "unit.document": lambda unit, _today, _position: unit.document,
    "unit.warranty_until": lambda unit, _today, _position: _day(unit.warranty_until),
    "unit.valid_from": lambda unit, _today, _position: _day(unit.valid_from),
    "unit.valid_until": lambda unit, _today, _position: _day(unit.valid_until),
    "unit.seats": lambda unit, _today, _position: str(unit.seats or ""),
    "unit.subject": lambda unit, _today, _position: unit.subject,
}
"""Of a unit, the day of the letter, and the unit's place in it, from 1."""


def unit_value(name: str, unit: LetterUnit, today: date, position: int) -> str:
    """Return what stands for `name` in the row of a unit; one of the company's own fields may say nothing."""
    if name.startswith(FIELD):
        return unit.fields.get(name.removeprefix(FIELD), "")
    return UNIT_VALUES[name](unit, today, position)


def allowed(fields: frozenset[str]) -> list[str]:
    """Return every name that a template may use, with those of the company's own `fields`."""
    return sorted([*VALUES, *UNIT_VALUES, *BLOCKS, *(f"{FIELD}{code}" for code in fields)])
