"""Rentals, what they lend, and how long; how a piece was when it was handed out and when it came back.

A loan is what one movement of a rental lent: one row a unit, or one for pieces without serials. Pieces that
come back in parts split their row, so that a row is open or closed and never half of both.
"""

from store.migrations.dialect import create, forbid, is_sqlite


def up(_migrator, db):
    create(
        db,
        """CREATE TABLE rental (
            id {id},
            document_id BIGINT NOT NULL UNIQUE REFERENCES document (id),
            due DATE,
            ask_again DATE,
            purpose TEXT NOT NULL,
            deposit BIGINT CHECK (deposit >= 0),
            daily_rate BIGINT CHECK (daily_rate >= 0),
            CHECK ((due IS NULL) <> (ask_again IS NULL))
        )""",
        """CREATE TABLE loan (
            id {id},
            document_id BIGINT NOT NULL REFERENCES document (id),
            movement_id BIGINT NOT NULL REFERENCES movement (id),
            product_id BIGINT NOT NULL REFERENCES product (id),
            unit_id BIGINT REFERENCES unit (id),
            party_id BIGINT NOT NULL REFERENCES party (id),
            quantity BIGINT NOT NULL CHECK (quantity > 0),
            since {timestamp} NOT NULL,
            due DATE,
            ask_again DATE,
            condition TEXT CHECK (condition IN ('new', 'used', 'damaged', 'blocked')),
            accessories TEXT NOT NULL,
            returned_document_id BIGINT REFERENCES document (id),
            returned_movement_id BIGINT REFERENCES movement (id),
            returned_at {timestamp},
            returned_condition TEXT CHECK (returned_condition IN ('new', 'used', 'damaged', 'blocked')),
            returned_note TEXT NOT NULL,
            CHECK ((due IS NULL) <> (ask_again IS NULL)),
            CHECK (unit_id IS NULL OR quantity = 1000),
            CHECK ((unit_id IS NULL) = (condition IS NULL)),
            CHECK ((returned_at IS NULL) = (returned_document_id IS NULL)),
            CHECK ((returned_at IS NULL) = (returned_movement_id IS NULL)),
            CHECK (returned_at >= since)
        )""",
        # Nobody can lend a unit that somebody has.
        "CREATE UNIQUE INDEX loan_open_unit ON loan (unit_id) "
        "WHERE returned_at IS NULL AND unit_id IS NOT NULL",
        # Who is to be asked next is read from these, in pages.
        "CREATE INDEX loan_open_due ON loan (coalesce(due, ask_again), id) WHERE returned_at IS NULL",
        "CREATE INDEX loan_open_party ON loan (party_id, coalesce(due, ask_again), id) "
        "WHERE returned_at IS NULL",
        "CREATE INDEX loan_open_pieces ON loan (product_id, party_id) "
        "WHERE returned_at IS NULL AND unit_id IS NULL",
        "CREATE INDEX loan_unit ON loan (unit_id, id)",
        "CREATE INDEX loan_document ON loan (document_id)",
        "CREATE INDEX loan_movement ON loan (movement_id)",
        "CREATE INDEX loan_returned ON loan (returned_document_id) WHERE returned_document_id IS NOT NULL",
        "CREATE INDEX unit_consigned ON unit (id) WHERE terms = 'consigned'",
        "CREATE INDEX balance_consigned ON balance (id) WHERE terms = 'consigned' AND quantity > 0",
        """CREATE TABLE loan_extension (
            id {id},
            loan_id BIGINT NOT NULL REFERENCES loan (id),
            old_due DATE,
            old_ask_again DATE,
            new_due DATE,
            new_ask_again DATE,
            reason TEXT NOT NULL CHECK (reason <> ''),
            operator_id BIGINT NOT NULL REFERENCES operator (id),
            operator_name TEXT NOT NULL,
            recorded_at {timestamp} NOT NULL,
            token TEXT NOT NULL,
            CHECK ((old_due IS NULL) <> (old_ask_again IS NULL)),
            CHECK ((new_due IS NULL) <> (new_ask_again IS NULL)),
            UNIQUE (loan_id, token)
        )""",
        "CREATE INDEX loan_extension_token ON loan_extension (token)",
        # How a piece is when it is handed out or given back is noted with its scan.
        "ALTER TABLE draft_scan ADD COLUMN condition TEXT "
        "CHECK (condition IN ('new', 'used', 'damaged', 'blocked'))",
        "ALTER TABLE draft_scan ADD COLUMN note TEXT NOT NULL DEFAULT ''",
        # Why a sold piece comes back decides whose it is then.
        "ALTER TABLE draft_scan ADD COLUMN back_as TEXT "
        "CHECK (back_as IN ('complaint', 'withdrawal', 'service'))",
        "ALTER TABLE draft_scan ADD COLUMN loan_id BIGINT REFERENCES loan (id)",
    )
    forbid(db, "loan_extension", message="an extension is never changed or deleted")
    _guard_loans(db)


def _guard_loans(db):
    """Keep what was lent: a loan is never deleted, and a closed one never changed."""
    gone, closed = "a loan is never deleted", "a loan that came back is never changed"
    if is_sqlite(db):
        create(
            db,
            f"CREATE TRIGGER loan_no_delete BEFORE DELETE ON loan BEGIN SELECT RAISE(ABORT, '{gone}'); END",
            "CREATE TRIGGER loan_no_change BEFORE UPDATE ON loan WHEN old.returned_at IS NOT NULL "
            f"BEGIN SELECT RAISE(ABORT, '{closed}'); END",
            *(
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = new.id) "
                f"BEGIN SELECT RAISE(ABORT, '{gone}'); END"
                for table in ("loan", "loan_extension")
            ),
        )
        return
    create(
        db,
        "CREATE FUNCTION loan_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'UPDATE' THEN RAISE EXCEPTION '{gone}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"IF old.returned_at IS NOT NULL THEN RAISE EXCEPTION '{closed}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN new; END $$",
        "CREATE TRIGGER loan_kept BEFORE UPDATE OR DELETE ON loan FOR EACH ROW EXECUTE FUNCTION loan_guard()",
        "CREATE TRIGGER loan_no_truncate BEFORE TRUNCATE ON loan "
        "FOR EACH STATEMENT EXECUTE FUNCTION loan_guard()",
    )
