"""Which scans gave which pieces their serials, and one list a customer for scanning them on site."""

from store.migrations.dialect import create, forbid, is_sqlite


def up(_migrator, db):
    create(
        db,
        """CREATE TABLE pending_fill (
            id {id},
            pending_id BIGINT NOT NULL REFERENCES pending_serial (id),
            document_line_id BIGINT NOT NULL REFERENCES document_line (id),
            quantity BIGINT NOT NULL CHECK (quantity > 0 AND quantity / 1000 * 1000 = quantity),
            UNIQUE (pending_id, document_line_id)
        )""",
        "CREATE INDEX pending_fill_line ON pending_fill (document_line_id)",
        # Several may scan at one customer's: into the same list, so that nothing is filled twice.
        "CREATE UNIQUE INDEX document_on_site ON document (party_id) "
        "WHERE type = 'on_site' AND status = 'open'",
    )
    forbid(db, "pending_fill", message="what filled a pending serial is never changed or deleted")
    if is_sqlite(db):
        create(
            db,
            "CREATE TRIGGER pending_fill_no_replace BEFORE INSERT ON pending_fill "
            "WHEN EXISTS (SELECT 1 FROM pending_fill WHERE id = new.id OR "
            "(pending_id = new.pending_id AND document_line_id = new.document_line_id)) "
            "BEGIN SELECT RAISE(ABORT, 'what filled a pending serial is never changed or deleted'); END",
        )
