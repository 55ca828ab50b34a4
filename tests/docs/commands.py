"""The table of commands in docs/screens.md, made from the commands themselves.

`python -m tests.docs.commands` writes it anew.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import screens
from screens.commands import COMMON, Command
from screens.frame import Frame
from tests.docs.pages import ROOT

BEGIN = "<!-- Written by `python -m tests.docs.commands`. -->\n\n"
END = "\n\n<!-- The end of what is written. -->"
PAGE = ROOT / "docs/screens.md"


def table() -> str:
    """Return the table: a row for each command, with the screens that have it."""
    where: dict[Command, list[str]] = {}
    for screen in sorted(_screens(Frame), key=lambda kind: kind.__module__):
        for command in screen.OFFERS:
            name = screen.__module__.removeprefix("screens.")
            where.setdefault(command, [])
            where[command] += [] if name in where[command] else [name]
    lines = ["| Key | Command | Barcode | On | What it does |", "|---|---|---|---|---|"]
    lines += [_row(command, "every screen") for command in COMMON]
    ordered = sorted(where, key=lambda command: (where[command], _order(command)))
    lines += [_row(command, ", ".join(f"`{name}`" for name in where[command])) for command in ordered]
    return "\n".join(lines)


def _screens(base: type[Frame]) -> Iterator[type[Frame]]:
    """Return the screens that are shown: the classes that none is derived from."""
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        import_module(module.name)
    for kind in base.__subclasses__():
        if not kind.__module__.startswith("screens."):
            continue  # a test's own
        yield from _screens(kind) if kind.__subclasses__() else [kind]


def _order(command: Command) -> tuple[int, str]:
    return len(command.key_name), command.key_name


def _row(command: Command, where: str) -> str:
    return f"| {command.key_name} | {command.label} | `{command.barcode}` | {where} | {command.help} |"


def main() -> None:
    """Put the table as it is now into the page."""
    head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(head + BEGIN + table() + END + rest.split(END)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
