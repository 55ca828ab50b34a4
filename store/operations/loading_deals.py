"""Deals from a list: every row is looked at before one is made, and all of them are made or none."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from store.domain.deals import CURRENCY, NewDeal, NewDealLine, check_currency, check_line
from store.domain.errors import RefusedError
from store.domain.gtins import normalised
from store.domain.invoice_fields import plain_key
from store.domain.lists import BadRow, BadRowsError, Loaded, Row
from store.domain.records import Actor, Product
from store.domain.serials import key_of
from store.domain.tax_ids import bare
from store.imports.csv_numbers import number_of
from store.imports.notes import Notes
from store.models.bulk import among, listed
from store.models.deals import DealRow
from store.models.sql import select
from store.operations.cells import WrongCellError
from store.operations.deals import make_deal
from store.operations.loading import DryRunError
from store.queries.invoice_facts import products
from store.queries.locations import by_ids, listing
from store.queries.parties import TAX

MOST_BAD = 1_000
"""So many bad rows are named; more say nothing more."""


class _Known:
    """What the rows name: looked up for the whole list, in a few statements."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Look up the customers and the products of `rows`."""
        self._parties = _parties({row["customer"] for row in rows})
        self._locations = _locations() if any(row.get("location") for row in rows) else {}
        self._products = _products({row["product"] for row in rows})

    def party(self, row: Row) -> int:
        """Return the one customer that a row names by code, tax id or whole name."""
        found = self._parties.get(row["customer"], set())
        if len(found) != 1:
            raise WrongCellError("customer", "")
        return next(iter(found))

    def location(self, row: Row, usual: int) -> int:
        """Return the one location of ours that a row names by code or name; `usual` when it names none."""
        name = row.get("location", "")
        found = self._locations.get(plain_key(name), set())
        if name and len(found) != 1:
            raise WrongCellError("location", "")
        return next(iter(found)) if name else usual

    def product(self, row: Row) -> Product:
        """Return the product that a row names by SKU or GTIN."""
        found = self._products.get(row["product"])
        if found is None:
            raise WrongCellError("product", "")
        return found


def load_deals(actor: Actor, rows: Sequence[Row], *, name: str, dry_run: bool = False) -> Loaded:
    """Make a draft of each deal that the rows name, and return how many were made and how many were there.

    Rows with the same deal, customer and order are lines of one deal. `name` says which list it is: the same
    one makes no deal twice. Raises BadRowsError with every row that cannot be taken, by its column, and the
    caller rolls back; with `dry_run` it ends by raising DryRunError, for the same.
    """
    known, bad = _Known(rows), list[BadRow]()
    deals: dict[tuple[str, int, str], NewDeal] = {}
    for number, row in enumerate(rows):
        try:
            key, deal = _row(actor, row, known)
            first = deals.get(key)
            if first is None:
                deals[key] = deal
            else:
                _check_same(first, deal)
                deals[key] = NewDeal(
                    party_id=first.party_id,
                    location_id=first.location_id,
                    lines=(*first.lines, *deal.lines),
                    their_order=first.their_order,
                    currency=first.currency,
                    note=first.note or deal.note,
                )
        except WrongCellError as error:
            bad.append(BadRow(number=number, column=error.column, allowed=error.allowed))
        except RefusedError as error:
            bad.append(BadRow(number=number, column=_column(error), refusal=error.refusal))
        if len(bad) == MOST_BAD:
            break
    if bad:
        raise BadRowsError(bad)
    added = 0
    for key, deal in deals.items():
        token = f"list {name} {key[0]} {key[1]} {key[2]}"
        if not DealRow.select().where(DealRow.token == token).exists():
            make_deal(actor, deal, token=token)
            added += 1
    loaded = Loaded(added=added, known=len(deals) - added)
    if dry_run:
        raise DryRunError(loaded)
    return loaded


def _row(actor: Actor, row: Row, known: _Known) -> tuple[tuple[str, int, str], NewDeal]:
    """Return the deal that a row alone would be, and by what it belongs to others."""
    party_id, product = known.party(row), known.product(row)
    quantity = _number(row, "quantity")
    if quantity is None:
        raise WrongCellError("quantity", "")
    line = NewDealLine(
        product_id=product.id,
        quantity=quantity,
        unit_price=_number(row, "price"),
        note=row.get("line_note", ""),
    )
    check_line(line, product)
    order = row.get("order", "")
    deal = NewDeal(
        party_id=party_id,
        location_id=known.location(row, actor.terminal.location.id),
        lines=(line,),
        their_order=order,
        currency=check_currency(row.get("currency") or CURRENCY),
        note=row.get("note", ""),
    )
    return (row.get("deal", ""), party_id, order), deal


def _check_same(first: NewDeal, deal: NewDeal) -> None:
    if deal.currency != first.currency:
        raise WrongCellError("currency", first.currency)
    if deal.location_id != first.location_id:
        raise WrongCellError("location", by_ids({first.location_id})[0].code)


def _number(row: Row, column: str) -> Decimal | None:
    """Return a number as people here write it: with a comma or a point, with or without thousands."""
    text, notes = row.get(column, ""), Notes()
    if not text:
        return None
    value = number_of(text, "", column, notes, 0)
    # 1,234 may be one or a thousand: what is unclear is not guessed at.
    if value is None or notes.all():
        raise WrongCellError(column, "12.50")
    return value


def _column(error: RefusedError) -> str:
    code = error.refusal.code.value
    return {"bad_quantity": "quantity", "bad_price": "price", "bad_currency": "currency"}.get(code, "")


def _parties(texts: Iterable[str]) -> dict[str, set[int]]:
    """Return the customers that texts name; a code goes before a tax id, and that before a name."""
    wanted = [text for text in texts if text]
    taxes = {text: bare(text) for text in wanted}
    rows = select(
        f"""
        SELECT id, code, name, {TAX} AS tax FROM party WHERE is_customer AND NOT retired AND NOT is_own
        AND ({among("code", "codes")} OR {among(TAX, "taxes")} OR {among("name", "names")})
        """,
        codes=listed(wanted),
        taxes=listed(tax for tax in taxes.values() if tax),
        names=listed(wanted),
    )
    found: dict[str, set[int]] = {}
    for text in wanted:
        for column, value in (("code", text), ("tax", taxes[text]), ("name", text)):
            same = {row["id"] for row in rows if value and row[column] == value}
            if same:
                found[text] = same
                break
    return found


def _locations() -> dict[str, set[int]]:
    """Return our locations that are in use by what names them: their codes and their names."""
    found: dict[str, set[int]] = {}
    for place in listing():
        for name in (place.code, place.name):
            found.setdefault(plain_key(name), set()).add(place.id)
    return found


def _products(texts: Iterable[str]) -> dict[str, Product]:
    """Return the products that texts name by SKU or GTIN."""
    wanted = [text for text in texts if plain_key(text)]
    skus = {text: key_of(text) for text in wanted}
    gtins = {text: normalised(text) or "" for text in wanted}
    by_sku = {
        row["sku_key"]: row["id"]
        for row in select(
            f"SELECT id, sku_key FROM product WHERE NOT retired AND {among('sku_key', 'keys')}",
            keys=listed(skus.values()),
        )
    }
    by_gtin = {
        row["gtin"]: row["product_id"]
        for row in select(
            "SELECT g.gtin, g.product_id FROM gtin g JOIN product p ON p.id = g.product_id "
            f"WHERE NOT p.retired AND {among('g.gtin', 'keys')}",
            keys=listed(gtin for gtin in gtins.values() if gtin),
        )
    }
    ids = {text: by_sku.get(skus[text]) or by_gtin.get(gtins[text]) for text in wanted}
    known = products({found for found in ids.values() if found is not None})
    return {text: known[found] for text, found in ids.items() if found is not None}
