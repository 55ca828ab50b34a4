"""Units of measure: which of them count pieces, so that a line of them can become serialised units."""

import re
from decimal import Decimal

from store.domain.serials import key_of

_PIECES = frozenset(
    {
        # Polish; a set is delivered and registered as one thing.
        *("SZT", "SZTUKA", "SZTUKI", "SZTUK", "EGZ", "EGZEMPLARZ", "EGZEMPLARZE"),
        *("KPL", "KMPL", "KOMPLET", "KOMPLETY", "ZESTAW", "ZEST"),
        # English and German.
        *("PCS", "PC", "PIECE", "PIECES", "EACH", "UNIT", "UNITS", "ITEM", "ITEMS", "SETS"),
        *("ST", "STK", "STCK", "STÜCK"),
        # UN/ECE recommendation 20: one, each, piece, number of articles, set; PCE is an old one.
        *("C62", "EA", "H87", "NAR", "SET", "PCE"),
    }
)


def counts_pieces(unit: str) -> bool:
    """Tell whether a unit of measure counts pieces. Free text is forgiven its dots, spaces and letter case.

    Packs, pairs, lengths, weights and hours do not; neither does a unit that nobody here knows. A missing
    unit (or a dash) counts pieces: simplified invoices and many CSV files have none.
    """
    return (word := re.sub(r"[.,()\-–—]", "", key_of(unit))) in _PIECES or not word


def whole_pieces(quantity: Decimal, unit: str) -> bool:
    """Tell whether a quantity is a whole number of pieces."""
    return counts_pieces(unit) and quantity == quantity.to_integral_value()
