"""Which invoice let which pieces wait no more for their serials: its reversal lets them wait again."""

from store.migrations.dialect import create, forbid, is_sqlite

KEPT = "what was dropped of a pending serial is never changed or deleted"
NO_MORE = "no more waits again than the same invoice has dropped"
TOO_MUCH = (
    "new.quantity < 0 AND new.quantity + (SELECT coalesce(sum(d.quantity), 0) FROM pending_drop d "
    "WHERE d.pending_id = new.pending_id AND d.invoice_id = new.invoice_id) < 0"
)


def up(_migrator, db):
    create(
        db,
        # Less than zero: it waits again. Without an invoice: dropped before this was kept.
        """CREATE TABLE pending_drop (
            id {id},
            pending_id BIGINT NOT NULL REFERENCES pending_serial (id),
            invoice_id BIGINT REFERENCES invoice (id),
            quantity BIGINT NOT NULL CHECK (quantity <> 0 AND quantity / 1000 * 1000 = quantity),
            CHECK (quantity > 0 OR invoice_id IS NOT NULL)
        )""",
        "CREATE INDEX pending_drop_pending ON pending_drop (pending_id)",
        "CREATE INDEX pending_drop_invoice ON pending_drop (invoice_id)",
        "INSERT INTO pending_drop (pending_id, quantity) "
        "SELECT id, dropped FROM pending_serial WHERE dropped > 0",
    )
    forbid(db, "pending_drop", message=KEPT)
    if is_sqlite(db):
        create(
            db,
            "CREATE TRIGGER pending_drop_no_replace BEFORE INSERT ON pending_drop "
            "WHEN EXISTS (SELECT 1 FROM pending_drop WHERE id = new.id) "
            f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
            f"CREATE TRIGGER pending_drop_again BEFORE INSERT ON pending_drop WHEN {TOO_MUCH} "
            f"BEGIN SELECT RAISE(ABORT, '{NO_MORE}'); END",
        )
        return
    create(
        db,
        "CREATE FUNCTION pending_drop_again() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {TOO_MUCH} THEN RAISE EXCEPTION '{NO_MORE}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN new; END $$",
        "CREATE TRIGGER pending_drop_again BEFORE INSERT ON pending_drop "
        "FOR EACH ROW EXECUTE FUNCTION pending_drop_again()",
    )
