"""What the rows of a party's holdings say: a product, a kind, a unit; in one line or in two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rich.cells import cell_len

from screens.finder import FULL_WIDTH
from screens.unit_rows import days_left
from screens.widgets.text_line import shorten
from screens.words import quantity, word
from store.domain.field_values import listed
from store.domain.holdings import HeldPieces, HeldRow, HeldUnit, HoldingGroup, Holdings
from store.domain.language import _, ngettext
from store.domain.terms import Terms

NAME_WIDTH = 30
SERIAL_WIDTH = 20
NARROW_WIDTH = 30
"""Below it a group says its terms alone: what is under warranty is in the sums above."""
NAME_ROOM = 14
"""Columns that a name keeps before what is said of it is shortened."""
FIELDS_ROOM = 10
"""Columns that a product's name keeps before the fields beside it are cut."""


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


def terms_texts(by_terms: Mapping[Terms, Decimal], pending: Decimal, under_warranty: int) -> list[str]:
    """Return what is said of pieces: on which terms they are, what waits for serials, what has a warranty."""
    texts = (terms_text(by_terms), pending_text(pending), covered_text(under_warranty))
    return [text for text in texts if text]


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


def waiting_short(tasks: int, complaints: int) -> str:
    """Return what waits in fewer columns; empty for none."""
    texts = (
        _("tasks {count}").format(count=tasks) if tasks else "",
        _("complaints {count}").format(count=complaints) if complaints else "",
    )
    return ", ".join(text for text in texts if text)


def fitting(texts: Sequence[str], room: int) -> str:
    """Return the first of texts, which become shorter and shorter, that has room; else the last one."""
    return next((text for text in texts if cell_len(text) <= room), texts[-1])


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
        waits = (
            sum(each.open_tasks for each in group.groups),
            sum(each.open_complaints for each in group.groups),
        )
    else:
        name, parts, covered = group.product_name, dict(group.by_terms), group.under_warranty
        pending = group.pending
        waits = group.open_tasks, group.open_complaints
    short = waiting_short(*waits)
    if width < NARROW_WIDTH:
        terms = terms_text(parts)
        mark = "! " if short else ""
        return [f"{mark}{name}", f"{terms}; ? {quantity(pending)}" if pending else terms]
    said = terms_texts(parts, pending, covered)
    if width < FULL_WIDTH:
        first = f"{shorten(name, width - cell_len(short) - 2)}  {short}" if short else name
        return [first, "; ".join(said)]
    texts = ["; ".join(filter(None, (*said, text))) for text in (waiting_text(*waits), short)]
    more = fitting(texts, width - NAME_WIDTH - 1)
    if cell_len(more) > width - NAME_ROOM - 1 and short:
        more = "; ".join((short, *said))
    room = max(NAME_ROOM, min(NAME_WIDTH, width - cell_len(more) - 1))
    return [f"{shorten(name, room):<{room}} {more}"]


def pieces_lines(row: HeldPieces, width: int, *, with_product: bool) -> list[str]:
    """Return the row of pieces without serials: how many stands where a serial would."""
    first = f"? {pending_text(row.count)}" if row.is_pending else pieces_text(row.count)
    where = f"{word(row.terms)} ({row.place_name})" if row.is_elsewhere else word(row.terms)
    texts = (row.product_name if with_product else "", "" if row.is_pending else where)
    more = ", ".join(text for text in texts if text)
    if width < FULL_WIDTH:
        return [first, more]
    return [f"{first:<{SERIAL_WIDTH}} {more}".rstrip()]


def pieces_text(count: Decimal) -> str:
    """Return how many pieces there are."""
    return _("{count} pcs").format(count=quantity(count))


def unit_lines(unit: HeldUnit, width: int, today: date, *, with_product: bool) -> list[str]:
    """Return the row of a unit: serial, product unless all are the same, fields, and what is said of it.

    What is said of it is always seen: the terms, the warranty left, what waits. Names and fields are cut.
    """
    name = unit.product_name if with_product else ""
    fields = [listed(value) for value in unit.values]
    if width < FULL_WIDTH:
        return _two_unit_lines(unit, width, today, list(filter(None, (name, *fields))))
    serial = f"{unit.serial:<{SERIAL_WIDTH}}"
    room = width - cell_len(serial) - 1
    whole = cell_len(", ".join(filter(None, (name, *fields))))
    waits = unit.open_tasks, unit.open_complaints
    said = fitting(unit_texts(unit, today, *waits), room - min(whole, NAME_ROOM) - 2 if whole else room)
    what = what_text(name, fields, room - cell_len(said) - 2)
    return [f"{serial} {', '.join(filter(None, (what, said)))}"]


def _two_unit_lines(unit: HeldUnit, width: int, today: date, what: Sequence[str]) -> list[str]:
    """Return the row of a unit in two lines: what waits stands by the serial, where it fits."""
    waits = unit.open_tasks, unit.open_complaints
    if width < NARROW_WIDTH:
        mark = "! " if any(waits) else ""
        return ["  ".join((f"{mark}{unit.serial}", *what)), fitting(unit_texts(unit, today), width)]
    first = "  ".join((unit.serial, *what))
    room = width - cell_len(unit.serial) - 2
    work = fitting((waiting_text(*waits), waiting_short(*waits)), room - (NAME_ROOM if what else 0))
    if not work or cell_len(work) > room:
        return [first, fitting(unit_texts(unit, today, *waits), width)]
    first = f"{shorten(first, width - cell_len(work) - 2)}  {work}"
    return [first, fitting(unit_texts(unit, today), width)]


def unit_texts(unit: HeldUnit, today: date, tasks: int = 0, complaints: int = 0) -> list[str]:
    """Return terms, warranty left, and what waits, in words that become fewer and fewer."""
    lasts = unit.lasts_until
    left = days_left(lasts, today) if lasts else ""
    days = _("{count} d").format(count=(lasts - today).days) if lasts else ""
    long, short = waiting_text(tasks, complaints), waiting_short(tasks, complaints)
    wheres = where_texts(unit)
    texts = [(wheres[0], left, long), *((where, days, short) for where in wheres)]
    return [", ".join(filter(None, parts)) for parts in texts]


def what_text(name: str, fields: Sequence[str], room: int) -> str:
    """Return the name of a product and its unit's fields in so many columns: first the name is cut."""
    if room < 2:
        return ""
    beside = ", ".join(fields)
    if name and beside:
        name = shorten(name, max(FIELDS_ROOM, room - cell_len(beside) - 2))
    return shorten(", ".join(filter(None, (name, beside))), room)


def where_texts(unit: HeldUnit) -> list[str]:
    """Return on which terms a unit is; not at the party, where; in service, since when: each time shorter."""
    terms = word(unit.terms)
    if not unit.is_elsewhere:
        return [terms]
    if unit.repair_since is None:
        return [f"{terms} ({unit.place_name})", terms]
    day = unit.repair_since.astimezone().date().isoformat()
    return [
        _("WITH US in service since {day} ({place})").format(day=day, place=unit.place_name),
        _("WITH US in service since {day}").format(day=day),
        terms,
    ]


def row_lines(
    item: HoldingGroup | KindGroup | HeldRow, width: int, today: date, *, with_product: bool
) -> list[str]:
    """Return the row of anything that stands in the list."""
    if isinstance(item, HeldUnit):
        return unit_lines(item, width, today, with_product=with_product)
    if isinstance(item, HeldPieces):
        return pieces_lines(item, width, with_product=with_product)
    return group_lines(item, width)


def sums_text(found: Holdings) -> str:
    """Return all that a party has in one sentence."""
    here: dict[Terms, Decimal] = {
        terms: pieces for terms, pieces in found.by_terms.items() if terms is not Terms.SERVICE
    }
    with_us = _("{count} WITH US in service").format(count=quantity(found.in_service))
    parts = (
        pieces_text(found.pieces),
        terms_text(here),
        with_us if found.in_service else "",
        pending_text(found.pending),
        covered_text(found.under_warranty),
        waiting_text(found.open_tasks, found.open_complaints),
    )
    return "; ".join(part for part in parts if part)
