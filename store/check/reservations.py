"""Rules of reservations: an open one keeps its units on every day of it, an ended one on none."""

from store.check.rule import Rule
from store.domain.findings import FindingCode
from store.models.sql import is_postgres


def reservation_rules() -> tuple[Rule, ...]:
    """Return the rules, in the words that the open database has for the days between two dates."""
    length = (
        "(r.last_day - r.first_day)" if is_postgres() else "(julianday(r.last_day) - julianday(r.first_day))"
    )
    return (
        Rule(
            code=FindingCode.RESERVED_DAYS,
            query=f"""
                SELECT * FROM (
                    SELECT r.id AS reservation_id, i.unit_id,
                           (SELECT count(*) FROM reserved_day d
                            WHERE d.piece_id = i.id AND d.unit_id = i.unit_id
                            AND d.day BETWEEN r.first_day AND r.last_day) AS days,
                           CASE WHEN r.status = 'open' THEN CAST({length} AS INTEGER) + 1 ELSE 0 END
                           AS promised
                    FROM reserved_piece i JOIN reservation r ON r.id = i.reservation_id
                    WHERE i.unit_id IS NOT NULL) AS kept
                WHERE days <> promised""",
        ),
    )
