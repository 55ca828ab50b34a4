"""Units, their numbers, and balances of products without serials."""

from store.migrations.dialect import create

TERMS = "('stock', 'held', 'borrowed', 'sold', 'rented', 'consigned', 'returned', 'service', 'scrapped')"


def up(_migrator, db):
    create(
        db,
        f"""CREATE TABLE unit (
            id {{id}},
            product_id BIGINT NOT NULL REFERENCES product (id),
            serial TEXT NOT NULL,
            serial_key TEXT NOT NULL CHECK (serial_key <> ''),
            place_id BIGINT REFERENCES place (id),
            owner_id BIGINT NOT NULL REFERENCES party (id),
            terms TEXT NOT NULL CHECK (terms IN {TERMS}),
            condition TEXT NOT NULL CHECK (condition IN ('new', 'used', 'damaged', 'blocked')),
            version INTEGER NOT NULL,
            last_movement_at {{timestamp}} NOT NULL,
            warranty_from DATE,
            warranty_until DATE,
            purchase_price BIGINT,
            UNIQUE (product_id, serial_key),
            CHECK ((place_id IS NULL) = (terms = 'scrapped'))
        )""",
        "CREATE INDEX unit_serial_key ON unit (serial_key)",
        "CREATE INDEX unit_place ON unit (place_id, terms, product_id)",
        "CREATE INDEX unit_owner ON unit (owner_id, terms)",
        """CREATE TABLE identifier (
            id {id},
            unit_id BIGINT NOT NULL REFERENCES unit (id),
            type TEXT NOT NULL CHECK (type IN ('inventory', 'imei', 'mac', 'customer', 'other')),
            text TEXT NOT NULL,
            key TEXT NOT NULL CHECK (key <> ''),
            UNIQUE (unit_id, type, key)
        )""",
        "CREATE INDEX identifier_key ON identifier (key)",
        # Our own inventory number is ours to keep unique.
        "CREATE UNIQUE INDEX identifier_inventory ON identifier (key) WHERE type = 'inventory'",
        f"""CREATE TABLE balance (
            id {{id}},
            product_id BIGINT NOT NULL REFERENCES product (id),
            place_id BIGINT NOT NULL REFERENCES place (id),
            owner_id BIGINT NOT NULL REFERENCES party (id),
            terms TEXT NOT NULL CHECK (terms IN {TERMS}),
            quantity BIGINT NOT NULL CHECK (quantity >= 0),
            UNIQUE (product_id, place_id, owner_id, terms)
        )""",
    )
