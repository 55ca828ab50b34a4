"""The table of the budgets: what was measured, beside what was promised."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

HEADINGS = ("What", "Target", "Measured", "Floor", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One budget as it was measured."""

    what: str
    target: str
    measured: str
    floor: str
    is_kept: bool


@dataclass
class Table:
    """Collects the rows of a run."""

    rows: list[Row] = field(default_factory=list)

    def add(self, what: str, *, target: str, measured: str, is_kept: bool, floor: str = "-") -> None:
        """Note what was measured, kept or not."""
        self.rows.append(Row(what, target, measured, floor, is_kept))

    def text(self) -> str:
        """Return the rows under each other."""
        cells = [HEADINGS] + [
            (row.what, row.target, row.measured, row.floor, "kept" if row.is_kept else "MISSED")
            for row in self.rows
        ]
        widths = [max(len(row[column]) for row in cells) for column in range(len(HEADINGS))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in cells
        ]
        return "\n".join([lines[0], "  ".join("-" * width for width in widths[:-1]), *lines[1:]])


def is_contended() -> bool:
    """Tell whether something else works on this machine, so that plain times would say nothing.

    True in CI, and when more than half of the processors were busy during the last minute.
    """
    if os.environ.get("CI", "").lower() not in {"", "0", "false"}:
        return True
    return os.getloadavg()[0] > (os.cpu_count() or 1) / 2


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest of `values` that is not exceeded by `share` of them."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def highest_memory() -> int:
    """Return the most megabytes that this process has held since its program started.

    Not ru_maxrss: that is handed down from the parent, here a pytest with a big store in it.
    """
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def milliseconds(seconds: float) -> str:
    """Return a time as people compare it."""
    return f"{seconds * 1000:.1f} ms"
