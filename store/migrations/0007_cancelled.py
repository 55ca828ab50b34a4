"""Cancelled documents gave their scans back and went on counting them."""

from store.migrations.dialect import create


def up(_migrator, db):
    create(
        db,
        "UPDATE document_line SET scanned = 0, rejected = 0 "
        "WHERE document_id IN (SELECT id FROM document WHERE status = 'cancelled')",
    )
