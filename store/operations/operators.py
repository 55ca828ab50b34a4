"""Operators and how they sign in."""

import hashlib
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from store.domain.errors import RefusalCode, RefusedError
from store.domain.language import Language
from store.domain.records import Operator
from store.domain.roles import Role
from store.domain.serials import key_of
from store.models.people import OperatorRow
from store.queries.operators import operator_of

SHORTEST_PIN = 4
FREE_TRIES = 3
"""Wrong PINs that cost nothing but the try."""
LONGEST_LOCK = timedelta(minutes=15)

# OWASP's second recommendation for Argon2id: 19 MiB, two passes. A thin client checks it in about 30 ms.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def create_operator(
    code: str,
    name: str,
    role: Role,
    *,
    pin: str | None = None,
    badge: str | None = None,
    language: Language | None = None,
) -> Operator:
    """Add an operator who signs in with a PIN, a badge, or both, and return them.

    Raises RefusedError: EMPTY without code or name, EXISTS when the code is taken, BADGE_TAKEN, SHORT_PIN.
    """
    if not code.strip() or not name.strip():
        raise RefusedError(RefusalCode.EMPTY)
    if OperatorRow.select().where(OperatorRow.code == code.strip()).exists():
        raise RefusedError(RefusalCode.EXISTS, text=code, column="code")
    row = OperatorRow.create(
        code=code.strip(),
        name=name.strip(),
        role=role,
        language=language,
        pin_hash=_hash(pin) if pin is not None else None,
        badge_digest=_free_badge(badge) if badge else None,
    )
    return operator_of(row)


def set_pin(operator_id: int, pin: str) -> None:
    """Give an operator a new PIN and forget wrong tries. Raises RefusedError(SHORT_PIN)."""
    OperatorRow.update(pin_hash=_hash(pin), failures=0, locked_until=None).where(
        OperatorRow.id == operator_id
    ).execute()


def change_badge(operator_id: int, badge: str) -> None:
    """Give an operator another badge. Raises RefusedError(BADGE_TAKEN) when somebody else has it."""
    digest = _free_badge(badge, operator_id)
    OperatorRow.update(badge_digest=digest).where(OperatorRow.id == operator_id).execute()


def sign_in(code: str, pin: str, at: datetime) -> Operator | RefusedError:
    """Return the operator who has this code and PIN, or why not: BAD_CREDENTIALS, LOCKED(seconds).

    The refusal is returned, not raised, because the wrong try has to be written: after `FREE_TRIES` of them
    each further one doubles the time to wait. An unknown code takes as long as a wrong PIN.
    """
    row = OperatorRow.get_or_none((OperatorRow.code == code.strip()) & ~OperatorRow.retired)
    if row is not None and row.locked_until is not None and row.locked_until > at:
        seconds = int((row.locked_until - at).total_seconds()) + 1
        return RefusedError(RefusalCode.LOCKED, seconds=seconds)
    if _matches(row.pin_hash if row else None, pin) and row is not None:
        if row.failures:
            OperatorRow.update(failures=0, locked_until=None).where(OperatorRow.id == row.id).execute()
        return operator_of(row)
    if row is not None:
        _count_failure(row, at)
    return RefusedError(RefusalCode.BAD_CREDENTIALS)


def sign_in_badge(text: str, at: datetime) -> Operator | RefusedError:
    """Return the operator whose badge was scanned, or why not: NO_BADGE, LOCKED(seconds).

    What was scanned is not repeated: it may be the badge of somebody who has left.
    """
    row = OperatorRow.get_or_none((OperatorRow.badge_digest == _badge_digest(text)) & ~OperatorRow.retired)
    if row is None:
        return RefusedError(RefusalCode.NO_BADGE)
    if row.locked_until is not None and row.locked_until > at:
        seconds = int((row.locked_until - at).total_seconds()) + 1
        return RefusedError(RefusalCode.LOCKED, seconds=seconds)
    return operator_of(row)


def check_pin(pin: str) -> None:
    """Raise RefusedError(SHORT_PIN) unless a PIN is long enough."""
    if len(pin) < SHORTEST_PIN:
        raise RefusedError(RefusalCode.SHORT_PIN, shortest=SHORTEST_PIN, column="pin")


def _hash(pin: str) -> str:
    check_pin(pin)
    return _HASHER.hash(pin)


def _matches(pin_hash: str | None, pin: str) -> bool:
    if pin_hash is None:
        _HASHER.hash(pin)
        return False
    try:
        return _HASHER.verify(pin_hash, pin)
    except VerificationError:
        return False


def _count_failure(row: OperatorRow, at: datetime) -> None:
    failures = row.failures + 1
    locked_until = None
    if failures >= FREE_TRIES:
        wait = min(timedelta(seconds=5 * 2 ** min(failures - FREE_TRIES, 20)), LONGEST_LOCK)
        locked_until = at + wait
    OperatorRow.update(failures=OperatorRow.failures + 1, locked_until=locked_until).where(
        OperatorRow.id == row.id
    ).execute()


def _free_badge(badge: str, operator_id: int | None = None) -> str:
    """Return how a badge is kept, unless somebody else than this operator has it."""
    digest = _badge_digest(badge)
    holder = OperatorRow.get_or_none(OperatorRow.badge_digest == digest)
    if holder is not None and holder.id != operator_id:
        raise RefusedError(RefusalCode.BADGE_TAKEN, column="badge")
    return digest


def _badge_digest(text: str) -> str:
    return hashlib.sha256(key_of(text).encode()).hexdigest()
