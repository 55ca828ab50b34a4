"""The store says what it is, and never its password."""

from store.queries.about import facts
from tests.store.company import Company


def test_engine_and_name(company: Company) -> None:
    engine, name = company.run(facts)
    is_file = name.endswith("store.db")
    assert engine.startswith("SQLite 3." if is_file else "PostgreSQL ")
    assert is_file or name.startswith("store_")
