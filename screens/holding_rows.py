"""What the rows of a party's holdings say: a product, a kind, a unit; in one line or in two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from screens.finder import FULL_WIDTH
from screens.unit_rows import days_left
from screens.widgets.text_line import shorten
from screens.words import quantity, word
from store.domain.holdings import HeldPending, HeldUnit, HoldingGroup, Holdings
from store.domain.language import _, ngettext
from store.domain.terms import Terms

NAME_WIDTH = 30
SERIAL_WIDTH = 20
NARROW_WIDTH = 30
"""Below it a group says its terms alone: what is under warranty is in the sums above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindGroup:
    """All that a party has of one kind of product."""

    kind_id: int
    name: str
    groups: tuple[HoldingGroup, ...]

    @property
    def units(self) -> int:
        """How many have serials."""
        return sum(group.units for group in self.groups)


def kinds(groups: Sequence[HoldingGroup]) -> list[KindGroup]:
    """Return the groups of products by their kinds, in the order in which they come."""
    by_kind: dict[int, list[HoldingGroup]] = {}
    for group in groups:
        by_kind.setdefault(group.kind_id, []).append(group)
    return [
        KindGroup(kind_id=kind_id, name=found[0].kind_name, groups=tuple(found))
        for kind_id, found in by_kind.items()
    ]


def terms_text(by_terms: Mapping[Terms, Decimal]) -> str:
    """Return how many pieces there are on which terms."""
    return ", ".join(f"{quantity(pieces)} {word(terms)}" for terms, pieces in by_terms.items())


def covered_text(under_warranty: int) -> str:
    """Return how many units have a warranty in force; empty for none."""
    return _("under warranty {count}").format(count=under_warranty) if under_warranty else ""


def pending_text(pending: Decimal) -> str:
    """Return how many serials are to be scanned; empty for none."""
    return _("{count} to be scanned").format(count=quantity(pending)) if pending else ""


def waiting_text(tasks: int, complaints: int) -> str:
    """Return what waits: open tasks and complaints; empty for none."""
    texts = (
        ngettext("{count} open task", "{count} open tasks", tasks).format(count=tasks) if tasks else "",
        ngettext("{count} open complaint", "{count} open complaints", complaints).format(count=complaints)
        if complaints
        else "",
    )
    return ", ".join(text for text in texts if text)


def group_lines(group: HoldingGroup | KindGroup, width: int) -> list[str]:
    """Return the row of a product or of a kind, with the pieces by terms."""
    if isinstance(group, KindGroup):
        name = group.name
        parts: dict[Terms, Decimal] = {}
        for each in group.groups:
            for each_terms, pieces in each.by_terms.items():
                parts[each_terms] = parts.get(each_terms, Decimal(0)) + pieces
        covered = sum(each.under_warranty for each in group.groups)
        pending = sum((each.pending for each in group.groups), Decimal(0))
    else:
        name, parts, covered = group.product_name, dict(group.by_terms), group.under_warranty
        pending = group.pending
    terms = terms_text(parts)
    if width < NARROW_WIDTH:
        return [name, f"{terms}; ? {quantity(pending)}" if pending else terms]
    terms = "; ".join(text for text in (terms, pending_text(pending)) if text)
    more = "; ".join(text for text in (terms, covered_text(covered)) if text)
    if width < FULL_WIDTH:
        return [name, more]
    return [f"{shorten(name, NAME_WIDTH):<{NAME_WIDTH}} {more}"]


def pending_lines(row: HeldPending, width: int, *, with_product: bool) -> list[str]:
    """Return the row of pieces whose serials are to be scanned: it stands where their serials would."""
    serial, more = f"? {pending_text(row.count)}", row.product_name if with_product else ""
    if width < FULL_WIDTH:
        return [serial, more]
    return [f"{serial:<{SERIAL_WIDTH}} {more}".rstrip()]


def unit_lines(unit: HeldUnit, width: int, today: date, *, with_product: bool) -> list[str]:
    """Return the row of a unit: serial, product unless all are the same, terms, and warranty left."""
    terms = word(unit.terms)
    if unit.is_elsewhere:
        terms += f" ({unit.place_name})"
    lasts = unit.valid_until or unit.warranty_until
    warranty = days_left(lasts, today) if lasts else ""
    open_work = waiting_text(unit.open_tasks, unit.open_complaints)
    if width < NARROW_WIDTH and lasts:
        warranty = _("{count} d").format(count=(lasts - today).days)
    if width < FULL_WIDTH:
        mark = "! " if width < NARROW_WIDTH and open_work else ""
        said = (terms, warranty, "" if mark else open_work)
        return [f"{mark}{unit.serial}", ", ".join(text for text in said if text)]
    parts = [unit.product_name if with_product else "", terms, warranty, open_work]
    more = ", ".join(text for text in parts if text)
    return [f"{unit.serial:<{SERIAL_WIDTH}} {more}"]


def row_lines(
    item: HoldingGroup | KindGroup | HeldUnit | HeldPending, width: int, today: date, *, with_product: bool
) -> list[str]:
    """Return the row of anything that stands in the list."""
    if isinstance(item, HeldUnit):
        return unit_lines(item, width, today, with_product=with_product)
    if isinstance(item, HeldPending):
        return pending_lines(item, width, with_product=with_product)
    return group_lines(item, width)


def sums_text(found: Holdings) -> str:
    """Return all that a party has in one sentence."""
    parts = (
        _("{count} pcs").format(count=quantity(found.pieces)),
        terms_text(found.by_terms),
        pending_text(found.pending),
        covered_text(found.under_warranty),
        waiting_text(found.open_tasks, found.open_complaints),
    )
    return "; ".join(part for part in parts if part)
