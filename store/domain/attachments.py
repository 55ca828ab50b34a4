"""Files that belong to units: photos, signed protocols."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a unit, without its content."""

    id: int
    unit_id: int
    name: str
    size: int
    """In bytes."""
    sha256: str
    """Of the content, as hexadecimal text."""
    operator: str
    added_at: datetime
