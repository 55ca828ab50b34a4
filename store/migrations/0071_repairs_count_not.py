"""A repair does not begin the interval of recurring service anew: what one has counted is counted again."""

from store.migrations.dialect import create


def up(_migrator, db):
    create(
        db,
        "UPDATE service_plan SET stale = (1 = 1) WHERE unit_id IN (SELECT unit_id FROM repair)",
    )
