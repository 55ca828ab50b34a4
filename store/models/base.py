"""The base of all models. Which database they speak to is decided when a store is opened."""

from typing import TYPE_CHECKING, Any

from peewee import DatabaseProxy, Model

proxy = DatabaseProxy()


class Row(Model):
    """A row of a table. Rows never leave the store: operations and queries return records."""

    if TYPE_CHECKING:
        id: Any  # peewee adds it

        def __getattr__(self, name: str) -> Any: ...  # and the raw id behind each foreign key

    class Meta:
        database = proxy
        legacy_table_names = False
