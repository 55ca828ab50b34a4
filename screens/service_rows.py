"""What is said of services: from when until when, for how many, of what, and what follows."""

from datetime import date

from screens.finder import FULL_WIDTH
from screens.unit_rows import days_left
from screens.widgets.text_line import shorten
from store.domain.language import _
from store.domain.services import Expiring, Validity

NUMBER_WIDTH = 14
NAME_WIDTH = 20
NARROW_WIDTH = 30


def valid_text(terms: Validity, today: date) -> str:
    """Return whether a service is valid, and how long still."""
    if terms.renewed_id is not None:
        return _("renewed by {number}").format(number=terms.renewed)
    if terms.ended_on is not None and terms.ended_on <= today:
        return _("ended on {day}").format(day=terms.ended_on)
    if terms.valid_from > today:
        return _("begins on {day}").format(day=terms.valid_from)
    last = terms.last_day()
    return _("for good") if last is None else days_left(last, today)


def span_text(valid_from: date, valid_until: date | None) -> str:
    """Return the days of a service."""
    until = _("for good") if valid_until is None else valid_until.isoformat()
    return _("{first} to {last}").format(first=valid_from.isoformat(), last=until)


def term_rows(terms: Validity) -> list[str]:
    """Return the terms of a service in full, a row each."""
    rows = [_("Valid: {span}").format(span=span_text(terms.valid_from, terms.valid_until))]
    if terms.seats:
        rows.append(_("Seats: {count}").format(count=terms.seats))
    if terms.subject:
        rows.append(_("About: {subject}").format(subject=terms.subject))
    if terms.ended_on:
        rows.append(_("Ended on: {day}").format(day=terms.ended_on))
    if terms.renews:
        rows.append(_("Renews: {number}").format(number=terms.renews))
    if terms.renewed:
        rows.append(_("Renewed by: {number}").format(number=terms.renewed))
    return rows


def expiring_lines(each: Expiring, width: int, today: date) -> list[str]:
    """Return the row of a service that ends: its day first, then whose and what."""
    days = each.days_left(today)
    until = each.validity.valid_until
    if width < NARROW_WIDTH:
        return [f"{until}  {days:+d}", f"{each.number}  {each.party_name}"]
    if width < FULL_WIDTH:
        left = _("{count} d").format(count=days)
        return [f"{until}  {left}  {each.party_name}", f"  {each.number}  {each.product_name}"]
    left = f"{until}  {_('{count} d').format(count=days):>7}"
    name = f"{shorten(each.party_name, NAME_WIDTH):<{NAME_WIDTH}}"
    about = f"  {each.validity.subject}" if each.validity.subject else ""
    return [f"{left}  {name}  {each.number:<{NUMBER_WIDTH}}  {each.product_name}{about}"]
