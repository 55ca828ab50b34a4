"""What units are looked for by, each found by an index, and searches that are kept under a name."""

from store.migrations.dialect import create, is_sqlite


def up(_migrator, db):
    # SQLite has the row's id at the end of every index.
    last = "" if is_sqlite(db) else ", id"
    create(
        db,
        f"CREATE INDEX unit_product ON unit (product_id{last})",
        "CREATE INDEX unit_warranty ON unit (warranty_until) WHERE warranty_until IS NOT NULL",
        """CREATE TABLE saved_search (
            id {id},
            operator_id BIGINT REFERENCES operator (id),
            name TEXT NOT NULL CHECK (name <> ''),
            name_key TEXT NOT NULL CHECK (name_key <> ''),
            text TEXT NOT NULL,
            product_id BIGINT REFERENCES product (id),
            party_id BIGINT REFERENCES party (id),
            document_id BIGINT REFERENCES document (id),
            field_id BIGINT REFERENCES field (id),
            value TEXT NOT NULL,
            sold_first DATE,
            sold_last DATE,
            under_warranty BOOLEAN NOT NULL,
            open_complaint BOOLEAN NOT NULL,
            saved_at {timestamp} NOT NULL,
            saved_by_id BIGINT NOT NULL REFERENCES operator (id),
            CHECK (field_id IS NOT NULL OR value = ''),
            CHECK (sold_last >= sold_first),
            CHECK (operator_id IS NULL OR operator_id = saved_by_id),
            CHECK (text <> '' OR product_id IS NOT NULL OR party_id IS NOT NULL OR document_id IS NOT NULL
                   OR field_id IS NOT NULL OR sold_first IS NOT NULL OR sold_last IS NOT NULL
                   OR under_warranty OR open_complaint)
        )""",
        # An operator's own name is used once by that operator, a shared one once by all.
        "CREATE UNIQUE INDEX saved_search_own ON saved_search (operator_id, name_key) "
        "WHERE operator_id IS NOT NULL",
        "CREATE UNIQUE INDEX saved_search_shared ON saved_search (name_key) WHERE operator_id IS NULL",
    )
