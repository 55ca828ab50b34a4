"""The house rules that no linter knows."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("tui", "screens", "store", "scanners", "print")
# Below this a file needs no reason; above it, name the reason here.
LONGEST = 300
LONGER_WITH_REASON: dict[str, str] = {}


def sources() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def test_files_are_small() -> None:
    long = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in sources()
        if len(path.read_text().splitlines()) > LONGEST
    }
    assert set(long) == set(LONGER_WITH_REASON), long


def test_every_folder_of_tests_is_a_package() -> None:
    """Without it, tests/store would shadow store."""
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize("module", ["store.domain.terms", "scanners", "store", "print"])
def test_importing_loads_nothing_from_upstairs(module: str) -> None:
    """Import contracts see names, this sees what really gets loaded."""
    heavy = "{'textual', 'rich'} & {name.split('.')[0] for name in sys.modules}"
    code = f"import sys, importlib; importlib.import_module('{module}'); print(*sorted({heavy}))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


def test_importing_has_no_effect() -> None:
    """A module that opens a file, a socket or a database when imported would fail here."""
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sources()
        if path.name not in {"__main__.py", "build_hook.py"} and "migrations" not in path.parts
    ]
    code = (
        "import sys, builtins\n"
        "def hook(event, args):\n"
        "    if event in ('socket.connect', 'sqlite3.connect', 'subprocess.Popen'):\n"
        "        raise SystemExit(f'{event} at import: {args}')\n"
        "    if event == 'open' and isinstance(args[1], str) and set(args[1]) & set('wax+'):\n"
        "        raise SystemExit(f'writes {args[0]} at import')\n"
        "import importlib\n"
        "import textual.app\n"
        "sys.dont_write_bytecode = True\n"
        "sys.addaudithook(hook)\n" + "\n".join(f"importlib.import_module({name!r})" for name in modules)
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_no_file_names_a_place_of_one_machine() -> None:
    hosts = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org|/root/|/home/[a-z]+/")
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    found = [
        name
        for name in tracked
        if name and name not in {"LICENSE", "tests/test_hygiene.py"} and (ROOT / name).is_file()
        if hosts.search((ROOT / name).read_bytes().decode(errors="ignore"))
    ]
    assert found == []


def test_public_names_have_docstrings_that_are_sentences() -> None:
    """Ruff sees that there is one; a docstring that only repeats the name says nothing."""
    poor = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                doc = ast.get_docstring(node) or ""
                words = set(re.findall(r"[a-z]+", doc.lower()))
                if doc and words <= set(re.findall(r"[a-z]+", node.name.lower().replace("_", " "))):
                    poor.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert poor == []
