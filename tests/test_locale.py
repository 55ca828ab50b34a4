"""Everything that people read is in the catalogue, translated, and with the fields of the original."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tests.locale import CATALOGUES, PACKAGES, ROOT, collect, read, updated

FIELD = re.compile(r"\{[^{}]*\}|%\([a-z_]+\)[sr]|%s")
SHOWS = frozenset({"say", "show", "update", "Static", "Notice", "StoreError", "stop_work", "Misread", "Said"})
"""What puts its first argument before a person's eyes."""
WORD = re.compile(r"[A-Za-zŁŚŻŹĆŃÓĄĘ][a-ząćęłńóśźż]{3,} [a-z]{2,}")


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def originals(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parts[-3])
def path(request: pytest.FixtureRequest) -> Path:
    """Each catalogue there is."""
    found: Path = request.param
    return found


def test_there_is_polish() -> None:
    assert [path.parts[-3] for path in CATALOGUES] == ["pl"]


def test_no_string_is_missing_or_left_over(path: Path) -> None:
    assert path.read_bytes() == updated(read(path), collect()), "run: make locale"


def test_every_string_is_translated(path: Path) -> None:
    assert [message.id for message in read(path) if message.id and not all(strings(message))] == []


def test_plurals_have_all_forms(path: Path) -> None:
    catalogue = read(path)
    wrong = [m.id for m in catalogue if m.id and m.pluralizable and len(m.string) != catalogue.num_plurals]
    assert wrong == []


def test_fields_are_those_of_the_original(path: Path) -> None:
    wrong = []
    for message in read(path):
        if message.id:
            fields = [sorted(FIELD.findall(text)) for text in (originals(message)[-1], *strings(message))]
            wrong += [message.id] if any(each != fields[0] for each in fields) else []
    assert wrong == []


def test_ends_are_those_of_the_original(path: Path) -> None:
    def ends(text: str) -> tuple[bool, ...]:
        return text[:1].isspace(), text[-1:].isspace(), text.rstrip().endswith("..."), text.endswith("?")

    wrong = [
        message.id
        for message in read(path)
        if message.id
        and not {ends(text) for text in strings(message)} <= {ends(text) for text in originals(message)}
    ]
    assert wrong == []


def test_what_is_shown_is_marked() -> None:
    """A sentence that is handed to a screen as it stands would be English for everybody."""
    found = []
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and node.args and _name(node.func) in SHOWS:
                    text = node.args[0]
                    if isinstance(text, ast.Constant | ast.JoinedStr) and WORD.search(ast.unparse(text)):
                        found.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
