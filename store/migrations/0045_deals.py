"""Deals: what a customer was promised at what price, and which documents and invoices have it."""

from store.migrations.dialect import create, is_sqlite


def up(_migrator, db):
    create(
        db,
        """CREATE TABLE deal (
            id {id},
            number TEXT NOT NULL UNIQUE CHECK (number <> ''),
            state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'partly', 'done', 'cancelled')),
            party_id BIGINT NOT NULL REFERENCES party (id),
            location_id BIGINT NOT NULL REFERENCES location (id),
            their_order TEXT NOT NULL,
            currency TEXT NOT NULL CHECK (length(currency) = 3),
            note TEXT NOT NULL,
            reason TEXT NOT NULL,
            made_at {timestamp} NOT NULL,
            made_by_id BIGINT NOT NULL REFERENCES operator (id),
            made_name TEXT NOT NULL,
            finalised_at {timestamp},
            finalised_by_id BIGINT REFERENCES operator (id),
            finalised_name TEXT,
            delivered_at {timestamp},
            placed_token TEXT,
            token TEXT NOT NULL UNIQUE,
            CHECK (state IN ('draft', 'cancelled') OR finalised_at IS NOT NULL),
            CHECK (state <> 'draft' OR finalised_at IS NULL)
        )""",
        "CREATE INDEX deal_list ON deal (state, id)",
        "CREATE INDEX deal_party ON deal (party_id, id)",
        "CREATE INDEX deal_order ON deal (their_order) WHERE their_order <> ''",
        # What is in documents that are still open, what was delivered and what never will be: never more
        # than was agreed, whoever issues at once.
        """CREATE TABLE deal_line (
            id {id},
            deal_id BIGINT NOT NULL REFERENCES deal (id),
            position INTEGER NOT NULL CHECK (position > 0),
            product_id BIGINT NOT NULL REFERENCES product (id),
            quantity BIGINT NOT NULL CHECK (quantity > 0),
            unit_price BIGINT CHECK (unit_price >= 0),
            note TEXT NOT NULL,
            planned BIGINT NOT NULL CHECK (planned >= 0),
            delivered BIGINT NOT NULL CHECK (delivered >= 0),
            dropped BIGINT NOT NULL CHECK (dropped >= 0),
            CHECK (planned + delivered + dropped <= quantity),
            UNIQUE (deal_id, position)
        )""",
        "CREATE INDEX deal_line_product ON deal_line (product_id)",
        """CREATE TABLE deal_part (
            id {id},
            deal_line_id BIGINT NOT NULL REFERENCES deal_line (id),
            document_line_id BIGINT UNIQUE REFERENCES document_line (id),
            pending_serial_id BIGINT UNIQUE REFERENCES pending_serial (id),
            planned BIGINT NOT NULL CHECK (planned >= 0),
            delivered BIGINT NOT NULL CHECK (delivered >= 0),
            CHECK ((document_line_id IS NULL) <> (pending_serial_id IS NULL)),
            CHECK (planned = 0 OR delivered = 0)
        )""",
        "CREATE INDEX deal_part_line ON deal_part (deal_line_id)",
        """CREATE TABLE deal_document (
            id {id},
            deal_id BIGINT NOT NULL REFERENCES deal (id),
            document_id BIGINT NOT NULL UNIQUE REFERENCES document (id)
        )""",
        "CREATE INDEX deal_document_deal ON deal_document (deal_id)",
        """CREATE TABLE deal_invoice (
            id {id},
            deal_id BIGINT NOT NULL REFERENCES deal (id),
            invoice_id BIGINT NOT NULL REFERENCES invoice (id),
            role TEXT NOT NULL CHECK (role IN ('linked', 'other')),
            UNIQUE (invoice_id, deal_id)
        )""",
        "CREATE INDEX deal_invoice_deal ON deal_invoice (deal_id)",
        """CREATE TABLE deal_cover (
            id {id},
            invoice_line_id BIGINT NOT NULL REFERENCES invoice_line (id),
            deal_line_id BIGINT NOT NULL REFERENCES deal_line (id),
            quantity BIGINT NOT NULL CHECK (quantity > 0),
            UNIQUE (invoice_line_id, deal_line_id)
        )""",
        "CREATE INDEX deal_cover_deal ON deal_cover (deal_line_id)",
        # Within so many days an issue and an invoice about the same product are taken for the same goods.
        "ALTER TABLE invoice ADD COLUMN link_days INTEGER NOT NULL DEFAULT 30 CHECK (link_days >= 0)",
        "ALTER TABLE pending_serial ADD COLUMN deal_line_id BIGINT REFERENCES deal_line (id)",
        "CREATE INDEX pending_serial_deal ON pending_serial (deal_line_id) WHERE deal_line_id IS NOT NULL",
        # Its invoice was reversed: what issues filled of it is about no invoice any more.
        "ALTER TABLE pending_serial ADD COLUMN released BOOLEAN NOT NULL DEFAULT FALSE",
    )
    _guard(db)


def _guard(db):
    """Keep what was agreed: a deal is never deleted, and what it says stays once it is final."""
    gone, fixed = "a deal is never deleted", "the lines of a deal that has ended are never changed"
    if is_sqlite(db):
        create(
            db,
            f"CREATE TRIGGER deal_no_delete BEFORE DELETE ON deal BEGIN SELECT RAISE(ABORT, '{gone}'); END",
            f"CREATE TRIGGER deal_no_replace BEFORE INSERT ON deal "
            f"WHEN EXISTS (SELECT 1 FROM deal WHERE id = new.id) BEGIN SELECT RAISE(ABORT, '{gone}'); END",
            "CREATE TRIGGER deal_line_no_delete BEFORE DELETE ON deal_line "
            "WHEN (SELECT state FROM deal WHERE id = old.deal_id) <> 'draft' "
            f"BEGIN SELECT RAISE(ABORT, '{gone}'); END",
            "CREATE TRIGGER deal_line_ended BEFORE UPDATE ON deal_line "
            "WHEN (SELECT state FROM deal WHERE id = old.deal_id) IN ('done', 'cancelled') "
            f"BEGIN SELECT RAISE(ABORT, '{fixed}'); END",
        )
        return
    create(
        db,
        "CREATE FUNCTION deal_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{gone}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE FUNCTION deal_line_guard() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE now_is TEXT; BEGIN "
        "SELECT state INTO now_is FROM deal WHERE id = old.deal_id; "
        "IF TG_OP = 'DELETE' AND now_is <> 'draft' THEN "
        f"RAISE EXCEPTION '{gone}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF TG_OP = 'UPDATE' AND now_is IN ('done', 'cancelled') THEN "
        f"RAISE EXCEPTION '{fixed}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN old; END IF; RETURN new; END $$",
        "CREATE TRIGGER deal_kept BEFORE DELETE ON deal FOR EACH ROW EXECUTE FUNCTION deal_guard()",
        "CREATE TRIGGER deal_no_truncate BEFORE TRUNCATE ON deal "
        "FOR EACH STATEMENT EXECUTE FUNCTION deal_guard()",
        "CREATE TRIGGER deal_line_kept BEFORE UPDATE OR DELETE ON deal_line "
        "FOR EACH ROW EXECUTE FUNCTION deal_line_guard()",
    )
