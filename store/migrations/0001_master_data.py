"""Places, parties, locations, people and products."""

from store.migrations.dialect import create


def up(_migrator, db):
    create(
        db,
        """CREATE TABLE place (
            id {id},
            kind TEXT NOT NULL CHECK (kind IN ('location', 'party'))
        )""",
        """CREATE TABLE party (
            id {id},
            place_id BIGINT NOT NULL UNIQUE REFERENCES place (id),
            code TEXT NOT NULL UNIQUE CHECK (code <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            tax_id TEXT NOT NULL,
            is_customer BOOLEAN NOT NULL,
            is_supplier BOOLEAN NOT NULL,
            is_own BOOLEAN NOT NULL,
            address TEXT NOT NULL,
            retired BOOLEAN NOT NULL
        )""",
        # One row at most is our own company.
        "CREATE UNIQUE INDEX party_own ON party (is_own) WHERE is_own",
        """CREATE TABLE location (
            id {id},
            place_id BIGINT NOT NULL UNIQUE REFERENCES place (id),
            code TEXT NOT NULL UNIQUE CHECK (code <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            retired BOOLEAN NOT NULL
        )""",
        """CREATE TABLE operator (
            id {id},
            code TEXT NOT NULL UNIQUE CHECK (code <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            role TEXT NOT NULL CHECK (role IN ('worker', 'supervisor', 'admin')),
            language TEXT,
            pin_hash TEXT,
            badge_digest TEXT UNIQUE,
            failures INTEGER NOT NULL CHECK (failures >= 0),
            locked_until {timestamp},
            retired BOOLEAN NOT NULL
        )""",
        """CREATE TABLE terminal (
            id {id},
            code TEXT NOT NULL UNIQUE CHECK (code <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            location_id BIGINT NOT NULL REFERENCES location (id),
            hostname TEXT UNIQUE,
            address TEXT UNIQUE,
            printer TEXT NOT NULL,
            retired BOOLEAN NOT NULL
        )""",
        """CREATE TABLE product_kind (
            id {id},
            code TEXT NOT NULL UNIQUE CHECK (code <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            nature TEXT NOT NULL CHECK (nature IN ('goods', 'service')),
            retired BOOLEAN NOT NULL
        )""",
        """CREATE TABLE product (
            id {id},
            sku TEXT NOT NULL,
            sku_key TEXT NOT NULL UNIQUE CHECK (sku_key <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            kind_id BIGINT NOT NULL REFERENCES product_kind (id),
            tracking TEXT NOT NULL CHECK (tracking IN ('serial', 'quantity')),
            warranty_months INTEGER NOT NULL CHECK (warranty_months BETWEEN 0 AND 1200),
            serial_pattern TEXT,
            retired BOOLEAN NOT NULL
        )""",
        """CREATE TABLE gtin (
            id {id},
            product_id BIGINT NOT NULL REFERENCES product (id),
            gtin TEXT NOT NULL UNIQUE CHECK (length(gtin) = 14)
        )""",
        "CREATE INDEX gtin_product ON gtin (product_id)",
    )
