"""The table of goods on receipts, issues and transfers: quantities, conditions, the sum."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from reportlab.platypus import Table

from print.flow import Flow
from print.product_table import ProductRow, last_row, product_table
from store.domain.language import N_, Language, _, current
from store.domain.papers import PaperLine, PaperUnit
from store.domain.terms import Condition

CONDITIONS = {
    Condition.NEW: N_("new"),
    Condition.USED: N_("used"),
    Condition.DAMAGED: N_("damaged"),
    Condition.BLOCKED: N_("blocked"),
}


def goods_table(lines: Sequence[PaperLine]) -> Flow:
    """Return the table of `lines` in the language in force. Its head is repeated on every page."""
    return product_table((_("Qty"), _("U.M."), _("Condition")), [_row(line) for line in lines])


def sum_row(lines: Sequence[PaperLine]) -> Table:
    """Return the last row of the table, to be kept together with what follows it."""
    total = sum((line.quantity for line in lines), Decimal(0))
    return last_row(_("Total"), (shown(total), _("pcs."), ""))


def shown(quantity: Decimal) -> str:
    """Return a quantity as it is written in the language in force: `2.5` or `2,5`."""
    text = format(quantity.normalize(), "f")
    return text.replace(".", ",") if current() is Language.PL else text


def _row(line: PaperLine) -> ProductRow:
    conditions = Counter(unit.condition for unit in line.units)
    told = ", ".join(_(CONDITIONS[each]) for each in conditions)
    return ProductRow(
        name=line.name,
        sku=line.sku,
        further=(shown(line.quantity), _("pcs."), told),
        serials=[_serial(unit, alone=len(conditions) == 1) for unit in line.units],
    )


def _serial(unit: PaperUnit, *, alone: bool) -> str:
    """Return a serial, with its condition where those of the line differ."""
    return unit.serial if alone else f"{unit.serial} ({_(CONDITIONS[unit.condition])})"
