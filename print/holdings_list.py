"""The holdings list: everything that a customer has, on which terms, since when and until when.

What of it is with us in service is on it as well, with the place where it is.
"""

from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from print.goods_table import shown
from print.grid import Column, grid, last_row
from print.loan_pieces import day, is_code, pieces
from print.page import render, style
from print.pieces import head, labelled, parties, signatures
from print.words import TERMS
from store.domain.field_values import listed
from store.domain.language import Language, _, speaking
from store.domain.loan_papers import HeldLine, HoldingsList


def holdings_list(holdings: HoldingsList, *languages: Language) -> bytes:
    """Return the list in `languages` as a PDF; the customer's code is its barcode where one can hold it."""
    with speaking(*languages):
        return render(_("Holdings list"), holdings.customer.name, _story(holdings))


def _story(holdings: HoldingsList) -> list[Flowable]:
    facts = [(_("As of"), day(holdings.day))]
    columns = _columns()
    rows = [
        (
            str(position), _what(line), line.serial, shown(line.quantity), _where(line), day(line.since),
            day(line.due), line.document,
        )
        for position, line in enumerate(holdings.lines, start=1)
    ]  # fmt: skip
    total = pieces(line.quantity for line in holdings.lines)
    by_terms = [
        labelled(_(TERMS[terms]), pieces(line.quantity for line in holdings.lines if line.terms is terms))
        for terms in dict.fromkeys(line.terms for line in holdings.lines)
    ]
    signers = signatures((_("For the company"), ""), (_("Confirmed by the customer"), ""))
    return [
        *_head(holdings.code, facts),
        Spacer(0, 3 * mm),
        parties((_("Company"), holdings.company), (_("Customer"), holdings.customer)),
        Spacer(0, 5 * mm),
        grid(columns, rows),
        KeepTogether(
            [
                last_row(columns, ("", _("Total"), "", total, "", "", "", "")),
                Spacer(0, 4 * mm),
                *by_terms,
                Spacer(0, 6 * mm),
                signers,
            ]
        ),
    ]


def _what(line: HeldLine) -> str:
    """Return a product with what the company's own fields say, in a line of their own."""
    values = ", ".join(listed(value) for value in line.values)
    return "\n".join(text for text in (line.name, line.sku, values) if text)


def _where(line: HeldLine) -> str:
    """Return the terms, and the place where it is not at the customer."""
    terms = _(TERMS[line.terms])
    return f"{terms}\n{line.place}" if line.place else terms


def _head(code: str, facts: list[tuple[str, str]]) -> list[Flowable]:
    if is_code(code):
        return [head(code, facts)]
    return [Paragraph(escape(code), style(16, bold=True)), *(labelled(*fact) for fact in facts)]


def _columns() -> list[Column]:
    return [
        Column(head=_("No."), width=10 * mm, right=True),
        Column(head=_("Name"), width=39 * mm),
        Column(head=_("Serial"), width=30 * mm),
        Column(head=_("Qty"), width=11 * mm, right=True),
        Column(head=_("Terms"), width=21 * mm),
        Column(head=_("Since"), width=19 * mm),
        Column(head=_("Until"), width=19 * mm),
        Column(head=_("Document"), width=31 * mm),
    ]
