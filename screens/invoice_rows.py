"""An invoice as rows: what was understood of each line, and what will happen to it."""

from collections.abc import Sequence

from screens.words import quantity, word
from store.domain.direction import Direction
from store.domain.invoice_words import why_text
from store.domain.language import _
from store.domain.received import (
    Assessment,
    Decision,
    LineOutcome,
    MadeDocument,
    ReceivedInvoice,
    ReceivedLine,
)
from store.domain.received_words import LINKS, MATCHES, STATES, line_question
from store.domain.same_goods import SameGoods
from store.domain.terms import DocumentType


def head_text(invoice: ReceivedInvoice) -> str:
    """Return who sells to whom."""
    if invoice.direction is Direction.PURCHASE:
        what = _("bought from")
    else:
        what = _("sold to") if invoice.direction is Direction.SALE else _("sold or bought?")
    name = invoice.party.name if invoice.party else f"? {invoice.holder}"
    return f"{what} {name}"


def outcome_text(line: LineOutcome) -> str:
    """Return a line of a waiting invoice: its question, or what it will do."""
    read = line.move.line
    label = f"{read.number or read.position}. {read.name or read.seller_index or read.gtin or '-'}"
    if line.question is not None:
        return f"? {label}\n{line_question(line)}"
    product = line.chosen.product
    matched = f"= {product.name} ({_(MATCHES[line.chosen.by])})" if product else ""
    return "\n".join(part for part in (label, matched, _effect(line)) if part)


def _effect(line: LineOutcome) -> str:
    if not line.wanted:
        why = _("skipped") if line.chosen.decision is Decision.SKIP else why_text(line.move.why)
        return _("moves nothing: {why}").format(why=why)
    serials = ", ".join([serial for serial, _unit in line.units] + line.born)
    parts = (
        (serials, serials),
        (line.counted, _("{count} pcs.").format(count=quantity(line.counted))),
        (line.numbered, _("{count} numbered").format(count=quantity(line.numbered))),
        (line.pending, _("{count} to be scanned").format(count=quantity(line.pending))),
        (line.covered, _("{count} moved before").format(count=quantity(line.covered))),
        (line.announced, _("announced: {serials}").format(serials=", ".join(line.announced))),
    )
    told = ", ".join(text for value, text in parts if value)
    return f"{why_text(line.move.why)}: {told}"


def done_text(line: ReceivedLine) -> str:
    """Return a line of an imported invoice: what it did."""
    parts = (
        (line.placed, _("{count} placed")),
        (line.returned, _("{count} came back")),
        (line.ordered, _("{count} to be delivered")),
        (line.pending, _("{count} to be scanned")),
        (line.covered, _("{count} moved before")),
    )
    told = ", ".join(text.format(count=quantity(value)) for value, text in parts if value)
    skipped = line.decision is Decision.SKIP
    why = _("skipped") if skipped else why_text(line.why)
    told = told or _("moves nothing: {why}").format(why=why)
    return f"{line.number or line.position}. {line.product_name or line.name or '-'}\n{told}"


def linked_text(document: SameGoods) -> str:
    """Return a document or a deal that has moved, or is to move, what an invoice is about."""
    day = document.opened_at.astimezone().date().isoformat()
    told = _("counted once with {document} ({day})").format(document=same_name(document), day=day)
    return f"{told}\n{_(LINKS[document.why])}"


def apart_text(document: SameGoods) -> str:
    """Return a document or a deal of which a person said that it is about other goods."""
    day = document.opened_at.astimezone().date().isoformat()
    return _("other goods than {document} ({day})").format(document=same_name(document), day=day)


def same_name(document: SameGoods) -> str:
    """Return the type and the number of a document or a deal."""
    what = _("Deal") if document.type is DocumentType.DEAL else word(document.type)
    return f"{what} {document.name}"


def made_text(made: Sequence[MadeDocument], deals: Sequence[str] = ()) -> str:
    """Return the documents of an invoice, and the deals that it is about."""
    told = [f"{word(each.type)} {each.name}" for each in made]
    return ", ".join([*told, *(f"{_('Deal')} {number}" for number in deals)])


def state_text(found: Assessment | ReceivedInvoice) -> str:
    """Return the number and the state of an invoice."""
    head = found.invoice if isinstance(found, Assessment) else found
    return f"{head.number or '-'}: {_(STATES[head.state])}"
