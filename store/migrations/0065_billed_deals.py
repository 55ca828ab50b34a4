"""What an invoice had put with the customer of a deal before the deal was put there: it is there once."""

from store.migrations.dialect import create


def up(_migrator, db):
    create(
        db,
        """CREATE TABLE deal_billed (
            id {id},
            deal_line_id BIGINT NOT NULL REFERENCES deal_line (id),
            invoice_line_id BIGINT NOT NULL REFERENCES invoice_line (id),
            quantity BIGINT NOT NULL CHECK (quantity > 0),
            UNIQUE (deal_line_id, invoice_line_id)
        )""",
        "CREATE INDEX deal_billed_invoice ON deal_billed (invoice_line_id)",
    )
