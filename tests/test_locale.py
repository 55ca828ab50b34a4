"""Everything that people read is in the catalogue, translated, and with the fields of the original."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tests.locale import CATALOGUES, PACKAGES, ROOT, collect, read, updated

FIELD = re.compile(r"\{[^{}]*\}|%\([a-z_]+\)[sr]|%[sr]")
SHOWS = frozenset(
    [
        "say",
        "show",
        "update",
        "ask",
        "yes_or_no",
        "notify",
        "stop_work",
        "Static",
        "TextLine",
        "Item",
        "Notice",
        "Said",
        "Misread",
        "StoreError",
        "ConfigError",
    ]
)
"""What puts what it is given before a person's eyes."""
READ = frozenset(
    {"label", "help", "description", "epilog", "title", "placeholder", "prompt", "hint", "metavar"}
)
"""Keywords whose values are read, whatever is called."""
SAYS = re.compile(r"(^|_)(text|words|title|sentence|line|head)$")
"""Functions that return what is read."""
SAME_EVERYWHERE = frozenset({"sztuka", "url", "baud", "socket"})
FOR_PROGRAMS = frozenset({"scanners/agent.py"})
"""What the agent says goes to the program, which has its own words for it."""
WORD = re.compile(r"[^\W\d_]{3,}")


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
    def ends(text: str) -> tuple[object, ...]:
        mark = re.search(r"(\.\.\.|[.:?!])?\s*$", text)
        return text[:1].isspace(), text[-1:].isspace(), mark and mark[1]

    wrong = [
        message.id
        for message in read(path)
        if message.id
        and not {ends(text) for text in strings(message)} <= {ends(text) for text in originals(message)}
    ]
    assert wrong == []


def test_what_is_shown_is_marked() -> None:
    """What is handed to a screen or a stream as it stands would be English for everybody."""
    found = []
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            name = str(file.relative_to(ROOT))
            if name not in FOR_PROGRAMS:
                found += [f"{name}: {text}" for text in _english(file.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("self.say('Done.')", 1),
        ("self.say(f'{count} pieces')", 1),
        ("sys.stderr.write(x if y else 'nothing')", 1),
        ("Command(label='Close', code='CLOSE')", 1),
        ("def title_text(self):\n    return 'Deliveries: {}'.format(x)", 1),
        ("self.say(_('Done.'))", 0),
        ("self.say(ngettext('{n} piece', '{n} pieces', n).format(n=n) + ' ' + names['party'])", 0),
        ("sys.stderr.write(f'sztuka: {error}')", 0),
    ],
)
def test_unmarked_words_are_found(code: str, count: int) -> None:
    assert len(_english(code)) == count


def _english(source: str) -> list[str]:
    """Return the unmarked words that a module puts before people, with their lines."""
    return [
        f"line {text.lineno}, {text.value!r}"
        for node in ast.walk(ast.parse(source))
        for shown in _shown(node)
        for text in _unmarked(shown)
        if isinstance(text.value, str)
        and any(word.lower() not in SAME_EVERYWHERE for word in WORD.findall(text.value))
    ]


def _shown(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions in `node` whose text a person reads."""
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name.split(".")[-1] in SHOWS or name in {"sys.stdout.write", "sys.stderr.write"}:
            yield from node.args
        yield from (each.value for each in node.keywords if each.arg in READ)
    elif isinstance(node, ast.FunctionDef) and SAYS.search(node.name):
        for each in ast.walk(node):
            if isinstance(each, ast.Return | ast.Yield) and each.value:
                yield each.value


def _unmarked(node: ast.expr) -> Iterator[ast.Constant]:
    """Yield the strings of an expression that stand there as they are."""
    match node:
        case ast.Constant(value=str()):
            yield node
        case ast.JoinedStr(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _unmarked(part)
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            yield from _unmarked(left)
            yield from _unmarked(right)
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from _unmarked(part)
        case ast.FormattedValue(value=value) | ast.Call(func=ast.Attribute(value=value, attr="format")):
            yield from _unmarked(value)
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=[value]):
            yield from _unmarked(value)
