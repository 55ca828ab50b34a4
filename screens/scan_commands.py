"""The commands of every screen that scans into a document."""

from screens.add_line import ADD
from screens.commands import QUANTITY, Command
from screens.paper_opening import PRINT
from store.domain.language import N_

LINES = Command(
    code="LINES",
    key="f2",
    label=N_("Lines"),
    action="lines",
    help=N_("Choose the line that the next serials belong to."),
)
TYPE = Command(
    code="TYPE", key="f3", label=N_("Type"), action="type", help=N_("Type a serial that cannot be scanned.")
)
AMOUNT = Command(
    code=QUANTITY,
    key="f4",
    label=N_("Quantity"),
    action="quantity",
    help=N_("Count pieces without serials; scanning QTY 10 counts ten."),
)
UNDO = Command(
    code="UNDO", key="f5", label=N_("Undo"), action="undo", help=N_("Take back your last scan here.")
)
RANGE = Command(
    code="RANGE",
    key="f6",
    label=N_("Range"),
    action="range",
    help=N_("Enter serials from the first to the last, or how many."),
)
LOAD = Command(
    code="LOAD",
    key="f7",
    label=N_("Load list"),
    action="load",
    shown=False,
    help=N_("Read serials from a text file, one a line. A pasted list is taken as well."),
)
REJECT = Command(
    code="REJECT",
    key="f8",
    label=N_("Rejected"),
    action="reject",
    help=N_("Switch: the next pieces came damaged or wrong, and are noted but not received."),
)
SCANS = Command(
    code="SCANS",
    key="f9",
    label=N_("Scans"),
    action="scans",
    help=N_("Show what was scanned and what was refused; remove a scan."),
)
CLOSE = Command(
    code="CLOSE",
    key="f10",
    label=N_("Close"),
    action="close",
    help=N_("Check what differs, post the document and get its number."),
)
CANCEL = Command(
    code="CANCEL",
    key="f11",
    label=N_("Cancel document"),
    action="cancel",
    shown=False,
    help=N_("Give everything scanned back and cancel the document."),
)
FIND = Command(
    code="FIND",
    key="ctrl+f",
    label=N_("Find"),
    action="find",
    shown=False,
    help=N_("Find a unit, a product or a customer, and come back to this document."),
)
EVERYWHERE = (CLOSE, UNDO, LINES, TYPE, AMOUNT, SCANS, RANGE, LOAD, ADD, FIND, CANCEL, PRINT)
"""In the order of the key bar: on a narrow one the first ones fit."""
DELIVERY = (CLOSE, UNDO, LINES, TYPE, REJECT, AMOUNT, SCANS, RANGE, LOAD, ADD, FIND, CANCEL, PRINT)
REJECT_REASONS = (N_("Damaged"), N_("Wrong product"), N_("Incomplete"), N_("Not ordered"))
"""Why a piece is not accepted."""
