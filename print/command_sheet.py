"""The command sheet: barcodes by which gloved hands run every flow without a keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from print.barcodes import code128
from print.page import WIDTH, render, style
from store.domain.language import _

COLUMNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCommand:
    """A command as it is printed."""

    label: str
    help: str
    code: str
    """The text of the barcode: printable ASCII."""


def _card(command: SheetCommand) -> list[Flowable]:
    return [
        Paragraph(escape(command.label), style(12, bold=True)),
        Paragraph(escape(command.help), style(8)),
        Spacer(0, 1.5 * mm),
        code128(command.code),
        Paragraph(escape(command.code), style(8)),
    ]


def command_sheet(commands: Sequence[SheetCommand], *, company: str) -> bytes:
    """Return the sheet with `commands` as a PDF, in their order, `company` in its head.

    A row of cards is never split over two pages. Raises ValueError when a code is not printable ASCII.
    """
    cards: list[list[Flowable] | str] = [_card(command) for command in commands]
    cards += [""] * (-len(cards) % COLUMNS)
    rows = [cards[start : start + COLUMNS] for start in range(0, len(cards), COLUMNS)]
    table = Table(rows, colWidths=[WIDTH / COLUMNS] * COLUMNS)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4 * mm),
                ("TOPPADDING", (0, 0), (-1, -1), 3 * mm),
                ("LEFTPADDING", (0, 0), (-1, -1), 2 * mm),
                ("LINEBELOW", (0, 0), (-1, -1), 0.3, "#999999"),
            ]
        )
    )
    return render(_("Command sheet"), company, [table] if commands else [])
