"""The confirmation of a deal: what a customer ordered at which price, and how much of it is delivered."""

from decimal import Decimal
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from print.goods_table import shown
from print.grid import Column, grid, last_row
from print.loan_pieces import amount, day
from print.page import render, style
from print.pieces import head, labelled, parties, signatures
from print.titles import said
from store.domain.deal_papers import ConfirmedLine, DealConfirmation
from store.domain.deals import SERIES
from store.domain.language import N_, Language, _, speaking
from store.domain.papers import PaperWords

WORDS = PaperWords(title=N_("Order confirmation (TR)"), giver=N_("Seller"), taker=N_("Ordered by"))


def deal_confirmation(deal: DealConfirmation, *languages: Language) -> bytes:
    """Return the confirmation in `languages` as a PDF.

    Raises ValueError when its number is not printable ASCII.
    """
    with speaking(*languages):
        words = said(SERIES, WORDS)
        return render(words.title, deal.number, _story(deal, words))


def _story(deal: DealConfirmation, words: PaperWords) -> list[Flowable]:
    columns = _columns(deal)
    facts = [
        (_("Date"), day(deal.day)),
        (_("From warehouse"), deal.place),
        (_("Their order"), deal.their_order),
        (_("Delivery"), _(deal.state)),
    ]
    total = ("", _("Total"), "", "", "", amount(deal.total), "", "")
    end: list[Flowable] = [
        last_row(columns, total),
        Spacer(0, 3 * mm),
        Paragraph(escape(_("All prices are net.")), style(9)),
    ]
    if any(line.unit_price is None for line in deal.lines):
        end.append(Paragraph(escape(_("What has no price yet is not in the total.")), style(9)))
    end += [
        labelled(label, text)
        for label, text in ((_("Remarks"), deal.note), (_("Not delivered because"), deal.reason))
        if text
    ]
    signers = ((_("For the seller"), deal.confirmed_by), (_("For the customer"), ""))
    return [
        head(deal.number, facts),
        Spacer(0, 3 * mm),
        parties((words.giver, deal.seller), (words.taker, deal.customer)),
        Spacer(0, 5 * mm),
        grid(columns, [_row(position, line) for position, line in enumerate(deal.lines, start=1)]),
        KeepTogether([*end, Spacer(0, 8 * mm), signatures(*signers)]),
    ]


def _columns(deal: DealConfirmation) -> list[Column]:
    return [
        Column(head=_("No."), width=10 * mm, right=True),
        Column(head=_("Name"), width=45 * mm),
        Column(head=_("Model"), width=24 * mm),
        Column(head=_("Qty"), width=14 * mm, right=True),
        Column(head=_("Price, {currency}").format(currency=deal.currency), width=22 * mm, right=True),
        Column(head=_("Value, {currency}").format(currency=deal.currency), width=25 * mm, right=True),
        Column(head=_("Delivered"), width=19 * mm, right=True),
        Column(head=_("To follow"), width=21 * mm, right=True),
    ]


def _row(position: int, line: ConfirmedLine) -> tuple[str, ...]:
    name = f"{line.name}\n{line.note}" if line.note else line.name
    value = line.value
    follows = shown(line.open)
    if line.dropped:
        follows += "\n" + _("not delivered: {count}").format(count=shown(line.dropped))
    return (
        str(position), name, line.sku, shown(line.quantity), _price(line.unit_price),
        "" if value is None else amount(value), shown(line.delivered), follows,
    )  # fmt: skip


def _price(price: Decimal | None) -> str:
    """Return a price with all its places, at least those of whole cents."""
    if price is None:
        return _("to be agreed")
    whole = amount(price)
    finer = format(price.normalize(), "f").partition(".")[2]
    return whole if len(finer) <= 2 else whole[:-2] + finer
