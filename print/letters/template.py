"""A template: its placeholders, and everything that is wrong with it, told with its line."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from print.letters.values import BLOCKS, FIELD, UNIT_VALUES, VALUES, allowed
from store.domain.errors import SztukaError
from store.domain.language import Language, _

_BRACES = re.compile(r"\{\{(.*?)\}\}")
_STRAY = re.compile(r"\{\{|\}\}")
_SINGLE = re.compile(r"(?<!\{)\{\s*([a-z_.]+)\s*\}(?!\})")
_OPEN, _CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
"""Stands for a placeholder while Markdown is read, so that no letter of a name means anything there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A letter as the company wrote it."""

    name: str
    """As it is asked for: `reminder` of `reminder.pl.md`."""
    language: Language
    file: Path
    text: str
    shipped: bool = False
    """It came with the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something in a template that cannot be printed."""

    file: Path
    line: int
    """From 1; 0: the file as a whole."""
    text: str
    """What stands there."""
    why: str
    """In the language in force."""
    allowed: tuple[str, ...] = ()
    """The names that may stand there, where it is a wrong name."""

    def sentence(self) -> str:
        """Return it as compilers write it, the allowed names at the end."""
        where = f"{self.file}:{self.line}" if self.line else str(self.file)
        told = f"{where}: {self.text}: {self.why}" if self.text else f"{where}: {self.why}"
        if not self.allowed:
            return told
        return _("{told}; allowed: {names}").format(told=told, names=", ".join(self.allowed))


class TemplateError(SztukaError):
    """A template cannot be printed; the message names every fault, one a line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Refuse a template for `faults`, at least one."""
        super().__init__("\n".join(fault.sentence() for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """The text of a template with a mark for each placeholder."""

    lines: tuple[str, ...]
    names: tuple[str, ...]
    """The names by the number of their mark."""

    @property
    def text(self) -> str:
        """The lines together."""
        return "\n".join(self.lines)

    def named(self, text: str) -> list[str]:
        """Return the names whose marks stand in `text`."""
        return [self.names[int(number)] for number in MARK.findall(text)]

    def shown(self, text: str) -> str:
        """Return `text` as the company wrote it."""
        return MARK.sub(lambda mark: f"{{{{{self.names[int(mark[1])]}}}}}", text)


def marked(template: Template) -> Marked:
    """Return the template with marks. What `faults_of_names` finds wrong gets a mark all the same."""
    names: list[str] = []

    def mark(found: re.Match[str]) -> str:
        names.append(found[1].strip())
        return f"{_OPEN}{len(names) - 1}{_CLOSE}"

    text = template.text.replace(_OPEN, "�").replace(_CLOSE, "�")
    lines = tuple(_BRACES.sub(mark, line) for line in text.splitlines())
    return Marked(lines=lines, names=tuple(names))


def is_of_unit(name: str) -> bool:
    """Tell whether a name says something of one unit, and so stands in a row that each unit repeats."""
    return name in UNIT_VALUES or name.startswith(FIELD)


def faults_of_names(template: Template, fields: frozenset[str] | None) -> Iterator[Fault]:
    """Yield what is wrong with the placeholders of `template`.

    `fields` are the codes of the company's own ones; None: they are not known, and any may be named.
    """
    for number, line in enumerate(template.text.splitlines(), start=1):
        for text, why, names in _wrong(line, fields):
            yield Fault(file=template.file, line=number, text=text, why=why, allowed=names)


def _wrong(line: str, fields: frozenset[str] | None) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    names = allowed(fields or frozenset())
    if _OPEN in line or _CLOSE in line:
        yield line.strip(), _("has a letter that no font has (U+E000 or U+E001)"), ()
    for found in _BRACES.finditer(line):
        name = found[1].strip()
        if name not in names and not (fields is None and name.startswith(FIELD)):
            yield found[0], _no_such(name, names), tuple(names)
    rest = _BRACES.sub("", line)
    for stray in _STRAY.finditer(rest):
        yield (
            rest[stray.start() :].strip(),
            _("a placeholder begins with {opening} and ends with {closing} on one line").format(
                opening="{{", closing="}}"
            ),
            (),
        )
    for single in _SINGLE.finditer(rest):
        if single[1] in names:
            yield single[0], _("a placeholder has two braces: {text}").format(text=f"{{{{{single[1]}}}}}"), ()


def _no_such(name: str, names: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return _("there is no such placeholder; did you mean {name}?").format(name=close[0])
    return _("there is no such placeholder")


def filled(marks: Marked, values: dict[str, str]) -> str:
    """Return the text without the lines whose placeholders all stand for nothing: no "NIP:" of nobody."""
    kept = [line for line in marks.lines if not _is_empty(marks.named(line), values)]
    return "\n".join(kept)


def _is_empty(names: Sequence[str], values: dict[str, str]) -> bool:
    return bool(names) and all(name in VALUES and not values[name].strip() for name in names)


def is_block(name: str) -> bool:
    """Tell whether a name is of something that is no text."""
    return name in BLOCKS
