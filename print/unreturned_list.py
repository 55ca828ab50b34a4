"""The unreturned list: who has what of ours, since when, until when, how late and worth how much."""

from collections.abc import Iterable
from decimal import Decimal

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from print.goods_table import shown
from print.grid import Column, last_row
from print.loan_pieces import GroupHead, amount, day, grouped_grid, pieces
from print.page import WIDTH, render
from print.pieces import labelled
from store.domain.language import Language, _, speaking
from store.domain.loan_papers import OutLine, OutWith, UnreturnedList


def unreturned_list(found: UnreturnedList, *languages: Language) -> bytes:
    """Return the list in `languages` as a PDF, by customer, each with the barcode of their code."""
    with speaking(*languages):
        return render(_("Unreturned units"), found.company.name, _story(found))


def _story(found: UnreturnedList) -> list[Flowable]:
    columns = _columns()
    lines = [line for customer in found.customers for line in customer.lines]
    late = [line for line in lines if line.days_late]
    sums = [
        last_row(columns, _sum(_("Total"), lines)),
        last_row(columns, _sum(_("of it overdue"), late)),
    ]
    return [
        labelled(_("As of"), day(found.day)),
        *([labelled(_("Selection"), found.selection)] if found.selection else []),
        labelled(_("Customers"), str(len(found.customers))),
        Spacer(0, 4 * mm),
        grouped_grid(columns, (_group(columns, customer) for customer in found.customers)),
        Spacer(0, 4 * mm),
        KeepTogether(sums),
    ]


def _columns() -> list[Column]:
    return [
        Column(head=_("No."), width=10 * mm, right=True),
        Column(head=_("Name"), width=28 * mm),
        Column(head=_("Serial"), width=26 * mm),
        Column(head=_("Qty"), width=11 * mm, right=True),
        Column(head=_("Document"), width=30 * mm),
        Column(head=_("Since"), width=19 * mm),
        Column(head=_("Due"), width=22 * mm),
        Column(head=_("Days late"), width=12 * mm, right=True),
        Column(head=_("Value (PLN)"), width=22 * mm, right=True),
    ]


def _group(columns: list[Column], customer: OutWith) -> tuple[Flowable, list[tuple[str, ...]], Flowable]:
    rows = [_row(position, line) for position, line in enumerate(customer.lines, start=1)]
    return (
        GroupHead(customer.name, customer.code, WIDTH),
        rows,
        last_row(columns, _sum(_("Together"), customer.lines)),
    )


def _row(position: int, line: OutLine) -> tuple[str, ...]:
    return (
        str(position), line.name, line.serial, shown(line.quantity), line.document, day(line.since),
        day(line.due) or _("open-ended"), str(line.days_late or ""),
        amount(line.value) if line.value is not None else "",
    )  # fmt: skip


def _sum(label: str, lines: Iterable[OutLine]) -> tuple[str, ...]:
    kept = list(lines)
    value = sum((line.value for line in kept if line.value is not None), Decimal(0))
    return (
        "",
        label,
        "",
        pieces(line.quantity for line in kept),
        "",
        "",
        "",
        "",
        amount(value) if value else "",
    )
