"""The program on a real console, its scanner a real (emulated) USB keyboard; docs/testing.md tells more.

One boot serves all tests, and one program most of them: both are slow to start under emulation. No test needs
another one to have run.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from store.database import open_database
from store.demo.build import build
from store.demo.people import badge_of
from store.migrate import migrate
from tests.system.lending import (
    CUSTOMER,
    LENDABLE,
    RENTED,
    STATES,
    extend,
    give_back,
    rent,
    steps,
)
from tests.system.machine import SCANNER, Guest, running_guest

pytestmark = pytest.mark.guest

COMMAND = (sys.executable, "-P", "-m", "tui")
ENVIRON = {"SZTUKA_CONFIG": "/mnt/config.toml"}
STORE = "/run/store.db"
CONFIG = f"""
language = "en"
store = "{STORE}"

[log]
folder = "/mnt/log"

[[scanners]]
id = "usb:0627:0001:{SCANNER}"
name = "Bench scanner"
timeout_ms = 3000
"""
OPERATOR = "104"
REFERENCE = "LS-88120"
"""The delivery of monitors that waits in Warsaw."""
SCANS = f"""
    SELECT s.serial FROM draft_scan s JOIN document d ON d.id = s.document_id
    WHERE d.reference = '{REFERENCE}' AND s.state <> 'removed' ORDER BY s.id
"""
REGRAB_SECONDS = 20.0
"""Much for a person. What it depends on is held to a second by tests/scanners/test_reader.py."""
SIGKILL = 9


@pytest.fixture(scope="module")
def guest() -> Iterator[Guest]:
    """The guest, with a demo company that has its first terminal there."""
    with running_guest() as guest:
        make_store(guest.work / "store.db")
        (guest.work / "config.toml").write_text(CONFIG)
        # Copied into the guest's memory: SQLite's shared memory does not work over 9p.
        assert guest.call("run", argv=["cp", "/mnt/store.db", STORE], env={})["status"] == 0
        yield guest


def make_store(path: Path) -> None:
    database = open_database(str(path))
    with database.connection_context():
        migrate(database)
        build(database, units=200, today=datetime.now(UTC).date(), hostname="guest")
        database.execute_sql("PRAGMA journal_mode = DELETE")


@dataclass
class Shift:
    """The program on tty1, somebody signed in, the delivery open."""

    guest: Guest
    pid: int = 0
    count: int = 0
    seen: dict[str, str] = field(default_factory=dict)
    """Screens of the sign-in."""

    def start(self) -> None:
        """Start the program, scan what is no badge, type, sign in by badge, scan the delivery."""
        guest = self.guest
        self.pid = guest.call("start", argv=COMMAND, env=ENVIRON)
        guest.shows("Operator", "Bench scanner: ready to scan.")
        guest.scan("NOT-A-BADGE-1")
        self.seen["refused"] = guest.shows("nobody's badge")
        guest.press(*OPERATOR)
        self.seen["typed"] = guest.shows(OPERATOR)
        guest.scan(badge_of(OPERATOR))
        guest.shows("1 Deliveries", "Warehouse temp")
        guest.press("1")
        guest.shows(REFERENCE)
        guest.scan(REFERENCE)
        guest.shows("Monitor Orla 27")

    def scan_new(self) -> str:
        """Scan the serial of a monitor that is not in the delivery yet; return it once it is acknowledged."""
        self.count += 1
        serial = f"OR27K9{self.count:07}"
        scanned = len(self.stored())
        self.guest.scan(serial)
        self.guest.shows(serial, f"{scanned + 1}/20")
        return serial

    def stored(self) -> list[str]:
        """Return the serials that the store has for this delivery, in the order of the scans."""
        return [serial for [serial] in self.guest.call("query", path=STORE, statement=SCANS)]


@pytest.fixture(scope="module")
def shift(guest: Guest) -> Shift:
    shift = Shift(guest)
    shift.start()
    return shift


def scanner(guest: Guest) -> Any:
    return guest.call("device_of", serial=SCANNER)


def test_a_scan_is_not_typed_into_the_focused_field(shift: Shift) -> None:
    assert "NOT-A-BADGE" not in shift.seen["refused"]
    # And not after the operator's own keys either: the field holds what they typed, and no more.
    assert OPERATOR in [line.strip() for line in shift.seen["typed"].splitlines()]


def test_the_operators_own_keyboard_works(shift: Shift) -> None:
    """A keyboard of the same make, told from the scanner by its serial alone."""
    assert OPERATOR in shift.seen["typed"]
    shift.guest.press("f1")
    shift.guest.shows("Help: ", "Take back your last scan")
    shift.guest.press("esc")
    shift.guest.shows("Monitor Orla 27", lacks=["Help: "])


def test_a_scan_reaches_the_open_delivery_and_is_committed(shift: Shift) -> None:
    before = shift.stored()
    first, second = shift.scan_new(), shift.scan_new()
    assert shift.stored() == [*before, first, second]


def test_it_is_unplugged_and_plugged_in_and_scanning_goes_on(shift: Shift) -> None:
    guest, before = shift.guest, shift.stored()
    guest.unplug()
    guest.shows("Bench scanner was unplugged. Plug it in again.")
    guest.plug()
    seen = guest.call("wait_screen", has=["Bench scanner: ready to scan."])
    assert seen["at"] - scanner(guest)["at"] < REGRAB_SECONDS
    assert shift.stored() == before
    serial = shift.scan_new()
    assert shift.stored() == [*before, serial]


def test_a_second_program_is_told_who_has_the_scanner(shift: Shift) -> None:
    guest = shift.guest
    second = guest.call("start", argv=COMMAND, env=ENVIRON, tty=2)
    try:
        text = guest.shows("Bench scanner is in use at terminal", tty=2)
        told = re.search(r"in use at terminal (.+) by root \(process (\d+)\)", text)
        assert told is not None, text
        assert int(told[2]) in guest.call("holders", path=scanner(guest)["path"])
        shift.scan_new()
        assert "OR27K" not in guest.call("screen", tty=2)
    finally:
        guest.call("kill", pid=second, number=SIGKILL)
        guest.call("wait_gone", pid=second)


def test_the_list_of_scanners_tells_it_from_the_keyboard_and_names_who_uses_it(shift: Shift) -> None:
    listed = shift.guest.call("run", argv=[*COMMAND, "scanner", "list"], env=ENVIRON)
    assert (listed["status"], listed["err"]) == (0, "")
    devices = {part.split()[0]: part for part in listed["out"].split("\n\n") if "usb:0627:0001:" in part}
    mine = devices.pop(scanner(shift.guest)["path"])
    assert f"usb:0627:0001:{SCANNER}" in mine
    assert "Bench scanner" in mine
    assert "T1" in mine
    [other] = devices.values()
    assert "usb:0627:0001:OPERATOR" in other
    assert "Bench scanner" not in other


def test_two_units_are_rented_extended_and_given_back(shift: Shift) -> None:
    """From the menu and back to the delivery, which other tests have open."""
    guest = shift.guest

    def query(statement: str) -> list[list[Any]]:
        return list(guest.call("query", path=STORE, statement=statement))

    [[customer]], serials = query(CUSTOMER), [serial for [serial] in query(LENDABLE)]
    steps(guest, ("%SZ%BACK", "F2 New"), ("%SZ%BACK", "4 Lending"))
    rent(guest, customer, serials)
    [[number]] = query(RENTED)
    assert query(STATES.format(number=number)) == [[each, "rented", 1, 0, 0] for each in serials]
    steps(guest, ("%SZ%OK", "F2 New"), ("%SZ%BACK", "1 Rentals"), ("%SZ%BACK", "4 Lending"))
    extend(guest, number, len(serials))
    give_back(guest, serials)
    assert query(STATES.format(number=number)) == [[each, "stock", 1, 1, 1] for each in serials]
    steps(guest, ("%SZ%OK", "F2 New"), ("%SZ%BACK", "2 Returns"), ("%SZ%BACK", "4 Lending"))
    steps(guest, ("%SZ%1", REFERENCE), (REFERENCE, "Monitor Orla 27"))


def test_a_killed_program_frees_the_scanner_and_loses_nothing(shift: Shift) -> None:
    guest, serial = shift.guest, shift.scan_new()
    before = shift.stored()
    holding = guest.call("holders", path=scanner(guest)["path"])
    assert holding
    assert shift.pid not in holding
    killed = guest.call("kill", pid=shift.pid, number=SIGKILL)
    for pid in holding:
        assert guest.call("wait_gone", pid=pid) - killed < REGRAB_SECONDS
    reader = guest.call("start", argv=["cat"], env={})
    guest.scan("typed again")
    guest.shows("typed again\ntyped again")
    guest.call("kill", pid=reader)
    guest.call("wait_gone", pid=reader)
    assert shift.stored() == before
    shift.start()
    guest.shows(serial)
    assert shift.stored() == before
    later = shift.scan_new()
    assert shift.stored() == [*before, later]
