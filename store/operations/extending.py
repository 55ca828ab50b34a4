"""Giving what is lent another day."""

from collections.abc import Collection
from datetime import date

from store.domain.errors import RefusalCode, RefusedError
from store.domain.loans import Until, check_until
from store.domain.records import Actor
from store.models.moments import to_store
from store.models.sql import execute, is_postgres, select


def extend(actor: Actor, loan_ids: Collection[int], until: Until, *, reason: str, token: str) -> int:
    """Let open loans last until another day, keep who did it and why, and return how many.

    The new day may be earlier than the old one, but not in the past. Called again with the same `token` it
    changes nothing more. Raises RefusedError and changes nothing: REASON_NEEDED, DUE_NEEDED, DUE_PAST,
    NOT_LENT when one of them has come back or is not there.
    """
    if not reason.strip():
        raise RefusedError(RefusalCode.REASON_NEEDED)
    check_until(until, actor.at.astimezone().date())
    done = select("SELECT count(*) AS n FROM loan_extension WHERE token = :token", token=token)[0]["n"]
    if done:
        return int(done)
    wanted = sorted(set(loan_ids))
    if not wanted:
        raise RefusedError(RefusalCode.NOT_LENT, text="-")
    # Whole numbers of our own: there may be more of them than a statement may have values.
    chosen = f"id IN ({', '.join(str(int(loan_id)) for loan_id in wanted)}) AND returned_at IS NULL"
    lock = " FOR UPDATE" if is_postgres() else ""
    still = {row["id"] for row in select(f"SELECT id FROM loan WHERE {chosen} ORDER BY id{lock}")}
    if len(still) < len(wanted):
        gone = next(loan_id for loan_id in wanted if loan_id not in still)
        raise RefusedError(RefusalCode.NOT_LENT, text=_named(gone))
    values = {
        "due": _text(until.due),
        "ask_again": _text(until.ask_again),
        "reason": reason.strip(),
        "operator": actor.operator.id,
        "operator_name": actor.operator.name,
        "at": to_store(actor.at),
        "token": token,
    }
    execute(
        f"""
        INSERT INTO loan_extension (loan_id, old_due, old_ask_again, new_due, new_ask_again, reason,
                                    operator_id, operator_name, recorded_at, token)
        SELECT id, due, ask_again, :due, :ask_again, :reason, :operator, :operator_name, :at, :token
        FROM loan WHERE {chosen} ORDER BY id
        """,
        **values,
    )
    return execute(f"UPDATE loan SET due = :due, ask_again = :ask_again WHERE {chosen}", **values)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _named(loan_id: int) -> str:
    rows = select(
        "SELECT coalesce(u.serial, p.name) AS name FROM loan l JOIN product p ON p.id = l.product_id "
        "LEFT JOIN unit u ON u.id = l.unit_id WHERE l.id = :loan_id",
        loan_id=loan_id,
    )
    return str(rows[0]["name"]) if rows else str(loan_id)
