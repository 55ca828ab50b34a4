"""`sztuka find TEXT`: units by any part of a number, exact ones first, and those that only come near."""

import sys
from typing import Any

from screens.unit_search import unit_parts
from store.domain.records import Product
from store.domain.units import UnitSummary
from store.opening import ready
from store.queries.unit_search import UnitHit, search
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.reading import print_json

WIDTH = 24


def run(context: Context) -> int:
    """Print what is found; FAILED when it is nothing."""
    options = context.arguments
    with ready(context.settings.store, context.settings.backup.folder):
        found = search(options.text, limit=options.limit)
    if options.json:
        print_json({"found": [_described(hit) for hit in found]})
    else:
        sys.stdout.writelines(f"{_line(hit)}\n" for hit in found)
    return Exit.OK if found else Exit.FAILED


def _line(hit: UnitHit) -> str:
    if isinstance(hit, UnitSummary):
        serial, more = unit_parts(hit)
        return f"{serial:<{WIDTH}} {more}"
    code = hit.sku if isinstance(hit, Product) else hit.code
    return f"{code:<{WIDTH}} {hit.name}"


def _described(hit: UnitHit) -> dict[str, Any]:
    if isinstance(hit, UnitSummary):
        return {
            "type": "unit",
            "serial": hit.serial,
            "product": hit.product_name,
            "terms": hit.terms,
            "place": hit.place_name,
            "near": hit.is_near,
        }
    if isinstance(hit, Product):
        return {"type": "product", "sku": hit.sku, "name": hit.name}
    return {"type": "party", "code": hit.code, "name": hit.name, "tax_id": hit.tax_id}
