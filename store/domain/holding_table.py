"""What a party has as a table for other programs and for spreadsheets: its columns, its rows, and CSV."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from store.domain.field_values import shown
from store.domain.fields import Field
from store.domain.holdings import HeldPieces, HeldRow, HeldUnit
from store.domain.language import N_, _
from store.domain.terms import Condition, Terms

HEADINGS: dict[str, str] = {
    "serial": N_("Serial"),
    "sku": N_("SKU"),
    "product": N_("Product"),
    "kind": N_("Kind"),
    "quantity": N_("Quantity"),
    "pending_serials": N_("Serials to be scanned"),
    "terms": N_("Terms"),
    "condition": N_("Condition"),
    "place": N_("Place"),
    "since": N_("Since"),
    "service_since": N_("In service since"),
    "warranty_until": N_("Warranty until"),
    "valid_until": N_("Valid until"),
    "days_left": N_("Days left"),
    "open_tasks": N_("Open tasks"),
    "open_complaints": N_("Open complaints"),
}
"""The names of the columns for programs in their order, and for people, marked for translation."""
COLUMNS = tuple(HEADINGS)
NUMBERS = frozenset({"quantity", "pending_serials", "days_left", "open_tasks", "open_complaints"})
"""Columns that a spreadsheet can add up."""
FIELD = "field."
"""Begins the names of the columns of the company's own fields."""
Words = Callable[[Terms | Condition], str]
"""Says a code in people's words."""


def names(fields: Sequence[Field]) -> list[str]:
    """Return the names of all columns for programs, those of `fields` last."""
    return [*COLUMNS, *(f"{FIELD}{field.code}" for field in fields)]


def headings(fields: Sequence[Field]) -> list[str]:
    """Return the names of all columns for people, those of `fields` last."""
    return [*(_(heading) for heading in HEADINGS.values()), *(field.name for field in fields)]


def cells(
    row: HeldRow, today: date, fields: Sequence[Field] = (), *, words: Words | None = None
) -> list[str]:
    """Return the cells of a row, those of `fields` last; in `words` for people, else by codes."""
    said: Words = words or str
    own = {}
    if isinstance(row, HeldUnit):
        found = _of_unit(row, today, said)
        own = {
            value.field.id: shown(value.field, value.text, value.named) if words else value.text
            for value in row.values
        }
    else:
        found = _of_pieces(row)
    plain = {
        "sku": row.sku, "product": row.product_name, "kind": row.kind_name, "terms": said(row.terms),
        "place": row.place_name,
    }  # fmt: skip
    whole = plain | found
    return [*(whole.get(name, "") for name in COLUMNS), *(own.get(field.id, "") for field in fields)]


def _of_unit(unit: HeldUnit, today: date, said: Words) -> dict[str, str]:
    lasts = unit.lasts_until
    return {
        "serial": unit.serial,
        "quantity": "1",
        "condition": said(unit.condition),
        "since": unit.since.astimezone().date().isoformat(),
        "service_since": unit.repair_since.astimezone().date().isoformat() if unit.repair_since else "",
        "warranty_until": unit.warranty_until.isoformat() if unit.warranty_until else "",
        "valid_until": unit.valid_until.isoformat() if unit.valid_until else "",
        "days_left": str((lasts - today).days) if lasts else "",
        "open_tasks": str(unit.open_tasks or ""),
        "open_complaints": str(unit.open_complaints or ""),
    }


def _of_pieces(pieces: HeldPieces) -> dict[str, str]:
    count = number(pieces.count)
    return {"quantity": count, "pending_serials": count if pieces.is_pending else ""}


def number(value: Decimal) -> str:
    """Return a quantity as programs read it."""
    return format(value.normalize(), "f")


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
