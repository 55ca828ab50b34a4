"""Documents that go to another location of ours."""

from store.migrations.dialect import create


def up(_migrator, db):
    create(
        db,
        "ALTER TABLE document ADD COLUMN target_id BIGINT REFERENCES location (id) "
        "CONSTRAINT document_target CHECK (CASE WHEN target_id IS NULL THEN type <> 'transfer' "
        "ELSE target_id <> location_id END)",
    )
