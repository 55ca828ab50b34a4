"""`sztuka scanner learn`: one code scanned tells which device is the scanner, and how it is set."""

import asyncio
import os
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scanners.devices import REAL, Roots, devices, matching
from scanners.layouts import layout
from scanners.learning import CHECK_CODE
from scanners.ports import Opener, open_port
from scanners.settings import ScannerKind, ScannerSettings
from store.domain.errors import SztukaError
from store.domain.language import _
from tui import paths
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.scanner_listen import Learned, listen
from tui.cli.scanner_text import entry_words, escaped, say
from tui.config.edit import write_scanner
from tui.config.schema import CONFIG_VARIABLE

SAME = frozenset({"us", "pl"})
"""Layouts that give the same characters without AltGr."""


def run(context: Context, *, roots: Roots = REAL, opener: Opener = open_port) -> int:
    """Listen until a code is scanned, show what was found, and write it."""
    options = context.arguments
    with _silent_terminal():
        learned = asyncio.run(listen(baud=options.baud, seconds=options.seconds, roots=roots, opener=opener))
    scanner = ScannerSettings(
        id=learned.id,
        name=options.name or learned.name,
        kind=learned.device.kind,
        layout=_layout(learned, options.layout),
        terminator=learned.finding.terminator,
        baud=options.baud,
    )
    found = devices(roots)
    ids = [each for each in learned.device.ids if len(matching(each, found)) == 1]
    path = own_file(context)
    write_scanner(path, scanner, ids=ids, others=_others(context, path, ids))
    say(_("Written into {file}:").format(file=path))
    say(f"  {entry_words(scanner)}")
    say(f"  id = {scanner.id}")
    say(_("Try it: sztuka scanner test"))
    return Exit.OK


def own_file(context: Context) -> Path:
    """Return the configuration file that belongs to the person, or was named in its place."""
    named = context.arguments.config or os.environ.get(CONFIG_VARIABLE)
    return Path(named) if named else paths.config_files()[-1]


def _others(context: Context, path: Path, ids: list[str]) -> list[ScannerSettings]:
    """Return the scanners that another file than the person's own configures now."""
    origin = context.loaded.origins.get("scanners")
    if origin is None or (origin.file is not None and origin.file.resolve() == path.resolve()):
        return []
    return [scanner for scanner in context.settings.scanners if scanner.id not in ids]


def _layout(learned: Learned, given: str | None) -> str:
    """Return the layout: as given, as the code told, or as the person says.

    Raises SztukaError when the code told nothing and there is nobody to ask.
    """
    if learned.device.kind is ScannerKind.SERIAL:
        return "us"
    if given is not None:
        return layout(given).name
    readings = list(learned.finding.readings.items())
    if len(readings) == 1:
        return _first_of(*readings[0])
    if not sys.stdin.isatty():
        raise SztukaError(
            _("the layout is not clear from this code: scan {code}, or give --layout").format(code=CHECK_CODE)
        )
    say(_("What stands below the code that you scanned? It depends on the layout of the scanner:"))
    for number, (text, layouts) in enumerate(readings, 1):
        say(f"  {number}: {escaped(text)}  ({', '.join(layouts)})")
    while True:
        answer = input(_("Its number: ")).strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(readings):
            return _first_of(*readings[int(answer) - 1])


def _first_of(text: str, layouts: tuple[str, ...]) -> str:
    """Return the likeliest of `layouts`, and say so where a code has not told them apart."""
    say(_("It read {text}: layout {layout}.").format(text=escaped(text), layout=layouts[0]))
    if len(layouts) > 1 and set(layouts) - SAME:
        say(
            _("It may be another one of: {layouts}. To be sure, scan {code}, or give --layout.").format(
                layouts=", ".join(layouts), code=CHECK_CODE
            )
        )
    return layouts[0]


@contextmanager
def _silent_terminal() -> Iterator[None]:
    """Show nothing of what is typed, and forget it afterwards.

    The scanner is not grabbed while it is sought, so its code goes to the terminal as well: the shell must
    not take it for a command.
    """
    if not sys.stdin.isatty():
        yield
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    silent = [*before]
    silent[3] &= ~termios.ECHO
    termios.tcsetattr(descriptor, termios.TCSAFLUSH, silent)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)
