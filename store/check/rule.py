"""A rule of the ledger, stated as the query that finds what breaks it."""

from collections.abc import Iterator
from dataclasses import dataclass

from store.domain.findings import Finding, FindingCode
from store.models.fields import PIECES, unscaled
from store.models.sql import stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The rows of `query` are what is off; their columns are the data of the findings.

    A query reads along an index and sorts nothing by itself, so that a store of any size is checked in the
    same memory. Columns named in `quantities` are shown as the pieces that they count.
    """

    code: FindingCode
    query: str
    quantities: tuple[str, ...] = ()

    def findings(self) -> Iterator[Finding]:
        """Yield what is off, as it is found."""
        for row in stream(self.query):
            row |= {name: unscaled(row[name], PIECES) for name in self.quantities}
            yield Finding(code=self.code, data=row)
