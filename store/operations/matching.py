"""Who and what an invoice names: parties by tax id and name, lines by GTIN, indexes and what was learned."""

from collections.abc import Iterable, Sequence
from typing import Any

from store.domain.direction import Direction
from store.domain.gtins import normalised
from store.domain.invoices import InvoiceLine, InvoiceParty
from store.domain.received import Match, MatchedBy
from store.domain.records import Actor, Party
from store.domain.serials import key_of
from store.domain.tax_ids import bare
from store.models.bulk import among, listed
from store.models.invoices import LearnedMatchRow
from store.models.sql import select
from store.queries.parties import TAX, party_by_id
from store.queries.suggestions import alike, plain_name

_SHORT = 4
"""An index of fewer characters, or of digits alone, may be anybody's by chance."""


def match_party(named: InvoiceParty) -> Party | None:
    """Return the one party that an invoice names, by its tax id, else by its name; None: a person says it."""
    if named.tax_id:
        rows = select(
            f"SELECT id, name FROM party WHERE {TAX} = :key AND NOT retired AND NOT is_own ORDER BY id",
            key=bare(named.tax_id),
        )
        same = [row for row in rows if plain_name(row["name"]) == plain_name(named.name)]
        found = rows if len(rows) == 1 else same
        if found:
            return party_by_id(found[0]["id"]) if len(found) == 1 else None
        if rows:
            return None
    if not plain_name(named.name):
        return None
    rows = select("SELECT id, name, tax_id FROM party WHERE NOT retired AND NOT is_own")
    # A party with another tax id is another party, however it is called.
    same = [
        row
        for row in rows
        if plain_name(row["name"]) == plain_name(named.name) and not (named.tax_id and row["tax_id"].strip())
    ]
    return party_by_id(same[0]["id"]) if len(same) == 1 else None


def match_lines(
    lines: Sequence[InvoiceLine], *, seller_id: int | None, direction: Direction
) -> dict[int, Match]:
    """Return the products of lines by the lines' positions; what is not known is left out.

    What a person has said of this seller's indexes goes first. Three statements, whatever the number of
    lines.
    """
    keys = {line.position: _keys(line) for line in lines}
    learned = _learned(seller_id, {key for each in keys.values() for key in each.values()})
    gtins = _gtins(each["gtin"] for each in keys.values())
    skus = _skus(each[name] for each in keys.values() for name in ("seller_index", "buyer_index"))
    matched = {
        line.position: _match(line, keys[line.position], learned, gtins, skus, direction) for line in lines
    }
    return {position: match for position, match in matched.items() if match is not None}


def _keys(line: InvoiceLine) -> dict[str, str]:
    return {
        "gtin": normalised(line.gtin) or "",
        "seller_index": key_of(line.seller_index),
        "buyer_index": key_of(line.buyer_index),
        "name": plain_name(line.name),
    }


def _match(
    line: InvoiceLine,
    keys: dict[str, str],
    learned: dict[tuple[str, str], int | None],
    gtins: dict[str, int],
    skus: dict[str, dict[str, Any]],
    direction: Direction,
) -> Match | None:
    for kind in ("gtin", "seller_index", "buyer_index"):
        if keys[kind] and (kind, keys[kind]) in learned:
            return _as_learned(learned[kind, keys[kind]])
    if keys["gtin"] in gtins:
        return Match(product_id=gtins[keys["gtin"]], by=MatchedBy.GTIN)
    sku = skus.get(keys["seller_index"])
    # A supplier's index is theirs: that it reads like one of ours may be chance.
    if sku and (direction is not Direction.PURCHASE or _is_no_chance(line, sku)):
        return Match(product_id=sku["id"], by=MatchedBy.SELLER_INDEX)
    sku = skus.get(keys["buyer_index"])
    if sku and (direction is Direction.PURCHASE or not keys["seller_index"]):
        return Match(product_id=sku["id"], by=MatchedBy.BUYER_INDEX)
    if keys["name"] and ("name", keys["name"]) in learned:
        return _as_learned(learned["name", keys["name"]])
    return None


def _as_learned(product_id: int | None) -> Match:
    if product_id is None:
        return Match(skip=True)
    return Match(product_id=product_id, by=MatchedBy.LEARNED)


def _is_no_chance(line: InvoiceLine, sku: dict[str, Any]) -> bool:
    code = key_of(line.seller_index)
    telling = len(code) >= _SHORT and not code.isdigit() and any(char.isdigit() for char in code)
    return telling or alike(line.name, sku["name"])


def _learned(seller_id: int | None, keys: Iterable[str]) -> dict[tuple[str, str], int | None]:
    if seller_id is None:
        return {}
    rows = select(
        "SELECT kind, key, product_id FROM learned_match "
        f"WHERE seller_id = :seller_id AND {among('key', 'keys')}",
        seller_id=seller_id,
        keys=listed(key for key in keys if key),
    )
    return {(row["kind"], row["key"]): row["product_id"] for row in rows}


def _gtins(keys: Iterable[str]) -> dict[str, int]:
    rows = select(
        "SELECT g.gtin, g.product_id FROM gtin g JOIN product p ON p.id = g.product_id "
        f"WHERE NOT p.retired AND {among('g.gtin', 'keys')}",
        keys=listed(key for key in keys if key),
    )
    return {row["gtin"]: row["product_id"] for row in rows}


def _skus(keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    rows = select(
        f"SELECT sku_key, id, name FROM product WHERE NOT retired AND {among('sku_key', 'keys')}",
        keys=listed(key for key in keys if key),
    )
    return {row["sku_key"]: row for row in rows}


def learn(actor: Actor, seller_id: int, line: InvoiceLine, product_id: int | None) -> None:
    """Remember what a seller means by a line; None: nothing that is followed here.

    Its GTIN, its index and, where it has neither, its name are remembered.
    """
    keys = _keys(line)
    strong = {kind: keys[kind] for kind in ("gtin", "seller_index", "buyer_index") if keys[kind]}
    for kind, key in (strong or {"name": keys["name"]}).items():
        if key:
            LearnedMatchRow.insert(
                seller=seller_id,
                kind=kind,
                key=key,
                product=product_id,
                learned_at=actor.at,
                learned_by=actor.operator.id,
            ).on_conflict(
                conflict_target=(LearnedMatchRow.seller, LearnedMatchRow.kind, LearnedMatchRow.key),
                update={LearnedMatchRow.product: product_id, LearnedMatchRow.learned_at: actor.at},
            ).execute()
