"""A cancelled issue has nothing of an invoice: what it was to move is the invoice's own again."""

from store.migrations.dialect import create, is_sqlite

OF_CANCELLED = """
    FROM invoice_cover c JOIN document_line n ON n.id = c.document_line_id
    JOIN document d ON d.id = n.document_id WHERE d.type = 'issue' AND d.status = 'cancelled'
"""
SAYS = "an issue that an invoice counts on is not cancelled before the invoice has its goods back"
COUNTED = (
    "EXISTS (SELECT 1 FROM document_line n JOIN invoice_cover c ON c.document_line_id = n.id "
    "WHERE n.document_id = new.id)"
)


def up(_migrator, db):
    create(
        db,
        f"""UPDATE invoice_line SET covered = covered - t.part FROM (
            SELECT c.invoice_line_id, sum(c.quantity) AS part {OF_CANCELLED} GROUP BY c.invoice_line_id) AS t
        WHERE invoice_line.id = t.invoice_line_id""",
        f"DELETE FROM invoice_cover WHERE id IN (SELECT c.id {OF_CANCELLED})",
    )
    if is_sqlite(db):
        create(
            db,
            "CREATE TRIGGER document_covered BEFORE UPDATE OF status ON document "
            f"WHEN new.type = 'issue' AND new.status = 'cancelled' AND {COUNTED} "
            f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        )
        return
    create(
        db,
        "CREATE FUNCTION document_covered_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {COUNTED} THEN "
        f"RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN new; END $$",
        "CREATE TRIGGER document_covered BEFORE UPDATE OF status ON document FOR EACH ROW "
        "WHEN (new.type = 'issue' AND new.status = 'cancelled') EXECUTE FUNCTION document_covered_guard()",
    )
