"""Documents with their lines, drafts, refusals and counters."""

from store.migrations.dialect import create


def up(_migrator, db):
    create(
        db,
        """CREATE TABLE counter (
            series TEXT NOT NULL,
            year INTEGER NOT NULL,
            last BIGINT NOT NULL CHECK (last > 0),
            PRIMARY KEY (series, year)
        )""",
        """CREATE TABLE document (
            id {id},
            type TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('open', 'posted', 'cancelled')),
            number TEXT UNIQUE,
            location_id BIGINT NOT NULL REFERENCES location (id),
            party_id BIGINT NOT NULL REFERENCES party (id),
            units_of_supplier BOOLEAN NOT NULL,
            reference TEXT NOT NULL,
            reason TEXT NOT NULL,
            opened_at {timestamp} NOT NULL,
            opened_by_id BIGINT NOT NULL REFERENCES operator (id),
            opened_name TEXT NOT NULL,
            posted_at {timestamp},
            posted_by_id BIGINT REFERENCES operator (id),
            posted_name TEXT,
            effective_at {timestamp},
            close_token TEXT UNIQUE,
            CHECK ((status = 'posted') = (number IS NOT NULL)),
            CHECK ((status = 'posted') = (posted_at IS NOT NULL))
        )""",
        "CREATE INDEX document_list ON document (type, location_id, status, id)",
        "CREATE INDEX document_party ON document (party_id)",
        """CREATE TABLE document_line (
            id {id},
            document_id BIGINT NOT NULL REFERENCES document (id),
            position INTEGER NOT NULL,
            product_id BIGINT NOT NULL REFERENCES product (id),
            expected BIGINT CHECK (expected > 0),
            scanned BIGINT NOT NULL CHECK (scanned >= 0),
            rejected BIGINT NOT NULL CHECK (rejected >= 0),
            announced INTEGER NOT NULL CHECK (announced >= 0),
            unit_price BIGINT,
            UNIQUE (document_id, position)
        )""",
        """CREATE TABLE expected_serial (
            id {id},
            line_id BIGINT NOT NULL REFERENCES document_line (id),
            serial TEXT NOT NULL,
            serial_key TEXT NOT NULL CHECK (serial_key <> ''),
            UNIQUE (line_id, serial_key)
        )""",
        "CREATE INDEX expected_serial_key ON expected_serial (serial_key)",
        """CREATE TABLE draft_scan (
            id {id},
            document_id BIGINT NOT NULL REFERENCES document (id),
            line_id BIGINT NOT NULL REFERENCES document_line (id),
            product_id BIGINT NOT NULL REFERENCES product (id),
            unit_id BIGINT REFERENCES unit (id),
            serial TEXT,
            serial_key TEXT CHECK (serial_key <> ''),
            quantity BIGINT NOT NULL CHECK (quantity > 0),
            rejected BOOLEAN NOT NULL,
            reason TEXT NOT NULL,
            announced BOOLEAN NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('draft', 'posted', 'removed')),
            text TEXT NOT NULL,
            scanned_at {timestamp} NOT NULL,
            operator_id BIGINT NOT NULL REFERENCES operator (id),
            operator_name TEXT NOT NULL,
            terminal_id BIGINT NOT NULL REFERENCES terminal (id),
            terminal_name TEXT NOT NULL,
            token TEXT NOT NULL UNIQUE,
            removed_at {timestamp},
            removed_by_id BIGINT REFERENCES operator (id),
            CHECK ((serial IS NULL) = (serial_key IS NULL)),
            CHECK (serial IS NULL OR quantity = 1000),
            CHECK ((state = 'removed') = (removed_at IS NOT NULL))
        )""",
        "CREATE UNIQUE INDEX draft_scan_once ON draft_scan (document_id, product_id, serial_key) "
        "WHERE state <> 'removed'",
        # Over all open documents: two terminals cannot take the same piece.
        "CREATE UNIQUE INDEX draft_scan_taken ON draft_scan (product_id, serial_key) WHERE state = 'draft'",
        "CREATE INDEX draft_scan_page ON draft_scan (document_id, id)",
        "CREATE INDEX draft_scan_key ON draft_scan (serial_key) WHERE state = 'draft'",
        """CREATE TABLE refused_scan (
            id {id},
            document_id BIGINT NOT NULL REFERENCES document (id),
            text TEXT NOT NULL,
            code TEXT NOT NULL,
            data TEXT NOT NULL,
            scanned_at {timestamp} NOT NULL,
            operator_id BIGINT NOT NULL REFERENCES operator (id),
            operator_name TEXT NOT NULL,
            terminal_id BIGINT NOT NULL REFERENCES terminal (id),
            token TEXT NOT NULL UNIQUE
        )""",
        "CREATE INDEX refused_scan_page ON refused_scan (document_id, id)",
    )
