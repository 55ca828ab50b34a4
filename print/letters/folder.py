"""The templates that there are: those of the company's folder, and those that came with the program."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from print.letters.template import Fault, Template
from store.domain.errors import StoreError
from store.domain.language import Language, _

_NAME = re.compile(r"(?P<name>[^.]+)\.(?P<language>[a-z]+)\.md")
LARGEST = 200_000
"""Bytes; a letter has some two thousand."""


def template(folder: Path, name: str, language: Language) -> Template:
    """Return the template `name` in `language`; the company's own goes before the one of the program.

    Raises StoreError when there is none, naming those that there are, or when it cannot be read.
    """
    for shipped, path in ((False, folder / f"{name}.{language}.md"), (True, _shipped(name, language))):
        if path.is_file() and path.name == f"{name}.{language}.md":
            return _read(path, name, language, shipped=shipped)
    there = sorted({f"{each.name} ({each.language})" for each in templates(folder)})
    message = _("there is no letter {name} in {language}; there are: {names}")
    raise StoreError(message.format(name=name, language=language, names=", ".join(there)))


def templates(folder: Path) -> list[Template]:
    """Return every template, by name and language. Files that are none are left out: see `strange`."""
    found = {(each.name, each.language): each for each in (*_all(_home(), shipped=True), *_all(folder))}
    return [found[key] for key in sorted(found)]


def strange(folder: Path) -> list[Fault]:
    """Return a fault for each Markdown file of the folder that cannot be a template."""
    found = []
    for path in sorted(folder.glob("*.md")):
        if _parts(path) is None:
            why = _("is named NAME.LANGUAGE.md, the language one of: {languages}")
            told = why.format(languages=", ".join(Language))
            found.append(Fault(file=path, line=0, text="", why=told))
        elif (trouble := _unreadable(path)) is not None:
            found.append(Fault(file=path, line=0, text="", why=trouble))
    return found


def copy_shipped(folder: Path) -> list[Path]:
    """Put the templates of the program into the folder, to be changed; what is there stays as it is.

    Returns the new files. Raises OSError when they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for each in _all(_home(), shipped=True):
        path = folder / each.file.name
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(each.text)
        except FileExistsError:
            continue
        made.append(path)
    return made


def _home() -> Path:
    return Path(str(files("print.letters") / "shipped"))


def _shipped(name: str, language: Language) -> Path:
    return _home() / f"{name}.{language}.md"


def _all(folder: Path, *, shipped: bool = False) -> Iterator[Template]:
    for path in sorted(folder.glob("*.md")):
        parts = _parts(path)
        if parts and _unreadable(path) is None:
            yield _read(path, *parts, shipped=shipped)


def _parts(path: Path) -> tuple[str, Language] | None:
    match = _NAME.fullmatch(path.name)
    if match is None or match["language"] not in set(Language):
        return None
    return match["name"], Language(match["language"])


def _unreadable(path: Path) -> str | None:
    """Return why a file cannot be read, or None."""
    try:
        if path.stat().st_size > LARGEST:
            return _("is too large for a letter")
        path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return _("is not UTF-8")
    except OSError as error:
        return error.strerror or str(error)
    return None


def _read(path: Path, name: str, language: Language, *, shipped: bool) -> Template:
    why = _unreadable(path)
    if why is not None:
        raise StoreError(f"{path}: {why}")
    text = path.read_text(encoding="utf-8-sig")
    return Template(name=name, language=language, file=path, text=text, shipped=shipped)
