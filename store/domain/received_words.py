"""Sentences for what a received invoice asks, in the language in force."""

from collections.abc import Mapping

from store.domain.invoice_words import doubt_text, why_text
from store.domain.language import N_, _
from store.domain.received import Ask, Assessment, InvoiceState, LineOutcome, MatchedBy
from store.domain.same_goods import LinkWhy

ASKS: Mapping[Ask, str] = {
    Ask.PARTY: N_("nobody here is {name}: choose or create the party"),
    Ask.ROUTE: N_("sold or bought, and to whom?"),
    Ask.SAME_GOODS: N_("{documents}: are these the same goods?"),
    Ask.PRODUCT: N_("which product is it?"),
    Ask.RULE: N_("a person must decide"),
    Ask.OFFERED: N_("are these its serials: {serials}?"),
    Ask.MORE_SERIALS: N_("{serials} serials for {pieces} pieces"),
    Ask.WRONG_SERIAL: N_("{serial} is no serial of this product"),
    Ask.SERIAL_TWICE: N_("the serial {serial} stands there twice"),
    Ask.SERIAL_ELSEWHERE: N_("{serial} is not in our stock"),
    Ask.SERIAL_BLOCKED: N_("{serial} is blocked"),
    Ask.SERIAL_TAKEN: N_("{serial} is scanned into an open document"),
    Ask.SERIAL_INVOICED: N_("{serial} is on an invoice already"),
    Ask.NOT_THERE: N_("{serial} comes back, but is not there"),
    Ask.TOO_FEW: N_("only {available} can come back"),
    Ask.TO_SUPPLIER: N_("it goes back to the supplier: do that by a return, and skip the line"),
    Ask.TOO_FINE: N_("the quantity is finer or larger than can be kept"),
}

STATES: Mapping[InvoiceState, str] = {
    InvoiceState.WAITING: N_("waits"),
    InvoiceState.IMPORTED: N_("imported"),
    InvoiceState.REVERSED: N_("reversed"),
}

MATCHES: Mapping[MatchedBy, str] = {
    MatchedBy.GTIN: N_("by its GTIN"),
    MatchedBy.SELLER_INDEX: N_("by the seller's index"),
    MatchedBy.BUYER_INDEX: N_("by the buyer's index"),
    MatchedBy.LEARNED: N_("as learned"),
    MatchedBy.CHOSEN: N_("as chosen"),
    MatchedBy.CREATED: N_("as created"),
}

LINKS: Mapping[LinkWhy, str] = {
    LinkWhy.SERIALS: N_("it moved the serials that the invoice names"),
    LinkWhy.NAMED: N_("the invoice names it"),
    LinkWhy.SAID: N_("a person said so"),
    LinkWhy.NEAR: N_("the same products went there shortly before, on no invoice yet"),
}


def line_question(line: LineOutcome) -> str:
    """Return what a line asks, or an empty text."""
    if line.question is None:
        return ""
    if line.question is Ask.RULE:
        return why_text(line.move.why)
    return _(ASKS[line.question]).format(**line.data)


def questions_of(found: Assessment) -> tuple[str, ...]:
    """Return all that an invoice asks, each with its line."""
    asked = [head_question(found, ask) for ask in found.asks]
    for line in found.lines:
        if line.question is not None:
            read = line.move.line
            label = read.name or read.seller_index or read.gtin or "-"
            asked.append(f"{read.number or read.position}. {label}: {line_question(line)}")
    return tuple(asked)


def head_question(found: Assessment, ask: Ask) -> str:
    """Return a question about a whole document."""
    invoice = found.invoice
    if ask is Ask.ROUTE and invoice.doubt is not None:
        return doubt_text(invoice.doubt)
    names = ", ".join(each.name for each in found.same_goods[:5])
    return _(ASKS[ask]).format(name=invoice.holder or "?", documents=names)
