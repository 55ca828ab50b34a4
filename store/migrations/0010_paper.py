"""Papers as they were printed, once each, with every time that one was sent to a printer."""

from store.migrations.dialect import create, forbid, is_sqlite

KEPT = {
    "paper_file": "sha256 = new.sha256",
    "paper": "id = new.id",
    "paper_unit": "paper_id = new.paper_id AND unit_id = new.unit_id",
    "paper_print": "id = new.id",
}
"""The tables that nothing is taken from, and what makes a row of each the same."""


def up(_migrator, db):
    create(
        db,
        """CREATE TABLE paper_file (
            sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
            size BIGINT NOT NULL CHECK (size > 0),
            content {blob} NOT NULL
        )""",
        """CREATE TABLE paper (
            id {id},
            kind TEXT NOT NULL CHECK (kind <> ''),
            language TEXT NOT NULL CHECK (language IN ('pl', 'en', 'both')),
            document_id BIGINT REFERENCES document (id),
            party_id BIGINT REFERENCES party (id),
            number TEXT NOT NULL,
            sha256 TEXT NOT NULL REFERENCES paper_file (sha256),
            made_at {timestamp} NOT NULL,
            operator_id BIGINT REFERENCES operator (id),
            operator_name TEXT NOT NULL CHECK (operator_name <> ''),
            terminal_id BIGINT REFERENCES terminal (id),
            terminal_name TEXT NOT NULL,
            token TEXT NOT NULL UNIQUE
        )""",
        "CREATE INDEX paper_document ON paper (document_id, id) WHERE document_id IS NOT NULL",
        "CREATE INDEX paper_party ON paper (party_id, id) WHERE party_id IS NOT NULL",
        "CREATE INDEX paper_sha256 ON paper (sha256)",
        """CREATE TABLE paper_unit (
            paper_id BIGINT NOT NULL REFERENCES paper (id),
            unit_id BIGINT NOT NULL REFERENCES unit (id),
            PRIMARY KEY (paper_id, unit_id)
        )""",
        "CREATE INDEX paper_unit_unit ON paper_unit (unit_id, paper_id)",
        """CREATE TABLE paper_print (
            id {id},
            paper_id BIGINT NOT NULL REFERENCES paper (id),
            copies INTEGER NOT NULL CHECK (copies > 0),
            is_copy BOOLEAN NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('printed', 'queued', 'stopped', 'failed', 'no_queue', 'down',
                                                 'hung', 'saved')),
            queue TEXT NOT NULL,
            job TEXT NOT NULL,
            reason TEXT NOT NULL,
            file TEXT NOT NULL,
            printed_at {timestamp} NOT NULL,
            operator_id BIGINT REFERENCES operator (id),
            operator_name TEXT NOT NULL CHECK (operator_name <> ''),
            terminal_id BIGINT REFERENCES terminal (id),
            terminal_name TEXT NOT NULL,
            token TEXT NOT NULL UNIQUE,
            CHECK ((state = 'saved') = (file <> ''))
        )""",
        "CREATE INDEX paper_print_paper ON paper_print (paper_id, id)",
        "ALTER TABLE terminal ADD COLUMN label_printer TEXT NOT NULL DEFAULT ''",
    )
    for table, same in KEPT.items():
        message = "a paper that was made is never changed or deleted"
        forbid(db, table, message=message)
        if is_sqlite(db):
            # REPLACE takes the old row away without asking the triggers that forbid deleting.
            create(
                db,
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
            )
