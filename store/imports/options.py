"""What a reader is told beside the bytes."""

from dataclasses import dataclass

from store.imports.csv_mapping import CsvMapping

SERIAL_KEYS = (
    "numer seryjny", "numery seryjne", "nr seryjny", "nr seryjne", "nr ser", "numer fabryczny", "nr fabryczny",
    "s/n", "sn", "serial", "serials", "serial no", "serial number", "serial numbers", "seriennummer", "imei",
)  # fmt: skip
"""The names of additional fields that hold serials, compared whole: in no law or schema, so people add theirs."""
LOT_KEYS = (
    "partia", "numer partii", "nr partii", "lot", "lot number", "batch", "batch number", "seria", "numer serii",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read: the names of fields that the law does not name, and the columns of a sender's CSV."""

    serial_keys: tuple[str, ...] = SERIAL_KEYS
    lot_keys: tuple[str, ...] = LOT_KEYS
    csv: CsvMapping | None = None
    """None: the columns are found by their names."""
    ksef_number: str = ""
    """Not in the file itself, known from its name or from a person."""

    def is_serial_key(self, key: str) -> bool:
        """Tell whether an additional field with this name holds serials."""
        return plain_key(key) in {plain_key(known) for known in self.serial_keys}

    def is_lot_key(self, key: str) -> bool:
        """Tell whether an additional field with this name holds the number of a lot."""
        return plain_key(key) in {plain_key(known) for known in self.lot_keys}


def plain_key(text: str) -> str:
    """Return the name of a field as it is compared: without letter case, dots, colons and runs of spaces."""
    return " ".join(text.casefold().replace(".", " ").replace(":", " ").split())
