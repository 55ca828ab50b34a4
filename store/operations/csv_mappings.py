"""Which column of a sender's CSV files is what, saved once for the sender."""

import json

from store.domain.records import Actor
from store.domain.serials import key_of
from store.imports.csv_mapping import CsvMapping
from store.models.invoices import CsvMappingRow


def save_mapping(actor: Actor, mapping: CsvMapping) -> None:
    """Keep the mapping of a sender in the place of the one before it. It must name its sender."""
    saved = json.dumps(
        {
            "sender": mapping.sender,
            "columns": dict(mapping.columns),
            "values": dict(mapping.values),
            "delimiter": mapping.delimiter,
            "decimal": mapping.decimal,
            "encoding": mapping.encoding,
            "heading": mapping.heading,
        },
        ensure_ascii=False,
    )
    CsvMappingRow.insert(
        sender_key=key_of(mapping.sender),
        sender=mapping.sender,
        mapping=saved,
        saved_at=actor.at,
        saved_by=actor.operator.id,
    ).on_conflict(
        conflict_target=(CsvMappingRow.sender_key,),
        update={
            CsvMappingRow.mapping: saved,
            CsvMappingRow.saved_at: actor.at,
            CsvMappingRow.saved_by: actor.operator.id,
        },
    ).execute()
