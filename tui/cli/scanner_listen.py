"""The listening part of `sztuka scanner learn`: takes nobody's keyboard for a scanner."""

import asyncio
from dataclasses import dataclass

from scanners.devices import REAL, Device, Roots, devices, stable_id
from scanners.learning import CHECK_CODE, Finding, Verdict, examine
from scanners.ports import Opener, open_port
from scanners.watch import Watch
from screens.scanner_words import printable
from store.domain.errors import SztukaError
from store.domain.language import N_, _
from tui.cli.scanner_text import say, user_words

WORDS = {
    Verdict.TYPED: N_(
        "{device}: this was typed by hand, so it is not taken. Scan a code. (If you did scan one: set the"
        " scanner to send without a delay between characters, and start again.)"
    ),
    Verdict.SHORT: N_("{device}: too short to be told from typing. Scan a longer code."),
    Verdict.UNREADABLE: N_("{device}: what came is no text. Scan another code, or give the right --baud."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """The device that scanned, and what its code showed."""

    device: Device
    id: str
    finding: Finding

    @property
    def name(self) -> str:
        """What the maker calls it, as far as it can be shown."""
        return printable(self.device.name).strip()


async def listen(*, baud: int, seconds: int, roots: Roots = REAL, opener: Opener = open_port) -> Learned:
    """Wait up to `seconds` until a device scans. Raises SztukaError, which says what to do, if none does."""
    async with Watch(baud=baud, opener=opener, roots=roots) as watch:
        _say_left_out(watch)
        if not watch.heard and (watch.unreadable or watch.held):
            raise SztukaError(
                _("no device here can be listened to; `sztuka scanner list` shows why and what mends it")
            )
        say(_("Scan one code with the scanner now. Best is a code that says: {code}").format(code=CHECK_CODE))
        say(_("Any code will do if you know what stands below it. Do not type. Ctrl+C ends."))
        try:
            async with asyncio.timeout(seconds):
                return await _first_scan(watch, roots)
        except TimeoutError:
            message = _(
                "nothing was scanned within {seconds} seconds; `sztuka scanner list` shows what may be read"
            )
            raise SztukaError(message.format(seconds=seconds)) from None


async def _first_scan(watch: Watch, roots: Roots) -> Learned:
    typed_on: set[Device] = set()
    while True:
        burst = await watch.burst()
        finding, device = examine(burst), burst.device
        name = printable(device.name)
        if finding.verdict is Verdict.SCAN:
            if device in typed_on:
                # A scanner between keyboard and computer, or somebody very quick.
                message = _(
                    "{device} was typed on by hand before, so it is a keyboard and is not learned: reading it"
                    " would take the keyboard from you. A scanner that shares the keyboard's plug needs no"
                    " learning: its codes are recognised as they are typed into the program."
                )
                raise SztukaError(message.format(device=name))
            say(_("It is {device} ({path}).").format(device=name, path=device.path))
            return Learned(device=device, id=stable_id(device, devices(roots)), finding=finding)
        if finding.verdict is Verdict.TYPED:
            typed_on.add(device)
        if finding.verdict in WORDS:
            say(_(WORDS[finding.verdict]).format(device=name))


def _say_left_out(watch: Watch) -> None:
    for path, error in watch.unreadable.items():
        say(_("{path} is not listened to: {reason}").format(path=path, reason=error.strerror or str(error)))
    for path, holder in watch.held.items():
        say(_("{path} is in use by {user}").format(path=path, user=user_words(holder)))
