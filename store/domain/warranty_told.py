"""A warranty that a document made another one: until when it lasts, until when it did, by which rule."""

from dataclasses import dataclass
from datetime import date

from store.domain.language import _, ngettext
from store.domain.repairs import Settlement
from store.domain.warranty import WarrantyCause, WarrantyRule


@dataclass(frozen=True, slots=True, kw_only=True)
class WarrantyTold:
    """What a document made of the warranty of one unit."""

    serial: str
    cause: WarrantyCause
    rule: WarrantyRule
    """The product's, today."""
    settlement: Settlement | None = None
    """Of a repair: what came of it; None: the unit was replaced."""
    was: date | None = None
    """Until when it lasted before: of a replacement, that of the unit that was replaced."""
    begins: date | None = None
    until: date | None = None

    @property
    def days(self) -> int:
        """By how many days it lasts longer."""
        return (self.until - self.was).days if self.until and self.was else 0


def warranty_sentence(told: WarrantyTold) -> str:
    """Return what the customer is told: the last day, the one before, and why."""
    if told.until is None:
        return _("{serial}: the warranty ended.").format(serial=told.serial)
    if told.was is None or told.was == told.until:
        return _("{serial}: warranty until {until}.").format(serial=told.serial, until=told.until)
    return _("{serial}: warranty until {until} (was {was}): {why}.").format(
        serial=told.serial, until=told.until, was=told.was, why=_why(told)
    )


def _why(told: WarrantyTold) -> str:
    if told.cause is WarrantyCause.ANEW:
        return _because_anew(told)
    days = ngettext(
        "prolonged by {count} day without the unit", "prolonged by {count} days without the unit", told.days
    ).format(count=told.days)
    by = (
        _("the guarantor's rule")
        if told.rule is WarrantyRule.PROLONG
        else _("art. 581 § 2 of the Civil Code")
    )
    return f"{days}, {by}"


def _because_anew(told: WarrantyTold) -> str:
    if told.settlement is Settlement.MINOR:
        return _("runs anew after a repair, by the guarantor's rule")
    if told.settlement is not None:
        return _("runs anew after an essential repair, art. 581 § 1 of the Civil Code")
    return _("runs anew after the replacement, art. 581 § 1 of the Civil Code")
