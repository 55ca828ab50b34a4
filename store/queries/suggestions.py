"""Products whose names are like that of an invoice's line: for a person to choose from, never to be taken."""

import unicodedata

from store.domain.records import Product
from store.models.sql import select
from store.queries.products import product_by_id

LIKE_ENOUGH = 60.0
"""Of 100: how much two names must have in common to be about the same product."""


def plain_name(text: str) -> str:
    """Return a name as it is compared: letters and digits only, in lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "l"))
    return "".join(char for char in plain if char.isalnum()).casefold()


def alike(one: str, other: str) -> bool:
    """Tell whether two names have whole words in common: 'Placement' is nothing like 'Displacement'."""
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(_words(one), _words(other)) >= LIKE_ENOUGH and bool(
        set(_words(one).split()) & set(_words(other).split())
    )


def suggestions(name: str, *, limit: int = 5) -> list[Product]:
    """Return the products whose names are most like `name`, best first."""
    from rapidfuzz import fuzz, process

    if not plain_name(name):
        return []
    names = {
        row["id"]: _words(row["name"]) for row in select("SELECT id, name FROM product WHERE NOT retired")
    }
    wanted = set(_words(name).split())
    found = process.extract(
        _words(name), names, scorer=fuzz.token_sort_ratio, limit=limit * 10, score_cutoff=30
    )
    scored = [
        (fuzz.token_set_ratio(_words(name), text), score, product_id)
        for text, score, product_id in found
        if wanted & set(text.split())
    ]
    best = sorted(scored, key=lambda each: (-each[0], -each[1], each[2]))
    return [product_by_id(product_id) for loose, _score, product_id in best[:limit] if loose >= LIKE_ENOUGH]


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "l")).casefold()
    kept = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join(kept.split())
