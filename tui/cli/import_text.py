"""What an import understood, in a few lines for people."""

from collections.abc import Iterator

from store.domain.invoice_words import doubt_text, warning_text, why_text
from store.domain.invoices import Invoice, InvoiceParty
from store.domain.language import _
from store.domain.moves import ImportPlan, LineMove
from tui.cli.import_json import number


def lines_of(name: str, invoice: Invoice, planned: ImportPlan) -> Iterator[str]:
    """Return the lines to print for one file."""
    day = invoice.issued_on.isoformat() if invoice.issued_on else ""
    yield f"{name}: {invoice.format} {invoice.number} {day}".rstrip()
    yield f"  {_who(invoice.seller)} -> {_who(planned.route.holder)}"
    if planned.doubt:
        yield f"  ? {doubt_text(planned.doubt)}"
    for move in planned.moves:
        yield f"  {_move(move)}"
    for warning in invoice.warnings:
        place = _("line {position}").format(position=warning.position) + ": " if warning.position else ""
        yield f"  ! {place}{warning_text(warning)}"


def _move(move: LineMove) -> str:
    line = move.line
    label = line.name or line.seller_index or line.gtin or "-"
    amount = number(move.quantity or move.pieces)
    if move.waits:
        amount = f"? {number(move.proposed)}"
    unit = line.unit if move.quantity else _("pcs.")
    return f"{line.number or line.position}. {label}: {amount} {unit} ({why_text(move.why)})"


def _who(party: InvoiceParty) -> str:
    named = " ".join(part for part in (party.tax_id, party.name) if part)
    return named or next((each.text for each in party.identifiers), "-")
