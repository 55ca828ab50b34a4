"""Services as products: until when each is valid, for how many, what follows it; none ever lies with us."""

from store.migrations.dialect import create, is_sqlite

KINDS = ("renewal", "ending", "amendment")
"""Kinds of events that the program writes by itself about services."""
MESSAGE = "a service is never in a warehouse"
TABLES = ("unit", "balance")


def up(_migrator, db):
    create(
        db,
        "ALTER TABLE product ADD COLUMN validity_months INTEGER CHECK (validity_months BETWEEN 1 AND 1200)",
        "ALTER TABLE product ADD COLUMN seats INTEGER CHECK (seats > 0)",
        """CREATE TABLE validity (
            id {id},
            unit_id BIGINT NOT NULL UNIQUE REFERENCES unit (id),
            valid_from DATE NOT NULL,
            valid_until DATE,
            seats INTEGER CHECK (seats > 0),
            subject_id BIGINT REFERENCES unit (id),
            subject TEXT NOT NULL,
            ended_on DATE,
            renewed_id BIGINT UNIQUE REFERENCES unit (id),
            CHECK (valid_until >= valid_from),
            CHECK (ended_on >= valid_from),
            CHECK (ended_on <= valid_until),
            CHECK (subject_id <> unit_id),
            CHECK (renewed_id <> unit_id)
        )""",
        # What has to be renewed and what was not: few among all, by the day on which they end.
        "CREATE INDEX validity_expiring ON validity (valid_until, unit_id) "
        "WHERE valid_until IS NOT NULL AND ended_on IS NULL AND renewed_id IS NULL",
        "CREATE INDEX validity_subject ON validity (subject_id) WHERE subject_id IS NOT NULL",
        *(
            "INSERT INTO event_kind (code, name, is_built_in, stays_open, retired) "
            f"VALUES ('{code}', '{code}', (1 = 1), (1 = 0), (1 = 0))"
            for code in KINDS
        ),
    )
    day = "substr(u.last_movement_at, 1, 10)" if is_sqlite(db) else "CAST(u.last_movement_at AS DATE)"
    create(
        db,
        f"""INSERT INTO validity (unit_id, valid_from, subject)
        SELECT u.id, {day}, '' FROM unit u JOIN product p ON p.id = u.product_id
             JOIN product_kind k ON k.id = p.kind_id WHERE k.nature = 'service'""",
    )
    _forbid_here(db)


def _forbid_here(db):
    """Let no service come to a location of ours; one that lay there before may leave."""
    wrong = (
        "EXISTS (SELECT 1 FROM place c WHERE c.id = new.place_id AND c.kind = 'location') "
        "AND EXISTS (SELECT 1 FROM product p JOIN product_kind k ON k.id = p.kind_id "
        "WHERE p.id = new.product_id AND k.nature = 'service')"
    )
    if is_sqlite(db):
        for table in TABLES:
            for deed, what in (("insert", "INSERT"), ("update", "UPDATE OF place_id, product_id")):
                create(
                    db,
                    f"CREATE TRIGGER {table}_no_service_{deed} BEFORE {what} ON {table} WHEN {wrong} "
                    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
                )
        return
    create(
        db,
        "CREATE FUNCTION service_forbid() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {wrong} THEN RAISE EXCEPTION '{MESSAGE}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN new; END $$",
        *(
            f"CREATE TRIGGER {table}_no_service_{deed} BEFORE {what} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION service_forbid()"
            for table in TABLES
            for deed, what in (("insert", "INSERT"), ("update", "UPDATE OF place_id, product_id"))
        ),
    )
