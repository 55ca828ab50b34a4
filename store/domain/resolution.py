"""What a scan outside a document names."""

from dataclasses import dataclass
from enum import StrEnum


class Named(StrEnum):
    """The kinds of things that a code can name."""

    UNIT = "unit"
    PRODUCT = "product"
    DOCUMENT = "document"
    LOCATION = "location"
    PARTY = "party"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that a code names."""

    kind: Named
    id: int
    name: str
    """What a person calls it: the serial, the product's name, the document's number."""
    more: str = ""
    """What tells it from others of that name: a unit's product, a document's party."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Everything that a code names: nothing, one thing, or several to choose from."""

    text: str
    hits: tuple[Hit, ...]

    @property
    def only(self) -> Hit | None:
        """The one hit, if there is just one."""
        return self.hits[0] if len(self.hits) == 1 else None
