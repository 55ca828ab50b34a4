"""On which line of a TOML file each key stands: tomllib does not tell, and neither does tomlkit."""

import re
import tomllib

_MARK = re.compile(
    r'"""(?:\\.|[^\\])*?"""' + r"|'''.*?'''" + r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'|\#[^\n]*|[\[\]{}\n]",
    re.DOTALL,
)


def statements(text: str) -> list[tuple[int, str]]:
    """Return the statements of a valid TOML text (headers and `key = value`), each with its line from 1."""
    found: list[tuple[int, str]] = []
    start = depth = 0
    for match in _MARK.finditer(text + "\n"):
        mark = match.group()
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        elif mark == "\n" and depth == 0:
            whole = text[start : match.start()]
            bare = whole.strip()
            if bare and not bare.startswith("#"):
                skipped = len(whole) - len(whole.lstrip())
                found.append((1 + text.count("\n", 0, start + skipped), bare))
            start = match.end()
    return found


def lines_of(text: str) -> dict[str, int]:
    """Return the line of each dotted key and table in a valid TOML text.

    The tables of an array are counted from 0: `scanners.0.id`. The keys of an inline table stand on the line
    of the table.
    """
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for line, statement in statements(text):
        if statement.startswith("[["):
            name = _key(statement.partition("]]")[0][2:])
            counts[name] = counts.get(name, -1) + 1
            table = f"{name}.{counts[name]}"
            lines.setdefault(name, line)
            lines.setdefault(table, line)
        elif statement.startswith("["):
            table = _key(statement[1:].partition("]")[0])
            lines.setdefault(table, line)
        else:
            key = _key(statement.partition("=")[0])
            lines[f"{table}.{key}" if table else key] = line
    return lines


def _key(written: str) -> str:
    """Return a key as written (dots, quotes) in its plain dotted form; odd quoting is left to tomllib."""
    try:
        parsed = tomllib.loads(f"{written} = 0")
    except tomllib.TOMLDecodeError:
        return written.strip()
    names = []
    level: object = parsed
    while isinstance(level, dict):
        name, level = next(iter(level.items()))
        names.append(name)
    return ".".join(names)
