"""Asking which column of a sender's table is what, once for the sender."""

from asyncio import to_thread
from collections.abc import Collection, Sequence
from pathlib import Path

from screens.choice import Choice
from screens.entry import Entry
from screens.frame import Frame
from screens.invoice_files import bytes_of
from store.domain.errors import StoreError
from store.domain.language import N_, _
from store.domain.unreadable import UnreadableInvoiceError
from store.imports.csv_mapping import CsvMapping
from store.imports.csv_table import columns_of, rows_of
from store.imports.notes import Notes
from store.operations.csv_mappings import save_mapping

FIELDS = (
    ("quantity", N_("How many pieces: which column?")),
    ("seller_index", N_("The seller's index: which column?")),
    ("name", N_("The name of the goods: which column?")),
    ("gtin", N_("GTIN or EAN: which column?")),
    ("number", N_("The number of the invoice: which column?")),
    ("date", N_("The date of the invoice: which column?")),
    ("seller_tax_id", N_("The seller's NIP: which column?")),
    ("buyer_tax_id", N_("The buyer's NIP: which column?")),
    ("serials", N_("Serial numbers: which column?")),
    ("price_net", N_("The net price of one: which column?")),
)
"""What is asked for, in this order, where its column is not known by its name."""
IN_FILE = (
    ("seller_tax_id", N_("No column has the seller's NIP. Whose files are they? NIP, or empty:")),
    ("buyer_tax_id", N_("No column has the buyer's NIP. Who buys? NIP, or empty:")),
)
SAMPLE = 12
"""Characters of a cell that are shown beside its column."""


async def ask_mapping(screen: Frame, path: Path) -> CsvMapping | None:
    """Ask which column is what, keep that for the sender, and return it; None: the person went back."""
    try:
        rows = await to_thread(_rows, path)
    except (OSError, UnreadableInvoiceError) as error:
        raise StoreError(f"{path.name}: {getattr(error, 'strerror', None) or error}") from error
    bell = screen.session.bell
    heading = max(range(min(len(rows), 20)), key=lambda number: sum(map(bool, rows[number])), default=0)
    labels = _labels(rows[heading:])
    columns = {name: str(place + 1) for name, place in columns_of(rows, CsvMapping())[0].items()}
    for name, question in FIELDS:
        if name in columns:
            continue
        answers = [_("It is not in the file"), *labels]
        chosen = await screen.app.push_screen_wait(Choice(_(question), answers, bell=bell))
        if chosen is None:
            return None
        if chosen:
            columns[name] = str(chosen)
    values = await _ask_values(screen, columns)
    if values is None:
        return None
    sender = await screen.app.push_screen_wait(Entry(_("Name of the sender?"), check=_missing, bell=bell))
    if sender is None:
        return None
    names = {name: rows[heading][int(place) - 1] or place for name, place in columns.items()}
    mapping = CsvMapping.parse({"sender": sender.strip(), "columns": names, "values": values})
    await screen.session.lane.write(save_mapping, screen.session.actor(), mapping)
    return mapping


async def _ask_values(screen: Frame, columns: Collection[str]) -> dict[str, str] | None:
    """Ask for what no column says; None: the person went back."""
    values: dict[str, str] = {}
    for name, question in IN_FILE:
        if name in columns:
            continue
        answer = await screen.app.push_screen_wait(Entry(_(question), bell=screen.session.bell))
        if answer is None:
            return None
        if answer.strip():
            values[name] = answer.strip()
    return values


def _rows(path: Path) -> list[list[str]]:
    return rows_of(bytes_of(path), CsvMapping(), Notes())


def _labels(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return each column as people know it: its heading, and what stands below it."""
    first = rows[1] if len(rows) > 1 else ()
    labels = []
    for place, name in enumerate(rows[0] if rows else ()):
        sample = first[place][:SAMPLE] if place < len(first) else ""
        labels.append(f"{name or place + 1}: {sample}" if sample else name or str(place + 1))
    return labels


def _missing(text: str) -> str | None:
    return None if text.strip() else _("Give it a name, so that the next file is known.")
