"""What posting does for services: what a customer gets is valid from that day on, what is taken back ends."""

from store.domain.services import ends
from store.domain.terms import DocumentType, Terms
from store.models.sql import execute, select
from store.operations.posted import Posting

BEGINNING = frozenset({DocumentType.INVOICE, DocumentType.ON_SITE, DocumentType.SERVICES})
"""Documents by which a customer gets services."""
_OF_DOCUMENT = """
    SELECT m.unit_id FROM movement m JOIN product p ON p.id = m.product_id
    JOIN product_kind k ON k.id = p.kind_id
    WHERE m.document_id = :document_id AND m.unit_id IS NOT NULL AND k.nature = 'service'
    AND m.to_terms = :terms
"""


def keep_validities(posting: Posting) -> None:
    """Let the services of a posted document begin, each for as long as its product says, or end.

    One that was taken back and is placed again begins anew. The number of statements depends on how many
    different terms their products have, not on the number of services.
    """
    if posting.document.type not in BEGINNING | {DocumentType.CORRECTION}:
        return
    day = posting.effective_at.astimezone().date()
    document_id = posting.document.id
    if posting.document.type in BEGINNING:
        for months, seats in _terms(document_id):
            until = ends(day, months)
            execute(
                f"""
                INSERT INTO validity (unit_id, valid_from, valid_until, seats, subject)
                SELECT u.id, :day, :until, :seats, '' FROM unit u JOIN product p ON p.id = u.product_id
                WHERE u.id IN ({_OF_DOCUMENT}) AND coalesce(p.validity_months, 0) = :months
                AND coalesce(p.seats, 0) = :wanted
                ON CONFLICT (unit_id) DO UPDATE SET valid_from = excluded.valid_from,
                    valid_until = excluded.valid_until, seats = excluded.seats, ended_on = NULL
                """,
                document_id=document_id, terms=Terms.SOLD.value, day=day.isoformat(), seats=seats,
                until=until.isoformat() if until else None, months=months or 0, wanted=seats or 0,
            )  # fmt: skip
        return
    execute(
        f"""
        UPDATE validity SET ended_on = CASE WHEN valid_from > :day THEN valid_from
                                            WHEN valid_until < :day THEN valid_until ELSE :day END
        WHERE ended_on IS NULL AND unit_id IN ({_OF_DOCUMENT})
        """,
        document_id=document_id, terms=Terms.SCRAPPED.value, day=day.isoformat(),
    )  # fmt: skip


def _terms(document_id: int) -> list[tuple[int | None, int | None]]:
    rows = select(
        "SELECT DISTINCT p.validity_months, p.seats FROM document_line n "
        "JOIN product p ON p.id = n.product_id JOIN product_kind k ON k.id = p.kind_id "
        "WHERE n.document_id = :document_id AND k.nature = 'service'",
        document_id=document_id,
    )
    return [(row["validity_months"], row["seats"]) for row in rows]
