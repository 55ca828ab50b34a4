"""The protocol of a stocktake: what was on record and what was counted, what differs and why."""

from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from print.goods_table import shown
from print.grid import Column, grid, last_row
from print.loan_pieces import pieces
from print.page import render, style
from print.pieces import head, labelled, signatures
from print.titles import titled
from store.domain.count_papers import CountLine, CountRow, StocktakeProtocol
from store.domain.language import N_, Language, _, speaking
from store.domain.stocktake import DIFFERENCES


def stocktake_protocol(protocol: StocktakeProtocol, *languages: Language) -> bytes:
    """Return the protocol in `languages` as a PDF.

    Raises ValueError when its number is not printable ASCII.
    """
    with speaking(*languages):
        return render(titled("INW", N_("Stocktake protocol")), protocol.number, _story(protocol))


def _story(protocol: StocktakeProtocol) -> list[Flowable]:
    facts = [
        (_("Date"), protocol.day.isoformat()),
        (_("Place"), protocol.place),
        (_("Reference"), protocol.reference),
    ]
    company = protocol.company
    story: list[Flowable] = [
        head(protocol.number, facts),
        labelled(_("Company"), ", ".join(part for part in (company.name, company.tax_id) if part)),
        labelled(_("Begun"), _moment(protocol.begun_at)),
        labelled(_("Posted"), _moment(protocol.posted_at)),
        labelled(_("Counted by"), ", ".join(protocol.counters)),
        Spacer(0, 4 * mm),
        Paragraph(_("On record and counted"), style(11, bold=True)),
        Spacer(0, 2 * mm),
        grid(_line_columns(), [_line(number, line) for number, line in enumerate(protocol.lines, start=1)]),
        KeepTogether([last_row(_line_columns(), _sums(protocol.lines)), Spacer(0, 5 * mm)]),
        Paragraph(_("Differences"), style(11, bold=True)),
        Spacer(0, 2 * mm),
    ]
    if protocol.rows:
        rows = [_row(number, row) for number, row in enumerate(protocol.rows, start=1)]
        story.append(grid(_row_columns(), rows))
    else:
        story.append(Paragraph(_("None: everything was as on record."), style(9)))
    signers = (
        (_("Counted by"), protocol.counters[0] if len(protocol.counters) == 1 else ""),
        (_("Approved by"), protocol.posted_by),
    )
    story.append(KeepTogether([Spacer(0, 8 * mm), signatures(*signers)]))
    return story


def _line_columns() -> list[Column]:
    return [
        Column(head=_("No."), width=10 * mm, right=True),
        Column(head=_("Name"), width=78 * mm),
        Column(head=_("SKU"), width=32 * mm),
        Column(head=_("On record"), width=20 * mm, right=True),
        Column(head=_("Counted"), width=20 * mm, right=True),
        Column(head=_("Difference"), width=20 * mm, right=True),
    ]


def _line(number: int, line: CountLine) -> tuple[str, ...]:
    sign = "+" if line.difference > 0 else ""
    difference = f"{sign}{shown(line.difference)}" if line.difference else ""
    return (str(number), line.name, line.sku, shown(line.on_record), shown(line.counted), difference)


def _sums(lines: tuple[CountLine, ...]) -> tuple[str, ...]:
    on_record, counted = (line.on_record for line in lines), (line.counted for line in lines)
    return ("", _("Total"), "", pieces(on_record), pieces(counted), "")


def _row_columns() -> list[Column]:
    return [
        Column(head=_("No."), width=10 * mm, right=True),
        Column(head=_("Name"), width=44 * mm),
        Column(head=_("Serial"), width=32 * mm),
        Column(head=_("Qty"), width=12 * mm, right=True),
        Column(head=_("Difference"), width=42 * mm),
        Column(head=_("Reason"), width=40 * mm),
    ]


def _row(number: int, row: CountRow) -> tuple[str, ...]:
    kind = _(DIFFERENCES[row.kind].name)
    kind = f"{kind}: {row.where}" if row.where else kind
    return (str(number), row.name, row.serial, shown(row.quantity), kind, row.reason)


def _moment(of: datetime) -> str:
    return f"{of.astimezone():%Y-%m-%d %H:%M}"
