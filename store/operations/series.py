"""Numbers of documents, without gaps and doubles."""

from store.domain.numbers import SERIES, number_in
from store.domain.records import Actor
from store.domain.terms import DocumentType
from store.models.sql import select


def next_number(kind: DocumentType, actor: Actor) -> str:
    """Return the next number of a type of document."""
    return next_in(SERIES[kind], actor)


def next_in(series: str, actor: Actor) -> str:
    """Count a series up. The row stays locked until the end, so numbers have no gaps and no doubles."""
    year = actor.at.astimezone().year
    rows = select(
        """
        INSERT INTO counter (series, year, last) VALUES (:series, :year, 1)
        ON CONFLICT (series, year) DO UPDATE SET last = counter.last + 1 RETURNING last
        """,
        series=series,
        year=year,
    )
    return number_in(series, year, rows[0]["last"])
