"""`sztuka purchases PARTY`: what came from a supplier, at what price, and how it fares."""

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from screens.purchase_rows import product_lines, purchase_lines_of
from store.domain.days import morning
from store.domain.purchases import PurchasedProduct, PurchaseKey, PurchaseLine
from store.opening import ready
from store.queries.purchases import purchase_lines, purchased
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.reading import named_party, print_json

WIDTH = 160
PAGE = 500


def run(context: Context) -> int:
    """Print a line for each product and, where asked for, for each line of a delivery."""
    options = context.arguments
    with ready(context.settings.store, context.settings.backup.folder):
        party = named_party(options.party)
        until = morning(options.until + timedelta(days=1)) if options.until else None
        since = morning(options.since) if options.since else None
        products = purchased(party.id, since=since, until=until)
        lines = list(_lines(party.id, since, until)) if options.lines else []
    if options.json:
        found: dict[str, Any] = {
            "party": {"code": party.code, "name": party.name},
            "products": [_product(product) for product in products],
        }
        print_json(found | ({"lines": [_line(line) for line in lines]} if options.lines else {}))
        return Exit.OK
    rows = [*(product_lines(product, WIDTH) for product in products),
            *(purchase_lines_of(line, WIDTH) for line in lines)]  # fmt: skip
    sys.stdout.writelines(f"{row}\n" for each in rows for row in each)
    return Exit.OK


def _lines(party_id: int, since: datetime | None, until: datetime | None) -> Iterator[PurchaseLine]:
    after: PurchaseKey | None = None
    while page := purchase_lines(party_id, since=since, until=until, after=after, limit=PAGE):
        yield from page
        after = page[-1].key


def _product(product: PurchasedProduct) -> dict[str, Any]:
    return {
        "sku": product.sku,
        "name": product.product_name,
        "pieces": product.pieces,
        "units": product.units,
        "lowest_price": product.lowest_price,
        "highest_price": product.highest_price,
        "prices": {currency: found._asdict() for currency, found in product.prices.items()},
        "returned": product.returned,
        "returned_percent": product.returned_share,
        "given_back": product.given_back,
        "given_back_percent": product.given_back_share,
        "replaced": product.replaced,
        "replaced_percent": product.replaced_share,
        "complained": product.complained,
        "complained_percent": product.complained_share,
        "complaints": product.complaints,
        "costs": dict(product.costs),
        "cost_per_unit": dict(product.cost_per_unit),
    }


def _line(line: PurchaseLine) -> dict[str, Any]:
    return {
        "document": line.number,
        "reference": line.reference,
        "at": line.effective_at,
        "sku": line.sku,
        "name": line.product_name,
        "pieces": line.pieces,
        "price": line.price,
        "currency": line.currency if line.price is not None else None,
    }
