"""From whom the demo company buys its goods, and for how much."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from store.demo.goods import Goods
from store.domain.records import Party

WHOLESALER = "HURT24"
"""Sells what no maker among the suppliers makes."""
CENT = Decimal("0.01")
QUARTER = 91
"""Days for which a price stays the same."""
PRICES: dict[str, str] = {
    "NV-L14": "2890", "NV-L16": "4650", "NV-M1": "1790", "TL-W7": "6990", "TL-T2": "1190", "OR-24": "429",
    "OR-27": "819", "OR-34": "1649", "LX-P3": "2390", "LX-T65": "5290", "KP-3010": "749", "KP-5400": "2990",
    "KP-Z4": "1290", "KP-T88": "899", "MR-A5": "849", "MR-X9": "2790", "MR-T11": "1390", "DK-C60": "2190",
    "DK-S2": "389", "WX-R1": "459", "WX-S24": "1549", "WX-AP6": "519", "WX-F40": "1990", "TL-S1U": "8490",
    "TL-D8": "3190", "PW-1500": "1090", "RJ-D2": "329", "RJ-GPS": "189", "AK-74": "299", "AK-P12": "249",
    "RJ-T4": "2450", "KB-U2": "14.90", "KB-S5": "9.20", "MY-B1": "38.50", "TN-3010": "179", "ET-100": "21.40",
    "ST-N14": "549",
}  # fmt: skip
"""What a piece costs on average, net, by SKU."""


def supplier_of(goods: Goods, suppliers: Sequence[Party]) -> Party:
    """Return the supplier that makes the goods, or else the wholesaler."""
    by_code = {party.code: party for party in suppliers}
    makers = (party for code, party in by_code.items() if code.title() in goods.name)
    return next(makers, by_code[WHOLESALER])


def price_of(goods: Goods, at: datetime) -> Decimal:
    """Return what a piece costs at a moment: prices go up and down a little from quarter to quarter."""
    percent = 97 + (at.toordinal() // QUARTER + len(goods.name)) % 7
    return (Decimal(PRICES[goods.sku]) * percent / 100).quantize(CENT)
