"""Custom fields of product kinds, their values on units, and every change of a value."""

from store.migrations.dialect import create, forbid, is_sqlite


def up(_migrator, db):
    # Keys are compared byte by byte on both databases: a beginning is then a range of the index.
    bytewise = "" if is_sqlite(db) else ' COLLATE "C"'
    typed = f"""
            text TEXT NOT NULL CHECK (text <> ''),
            key TEXT{bytewise} NOT NULL,
            number BIGINT,
            party_id BIGINT REFERENCES party (id),
            other_id BIGINT REFERENCES unit (id)"""
    create(
        db,
        """CREATE TABLE field (
            id {id},
            code TEXT NOT NULL UNIQUE CHECK (code <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            type TEXT NOT NULL CHECK (type IN (
                'text', 'lines', 'number', 'money', 'date', 'choice', 'choices', 'yes_no', 'link', 'party',
                'unit')),
            measure TEXT NOT NULL,
            choices TEXT NOT NULL,
            pattern TEXT NOT NULL,
            message TEXT NOT NULL,
            default_text TEXT NOT NULL,
            retired BOOLEAN NOT NULL,
            CHECK ((type IN ('choice', 'choices')) = (choices <> ''))
        )""",
        """CREATE TABLE kind_field (
            id {id},
            kind_id BIGINT NOT NULL REFERENCES product_kind (id),
            field_id BIGINT NOT NULL REFERENCES field (id),
            position INTEGER NOT NULL,
            required BOOLEAN NOT NULL,
            on_list BOOLEAN NOT NULL,
            on_label BOOLEAN NOT NULL,
            on_card BOOLEAN NOT NULL,
            retired BOOLEAN NOT NULL,
            UNIQUE (kind_id, field_id)
        )""",
        "CREATE INDEX kind_field_field ON kind_field (field_id)",
        f"""CREATE TABLE field_value (
            id {{id}},
            unit_id BIGINT NOT NULL REFERENCES unit (id),
            field_id BIGINT NOT NULL REFERENCES field (id),{typed},
            fits BOOLEAN NOT NULL,
            UNIQUE (unit_id, field_id)
        )""",
        "CREATE INDEX field_value_key ON field_value (field_id, key)",
        "CREATE INDEX field_value_number ON field_value (field_id, number) WHERE number IS NOT NULL",
        "CREATE INDEX field_value_party ON field_value (party_id) WHERE party_id IS NOT NULL",
        "CREATE INDEX field_value_other ON field_value (other_id) WHERE other_id IS NOT NULL",
        # What is filled in before its unit is born, kept with the scan until the document is closed.
        f"""CREATE TABLE draft_value (
            id {{id}},
            scan_id BIGINT NOT NULL REFERENCES draft_scan (id),
            field_id BIGINT NOT NULL REFERENCES field (id),{typed},
            UNIQUE (scan_id, field_id)
        )""",
        """CREATE TABLE field_change (
            id {id},
            unit_id BIGINT NOT NULL REFERENCES unit (id),
            field_id BIGINT NOT NULL REFERENCES field (id),
            field_name TEXT NOT NULL,
            old_text TEXT,
            new_text TEXT,
            operator_id BIGINT NOT NULL REFERENCES operator (id),
            operator_name TEXT NOT NULL,
            changed_at {timestamp} NOT NULL,
            CHECK (coalesce(old_text, '') <> coalesce(new_text, ''))
        )""",
        "CREATE INDEX field_change_unit ON field_change (unit_id, field_id, id)",
    )
    forbid(db, "field_change", message="a change of a field is never changed or deleted")
    if is_sqlite(db):
        # REPLACE takes the old row away without asking the triggers that forbid deleting.
        create(
            db,
            "CREATE TRIGGER field_change_no_replace BEFORE INSERT ON field_change "
            "WHEN EXISTS (SELECT 1 FROM field_change WHERE id = new.id) "
            "BEGIN SELECT RAISE(ABORT, 'a change of a field is never changed or deleted'); END",
        )
