"""Units in service: since when, what is wrong, where they go back to, and what came of it.

A repair is opened by the movement that brought a unit into service, whatever document made it, and closed by
the one that took it out. It remembers the terms and the place from before, so that the unit goes back exactly
there.
"""

from store.migrations.dialect import create, is_sqlite

GONE, CLOSED = "a repair is never deleted", "a repair that has ended is never changed"
INSTALLED = "what is built into another unit moves with it alone"


def up(_migrator, db):
    create(
        db,
        """CREATE TABLE repair (
            id {id},
            unit_id BIGINT NOT NULL REFERENCES unit (id),
            party_id BIGINT NOT NULL REFERENCES party (id),
            document_id BIGINT NOT NULL REFERENCES document (id),
            movement_id BIGINT NOT NULL UNIQUE REFERENCES movement (id),
            since {timestamp} NOT NULL,
            back_place_id BIGINT NOT NULL REFERENCES place (id),
            back_terms TEXT NOT NULL CHECK (back_terms IN ('sold', 'rented', 'consigned')),
            fault TEXT NOT NULL,
            accessories TEXT NOT NULL,
            event_id BIGINT REFERENCES event (id),
            ended_at {timestamp},
            ended_document_id BIGINT REFERENCES document (id),
            ended_movement_id BIGINT UNIQUE REFERENCES movement (id),
            settlement TEXT CHECK (settlement IN ('essential', 'minor', 'paid', 'none', 'replaced')),
            outcome TEXT NOT NULL,
            CHECK ((ended_at IS NULL) = (ended_document_id IS NULL)),
            CHECK ((ended_at IS NULL) = (ended_movement_id IS NULL)),
            CHECK ((ended_at IS NULL) = (settlement IS NULL)),
            CHECK (ended_at >= since)
        )""",
        # A unit is in service once at a time.
        "CREATE UNIQUE INDEX repair_open ON repair (unit_id) WHERE ended_at IS NULL",
        # What has waited longest is read from this one, in pages.
        "CREATE INDEX repair_since ON repair (since, id) WHERE ended_at IS NULL",
        "CREATE INDEX repair_party ON repair (party_id, since, id) WHERE ended_at IS NULL",
        "CREATE INDEX repair_unit ON repair (unit_id, id)",
        "CREATE INDEX repair_document ON repair (document_id)",
        "CREATE INDEX repair_ended ON repair (ended_document_id) WHERE ended_document_id IS NOT NULL",
        # What is told of a piece when it is brought, and when it is handed out, is kept with its scan.
        "ALTER TABLE draft_scan ADD COLUMN fault TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE draft_scan ADD COLUMN taken_as TEXT CHECK (taken_as IN ('complaint', 'service'))",
        "ALTER TABLE draft_scan ADD COLUMN settlement TEXT "
        "CHECK (settlement IN ('essential', 'minor', 'paid', 'none', 'replaced'))",
    )
    _guard_repairs(db)
    _guard_parts(db)


def _guard_repairs(db):
    if is_sqlite(db):
        create(
            db,
            f"CREATE TRIGGER repair_no_delete BEFORE DELETE ON repair "
            f"BEGIN SELECT RAISE(ABORT, '{GONE}'); END",
            "CREATE TRIGGER repair_no_change BEFORE UPDATE ON repair WHEN old.ended_at IS NOT NULL "
            f"BEGIN SELECT RAISE(ABORT, '{CLOSED}'); END",
            "CREATE TRIGGER repair_no_replace BEFORE INSERT ON repair "
            "WHEN EXISTS (SELECT 1 FROM repair WHERE id = new.id) "
            f"BEGIN SELECT RAISE(ABORT, '{GONE}'); END",
        )
        return
    violation = "USING ERRCODE = 'integrity_constraint_violation'"
    create(
        db,
        "CREATE FUNCTION repair_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'UPDATE' THEN RAISE EXCEPTION '{GONE}' {violation}; END IF; "
        f"IF old.ended_at IS NOT NULL THEN RAISE EXCEPTION '{CLOSED}' {violation}; END IF; "
        "RETURN new; END $$",
        "CREATE TRIGGER repair_kept BEFORE UPDATE OR DELETE ON repair "
        "FOR EACH ROW EXECUTE FUNCTION repair_guard()",
        "CREATE TRIGGER repair_no_truncate BEFORE TRUNCATE ON repair "
        "FOR EACH STATEMENT EXECUTE FUNCTION repair_guard()",
    )


def _guard_parts(db):
    """Let a built-in unit move only with the unit that it is in."""
    strays = (
        "new.unit_id IS NOT NULL AND coalesce(new.carrier_id, 0) <> coalesce((SELECT k.other_id FROM "
        "unit_link k WHERE k.unit_id = new.unit_id AND k.kind = 'installed' AND k.ended_at IS NULL), 0)"
    )
    if is_sqlite(db):
        create(
            db,
            f"CREATE TRIGGER movement_of_part BEFORE INSERT ON movement WHEN {strays} "
            f"BEGIN SELECT RAISE(ABORT, '{INSTALLED}'); END",
        )
        return
    create(
        db,
        "CREATE FUNCTION movement_of_part() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {strays} THEN RAISE EXCEPTION '{INSTALLED}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN new; END $$",
        "CREATE TRIGGER movement_of_part BEFORE INSERT ON movement "
        "FOR EACH ROW EXECUTE FUNCTION movement_of_part()",
    )
