"""Stocktakes: what was on record when a count was opened, what was counted, and what differs.

A counted scan takes the piece from nobody, so it stands apart from the scans that do; it keeps which movement
of the piece was the last one then, and how many pieces without serials were on record.
"""

from store.migrations.dialect import create, is_sqlite

KINDS = "('missing', 'surplus', 'elsewhere', 'written_off', 'less', 'more', 'away', 'packed')"
POSTED = "what a posted stocktake found is never changed or deleted"


def up(_migrator, db):
    create(
        db,
        "ALTER TABLE draft_scan ADD COLUMN counted BOOLEAN NOT NULL DEFAULT FALSE",
        "ALTER TABLE draft_scan ADD COLUMN seen_movement_id BIGINT",
        "ALTER TABLE draft_scan ADD COLUMN seen_quantity BIGINT CHECK (seen_quantity >= 0)",
        # Over all open documents but counts: what is counted may be in somebody's open issue.
        "DROP INDEX draft_scan_taken",
        "CREATE UNIQUE INDEX draft_scan_taken ON draft_scan (product_id, serial_key) "
        "WHERE state = 'draft' AND NOT counted",
        "CREATE INDEX draft_scan_product ON draft_scan (document_id, product_id) "
        "WHERE counted AND state <> 'removed'",
        # What came and went of a product while it was counted.
        "CREATE INDEX movement_pieces ON movement (product_id, id) WHERE unit_id IS NULL",
        # Several count a place together: into the same count.
        "CREATE UNIQUE INDEX document_stocktake ON document (location_id) "
        "WHERE type = 'stocktake' AND status = 'open'",
        """CREATE TABLE stocktake (
            document_id BIGINT NOT NULL PRIMARY KEY REFERENCES document (id),
            movement_id BIGINT NOT NULL,
            units BIGINT NOT NULL CHECK (units >= 0)
        )""",
        """CREATE TABLE stocktake_unit (
            document_id BIGINT NOT NULL REFERENCES stocktake (document_id),
            unit_id BIGINT NOT NULL REFERENCES unit (id),
            movement_id BIGINT NOT NULL,
            PRIMARY KEY (document_id, unit_id)
        )""",
        """CREATE TABLE stocktake_piece (
            document_id BIGINT NOT NULL REFERENCES stocktake (document_id),
            product_id BIGINT NOT NULL REFERENCES product (id),
            quantity BIGINT NOT NULL CHECK (quantity > 0),
            PRIMARY KEY (document_id, product_id)
        )""",
        f"""CREATE TABLE stocktake_difference (
            id {{id}},
            document_id BIGINT NOT NULL REFERENCES stocktake (document_id),
            kind TEXT NOT NULL CHECK (kind IN {KINDS}),
            product_id BIGINT NOT NULL REFERENCES product (id),
            unit_id BIGINT REFERENCES unit (id),
            serial TEXT NOT NULL,
            serial_key TEXT NOT NULL,
            quantity BIGINT NOT NULL CHECK (quantity > 0),
            place_name TEXT NOT NULL,
            reason TEXT NOT NULL,
            movement_id BIGINT,
            round BIGINT NOT NULL,
            UNIQUE (document_id, kind, product_id, serial_key),
            CHECK ((serial_key = '') = (kind IN ('less', 'more'))),
            CHECK (serial_key = '' OR quantity = 1000),
            CHECK (unit_id IS NOT NULL OR kind IN ('surplus', 'less', 'more'))
        )""",
        "CREATE INDEX stocktake_difference_page ON stocktake_difference (document_id, kind, id)",
    )
    _guard(db)


def _guard(db):
    """Keep what a posted count found, and let nothing be posted without a reason."""
    unreasoned = "what a stocktake posts needs a reason"
    lacking = (
        "SELECT 1 FROM stocktake_difference x WHERE x.document_id = new.id AND x.reason = '' "
        "AND x.kind NOT IN ('away', 'packed')"
    )
    if is_sqlite(db):
        posted = "(SELECT status FROM document WHERE id = {row}.document_id) = 'posted'"
        for deed, row in (("insert", "new"), ("update", "old"), ("delete", "old")):
            create(
                db,
                f"CREATE TRIGGER stocktake_difference_no_{deed} BEFORE {deed.upper()} "
                "ON stocktake_difference "
                f"WHEN {posted.format(row=row)} BEGIN SELECT RAISE(ABORT, '{POSTED}'); END",
            )
        create(
            db,
            "CREATE TRIGGER stocktake_reasoned BEFORE UPDATE OF status ON document "
            f"WHEN new.status = 'posted' AND new.type = 'stocktake' AND EXISTS ({lacking}) "
            f"BEGIN SELECT RAISE(ABORT, '{unreasoned}'); END",
        )
        return
    create(
        db,
        "CREATE FUNCTION stocktake_difference_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF (SELECT status FROM document WHERE id = coalesce(old.document_id, new.document_id)) = 'posted' "
        f"THEN RAISE EXCEPTION '{POSTED}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN coalesce(new, old); END $$",
        "CREATE TRIGGER stocktake_difference_kept BEFORE INSERT OR UPDATE OR DELETE ON stocktake_difference "
        "FOR EACH ROW EXECUTE FUNCTION stocktake_difference_guard()",
        "CREATE FUNCTION stocktake_difference_forbid() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{POSTED}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER stocktake_difference_no_truncate BEFORE TRUNCATE ON stocktake_difference "
        "FOR EACH STATEMENT EXECUTE FUNCTION stocktake_difference_forbid()",
        "CREATE FUNCTION stocktake_reasoned() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS ({lacking}) THEN RAISE EXCEPTION '{unreasoned}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN new; END $$",
        "CREATE TRIGGER stocktake_reasoned BEFORE UPDATE OF status ON document FOR EACH ROW "
        "WHEN (new.status = 'posted' AND new.type = 'stocktake') EXECUTE FUNCTION stocktake_reasoned()",
    )
