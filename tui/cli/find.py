"""`sztuka find TEXT`: units by any part of a number and by what they are; near ones last, marked as such."""

import sys
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from screens.search_filters import document_named
from screens.unit_search import unit_parts
from screens.words import refusal_text
from store.domain.errors import RefusedError, StoreError
from store.domain.language import _
from store.domain.records import Product
from store.domain.unit_filters import UnitFilter
from store.domain.units import UnitSummary
from store.opening import ready
from store.queries.fields import fields
from store.queries.products import product_with_sku
from store.queries.saved_searches import shared_search
from store.queries.unit_search import UnitHit, find
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.reading import named_party, print_json

WIDTH = 24


def run(context: Context) -> int:
    """Print what is found; FAILED when it is nothing."""
    options = context.arguments
    today = datetime.now(UTC).astimezone().date()
    with ready(context.settings.store, context.settings.backup.folder):
        try:
            found = find(_wanted(options), today=today, limit=options.limit).hits
        except RefusedError as error:
            raise StoreError(refusal_text(error.refusal)) from error
    if options.json:
        print_json({"found": [_described(hit) for hit in found]})
    else:
        sys.stdout.writelines(f"{_line(hit)}\n" for hit in found)
    return Exit.OK if found else Exit.FAILED


def _wanted(options: Namespace) -> UnitFilter:
    """Return what is looked for: what was saved, narrowed down by the options. Raises StoreError."""
    wanted = _named(UnitFilter() if options.saved is None else _saved(options.saved), options)
    wanted = replace(
        wanted,
        text=options.text or wanted.text,
        sold_first=options.sold_from or wanted.sold_first,
        sold_last=options.sold_to or wanted.sold_last,
        under_warranty=options.under_warranty or wanted.under_warranty,
        open_complaint=options.open_complaint or wanted.open_complaint,
    )
    if not wanted.narrows and not wanted.text:
        raise StoreError(_("say what to look for: a text, or an option that narrows down"))
    return wanted


def _saved(name: str) -> UnitFilter:
    saved = shared_search(name)
    if saved is None:
        raise StoreError(_("no search is saved for everybody as {name}").format(name=name))
    return saved.wanted


def _named(wanted: UnitFilter, options: Namespace) -> UnitFilter:
    """Return what is wanted with what the options name. Raises StoreError for what is not there."""
    if options.product is not None:
        product = product_with_sku(options.product)
        if product is None:
            raise StoreError(_("no product has the SKU {sku}").format(sku=options.product))
        wanted = replace(wanted, product=product)
    if options.party is not None:
        wanted = replace(wanted, party=named_party(options.party))
    if options.document is not None:
        document = document_named(options.document)
        if document is None:
            raise StoreError(_("no document has the number {number}").format(number=options.document))
        wanted = replace(wanted, document=document)
    if options.field is not None:
        wanted = _with_field(wanted, options.field)
    return wanted


def _with_field(wanted: UnitFilter, given: str) -> UnitFilter:
    code, sign, value = given.partition("=")
    if not sign:
        raise StoreError(_("--field is written CODE=VALUE"))
    field = next((field for field in fields() if field.code.casefold() == code.strip().casefold()), None)
    if field is None:
        raise StoreError(_("no field has the code {code}").format(code=code.strip()))
    return replace(wanted, field=field, value=value.strip())


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
            "sku": hit.sku,
            "product": hit.product_name,
            "terms": hit.terms,
            "place": hit.place_name,
            "party": hit.party_code,
            "near": hit.is_near,
            "sold_at": hit.sold_at,
            "valid_until": hit.valid_until,
            "fields": {value.field.code: value.text for value in hit.values},
        }
    if isinstance(hit, Product):
        return {"type": "product", "sku": hit.sku, "name": hit.name}
    return {"type": "party", "code": hit.code, "name": hit.name, "tax_id": hit.tax_id}
