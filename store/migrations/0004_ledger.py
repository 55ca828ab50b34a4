"""The append-only ledger."""

from store.migrations.dialect import create, forbid


def up(_migrator, db):
    create(
        db,
        """CREATE TABLE movement (
            id {id},
            unit_id BIGINT REFERENCES unit (id),
            product_id BIGINT NOT NULL REFERENCES product (id),
            document_id BIGINT NOT NULL REFERENCES document (id),
            line_id BIGINT NOT NULL REFERENCES document_line (id),
            quantity BIGINT NOT NULL CHECK (quantity > 0),
            from_place_id BIGINT REFERENCES place (id),
            from_owner_id BIGINT REFERENCES party (id),
            from_terms TEXT,
            to_place_id BIGINT REFERENCES place (id),
            to_owner_id BIGINT NOT NULL REFERENCES party (id),
            to_terms TEXT NOT NULL,
            product_name TEXT NOT NULL,
            from_name TEXT NOT NULL,
            to_name TEXT NOT NULL,
            owner_name TEXT NOT NULL,
            operator_id BIGINT NOT NULL REFERENCES operator (id),
            operator_name TEXT NOT NULL,
            terminal_id BIGINT NOT NULL REFERENCES terminal (id),
            terminal_name TEXT NOT NULL,
            effective_at {timestamp} NOT NULL,
            recorded_at {timestamp} NOT NULL,
            CHECK (unit_id IS NULL OR quantity = 1000),
            CHECK ((from_terms IS NULL) = (from_owner_id IS NULL)),
            CHECK (effective_at <= recorded_at)
        )""",
        "CREATE INDEX movement_unit ON movement (unit_id, id)",
        "CREATE INDEX movement_document ON movement (document_id)",
        "CREATE INDEX movement_quantity ON movement (product_id) WHERE unit_id IS NULL",
        """CREATE TABLE condition_change (
            id {id},
            unit_id BIGINT NOT NULL REFERENCES unit (id),
            from_condition TEXT NOT NULL,
            to_condition TEXT NOT NULL,
            reason TEXT NOT NULL,
            operator_id BIGINT NOT NULL REFERENCES operator (id),
            operator_name TEXT NOT NULL,
            effective_at {timestamp} NOT NULL,
            recorded_at {timestamp} NOT NULL
        )""",
        "CREATE INDEX condition_change_unit ON condition_change (unit_id, id)",
    )
    forbid(db, "movement", message="a movement is never changed or deleted")
    forbid(db, "condition_change", message="a change of condition is never changed or deleted")
