"""The currency in which a piece was bought: its price alone would be added up wrongly."""

from store.migrations.dialect import create


def up(_migrator, db):
    create(
        db,
        "ALTER TABLE document_line ADD COLUMN currency TEXT NOT NULL DEFAULT 'PLN' CHECK (currency <> '')",
        "ALTER TABLE unit ADD COLUMN purchase_currency TEXT NOT NULL DEFAULT 'PLN' "
        "CHECK (purchase_currency <> '')",
    )
