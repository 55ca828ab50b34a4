"""A party's units as a table for other programs: its columns, its rows, and CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from store.domain.holdings import HeldUnit
from store.domain.language import N_

COLUMNS = (
    "serial", "sku", "product", "kind", "terms", "condition", "place", "since", "warranty_until", "days_left",
)  # fmt: skip
"""The names of the columns for programs, in their order."""
HEADINGS = (
    N_("Serial"), N_("SKU"), N_("Product"), N_("Kind"), N_("Terms"), N_("Condition"), N_("Place"),
    N_("Since"), N_("Warranty until"), N_("Days left"),
)  # fmt: skip
"""The same for people, marked for translation."""


def cells(unit: HeldUnit, today: date, *, terms: str = "", condition: str = "") -> list[str]:
    """Return the cells of a unit; `terms` and `condition` are the words for them, else their codes stand."""
    until = unit.warranty_until
    return [
        unit.serial,
        unit.sku,
        unit.product_name,
        unit.kind_name,
        terms or unit.terms.value,
        condition or unit.condition.value,
        unit.place_name,
        unit.since.astimezone().date().isoformat(),
        until.isoformat() if until else "",
        str((until - today).days) if until else "",
    ]


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV: semicolons, so that Polish spreadsheets open it as they are set.

    A cell that a spreadsheet would take for a formula is quoted by an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def _harmless(cell: str) -> str:
    is_number = cell[1:].isdigit()
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} and not is_number else cell
