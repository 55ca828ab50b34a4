"""What a reader is told beside the bytes."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from store.domain.invoice_fields import LOT_KEYS, SERIAL_KEYS, plain_key
from store.imports.csv_mapping import CsvMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read: the names of fields that the law does not name, and the columns of a sender's CSV."""

    serial_keys: tuple[str, ...] = SERIAL_KEYS
    lot_keys: tuple[str, ...] = LOT_KEYS
    csv: CsvMapping | None = None
    """None: the columns are found by their names."""
    ksef_number: str = ""
    """Not in the file itself, known from its name or from a person."""
    link_days: int = 30
    """Issues of so many days before an invoice are taken for its goods; 0: a person is asked."""

    def is_serial_key(self, key: str) -> bool:
        """Tell whether an additional field with this name holds serials."""
        return plain_key(key) in _plain(self.serial_keys)

    def is_lot_key(self, key: str) -> bool:
        """Tell whether an additional field with this name holds the number of a lot."""
        return plain_key(key) in _plain(self.lot_keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSetup:
    """How this machine imports invoices, as it is configured."""

    options: ReadOptions = field(default_factory=ReadOptions)
    ours: tuple[str, ...] = ()
    """Our tax ids and GLNs beside the one in the store."""
    inbox: Path | None = None
    """The watched folder; None: there is none."""


@cache
def _plain(keys: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain_key(key) for key in keys)
