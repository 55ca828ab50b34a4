"""The costs of customers and products in the order in which reports sum them up."""

from store.migrations.dialect import create


def up(_migrator, db):
    # Sums are taken along it one after the other, without a table of groups on the side.
    create(
        db,
        "CREATE INDEX cost_group ON cost (holder_id, product_id, currency, borne, day, amount)",
    )
