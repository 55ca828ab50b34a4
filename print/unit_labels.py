"""Labels of units, on A4 sheets from any label of a used one on, or on a roll, each a page of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepInFrame, Paragraph

from print.modules import NARROWEST, Modules, modules
from print.page import style
from store.domain.language import Language, _
from store.domain.papers import LabelCode, LabelFormat, LabelSheets, UnitLabel

SHEET_PAD = 4 * mm
"""Printers shift a sheet by up to 2 mm, and codes need their quiet zones."""
ROLL_PAD = 2 * mm


@dataclass(frozen=True, slots=True)
class _Cut:
    """How pages are cut into labels, in points."""

    columns: int
    rows: int
    width: float
    height: float
    page: tuple[float, float]
    pad: float
    """Inside each label."""

    @property
    def count(self) -> int:
        """The number of labels on a page."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """Return the lower left corner of the label at `place`: from 0, by rows from the top left one."""
        row, column = divmod(place, self.columns)
        left = (self.page[0] - self.columns * self.width) / 2
        top = self.page[1] - (self.page[1] - self.rows * self.height) / 2
        return left + column * self.width, top - (row + 1) * self.height


def _cut(form: LabelFormat) -> _Cut:
    width, height = form.width * mm, form.height * mm
    if form.roll:
        return _Cut(1, 1, width, height, (width, height), ROLL_PAD)
    return _Cut(form.columns, form.rows, width, height, A4, SHEET_PAD)


def unit_labels(
    labels: Sequence[UnitLabel], code: LabelCode, *, start: int = 1, form: LabelFormat | None = None
) -> bytes:
    """Return the sheets of `labels` as a PDF; the first label stands on place `start`, from 1.

    Raises ValueError when there is no such place, and when a serial does not fit a Code 128 on a label.
    """
    sheet = _cut(form or LabelFormat())
    if not 1 <= start <= sheet.count:
        message = _("a sheet has the labels 1 to {count}").format(count=sheet.count)
        raise ValueError(message)
    target = BytesIO()
    canvas = Canvas(target, pagesize=sheet.page, invariant=True)
    for index, label in enumerate(labels, start=start - 1):
        if index >= sheet.count and index % sheet.count == 0:
            canvas.showPage()
        left, bottom = sheet.corner(index % sheet.count)
        pad = sheet.pad
        box = (left + pad, bottom + pad, sheet.width - 2 * pad, sheet.height - 2 * pad)
        drawn = modules(code, label.serial, label.gtin)
        if code is LabelCode.CODE128:
            _draw_bars(canvas, label, drawn, *box)
        else:
            _draw_matrix(canvas, label, drawn, *box)
    canvas.save()
    return target.getvalue()


def label_sheets(record: LabelSheets, *_languages: Language) -> bytes:
    """Return the sheets as a PDF: a label has no words of a language. Raises ValueError as `unit_labels`."""
    return unit_labels(record.labels, record.code, start=record.start, form=record.format)


def _draw_bars(
    canvas: Canvas, label: UnitLabel, drawn: Modules, left: float, bottom: float, width: float, height: float
) -> None:
    module = min(width / drawn.width, 0.33 * mm)
    if module < NARROWEST:
        message = _("{serial} is too long for a bar code on this label").format(serial=label.serial)
        raise ValueError(message)
    bars = height * 0.4
    _write(canvas, [_name(label), *_values(label)], left, bottom + bars + height * 0.25, width, height * 0.35)
    drawn.draw(canvas, left, bottom + height * 0.25, module * drawn.width, bars)
    _write(canvas, [_serial(label)], left, bottom, width, height * 0.22)


def _draw_matrix(
    canvas: Canvas, label: UnitLabel, drawn: Modules, left: float, bottom: float, width: float, height: float
) -> None:
    side = height * 0.8
    module = side / max(drawn.width, len(drawn.rows))
    high = module * len(drawn.rows)
    drawn.draw(canvas, left, bottom + (height - high) / 2, module * drawn.width, high)
    gap = side + 3 * mm
    sku = Paragraph(escape(label.sku), style(7))
    _write(
        canvas, [_name(label), sku, *_values(label), _serial(label)], left + gap, bottom, width - gap, height
    )


def _name(label: UnitLabel) -> Paragraph:
    return Paragraph(escape(label.name), style(8))


def _values(label: UnitLabel) -> list[Paragraph]:
    return [Paragraph(escape(value), style(7)) for value in label.values]


def _serial(label: UnitLabel) -> Paragraph:
    return Paragraph(escape(label.serial), style(9, bold=True))


def _write(
    canvas: Canvas, parts: list[Paragraph], left: float, bottom: float, width: float, height: float
) -> None:
    """Write `parts` from the top of the box downwards, smaller where they would not fit."""
    frame = KeepInFrame(width, height, list(parts), mode="shrink")
    _wide, high = frame.wrapOn(canvas, width, height)
    frame.drawOn(canvas, left, bottom + height - high)
