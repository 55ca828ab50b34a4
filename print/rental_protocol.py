"""The rental protocol: what is lent, to whom, until when and on which terms."""

from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from print.goods_table import shown
from print.grid import Column, grid, last_row
from print.loan_pieces import condition, day, money, paragraphs, pieces
from print.page import render, style
from print.pieces import head, labelled, parties, signatures
from print.titles import titled
from store.domain.language import N_, Language, _, speaking
from store.domain.loan_papers import RentalProtocol

TERMS = (
    N_("The borrower has received the things listed above, complete and in the condition that is stated."),
    N_("They are used for their purpose and not given to others without the lender's consent."),
    N_("The borrower tells the lender of damage, defect or loss without delay."),
    N_(
        "They are returned in time, with their accessories and not worsened. The borrower does not answer "
        "for wear from proper use."
    ),
)
"""What the Polish Civil Code says of lending and of lease (articles 662 to 675 and 710 to 719), in short."""


def rental_protocol(protocol: RentalProtocol, *languages: Language) -> bytes:
    """Return the protocol in `languages` as a PDF.

    Raises ValueError when its number is not printable ASCII.
    """
    with speaking(*languages):
        return render(
            titled("WYP", N_("Rental protocol")),
            protocol.number,
            [*_top(protocol), *_end(protocol, languages)],
        )


def _top(protocol: RentalProtocol) -> list[Flowable]:
    facts = [
        (_("Date"), day(protocol.day)),
        (_("Place"), protocol.place),
        (_("Due back"), day(protocol.due) or _("open-ended")),
        (_("To be asked again on"), day(protocol.ask_again)),
        (_("Reference"), protocol.reference),
    ]
    rows = [
        (
            str(position), line.name, line.sku, line.serial, shown(line.quantity), _("pcs."),
            condition(line.condition), line.accessories,
        )
        for position, line in enumerate(protocol.lines, start=1)
    ]  # fmt: skip
    return [
        head(protocol.number, facts),
        Spacer(0, 3 * mm),
        parties((_("Lender"), protocol.lender), (_("Borrower"), protocol.borrower)),
        Spacer(0, 5 * mm),
        grid(_columns(), rows),
    ]


def _columns() -> list[Column]:
    return [
        Column(head=_("No."), width=10 * mm, right=True),
        Column(head=_("Name"), width=40 * mm),
        Column(head=_("Model"), width=24 * mm),
        Column(head=_("Serial"), width=31 * mm),
        Column(head=_("Qty"), width=12 * mm, right=True),
        Column(head=_("U.M."), width=12 * mm),
        Column(head=_("Condition"), width=18 * mm),
        Column(head=_("Accessories"), width=33 * mm),
    ]


def _end(protocol: RentalProtocol, languages: tuple[Language, ...]) -> list[Flowable]:
    total = pieces(line.quantity for line in protocol.lines)
    agreed = [
        (_("Purpose"), protocol.purpose),
        (_("Deposit"), money(protocol.deposit) if protocol.deposit is not None else ""),
        (_("Rate for a day"), money(protocol.daily_rate) if protocol.daily_rate is not None else ""),
        (_("Remarks"), protocol.remarks),
    ]
    sums: list[Flowable] = [
        last_row(_columns(), ("", _("Total"), "", "", total, _("pcs."), "", "")),
        Spacer(0, 4 * mm),
        *(labelled(label, text) for label, text in agreed if text),
        Spacer(0, 3 * mm),
    ]
    terms: list[Flowable] = []
    for language in languages:
        terms += [Spacer(0, 2 * mm)] if terms else []
        terms += _terms(protocol, language)
    signers = signatures((_("Handed over by"), protocol.handed_over_by), (_("Received by"), ""))
    return [
        KeepTogether([*sums, Paragraph(escape(_("Terms")), style(9, bold=True)), *terms[:1]]),
        *terms[1:-1],
        # Nobody signs a sheet that says nothing of what is agreed.
        KeepTogether([*terms[1:][-1:], Spacer(0, 6 * mm), signers]),
    ]


def _terms(protocol: RentalProtocol, language: Language) -> list[Flowable]:
    """Return the terms in one language: the company's own, else those of the program."""
    with speaking(language):
        text = protocol.terms.get(language, "").strip() or "\n".join(_(sentence) for sentence in TERMS)
    return paragraphs(text)
