"""Refused scans are kept as well: a list of them, each with its own reason, is read before closing."""

import json
from datetime import date
from decimal import Decimal
from enum import Enum

from store.domain.documents import Refused
from store.domain.records import Actor
from store.models.documents import RefusedScanRow


def keep_refusal(actor: Actor, document_id: int, refused: Refused, *, token: str) -> None:
    """Keep a refused scan of a document; the same `token` keeps it once."""
    RefusedScanRow.insert(
        document=document_id,
        text=refused.text,
        code=refused.refusal.code.value,
        data=json.dumps(dict(refused.refusal.data), default=_plain, ensure_ascii=False),
        scanned_at=actor.at,
        operator=actor.operator.id,
        operator_name=actor.operator.name,
        terminal=actor.terminal.id,
        token=token,
    ).on_conflict_ignore().execute()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    message = f"a refusal cannot carry {value!r}"
    raise TypeError(message)
