"""What receipt, issue and transfer of goods share: one layout, with the words of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from print.barcodes import code128
from print.goods_table import goods_table, sum_row
from print.page import WIDTH, render, style
from store.domain.language import _
from store.domain.papers import GoodsNote, PaperParty

BARCODE = 100 * mm
"""The width kept for the barcode: 20 letters of Code 128 with their quiet zones."""
SIGNATURE = 18 * mm


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWords:
    """The words of one kind of note, in the language of the paper."""

    title: str
    giver: str
    taker: str


def goods_note_pdf(note: GoodsNote, words: NoteWords) -> bytes:
    """Return `note` as a PDF. Raises ValueError when its number is not printable ASCII."""
    story: list[Flowable] = [
        _head(note),
        Spacer(0, 3 * mm),
        _parties(note, words),
        Spacer(0, 5 * mm),
        goods_table(note.lines),
    ]
    end: list[Flowable] = [sum_row(note.lines), Spacer(0, 4 * mm)]
    if note.remarks:
        end += [_labelled(_("Remarks"), note.remarks), Spacer(0, 4 * mm)]
    # Nobody signs a sheet that says nothing of the goods.
    story.append(KeepTogether([*end, Spacer(0, 4 * mm), _signatures(note)]))
    return render(words.title, note.number, story)


def _head(note: GoodsNote) -> Table:
    facts = [
        Paragraph(escape(note.number), style(16, bold=True)),
        Spacer(0, 3 * mm),
        _labelled(_("Date"), note.day.isoformat()),
        _labelled(_("Place"), note.place),
    ]
    if note.reference:
        facts.append(_labelled(_("Reference"), note.reference))
    barcode = code128(note.number)
    table = Table([[facts, barcode]], colWidths=[WIDTH - BARCODE, BARCODE])
    table.setStyle(_bare(("ALIGN", (1, 0), (1, 0), "RIGHT")))
    return table


def _parties(note: GoodsNote, words: NoteWords) -> Table:
    cells = [_party(words.giver, note.giver), _party(words.taker, note.taker)]
    table = Table([[cells[0], "", cells[1]]], colWidths=[WIDTH / 2 - 2 * mm, 4 * mm, WIDTH / 2 - 2 * mm])
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                *(("BOX", (column, 0), (column, 0), 0.5, "#666666") for column in (0, 2)),
                ("TOPPADDING", (0, 0), (-1, -1), 2 * mm),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5 * mm),
                ("LEFTPADDING", (0, 0), (-1, -1), 2 * mm),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2 * mm),
            ]
        )
    )
    return table


def _party(heading: str, party: PaperParty) -> list[Flowable]:
    parts: list[Flowable] = [
        Paragraph(escape(heading), style(8)),
        Paragraph(escape(party.name), style(10, bold=True)),
    ]
    parts += [Paragraph(escape(line), style(9)) for line in party.address.splitlines()]
    if party.tax_id:
        parts.append(_labelled(_("Tax id"), party.tax_id))
    return parts


def _signatures(note: GoodsNote) -> Table:
    width = (WIDTH - 20 * mm) / 2
    labels = (_("Handed over by"), _("Received by"))
    names = (note.handed_over_by, note.received_by)
    table = Table(
        [
            _beside(Paragraph(escape(text), style(9, bold=True)) for text in labels),
            _beside(Paragraph(escape(text), style(9)) for text in names),
            ["", "", ""],
            _beside(Paragraph(escape(_("date and signature")), style(7)) for _label in labels),
        ],
        colWidths=[width, 20 * mm, width],
        rowHeights=[None, None, SIGNATURE, None],
    )
    table.setStyle(
        _bare(("LINEBELOW", (0, 2), (0, 2), 0.5, "#000000"), ("LINEBELOW", (2, 2), (2, 2), 0.5, "#000000"))
    )
    return table


def _beside(cells: Iterable[Flowable]) -> list[object]:
    left, right = cells
    return [left, "", right]


def _labelled(label: str, text: str) -> Paragraph:
    return Paragraph(f"{escape(label)}: <b>{escape(text)}</b>", style(9))


def _bare(*commands: Any) -> TableStyle:
    """Return the style of a table that only puts things beside each other."""
    return TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            *commands,
        ]
    )
