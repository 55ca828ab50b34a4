"""What the actions of `sztuka scanner` say alike."""

import sys

from scanners.holder import Holder
from scanners.settings import ScannerKind, ScannerSettings
from store.domain.language import _


def say(text: str) -> None:
    """Print a line at once, also into a pipe: the person waits for it with the scanner in the hand."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def entry_words(scanner: ScannerSettings) -> str:
    """Return how a scanner is configured."""
    if scanner.kind is ScannerKind.SERIAL:
        words = _("[[scanners]] {name}: ends with {terminator}, {baud} baud")
    else:
        words = _("[[scanners]] {name}: ends with {terminator}, layout {layout}")
    return words.format(
        name=scanner.label, terminator=scanner.terminator.value, baud=scanner.baud, layout=scanner.layout
    )


def user_words(holder: Holder) -> str:
    """Return who has a device."""
    if holder.terminal:
        words = _("{program} of {user} at terminal {terminal} (process {pid})")
    else:
        words = _("{program} of {user} (process {pid})")
    return words.format(program=holder.program, user=holder.user, terminal=holder.terminal, pid=holder.pid)


def escaped(text: str) -> str:
    r"""Return what was read with nothing hidden: GS as `\x1d`, and a backslash doubled."""
    return "".join(
        char if char.isprintable() and char != "\\" else char.encode("unicode_escape").decode()
        for char in text
    )
