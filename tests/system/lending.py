"""A rental from the menu to what came back, by the scanner alone: the same on every kind of terminal."""

from collections.abc import Sequence
from typing import Protocol

CUSTOMER = "SELECT code FROM party WHERE is_customer AND NOT is_supplier AND NOT is_own ORDER BY id LIMIT 1"
LENDABLE = """
    SELECT u.serial FROM unit u JOIN terminal t ON t.code = 'T1' JOIN location l ON l.id = t.location_id
    WHERE u.place_id = l.place_id AND u.terms = 'stock' AND u.condition = 'new'
          AND NOT EXISTS (SELECT 1 FROM draft_scan s WHERE s.unit_id = u.id AND s.state = 'draft')
          AND NOT EXISTS (SELECT 1 FROM reserved_piece p WHERE p.product_id = u.product_id)
    ORDER BY u.id LIMIT 2
"""
"""Units of our stock at the first terminal that nobody was promised."""
RENTED = "SELECT number FROM document WHERE type = 'rental' AND status = 'posted' ORDER BY id DESC LIMIT 1"
STATES = """
    SELECT u.serial, u.terms, l.due > substr(l.since, 1, 10), l.returned_at IS NOT NULL,
           (SELECT count(*) FROM loan_extension e WHERE e.loan_id = l.id)
    FROM loan l JOIN unit u ON u.id = l.unit_id JOIN document d ON d.id = l.document_id
    WHERE d.number = '{number}' ORDER BY u.id
"""
"""The units of a rental: on which terms, whether for some days, whether they are back, how often extended."""


class Screen(Protocol):
    """A terminal with a scanner: of a pty, or of the guest."""

    def scan(self, text: str) -> None:
        """Scan a barcode."""

    def shows(self, *texts: str) -> object:
        """Wait until the screen shows all of it."""


def steps(screen: Screen, *pairs: tuple[str, str]) -> None:
    """Scan one thing after the other, each once what the one before does is on the screen."""
    for scanned, shown in pairs:
        screen.scan(scanned)
        screen.shows(shown)


def rent(screen: Screen, customer: str, serials: Sequence[str]) -> None:
    """Rent units to a customer for a week, from the menu, until the number of the rental is shown."""
    steps(
        screen,
        ("%SZ%4", "1 Rentals"),
        ("%SZ%1", "F2 New"),
        ("%SZ%NEW", "Which customer?"),
        (customer, "How long?"),
        ("%SZ%1", "New: Rental"),
        ("%SZ%OPEN", "F10 Close"),
        *((serial, serial) for serial in serials),
        ("%SZ%CLOSE", f"Close with {len(serials)}?"),
        ("%SZ%YES", "WYP/"),
    )


def extend(screen: Screen, number: str, pieces: int) -> None:
    """Give all that a rental has out two weeks, from the menu, and come back there."""
    steps(
        screen,
        (number, "This document is"),
        ("%SZ%EXTEND", f"{pieces} chosen"),
        ("%SZ%EXTEND", "Until when?"),
        ("%SZ%2", "Why?"),
        ("%SZ%1", f"Extended: {pieces}"),
        ("%SZ%BACK", "This document is"),
        ("%SZ%BACK", "4 Lending"),
    )


def give_back(screen: Screen, serials: Sequence[str]) -> None:
    """Take units back, from the menu, until the number of the return is shown."""
    steps(
        screen,
        ("%SZ%4", "2 Returns"),
        ("%SZ%2", "F2 New"),
        ("%SZ%NEW", "F10 Close"),
        *((serial, serial) for serial in serials),
        ("%SZ%CLOSE", f"Close with {len(serials)}?"),
        ("%SZ%YES", "ZW/"),
    )
