"""When each unit is to be serviced next, and which kinds of events and which team a company has for it."""

from store.migrations.dialect import create, is_sqlite

COUNTS = (
    "({e}.kind_code IN ('service', 'inspection') OR {e}.meter IS NOT NULL OR {e}.corrects_id IS NOT NULL)"
)
"""Events after which the next service is another one."""
RECURS = "(p.service_months IS NOT NULL OR p.service_meter IS NOT NULL)"
AGAIN = "ON CONFLICT (unit_id) DO UPDATE SET stale = excluded.stale"


def up(_migrator, db):
    create(
        db,
        """CREATE TABLE service_plan (
            id {id},
            unit_id BIGINT NOT NULL UNIQUE REFERENCES unit (id),
            stale BOOLEAN NOT NULL,
            counted_from DATE,
            counted_meter BIGINT,
            next_due DATE,
            next_meter BIGINT,
            reading BIGINT,
            made BOOLEAN NOT NULL DEFAULT (1 = 0),
            CHECK (next_due IS NULL OR counted_from IS NOT NULL)
        )""",
        "CREATE INDEX service_plan_stale ON service_plan (id) WHERE stale",
        "CREATE INDEX service_plan_due ON service_plan (next_due, id) "
        "WHERE next_due IS NOT NULL AND NOT made",
        "CREATE INDEX service_plan_meter ON service_plan (id) WHERE reading >= next_meter AND NOT made",
        "ALTER TABLE team ADD COLUMN takes_services BOOLEAN NOT NULL DEFAULT (1 = 0)",
        # Tasks that nobody sets go to one team.
        "CREATE UNIQUE INDEX team_services ON team (takes_services) WHERE takes_services AND NOT retired",
        "ALTER TABLE event_kind ADD COLUMN name_pl TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE event_kind ADD COLUMN position INTEGER NOT NULL DEFAULT 0",
        f"""INSERT INTO service_plan (unit_id, stale) SELECT u.id, (1 = 1) FROM product p
        JOIN unit u ON u.product_id = p.id WHERE {RECURS}""",
    )
    (_sqlite if is_sqlite(db) else _postgres)(db)


def _sqlite(db):
    wanted = f"EXISTS (SELECT 1 FROM product p WHERE p.id = new.product_id AND {RECURS})"
    mark = f"INSERT INTO service_plan (unit_id, stale) VALUES (new.unit_id, 1) {AGAIN};"
    create(
        db,
        f"CREATE TRIGGER service_plan_moved AFTER INSERT ON movement "
        f"WHEN new.unit_id IS NOT NULL AND {wanted} BEGIN {mark} END",
        f"CREATE TRIGGER service_plan_told AFTER INSERT ON event "
        f"WHEN {COUNTS.format(e='new')} AND {wanted} BEGIN {mark} END",
        "CREATE TRIGGER service_plan_interval AFTER UPDATE OF service_months, service_meter ON product "
        "WHEN old.service_months IS NOT new.service_months OR old.service_meter IS NOT new.service_meter "
        "BEGIN INSERT INTO service_plan (unit_id, stale) "
        f"SELECT u.id, 1 FROM unit u WHERE u.product_id = new.id {AGAIN}; END",
    )


def _postgres(db):
    insert = "INSERT INTO service_plan (unit_id, stale) SELECT DISTINCT f.unit_id, true FROM fresh f"
    product = f"JOIN product p ON p.id = f.product_id AND {RECURS}"
    # In the order of their ids, so that two terminals never wait for each other.
    moved = f"{insert} {product} WHERE f.unit_id IS NOT NULL ORDER BY 1 {AGAIN}"
    told = f"{insert} {product} WHERE {COUNTS.format(e='f')} ORDER BY 1 {AGAIN}"
    changed = (
        "INSERT INTO service_plan (unit_id, stale) SELECT u.id, true FROM unit u "
        f"WHERE u.product_id = new.id ORDER BY u.id {AGAIN}"
    )
    for name, body in (("moved", moved), ("told", told), ("interval", changed)):
        create(
            db,
            f"CREATE FUNCTION service_plan_{name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {body}; RETURN NULL; END $$",
        )
    create(
        db,
        *(
            f"CREATE TRIGGER service_plan_{name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh "
            f"FOR EACH STATEMENT EXECUTE FUNCTION service_plan_{name}()"
            for name, table in (("moved", "movement"), ("told", "event"))
        ),
        "CREATE TRIGGER service_plan_interval AFTER UPDATE OF service_months, service_meter ON product "
        "FOR EACH ROW WHEN (old.service_months IS DISTINCT FROM new.service_months "
        "OR old.service_meter IS DISTINCT FROM new.service_meter) "
        "EXECUTE FUNCTION service_plan_interval()",
    )
