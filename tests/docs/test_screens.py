"""docs/screens.md is true to the screens: each is named, and each command of each."""

import re

from screens.commands import NO, OK, PREFIX, QUANTITY, YES
from tests.docs.commands import BEGIN, END, table
from tests.docs.pages import ROOT, codes, page, rows

TEXT = page("docs/screens.md")


def test_the_table_has_every_command_with_its_key_and_barcode() -> None:
    """Write it anew: `python -m tests.docs.commands`."""
    assert TEXT.split(BEGIN)[1].split(END)[0] == table()


def test_the_modules_that_are_named_are_there() -> None:
    first = TEXT.split("## Keys")[0]
    named = {name for cells in rows(first) for name in codes(" ".join(cells))}
    assert [name for name in named if not (ROOT / f"screens/{name}.py").exists()] == []
    with_commands = set(re.findall(r"`([a-z_]+)`", table()))
    assert with_commands - named <= {"party_choice", "product_choice"}


def test_the_barcodes_of_answers_are_the_programs() -> None:
    assert all(f"`{word}`" in TEXT for word in (YES, NO, OK, f"{QUANTITY} 10", PREFIX))
