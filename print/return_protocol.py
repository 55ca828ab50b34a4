"""The return protocol: what came back, from whom, under which rental, how late and in what condition."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer

from print.goods_table import shown
from print.grid import Column, grid, last_row
from print.loan_pieces import condition, day, money, pieces
from print.page import render
from print.pieces import head, labelled, parties, signatures
from print.titles import titled
from print.words import BACK_AS, TERMS
from store.domain.language import N_, Language, _, ngettext, speaking
from store.domain.loan_papers import BackFrom, BackLine, ReturnProtocol
from store.domain.terms import Terms


def return_protocol(protocol: ReturnProtocol, *languages: Language) -> bytes:
    """Return the protocol in `languages` as a PDF; each who gave something back begins on a new page.

    Raises ValueError when its number is not printable ASCII.
    """
    with speaking(*languages):
        story: list[Flowable] = []
        for giver in protocol.givers:
            story += [PageBreak()] if story else []
            story += _pages(protocol, giver)
        return render(titled("ZW", N_("Return protocol")), protocol.number, story)


def _pages(protocol: ReturnProtocol, giver: BackFrom) -> list[Flowable]:
    facts = [(_("Date"), day(protocol.day)), (_("Place"), protocol.place)]
    columns = _columns()
    rows = [_row(position, line) for position, line in enumerate(giver.lines, start=1)]
    total = pieces(line.quantity for line in giver.lines)
    end: list[Flowable] = [
        last_row(columns, ("", _("Total"), "", total, "", "", "", "", "")),
        Spacer(0, 4 * mm),
    ]
    for deposit in giver.deposits:
        text = f"{deposit.number}: {money(deposit.amount)}"
        end += [labelled(_("Deposit to be given back"), text), Spacer(0, 4 * mm)]
    if protocol.remarks:
        end += [labelled(_("Remarks"), protocol.remarks), Spacer(0, 4 * mm)]
    signers = signatures((_("Returned by"), ""), (_("Received by"), protocol.received_by))
    return [
        head(protocol.number, facts),
        Spacer(0, 3 * mm),
        parties((_("Returned by"), giver.party), (_("Received by"), protocol.receiver)),
        Spacer(0, 5 * mm),
        grid(columns, rows),
        KeepTogether([*end, Spacer(0, 4 * mm), signers]),
    ]


def _columns() -> list[Column]:
    return [
        Column(head=_("No."), width=10 * mm, right=True),
        Column(head=_("Name"), width=26 * mm),
        Column(head=_("Serial"), width=29 * mm),
        Column(head=_("Qty"), width=11 * mm, right=True),
        Column(head=_("Rental or reason"), width=29 * mm),
        Column(head=_("Due"), width=19 * mm),
        Column(head=_("Late"), width=15 * mm, right=True),
        Column(head=_("Condition"), width=18 * mm),
        Column(head=_("Accessories, remarks"), width=23 * mm),
    ]


def _row(position: int, line: BackLine) -> tuple[str, ...]:
    late = ngettext("{count} day", "{count} days", line.days_late).format(count=line.days_late)
    return (
        str(position), f"{line.name}\n{line.sku}", line.serial, shown(line.quantity), _why(line),
        day(line.due), late if line.days_late else "", condition(line.condition),
        "\n".join(text for text in (line.accessories, line.note) if text),
    )  # fmt: skip


def _why(line: BackLine) -> str:
    if line.back_as is not None:
        return _(BACK_AS[line.back_as])
    return _(TERMS[Terms.CONSIGNED]) if line.is_consigned else line.rental
