"""What the screen of a scan document paints: its rows and counters, as plain text for any width."""

from collections.abc import Sequence
from decimal import Decimal

from rich.cells import cell_len, set_cell_size
from rich.style import Style

from screens.widgets.page import PageRow
from screens.widgets.text_line import PLAIN, shorten
from screens.words import moment, quantity
from store.domain.documents import DocumentLine, DraftScan
from store.domain.language import _

PICKED = Style(bold=True)
REJECTED = Style(italic=True, bold=True)
FULL_WIDTH = 60
"""From here on a row of a scan has its product, time and operator beside the serial."""
SERIAL_WIDTH = 24
TIME_WIDTH = 6


def count_of(line: DocumentLine) -> str:
    """Return how much of a line is scanned: '3/12', '3' on a free line."""
    if line.expected is None:
        return quantity(line.scanned)
    return f"{quantity(line.scanned)}/{quantity(line.expected)}"


def line_row(line: DocumentLine, width: int, *, picked: bool) -> PageRow:
    """Return the row of a line: its mark, the product, and the count at the right edge."""
    mark = ">" if picked else ("+" if line.is_full else " ")
    count = count_of(line)
    room = max(1, width - cell_len(count) - 2)
    name = set_cell_size(shorten(line.product.name, room), room)
    return PageRow(f"{mark}{name} {count}", PICKED if picked else PLAIN)


def scan_row(scan: DraftScan, width: int) -> PageRow:
    """Return the row of an accepted scan: on a narrow page the serial alone, or product and quantity."""
    what = scan.serial or f"{quantity(scan.quantity)} x {scan.product_name}"
    style = REJECTED if scan.rejected else PLAIN
    if scan.rejected:
        what = f"! {what}"
    if width < FULL_WIDTH:
        return PageRow(shorten(what, width), style)
    first = set_cell_size(shorten(what, SERIAL_WIDTH), SERIAL_WIDTH) if scan.serial else what
    rest = scan.reason if scan.rejected else (scan.product_name if scan.serial else "")
    return PageRow(f"{set_cell_size(moment(scan.at)[-5:], TIME_WIDTH)}{first} {rest}".rstrip(), style)


def count_text(lines: Sequence[DocumentLine]) -> str:
    """Return how much of the whole document is scanned."""
    scanned = sum((line.scanned for line in lines), Decimal(0))
    rejected = sum((line.rejected for line in lines), Decimal(0))
    expected = sum((line.expected or Decimal(0) for line in lines), Decimal(0))
    text = f"{quantity(scanned)}/{quantity(expected)}" if expected else quantity(scanned)
    if rejected:
        text += " " + _("rejected {count}").format(count=quantity(rejected))
    return text
