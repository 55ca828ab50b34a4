"""What happens to a scanner, as the operator is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """What became of a scanner; the data of the `Status` in the strings below."""

    READY = "ready"
    """path: it is ours alone and scans; id, identity, link: by what it is known again."""
    MISSING = "missing"
    """id: not plugged in."""
    UNPLUGGED = "unplugged"
    """path: it was ready before."""
    BUSY = "busy"
    """path, pid, user, terminal, program of who has it, as far as known"""
    NO_PERMISSION = "no_permission"
    """path, rule: the udev rule that mends it"""
    AMBIGUOUS = "ambiguous"
    """id, paths: several devices have this id, none is opened"""
    REPLACED = "replaced"
    """path: another device is there now, and is left alone"""
    FAILED = "failed"
    """path, reason: the system's words"""
    SPOILED = "spoiled"
    """problem, text: a scan was thrown away; the state of the scanner is as before"""
    AGENT_LOST = "agent_lost"
    """reason: the reading process died and is started again"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """News of one scanner, or of the agent."""

    state: State
    device: str = ""
    """The scanner's name; empty for the agent."""
    data: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
