"""Reservations: a unit is promised to one party a day, whatever the programs do."""

from store.migrations.dialect import create


def up(_migrator, db):
    create(
        db,
        """CREATE TABLE reservation (
            id {id},
            party_id BIGINT NOT NULL REFERENCES party (id),
            location_id BIGINT NOT NULL REFERENCES location (id),
            first_day DATE NOT NULL,
            last_day DATE NOT NULL,
            note TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('open', 'fulfilled', 'cancelled')),
            document_id BIGINT UNIQUE REFERENCES document (id),
            made_at {timestamp} NOT NULL,
            made_by_id BIGINT NOT NULL REFERENCES operator (id),
            made_name TEXT NOT NULL,
            token TEXT NOT NULL UNIQUE,
            CHECK (first_day <= last_day)
        )""",
        "CREATE INDEX reservation_open ON reservation (first_day, id) WHERE status = 'open'",
        """CREATE TABLE reserved_piece (
            id {id},
            reservation_id BIGINT NOT NULL REFERENCES reservation (id),
            product_id BIGINT NOT NULL REFERENCES product (id),
            unit_id BIGINT REFERENCES unit (id),
            quantity BIGINT NOT NULL CHECK (quantity > 0),
            CHECK (unit_id IS NULL OR quantity = 1000),
            UNIQUE (reservation_id, unit_id)
        )""",
        "CREATE INDEX reserved_piece_reservation ON reserved_piece (reservation_id)",
        "CREATE INDEX reserved_piece_product ON reserved_piece (product_id)",
        # Rows of open reservations only: they go when it is cancelled or handed out.
        """CREATE TABLE reserved_day (
            id {id},
            unit_id BIGINT NOT NULL REFERENCES unit (id),
            day DATE NOT NULL,
            piece_id BIGINT NOT NULL REFERENCES reserved_piece (id),
            UNIQUE (unit_id, day)
        )""",
        "CREATE INDEX reserved_day_piece ON reserved_day (piece_id)",
    )
