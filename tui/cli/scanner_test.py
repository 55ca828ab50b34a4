"""`sztuka scanner test`: what a scanner sends, as the program itself would get it."""

import asyncio
import signal
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scanners.client import COMMAND, Scanned, ScannerClient, ScannerEvent, Unusable
from scanners.devices import REAL, Roots, devices, matching
from scanners.settings import ScannerKind, ScannerSettings, Terminator
from scanners.status import Status
from screens.scanner_words import printable, scanner_text
from screens.words import refusal_text
from store.domain.errors import SztukaError
from store.domain.language import _
from store.domain.scan import Scan
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.scanner_text import escaped, say

SYMBOLOGIES = {
    "]A0": "Code 39", "]C0": "Code 128", "]C1": "GS1-128", "]E0": "EAN-13/UPC", "]E4": "EAN-8",
    "]I1": "ITF", "]L0": "PDF417", "]Q1": "QR", "]Q3": "GS1 QR", "]d1": "Data Matrix", "]z0": "Aztec",
    "]d2": "GS1 DataMatrix", "]e0": "GS1 DataBar",
}  # fmt: skip


def run(context: Context) -> int:
    """Print each scan and all news until Ctrl+C."""
    chosen = choose(context.settings.scanners, **settings_of(context))
    return asyncio.run(_show(chosen, context.settings.terminal))


def settings_of(context: Context) -> dict[str, Any]:
    """Return the id and the settings that the command line gives."""
    options = context.arguments
    return {
        "wanted": options.id,
        "layout": options.layout,
        "baud": options.baud,
        "kind": options.kind and ScannerKind(options.kind),
        "terminator": options.terminator and Terminator(options.terminator),
    }


def choose(
    configured: Sequence[ScannerSettings], *, wanted: str | None, roots: Roots = REAL, **given: Any
) -> list[ScannerSettings]:
    """Return the scanners to try: the configured ones, or the one that `wanted` names, set as `given`.

    Raises SztukaError when there is none.
    """
    changes = {name: value for name, value in given.items() if value is not None}
    if wanted is None:
        if not configured:
            raise SztukaError(_("no scanner is configured; run: sztuka scanner learn"))
        return [replace(scanner, **changes) for scanner in configured]
    found = devices(roots)
    matches = matching(wanted, found)
    chosen = [
        scanner
        for scanner in configured
        if wanted in {scanner.name, scanner.id}
        or (
            matches and [each for each in matching(scanner.id, found) if each.kind is scanner.kind] == matches
        )
    ]
    if chosen:
        return [replace(scanner, **changes) for scanner in chosen]
    if not matches and not wanted.startswith("/"):
        message = _("there is no scanner {id}; `sztuka scanner list` shows what is there")
        raise SztukaError(message.format(id=repr(wanted)))
    kind = matches[0].kind if matches else _kind_of(wanted)
    return [ScannerSettings(**{"id": wanted, "kind": kind} | changes)]


def _kind_of(path: str) -> ScannerKind:
    return ScannerKind.EVDEV if path.startswith("/dev/input/") else ScannerKind.SERIAL


async def _show(scanners: Sequence[ScannerSettings], terminal: str) -> int:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - we run in it
    for number in (signal.SIGTERM, signal.SIGHUP):
        # As by Ctrl+C: the agent is ended and its folder removed.
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    say(_("Scan. Ctrl+C ends."))
    try:
        async with ScannerClient(scanners, terminal=terminal, command=COMMAND) as client:
            async for event in client.events():
                say(event_text(event))
    except asyncio.CancelledError:
        return Exit.INTERRUPTED
    return Exit.OK


def event_text(event: ScannerEvent) -> str:
    """Return an event as lines."""
    if isinstance(event, Status):
        return printable(scanner_text(event))
    if isinstance(event, Unusable):
        return f"{printable(event.device)}  {escaped(event.raw)}\n  {printable(refusal_text(event.refusal))}"
    return _scan_text(event)


def _scan_text(event: Scanned) -> str:
    scan = event.scan
    device = printable(scan.device or "")
    parts = [f"{scan.at.astimezone():%H:%M:%S.%f}"[:-3] + f"  {device}  {escaped(scan.raw)}"]
    if scan.symbology:
        parts.append(f"  {_('symbology')}: {_symbology(scan)}")
    if scan.gs1 is not None:
        facts = {"GTIN": scan.gs1.gtin, _("serial"): scan.gs1.serial, _("lot"): scan.gs1.lot}
        parts += [f"  {name}: {escaped(value)}" for name, value in facts.items() if value]
    return "\n".join(parts)


def _symbology(scan: Scan) -> str:
    code = scan.symbology or ""
    return f"{code} {SYMBOLOGIES[code]}" if code in SYMBOLOGIES else code
