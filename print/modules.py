"""Barcodes as modules, drawn as rectangles: sharp at every size, and told apart by GS1's FNC1."""

from dataclasses import dataclass

import zxingcpp
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from store.domain.language import _
from store.domain.papers import LabelCode

NARROWEST = 0.19 * mm
"""Below this a printer of 300 dpi smears the modules of a label."""
_GS1_LONGEST = 20
"""Letters of a serial in GS1's element (21)."""


_FORMATS = {
    LabelCode.CODE128: zxingcpp.BarcodeFormat.Code128,
    LabelCode.QR: zxingcpp.BarcodeFormat.QRCode,
    LabelCode.DATAMATRIX: zxingcpp.BarcodeFormat.DataMatrix,
}


@dataclass(frozen=True, slots=True)
class Modules:
    """The dark and light modules of a code, by rows; a bar code has one row."""

    rows: tuple[bytes, ...]
    """A byte a module, 0 is dark."""

    @property
    def width(self) -> int:
        """The number of modules in a row."""
        return len(self.rows[0])

    def draw(self, canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
        """Draw the code into the rectangle; runs of dark modules are one rectangle each."""
        across, down = width / self.width, height / len(self.rows)
        path = canvas.beginPath()
        for number, row in enumerate(self.rows, start=1):
            start = 0
            while (begin := row.find(b"\0", start)) >= 0:
                start = begin
                while start < len(row) and not row[start]:
                    start += 1
                path.rect(
                    left + begin * across, bottom + height - number * down, (start - begin) * across, down
                )
        canvas.drawPath(path, stroke=0, fill=1)


def modules(code: LabelCode, serial: str, gtin: str = "") -> Modules:
    """Return the code of a unit: a GS1 DataMatrix with GTIN and serial, else the serial alone.

    It stands alone in a DataMatrix too where there is no GTIN, and where GS1 cannot hold it: over 20 letters,
    others than ASCII, or brackets, which the writer takes for those of an element. Raises ValueError when a
    Code 128 cannot hold it.
    """
    if code is LabelCode.CODE128 and not (serial.isascii() and serial.isprintable()):
        message = _("{serial}: a bar code holds plain letters only").format(serial=serial)
        raise ValueError(message)
    if code is LabelCode.DATAMATRIX and gtin and _fits_gs1(serial):
        made = zxingcpp.create_barcode(f"(01){gtin}(21){serial}", _FORMATS[code], gs1=True)
    else:
        made = zxingcpp.create_barcode(serial, _FORMATS[code])
    view = memoryview(made.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]  # has the buffer protocol
    high, wide = view.shape or (0, 0)
    flat = view.tobytes()
    rows = tuple(flat[row * wide : (row + 1) * wide] for row in range(high))
    return Modules(rows[:1] if code is LabelCode.CODE128 else rows)


def _fits_gs1(serial: str) -> bool:
    plain = serial.isascii() and serial.isprintable() and not set(serial) & set("()[] ")
    return plain and len(serial) <= _GS1_LONGEST
