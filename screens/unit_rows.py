"""What the card of a unit says, section by section, as plain text for any width."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from screens.words import word
from store.domain.language import N_, _, ngettext
from store.domain.units import Movement, UnitCard

SECTIONS = (N_("Unit"), N_("Numbers"), N_("Warranty"), N_("Movements"))
"""In their order: the digit of each opens and closes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and the rows below it."""

    title: str
    rows: tuple[str, ...]


def sections(card: UnitCard, movements: Sequence[Movement], today: date) -> tuple[Section, ...]:
    """Return the sections of a card, in the order of `SECTIONS`; `movements` is a page of its movements."""
    bodies = (_unit(card), _numbers(card), _warranty(card, today), _movements(movements))
    return tuple(
        Section(title=_(title), rows=tuple(rows)) for title, rows in zip(SECTIONS, bodies, strict=True)
    )


def _unit(card: UnitCard) -> list[str]:
    return [
        f"{card.product.name} ({card.product.sku})",
        _("Serial: {serial}").format(serial=card.serial),
        _("Place: {place}").format(place=card.place.name if card.place else _("none any more")),
        _("Owner: {name}").format(name=_("us") if card.owner_is_us else card.owner_name),
        _("Terms: {terms}, {condition}").format(terms=word(card.terms), condition=word(card.condition)),
    ]


def _numbers(card: UnitCard) -> list[str]:
    rows = [f"{word(number.type)}: {number.text}" for number in card.identifiers]
    rows += [f"GTIN: {gtin}" for gtin in card.product.gtins]
    return rows or [_("No further number. F2 adds one.")]


def _warranty(card: UnitCard, today: date) -> list[str]:
    if card.warranty_from is None or card.warranty_until is None:
        months = card.product.warranty_months
        if not months:
            return [_("None.")]
        text = ngettext("{count} month from the sale on.", "{count} months from the sale on.", months)
        return [text.format(count=months)]
    days = (card.warranty_until - today).days
    if days < 0:
        left = ngettext("ended {count} day ago", "ended {count} days ago", -days).format(count=-days)
    else:
        left = ngettext("{count} day left", "{count} days left", days).format(count=days)
    span = _("{first} to {last}").format(first=card.warranty_from, last=card.warranty_until)
    return [span, left]


def _movements(movements: Sequence[Movement]) -> list[str]:
    return [row for movement in movements for row in _movement(movement)] or [_("None.")]


def _movement(movement: Movement) -> list[str]:
    when = _moment(movement.effective_at)
    way = f"{movement.from_name} -> {movement.to_name}" if movement.from_name else movement.to_name
    rows = [f"{when}  {movement.document_number}", f"  {way}: {word(movement.to_terms)}"]
    if movement.recorded_at.date() != movement.effective_at.date():
        rows.append("  " + _("recorded {moment}").format(moment=_moment(movement.recorded_at)))
    return [*rows, f"  {movement.operator_name}, {movement.terminal_name}"]


def _moment(value: datetime) -> str:
    return f"{value.astimezone():%Y-%m-%d %H:%M}"
