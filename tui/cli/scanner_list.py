"""`sztuka scanner list`: what is plugged in, and what keeps it from scanning."""

import sys
from collections.abc import Iterator, Sequence

from scanners.devices import REAL, Device, Roots, devices, matching, stable_id
from scanners.holder import Holder, holder_of
from scanners.permission import RELOAD, RULES_PATH, may_read, rule_for
from scanners.settings import ScannerKind, ScannerSettings
from scanners.watch import OUR_PROGRAM
from screens.scanner_words import printable
from store.domain.language import N_, _
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.scanner_text import entry_words, user_words

KINDS = {ScannerKind.EVDEV: N_("keyboard"), ScannerKind.SERIAL: N_("serial port")}


def run(context: Context) -> int:
    """Print the devices, then the configured scanners that are not there."""
    for line in lines(context.settings.scanners):
        sys.stdout.write(line + "\n")
    return Exit.OK


def lines(scanners: Sequence[ScannerSettings], roots: Roots = REAL) -> Iterator[str]:
    """Return the lines to print."""
    found = devices(roots)
    if not found:
        yield _("No keyboard and no serial port of a USB device was found.")
    for device in found:
        yield f"{device.path}  {printable(device.name)}"
        facts = dict(_facts(device, found, scanners))
        width = max(len(name) for name in facts)
        for name, value in facts.items():
            yield f"  {name:<{width}}  {printable(value)}"
        yield from _mending(device)
        yield ""
    for scanner in scanners:
        yield from _absent(scanner, found)
    if not scanners:
        yield _("No scanner is configured. Run: sztuka scanner learn")


def _facts(
    device: Device, found: Sequence[Device], scanners: Sequence[ScannerSettings]
) -> Iterator[tuple[str, str]]:
    best = stable_id(device, found)
    yield _("id"), best
    yield _("also"), ", ".join(each for each in device.ids if each not in {best, str(device.path)}) or "-"
    yield _("kind"), _(KINDS[device.kind])
    entries = [
        entry_words(scanner)
        for scanner in scanners
        if scanner.kind is device.kind and device in matching(scanner.id, found)
    ]
    yield _("configured"), "; ".join(entries) or _("no")
    yield _("used by"), _use_words(device, holder_of(device.path))
    yield _("readable"), _("yes") if may_read(device) else _("no")


def _use_words(device: Device, holder: Holder | None) -> str:
    if holder is None:
        return _("nobody that can be seen")
    text = user_words(holder)
    if device.kind is ScannerKind.EVDEV and holder.program != OUR_PROGRAM:
        # Every desktop has all keyboards open, and grabs none.
        return _("{program} has it open, which does no harm unless it grabs it").format(program=text)
    return text


def _mending(device: Device) -> Iterator[str]:
    """Return what to do where this user may not read the device."""
    if may_read(device):
        return
    if device.kind is ScannerKind.EVDEV and device.bus not in {"usb", "bt"}:
        yield "  " + _("It is built into the machine, so it is no scanner: nothing to mend.")
        return
    yield "  " + _("If this is the scanner (never for a keyboard: it would be readable by others), put")
    for line in rule_for(device).splitlines():
        yield f"    {line}"
    yield "  " + _("into {file}, as administrator, and run").format(file=RULES_PATH)
    yield f"    {RELOAD}"
    yield "  " + _("You must sit at the machine or be in the group plugdev. Then plug the scanner in again.")


def _absent(scanner: ScannerSettings, found: Sequence[Device]) -> Iterator[str]:
    matches = [each for each in matching(scanner.id, found) if each.kind is scanner.kind]
    entry = entry_words(scanner)
    if len(matches) > 1:
        paths = ", ".join(str(device.path) for device in matches)
        yield _("{entry}: its id fits several devices ({paths}). Learn it again.").format(
            entry=entry, paths=paths
        )
    elif not matches:
        yield _("{entry}: not plugged in (id {id}).").format(entry=entry, id=scanner.id)
