"""Events, tasks and costs of units, what is built into what, and every change of a warranty."""

from store.migrations.dialect import create, forbid, is_sqlite

KINDS = (
    ("complaint", True),
    ("service", False),
    ("upgrade", False),
    ("inspection", False),
    ("note", False),
    ("reminder", False),
    ("replacement", False),
)
"""The kinds that the program knows by itself, and whether one of them stays open until it is settled."""

FACTS = (
    "id, kind_id, kind_code, kind_name, unit_id, product_id, product_name, holder_id, holder_name, text, "
    "meter, meter_unit, parts, technician_id, technician_name, operator_id, operator_name, effective_at, "
    "recorded_at, corrects_id, token"
)
"""What is never changed of an event; an open one is closed once, with its outcome."""
MESSAGE = "an event is never changed or deleted"


def up(_migrator, db):
    _events(db)
    _links(db)
    _tasks(db)
    _costs(db)
    _products(db)


def _events(db):
    create(
        db,
        """CREATE TABLE event_kind (
            id {id},
            code TEXT NOT NULL UNIQUE CHECK (code <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            is_built_in BOOLEAN NOT NULL,
            stays_open BOOLEAN NOT NULL,
            retired BOOLEAN NOT NULL
        )""",
        *(
            "INSERT INTO event_kind (code, name, is_built_in, stays_open, retired) "
            f"VALUES ('{code}', '{code}', (1 = 1), ({int(stays_open)} = 1), (1 = 0))"
            for code, stays_open in KINDS
        ),
        """CREATE TABLE event (
            id {id},
            kind_id BIGINT NOT NULL REFERENCES event_kind (id),
            kind_code TEXT NOT NULL,
            kind_name TEXT NOT NULL,
            unit_id BIGINT NOT NULL REFERENCES unit (id),
            product_id BIGINT NOT NULL REFERENCES product (id),
            product_name TEXT NOT NULL,
            holder_id BIGINT NOT NULL REFERENCES party (id),
            holder_name TEXT NOT NULL,
            text TEXT NOT NULL,
            outcome TEXT NOT NULL,
            meter BIGINT CHECK (meter >= 0),
            meter_unit TEXT NOT NULL,
            parts TEXT NOT NULL,
            status TEXT CHECK (status IN ('open', 'closed')),
            technician_id BIGINT NOT NULL REFERENCES operator (id),
            technician_name TEXT NOT NULL,
            operator_id BIGINT NOT NULL REFERENCES operator (id),
            operator_name TEXT NOT NULL,
            effective_at {timestamp} NOT NULL,
            recorded_at {timestamp} NOT NULL,
            closed_at {timestamp},
            closed_by_id BIGINT REFERENCES operator (id),
            closed_name TEXT NOT NULL,
            corrects_id BIGINT UNIQUE REFERENCES event (id),
            token TEXT NOT NULL UNIQUE,
            CHECK (effective_at <= recorded_at),
            CHECK ((closed_at IS NOT NULL) = (coalesce(status, '') = 'closed')),
            CHECK ((closed_by_id IS NULL) = (closed_at IS NULL))
        )""",
        "CREATE INDEX event_unit ON event (unit_id, id)",
        "CREATE INDEX event_holder ON event (holder_id, effective_at)",
        "CREATE INDEX event_product ON event (product_id, effective_at)",
        "CREATE INDEX event_open ON event (unit_id, kind_code) WHERE status = 'open'",
        "CREATE INDEX event_open_holder ON event (holder_id, kind_code) WHERE status = 'open'",
    )
    if is_sqlite(db):
        create(
            db,
            f"CREATE TRIGGER event_no_update BEFORE UPDATE OF {FACTS} ON event "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
            "CREATE TRIGGER event_closed_once BEFORE UPDATE ON event "
            f"WHEN old.status IS NOT 'open' BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
            "CREATE TRIGGER event_no_delete BEFORE DELETE ON event "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
        )
        _no_replace(db, "event", MESSAGE)
        return
    create(
        db,
        "CREATE FUNCTION event_forbid() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER event_facts BEFORE UPDATE OF {FACTS} ON event "
        "FOR EACH ROW EXECUTE FUNCTION event_forbid()",
        "CREATE TRIGGER event_closed_once BEFORE UPDATE ON event "
        "FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM 'open') EXECUTE FUNCTION event_forbid()",
        "CREATE TRIGGER event_no_delete BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_forbid()",
        "CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event "
        "FOR EACH STATEMENT EXECUTE FUNCTION event_forbid()",
    )


def _links(db):
    create(
        db,
        """CREATE TABLE unit_link (
            id {id},
            kind TEXT NOT NULL CHECK (kind IN ('installed', 'replaced')),
            unit_id BIGINT NOT NULL REFERENCES unit (id),
            other_id BIGINT NOT NULL REFERENCES unit (id),
            event_id BIGINT NOT NULL REFERENCES event (id),
            begun_at {timestamp} NOT NULL,
            ended_at {timestamp},
            ended_event_id BIGINT REFERENCES event (id),
            CHECK (unit_id <> other_id),
            CHECK ((ended_at IS NULL) = (ended_event_id IS NULL)),
            CHECK (ended_at >= begun_at),
            CHECK (kind = 'installed' OR ended_at IS NULL)
        )""",
        # A part is in one unit at a time; a unit is replaced by one other, once.
        "CREATE UNIQUE INDEX unit_link_installed ON unit_link (unit_id) "
        "WHERE kind = 'installed' AND ended_at IS NULL",
        "CREATE UNIQUE INDEX unit_link_replaced ON unit_link (unit_id) WHERE kind = 'replaced'",
        "CREATE UNIQUE INDEX unit_link_replacing ON unit_link (other_id) WHERE kind = 'replaced'",
        "CREATE INDEX unit_link_unit ON unit_link (unit_id, id)",
        "CREATE INDEX unit_link_other ON unit_link (other_id, id)",
        # What is built into a unit moves with it: its movement says in which.
        "ALTER TABLE movement ADD COLUMN carrier_id BIGINT REFERENCES unit (id)",
        """CREATE TABLE warranty_change (
            id {id},
            unit_id BIGINT NOT NULL REFERENCES unit (id),
            cause TEXT NOT NULL CHECK (cause IN ('anew', 'prolonged', 'carried', 'ended', 'by_hand')),
            old_from DATE,
            old_until DATE,
            new_from DATE,
            new_until DATE,
            reason TEXT NOT NULL,
            event_id BIGINT REFERENCES event (id),
            operator_id BIGINT NOT NULL REFERENCES operator (id),
            operator_name TEXT NOT NULL,
            effective_at {timestamp} NOT NULL,
            recorded_at {timestamp} NOT NULL,
            token TEXT NOT NULL UNIQUE,
            CHECK ((new_from IS NULL) = (new_until IS NULL)),
            CHECK (new_until >= new_from)
        )""",
        "CREATE INDEX warranty_change_unit ON warranty_change (unit_id, id)",
    )
    _append_only(db, "warranty_change", "a change of warranty is never changed or deleted")


def _tasks(db):
    create(
        db,
        """CREATE TABLE team (
            id {id},
            code TEXT NOT NULL UNIQUE CHECK (code <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            retired BOOLEAN NOT NULL
        )""",
        """CREATE TABLE team_member (
            id {id},
            team_id BIGINT NOT NULL REFERENCES team (id),
            operator_id BIGINT NOT NULL REFERENCES operator (id),
            UNIQUE (team_id, operator_id)
        )""",
        "CREATE INDEX team_member_operator ON team_member (operator_id)",
        """CREATE TABLE task (
            id {id},
            unit_id BIGINT REFERENCES unit (id),
            product_id BIGINT REFERENCES product (id),
            title TEXT NOT NULL CHECK (title <> ''),
            text TEXT NOT NULL,
            due DATE,
            due_meter BIGINT CHECK (due_meter > 0),
            meter_unit TEXT NOT NULL,
            priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 3),
            assignee_id BIGINT REFERENCES operator (id),
            team_id BIGINT REFERENCES team (id),
            every_months INTEGER CHECK (every_months BETWEEN 1 AND 1200),
            every_meter BIGINT CHECK (every_meter > 0),
            follows_id BIGINT UNIQUE REFERENCES task (id),
            status TEXT NOT NULL CHECK (status IN ('open', 'done', 'dropped')),
            created_at {timestamp} NOT NULL,
            created_by_id BIGINT NOT NULL REFERENCES operator (id),
            created_name TEXT NOT NULL,
            done_at {timestamp},
            done_by_id BIGINT REFERENCES operator (id),
            done_name TEXT NOT NULL,
            event_id BIGINT REFERENCES event (id),
            token TEXT NOT NULL UNIQUE,
            done_token TEXT UNIQUE,
            CHECK ((unit_id IS NULL) = (product_id IS NULL)),
            CHECK ((status = 'open') = (done_at IS NULL)),
            CHECK ((done_at IS NULL) = (done_by_id IS NULL)),
            CHECK (assignee_id IS NULL OR team_id IS NULL)
        )""",
        "CREATE INDEX task_unit ON task (unit_id, id)",
        "CREATE INDEX task_assignee ON task (assignee_id, due, id) WHERE status = 'open'",
        "CREATE INDEX task_team ON task (team_id, due, id) WHERE status = 'open'",
        "CREATE INDEX task_due ON task (due, id) WHERE status = 'open'",
        "CREATE INDEX task_open_unit ON task (unit_id) WHERE status = 'open'",
        # The recurring service of a unit waits once.
        "CREATE UNIQUE INDEX task_recurring ON task (unit_id, title) "
        "WHERE status = 'open' AND (every_months IS NOT NULL OR every_meter IS NOT NULL)",
        """CREATE TABLE task_item (
            id {id},
            task_id BIGINT NOT NULL REFERENCES task (id),
            position INTEGER NOT NULL CHECK (position > 0),
            text TEXT NOT NULL CHECK (text <> ''),
            done_at {timestamp},
            done_by_id BIGINT REFERENCES operator (id),
            UNIQUE (task_id, position),
            CHECK ((done_at IS NULL) = (done_by_id IS NULL))
        )""",
    )


def _costs(db):
    create(
        db,
        """CREATE TABLE cost (
            id {id},
            event_id BIGINT REFERENCES event (id),
            task_id BIGINT REFERENCES task (id),
            unit_id BIGINT REFERENCES unit (id),
            product_id BIGINT REFERENCES product (id),
            product_name TEXT NOT NULL,
            holder_id BIGINT REFERENCES party (id),
            holder_name TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('labour', 'parts', 'travel', 'external')),
            text TEXT NOT NULL,
            hours BIGINT CHECK (hours <> 0),
            rate BIGINT CHECK (rate >= 0),
            amount BIGINT NOT NULL CHECK (amount <> 0),
            currency TEXT NOT NULL CHECK (length(currency) = 3 AND currency = upper(currency)),
            borne TEXT NOT NULL CHECK (borne IN ('warranty', 'charged', 'own')),
            day DATE NOT NULL,
            operator_id BIGINT NOT NULL REFERENCES operator (id),
            operator_name TEXT NOT NULL,
            recorded_at {timestamp} NOT NULL,
            corrects_id BIGINT UNIQUE REFERENCES cost (id),
            token TEXT NOT NULL UNIQUE,
            CHECK ((event_id IS NULL) <> (task_id IS NULL)),
            CHECK ((unit_id IS NULL) = (product_id IS NULL)),
            CHECK ((unit_id IS NULL) = (holder_id IS NULL)),
            CHECK (amount > 0 OR corrects_id IS NOT NULL),
            CHECK ((hours IS NULL) = (rate IS NULL))
        )""",
        "CREATE INDEX cost_event ON cost (event_id)",
        "CREATE INDEX cost_task ON cost (task_id)",
        "CREATE INDEX cost_unit ON cost (unit_id, id)",
        # The reports read these and nothing else of the table.
        "CREATE INDEX cost_report ON cost (day, holder_id, product_id, currency, borne, amount)",
        "CREATE INDEX cost_holder ON cost (holder_id, day, product_id, currency, borne, amount)",
        "CREATE INDEX cost_product ON cost (product_id, day, holder_id, currency, borne, amount)",
    )
    _append_only(db, "cost", "a cost is never changed or deleted")


def _products(db):
    create(
        db,
        "ALTER TABLE product ADD COLUMN warranty_rule TEXT NOT NULL DEFAULT 'law' "
        "CHECK (warranty_rule IN ('law', 'anew', 'prolong', 'none'))",
        "ALTER TABLE product ADD COLUMN service_months INTEGER CHECK (service_months BETWEEN 1 AND 1200)",
        "ALTER TABLE product ADD COLUMN service_meter BIGINT CHECK (service_meter > 0)",
        "ALTER TABLE product ADD COLUMN meter_unit TEXT NOT NULL DEFAULT ''",
    )


def _append_only(db, table, message):
    forbid(db, table, message=message)
    if is_sqlite(db):
        _no_replace(db, table, message)


def _no_replace(db, table, message):
    # REPLACE takes the old row away without asking the triggers that forbid deleting.
    create(
        db,
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = new.id) "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
    )
