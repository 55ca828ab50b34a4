"""`sztuka check` costs no more for a line of a long document than for one of a short one: it is counted."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from peewee import Database

from store.check.rule import Rule
from store.check.run import all_rules, check_store
from store.models.sql import execute, is_postgres, stream
from tests.store.company import Company
from tests.store.conftest import opened_company
from tests.store.wide import widen

FEW, FOLD = 50, 4
MOST = 2.2
"""So much more than `FOLD` times the work may be: indexes are deeper. A square would be `FOLD` times that."""


def steps(database: Database, query: str) -> int:
    """Return how many steps SQLite's machine takes for a query, in tens."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    connection = database.connection()
    connection.set_progress_handler(count, 10)
    try:
        for _row in stream(query):
            pass
    finally:
        connection.set_progress_handler(None, 0)
    return taken


def rows_read(database: Database, query: str) -> int:
    """Return how many rows PostgreSQL touches for a query, over all nodes of its plan."""
    with closing(database.execute_sql(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {query}")) as cursor:
        found = cursor.fetchone()[0]
    plan = found if isinstance(found, list) else json.loads(found)
    return round(sum(_touched(node) for node in _nodes(plan[0]["Plan"])))


def _nodes(node: dict[str, object]) -> Iterator[dict[str, object]]:
    yield node
    for child in node.get("Plans", ()):  # type: ignore[attr-defined]
        yield from _nodes(child)


def _touched(node: dict[str, object]) -> float:
    once = sum(
        float(str(value))
        for name, value in node.items()
        if name == "Actual Rows" or name.startswith("Rows Removed by")
    )
    return once * float(str(node["Actual Loops"]))


def work(company: Company) -> dict[str, int]:
    """Return what each rule costs, by its code and place in the list."""
    measure: Callable[[Database, str], int] = rows_read if is_postgres() else steps
    execute("ANALYZE")
    with company.database.atomic():
        if is_postgres():
            # Tables of a test are so small that reading all of them is quickest. Those of a company are not.
            execute("SET LOCAL enable_seqscan = off")
        return {
            f"{rule.code} {number}": measure(company.database, _plain(rule))
            for number, rule in enumerate(all_rules())
        }


def _plain(rule: Rule) -> str:
    return rule.query.replace("%", "%%") if is_postgres() else rule.query


def measured(url: str, lines: int) -> dict[str, int]:
    with opened_company(url) as company:
        widen(company, lines)
        assert list(check_store(company.database)) == []
        return work(company)


@pytest.fixture(params=["sqlite", "postgresql"])
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Two empty stores of one kind."""
    if request.param == "sqlite":
        template = request.getfixturevalue("migrated_file")
        paths = [tmp_path / f"{number}.db" for number in range(2)]
        for path in paths:
            shutil.copy(template, path)
        return str(paths[0]), str(paths[1])
    server, template = (request.getfixturevalue(name) for name in ("postgres", "migrated_template"))
    names = ["wide_short", "wide_long"]
    for name in names:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return server.url(names[0]), server.url(names[1])


def test_no_rule_costs_the_square_of_a_documents_lines(urls: tuple[str, str]) -> None:
    few, many = measured(urls[0], FEW), measured(urls[1], FEW * FOLD)
    too_much = {
        rule: (few[rule], many[rule]) for rule in few if many[rule] > MOST * FOLD * max(few[rule], FEW)
    }
    assert too_much == {}
