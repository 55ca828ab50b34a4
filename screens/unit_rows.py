"""What the card of a unit says above its tabs and of its numbers, as plain text for any width."""

from datetime import date

from rich.cells import cell_len

from screens.widgets.text_line import shorten
from screens.words import word
from store.domain.language import _, ngettext
from store.domain.units import UnitCard

PAIRED_WIDTH = 70
"""Columns from which on two facts stand beside each other."""


def head_rows(card: UnitCard, today: date, width: int) -> list[str]:
    """Return what has to be seen at once: which unit, where, whose, on which terms, its warranty."""
    place = card.place.name if card.place else _("none any more")
    number = _("Serial: {serial}") if card.validity is None else _("Number: {serial}")
    left = [
        number.format(serial=card.serial),
        f"{card.product.name} ({card.product.sku})",
        _("Place: {place}").format(place=place),
    ]
    right = [
        _("Terms: {terms}, {condition}").format(terms=word(card.terms), condition=word(card.condition)),
        _("Owner: {name}").format(name=_("us") if card.owner_is_us else card.owner_name),
        _lasting(card, today),
    ]
    if width < PAIRED_WIDTH:
        return [left[0], right[0], right[2], left[2], right[1], left[1]]
    half = width // 2
    if any(cell_len(row) >= half for row in (*left, *right)):
        return [row for pair in zip(left, right, strict=True) for row in pair]
    return [
        shorten(one, half - 1) + " " * (half - cell_len(one)) + other
        for one, other in zip(left, right, strict=True)
    ]


def _lasting(card: UnitCard, today: date) -> str:
    """Return how long the warranty lasts, or how long a service is valid, for how many and of what."""
    if card.is_foreign:
        return _("Not sold by us: no warranty of ours")
    if card.validity is None:
        return _("Warranty: {text}").format(text=warranty_text(card, today))
    from screens.service_rows import valid_text

    parts = [valid_text(card.validity, today)]
    if card.validity.seats:
        parts.append(_("{count} seats").format(count=card.validity.seats))
    return _("Valid: {span}").format(span=", ".join([*parts, *filter(None, [card.validity.subject])]))


def warranty_text(card: UnitCard, today: date) -> str:
    """Return how long the warranty still lasts, or when it ended, or that it has not begun."""
    if card.warranty_until is None:
        months = card.product.warranty_months
        if not months:
            return _("none")
        return ngettext("{count} month from the sale on", "{count} months from the sale on", months).format(
            count=months
        )
    return days_left(card.warranty_until, today)


def days_left(until: date, today: date) -> str:
    """Return how many days are left until a day, or how many it is past."""
    days = (until - today).days
    if days < 0:
        return ngettext("ended {count} day ago", "ended {count} days ago", -days).format(count=-days)
    return ngettext("{count} day left", "{count} days left", days).format(count=days)


def number_rows(card: UnitCard, *, hint: str = "") -> list[str]:
    """Return every number of the unit and of its product, and the days of the warranty.

    A `hint` how to add one stands where the unit has no further number.
    """
    rows = [f"{word(number.type)}: {number.text}" for number in card.identifiers]
    rows += [f"GTIN: {gtin}" for gtin in card.product.gtins]
    if card.warranty_from and card.warranty_until:
        span = _("{first} to {last}").format(first=card.warranty_from, last=card.warranty_until)
        rows.append(_("Warranty: {text}").format(text=span))
    if card.validity is not None:
        from screens.service_rows import term_rows

        rows += term_rows(card.validity)
    if hint and not card.identifiers:
        rows.append(hint)
    return [*rows, _("Kind: {kind}").format(kind=card.product.kind_name)]
