"""Pieces that papers of documents share: the number with its barcode, the two sides, labelled texts."""

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from print.barcodes import code128
from print.page import WIDTH, style
from store.domain.language import Language, _, speaking
from store.domain.papers import PaperParty
from store.domain.warranty_told import WarrantyTold, warranty_sentence

BARCODE = 100 * mm
"""The width kept for the barcode: 20 letters of Code 128 with their quiet zones."""
SIGNATURE = 18 * mm


def head(number: str, facts: Sequence[tuple[str, str]]) -> Table:
    """Return a paper's number with `facts` below it, label and text, and its barcode at the right.

    Raises ValueError when the number is not printable ASCII.
    """
    cells: list[Flowable] = [Paragraph(escape(number), style(16, bold=True)), Spacer(0, 3 * mm)]
    cells += [labelled(label, text) for label, text in facts if text]
    barcode = code128(number)
    table = Table([[cells, barcode]], colWidths=[WIDTH - BARCODE, BARCODE])
    table.setStyle(bare(("ALIGN", (1, 0), (1, 0), "RIGHT")))
    return table


def parties(left: tuple[str, PaperParty], right: tuple[str, PaperParty]) -> Table:
    """Return two sides of a paper in boxes beside each other, each with its heading."""
    cells = [_party(*left), _party(*right)]
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
        parts.append(labelled(_("Tax id"), party.tax_id))
    return parts


def signatures(left: tuple[str, str], right: tuple[str, str]) -> Table:
    """Return two places to sign, each with its heading and the name of who signs, if it is known."""
    width = (WIDTH - 20 * mm) / 2
    table = Table(
        [
            [
                Paragraph(escape(left[0]), style(9, bold=True)),
                "",
                Paragraph(escape(right[0]), style(9, bold=True)),
            ],
            [Paragraph(escape(left[1]), style(9)), "", Paragraph(escape(right[1]), style(9))],
            ["", "", ""],
            [_small(_("date and signature")), "", _small(_("date and signature"))],
        ],
        colWidths=[width, 20 * mm, width],
        rowHeights=[None, None, SIGNATURE, None],
    )
    table.setStyle(bare(*(("LINEBELOW", (column, 2), (column, 2), 0.5, "#000000") for column in (0, 2))))
    return table


def _small(text: str) -> Paragraph:
    return Paragraph(escape(text), style(7))


def labelled(label: str, text: str) -> Paragraph:
    """Return `label: text`, the text in bold."""
    return Paragraph(f"{escape(label)}: <b>{escape(text)}</b>", style(9))


def warranties(told: Iterable[WarrantyTold], languages: Sequence[Language]) -> list[Flowable]:
    """Return what became of warranties, each sentence in each language by itself; nothing for none."""
    known = list(told)
    if not known:
        return []
    story: list[Flowable] = [Paragraph(escape(_("Warranty")), style(9, bold=True)), Spacer(0, 1 * mm)]
    for language in languages:
        with speaking(language):
            story += [Paragraph(escape(warranty_sentence(each)), style(9)) for each in known]
    return [*story, Spacer(0, 4 * mm)]


def bare(*commands: Any) -> TableStyle:
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
