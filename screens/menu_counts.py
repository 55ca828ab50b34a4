"""What waits behind the rows of the menu: how much is out too long, and how many tasks are to be done."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from store.domain.language import N_, _
from store.queries import deposits, holders, pending, repairs, services, tasks

LENDING = N_("Lending")
UNRETURNED = N_("Unreturned")
SERVICE = N_("Service")
MY_TASKS = N_("My tasks")
LATE_TASKS = N_("Late tasks")
EXPIRING = N_("Expiring services")
INVOICES = N_("Invoices and deals")
SERIALS = N_("Serials to be scanned")
IN_SERVICE = N_("In service")
CUSTOMERS = N_("Customers and suppliers")
THEIRS = N_("Suppliers' units with us")


def _loans(_operator_id: int, today: date) -> Mapping[str, str]:
    counted = holders.counts(today)
    parts = []
    if counted.overdue:
        parts.append(_("{count} overdue").format(count=counted.overdue))
    if counted.week:
        parts.append(_("{count} this week").format(count=counted.week))
    text = ", ".join(parts)
    return {LENDING: text, UNRETURNED: text}


def _repairs(_operator_id: int, _today: date) -> Mapping[str, str]:
    return {IN_SERVICE: str(repairs.count_in_service() or "")}


def _tasks(operator_id: int, today: date) -> Mapping[str, str]:
    counted = tasks.counts(operator_id, today)
    late = _("{count} overdue").format(count=counted.mine_overdue) if counted.mine_overdue else ""
    return {
        SERVICE: late,
        MY_TASKS: ", ".join(part for part in (str(counted.mine or ""), late) if part),
        LATE_TASKS: str(counted.overdue or ""),
    }


def _theirs(_operator_id: int, today: date) -> Mapping[str, str]:
    counted = deposits.due_counts(today)
    parts = []
    if counted.overdue:
        parts.append(_("{count} overdue").format(count=counted.overdue))
    if counted.week:
        parts.append(_("{count} this week").format(count=counted.week))
    waiting = counted.overdue + counted.week
    return {
        CUSTOMERS: _("{count} due back").format(count=waiting) if waiting else "",
        THEIRS: ", ".join(parts),
    }


def _serials(_operator_id: int, _today: date) -> Mapping[str, str]:
    count = int(pending.pending_totals().count)
    if not count:
        return {INVOICES: "", SERIALS: ""}
    return {INVOICES: _("{count} to be scanned").format(count=count), SERIALS: str(count)}


def _services(_operator_id: int, today: date) -> Mapping[str, str]:
    counted = services.counts(today)
    parts = []
    if counted.expired:
        parts.append(_("{count} expired").format(count=counted.expired))
    if counted.soon:
        parts.append(_("{count} in 30 days").format(count=counted.soon))
    return {EXPIRING: ", ".join(parts)}


_COUNTS: tuple[tuple[frozenset[str], Callable[[int, date], Mapping[str, str]]], ...] = (
    (frozenset({LENDING, UNRETURNED}), _loans),
    (frozenset({CUSTOMERS, THEIRS}), _theirs),
    (frozenset({INVOICES, SERIALS}), _serials),
    (frozenset({SERVICE, MY_TASKS, LATE_TASKS}), _tasks),
    (frozenset({EXPIRING}), _services),
    (frozenset({IN_SERVICE}), _repairs),
)
"""The rows that say something, and how that is counted: one statement each."""


def is_counted(rows: Collection[str]) -> bool:
    """Tell whether any of the rows says how much waits behind it."""
    return any(names & set(rows) for names, _count in _COUNTS)


def counted(rows: Collection[str], operator_id: int, today: date) -> dict[str, str]:
    """Return what the rows that have a count say of it; an empty text: nothing waits. It runs in the lane."""
    told: dict[str, str] = {}
    for names, count in _COUNTS:
        if names & set(rows):
            told |= count(operator_id, today)
    return {row: told[row] for row in rows if row in told}
