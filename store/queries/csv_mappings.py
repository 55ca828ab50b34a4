"""The saved mappings of senders' CSV files."""

import json

from store.imports.csv_mapping import CsvMapping
from store.models.sql import select


def csv_mappings() -> list[CsvMapping]:
    """Return the saved mappings, by sender."""
    rows = select("SELECT mapping FROM csv_mapping ORDER BY sender, id")
    return [CsvMapping.parse(json.loads(row["mapping"])) for row in rows]
