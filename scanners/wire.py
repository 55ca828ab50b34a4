"""What the agent and its client say to each other: one JSON object a line."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from scanners.identity import Identity
from scanners.settings import ScannerKind, ScannerSettings, Terminator
from scanners.status import State, Status
from store.domain.scan import Source

LONGEST_LINE = 256 * 1024
"""A scan of 4,096 characters, each escaped, is some 50 KB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawScan:
    """A whole read on its way to the program, with an id by which sending it again does no harm."""

    id: str
    text: str
    source: Source
    device: str
    at: datetime
    """When the terminator arrived, timezone-aware UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a new agent is to read."""

    scanners: Sequence[ScannerSettings]
    terminal: str
    """The terminal's name."""
    known: Mapping[str, Identity] = field(default_factory=dict)
    """What an agent before it read, by the id of the scanner: that and no other."""


def write_scan(scan: RawScan) -> bytes:
    """Return `scan` as a line."""
    return _line({"scan": {**asdict(scan), "at": scan.at.isoformat()}})


def write_status(status: Status) -> bytes:
    """Return `status` as a line."""
    return _line({"status": {"state": status.state, "device": status.device, "data": dict(status.data)}})


def write_ack(scan_id: str) -> bytes:
    """Return the line that says that the scan is stored."""
    return _line({"ack": scan_id})


def read_ack(line: bytes) -> str:
    """Return the id of an acknowledged scan. Raises ValueError, KeyError for anything else."""
    return str(json.loads(line)["ack"])


def read_event(line: bytes) -> RawScan | Status:
    """Return what the agent said. Raises ValueError, KeyError or TypeError when it said nothing known."""
    message: dict[str, dict[str, Any]] = json.loads(line)
    if "scan" in message:
        scan = message["scan"]
        at = datetime.fromisoformat(scan.pop("at"))
        return RawScan(**{**scan, "source": Source(scan["source"])}, at=at)
    status = message["status"]
    return Status(state=State(status["state"]), device=status["device"], data=status["data"])


def write_orders(orders: Orders) -> bytes:
    """Return the line that tells a new agent its orders."""
    return _line(asdict(orders))


def read_orders(line: bytes) -> Orders:
    """Return the orders in a line. Raises ValueError, KeyError or TypeError."""
    message = json.loads(line)
    scanners = [
        ScannerSettings(
            **{**each, "kind": ScannerKind(each["kind"]), "terminator": Terminator(each["terminator"])}
        )
        for each in message["scanners"]
    ]
    known = {key: Identity(**each) for key, each in message["known"].items()}
    return Orders(scanners=scanners, terminal=str(message["terminal"]), known=known)


def _line(message: object) -> bytes:
    return json.dumps(message).encode() + b"\n"
