"""What was scanned on a line, and what moved by it, is found by the line: a document may have thousands."""

from store.migrations.dialect import create


def up(_migrator, db):
    create(
        db,
        "CREATE INDEX draft_scan_line ON draft_scan (line_id)",
        "CREATE INDEX movement_line ON movement (line_id)",
    )
