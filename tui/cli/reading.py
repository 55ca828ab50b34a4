"""What the commands that only read share: finding what was named, and printing JSON."""

import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.records import Party
from store.queries.parties import named


def print_json(value: Mapping[str, Any]) -> None:
    """Print a value as JSON: numbers as texts, moments in UTC, codes as they are in the store."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    raise TypeError(type(value))


def named_party(text: str) -> Party:
    """Return the one party with this code, tax id or name. Raises StoreError for none and for several."""
    found = named(text)
    if not found:
        raise StoreError(_("{text}: nobody has this code, tax id or name").format(text=text))
    if len(found) > 1:
        codes = ", ".join(party.code for party in found)
        raise StoreError(
            _("{text}: several have this name; give one of the codes {codes}").format(text=text, codes=codes)
        )
    return found[0]
