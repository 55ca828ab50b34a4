"""What `lpstat -l` says of jobs and printers, in the C locale, taken apart."""

from collections.abc import Iterable
from dataclasses import dataclass

TROUBLES = frozenset(
    (
        "connecting-to-device", "cover-open", "door-open", "input-tray-missing", "interlock-open",
        "marker-supply-empty", "media-empty", "media-jam", "media-needed", "offline", "output-area-full",
        "shutdown", "timed-out", "toner-empty",
    )
)  # fmt: skip
"""The states, of those that IPP names, in which a printer prints nothing until somebody comes."""
SEVERITIES = ("-error", "-warning", "-report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job of a queue."""

    status: str = ""
    """The printer's own words."""
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """The printer behind a queue."""

    is_disabled: bool = False
    reason: str = ""
    alerts: tuple[str, ...] = ()


def job_of(text: str, name: str) -> Job | None:
    """Return the job `name`, or None when it is not listed."""
    for head, *facts in _blocks(text):
        if head.split()[:1] == [name]:
            return Job(status=_fact(facts, "Status:"), alerts=tuple(_fact(facts, "Alerts:").split()))
    return None


def printer_of(text: str, queue: str) -> Printer:
    """Return the printer of `queue`; one that is not listed is taken to be well."""
    for head, *facts in _blocks(text):
        words = head.split()
        if words[:1] == ["printer"] and words[1:2] == [queue]:
            is_disabled = words[2:3] == ["disabled"]
            reason = facts[0] if is_disabled and head.rstrip().endswith("-") and facts else ""
            return Printer(
                is_disabled=is_disabled,
                reason="" if reason == "reason unknown" else reason,
                alerts=tuple(_fact(facts, "Alerts:").split()),
            )
    return Printer()


def troubles(alerts: Iterable[str]) -> tuple[str, ...]:
    """Return those of `alerts` that stop a printer, without their severity, each once."""
    found = []
    for alert in alerts:
        for severity in SEVERITIES:
            alert = alert.removesuffix(severity)  # noqa: PLW2901
        if alert in TROUBLES:
            found.append(alert)
    return tuple(dict.fromkeys(found))


def is_given_up(job: Job) -> bool:
    """Tell whether a job that is over was cancelled or aborted instead of printed."""
    return any("cancel" in alert or "abort" in alert for alert in job.alerts)


def _blocks(text: str) -> list[list[str]]:
    """Return each thing listed: its first line, and the indented ones below it."""
    blocks: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith(("\t", " ")) and blocks:
            blocks[-1].append(line.strip())
        elif line.strip():
            blocks.append([line])
    return blocks


def _fact(facts: list[str], name: str) -> str:
    text = next((fact.removeprefix(name).strip() for fact in facts if fact.startswith(name)), "")
    return "" if text == "none" else text
