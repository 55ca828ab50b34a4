"""The program in a real terminal: two units rented, their protocol saved, extended, back again."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from print.pdf_text import pages_of
from tests.system.lending import CUSTOMER, LENDABLE, RENTED, STATES, extend, give_back, rent, steps
from tests.system.program import make_demo, program, sign_in


def query(store: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(statement).fetchall()


@pytest.mark.parametrize("size", [(80, 24), (20, 16)])
def test_a_rental_is_written_printed_extended_and_given_back(tmp_path: Path, size: tuple[int, int]) -> None:
    store = tmp_path / "demo.db"
    make_demo(store, tmp_path, units=200)
    ((customer,),) = query(store, CUSTOMER)
    serials = [serial for (serial,) in query(store, LENDABLE)]
    with program(store, tmp_path, size=size) as screen:
        sign_in(screen)
        rent(screen, customer, serials)
        ((number,),) = query(store, RENTED)
        assert query(store, STATES.format(number=number)) == [(each, "rented", 1, 0, 0) for each in serials]
        steps(screen, ("%SZ%PRINT", "1 Protocol"), ("%SZ%SAVE", "Saved as"), ("%SZ%OK", "saved"))
        steps(screen, ("%SZ%BACK", "F2 New"), ("%SZ%BACK", "1 Rentals"), ("%SZ%BACK", "4 Lending"))
        extend(screen, number, len(serials))
        assert query(store, STATES.format(number=number)) == [(each, "rented", 1, 0, 1) for each in serials]
        give_back(screen, serials)
        assert query(store, STATES.format(number=number)) == [(each, "stock", 1, 1, 1) for each in serials]
    (saved,) = tmp_path.rglob("WYP*.pdf")
    pdf = saved.read_bytes()
    assert query(store, "SELECT kind, sha256 FROM paper") == [("protocol", hashlib.sha256(pdf).hexdigest())]
    text = [run.text for page in pages_of(pdf) for line in page.lines for run in line]
    assert {number, *serials} <= {word for run in text for word in run.split()}
