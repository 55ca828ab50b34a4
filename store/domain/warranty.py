"""How long a warranty lasts, and what becomes of it when the thing was repaired or replaced.

Polish Civil Code, art. 581: when the guarantor gave a thing free of defects for the defective one, or made
essential repairs, the term runs anew from the day on which it was given or given back (par. 1). In other
cases it is prolonged by the time for which, because of a defect that the warranty covers, the thing could not
be used (par. 2). A company may promise more by its own rule, which is the product's.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from store.domain.repairs import Settlement


class WarrantyRule(StrEnum):
    """What a product's warranty does after a complaint."""

    LAW = "law"
    """As art. 581 of the Civil Code says."""
    ANEW = "anew"
    """It runs anew after every repair under warranty as well: more than the law asks for."""
    PROLONG = "prolong"
    """It is prolonged only, also after a replacement: a warranty that is nobody's by law (a seller's own)."""
    NONE = "none"
    """It stays as it was."""


class WarrantyCause(StrEnum):
    """Why a warranty became another one."""

    ANEW = "anew"
    PROLONGED = "prolonged"
    CARRIED = "carried"
    """It goes on, on the unit that replaces another one."""
    ENDED = "ended"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Warranty:
    """From the first day to the last, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Tell whether a complaint of `day` falls into it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class WarrantyAfter:
    """What a warranty is afterwards, and why."""

    cause: WarrantyCause
    warranty: Warranty
    days: int = 0
    """By how many it was prolonged."""


def warranty_until(start: date, months: int) -> date:
    """Return the last day of a warranty of `months` months that starts on `start`.

    A term in months ends on the day with the same number as the first, or on the last day of a month that has
    none (Polish Civil Code, art. 112).
    """
    whole = start.year * 12 + start.month - 1 + months
    year, month = divmod(whole, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def after_repair(
    rule: WarrantyRule,
    settlement: Settlement,
    warranty: Warranty | None,
    *,
    months: int,
    brought: date,
    given: date,
) -> WarrantyAfter | None:
    """Return what the warranty of a repaired unit is from `given` on; None: it stays as it was.

    Only a repair under warranty of a unit that was `brought` while the warranty lasted changes anything. The
    day on which it was brought is not counted (Civil Code, art. 111 par. 2).
    """
    repaired = settlement in {Settlement.ESSENTIAL, Settlement.MINOR}
    if rule is WarrantyRule.NONE or warranty is None or not repaired or not warranty.covers(brought):
        return None
    essential = settlement is Settlement.ESSENTIAL and rule is WarrantyRule.LAW
    if (essential or rule is WarrantyRule.ANEW) and months > 0:
        anew = Warranty(first=given, last=warranty_until(given, months))
        # Anew is never less than what was left.
        if anew.last >= warranty.last:
            return WarrantyAfter(cause=WarrantyCause.ANEW, warranty=anew)
    return _prolonged(warranty, brought, given)


def after_replacement(
    rule: WarrantyRule, warranty: Warranty | None, *, months: int, brought: date, given: date
) -> WarrantyAfter | None:
    """Return the warranty of the unit that replaces another one from `given` on; None: it has none.

    `warranty` is that of the replaced unit, `months` is the warranty of the new one's product. A unit whose
    warranty had ended when it was `brought` passes none on.
    """
    if warranty is None or not warranty.covers(brought):
        return None
    if rule in {WarrantyRule.LAW, WarrantyRule.ANEW} and months > 0:
        anew = Warranty(first=given, last=warranty_until(given, months))
        if anew.last >= warranty.last:
            return WarrantyAfter(cause=WarrantyCause.ANEW, warranty=anew)
    if rule is not WarrantyRule.NONE:
        prolonged = _prolonged(warranty, brought, given)
        if prolonged is not None:
            return WarrantyAfter(
                cause=WarrantyCause.CARRIED, warranty=prolonged.warranty, days=prolonged.days
            )
    return WarrantyAfter(cause=WarrantyCause.CARRIED, warranty=warranty)


def _prolonged(warranty: Warranty, brought: date, given: date) -> WarrantyAfter | None:
    days = (given - brought).days
    if days <= 0:
        return None
    last = warranty.last + timedelta(days=days)
    return WarrantyAfter(
        cause=WarrantyCause.PROLONGED, warranty=Warranty(first=warranty.first, last=last), days=days
    )
