"""The tabs of a unit's card that tell of its service: tasks, costs, and the units it hangs together with."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from screens.purchase_rows import money
from screens.service_words import BORNE, COSTS, RELATIONS, meter_text
from screens.unit_tab import Part, Tab
from store.domain.costs import Cost, CostRow
from store.domain.language import N_, _
from store.domain.tasks import Task, TaskStatus
from store.domain.unit_links import RelatedUnit
from store.domain.units import UnitCard
from store.queries.costs import costs, unit_totals
from store.queries.services import related_services
from store.queries.tasks import unit_tasks
from store.queries.unit_links import related

PAGE = 30


class Tasks(Tab):
    """What is to be done and what was done, newest first."""

    TITLE = N_("Tasks")

    def read(self, card: UnitCard, after: Any, narrowed: Any) -> Part:  # noqa: ARG002
        """Return a page of the tasks."""
        found = unit_tasks(card.id, before_id=after, limit=PAGE + 1)
        return Part(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)

    def rows(self, card: UnitCard, items: Sequence[Any], today: date) -> list[str]:  # noqa: ARG002
        """Return the rows of the tasks: title and state, what is to be done, its checklist."""
        return [row for task in items for row in _task_rows(task, today)]


class Costs(Tab):
    """What the unit has cost so far: the sums first, then each cost, newest first."""

    TITLE = N_("Costs")

    def read(self, card: UnitCard, after: Any, narrowed: Any) -> Part:  # noqa: ARG002
        """Return a page of the costs; the first one begins with the sums."""
        found = costs(card.id, before_id=after, limit=PAGE + 1)
        sums = unit_totals(card.id) if after is None else ()
        return Part((*sums, *found[:PAGE]), found[PAGE - 1].id if len(found) > PAGE else None)

    def rows(self, card: UnitCard, items: Sequence[Any], today: date) -> list[str]:  # noqa: ARG002
        """Return a row for each sum and two for each cost."""
        return [row for item in items for row in _cost_rows(item)]


class Related(Tab):
    """The units that this one is built into, has in it, replaces or was replaced by."""

    TITLE = N_("Related")

    def read(self, card: UnitCard, after: Any, narrowed: Any) -> Part:  # noqa: ARG002
        """Return a page of the links; the first one begins with services."""
        found = related(card.id, before_id=after, limit=PAGE + 1)
        services = related_services(card.id) if after is None else []
        following = found[PAGE - 1].link_id if len(found) > PAGE else None
        return Part([*services, *found[:PAGE]], following)

    def rows(self, card: UnitCard, items: Sequence[Any], today: date) -> list[str]:  # noqa: ARG002
        """Return two rows for each other unit."""
        return [row for link in items for row in _link_rows(link)]


def _task_rows(task: Task, today: date) -> list[str]:
    if task.status is TaskStatus.OPEN:
        until = _("until {day}").format(day=task.due) if task.due else ""
        state = ", ".join(text for text in (until, meter_text(task)) if text) or _("still open")
        if task.is_overdue(today):
            state = _("overdue, {state}").format(state=state)
    else:
        state = _("done") if task.status is TaskStatus.DONE else _("dropped")
    rows = [f"{task.title}: {state}"]
    if task.assignee:
        rows.append(f"  {task.assignee}")
    rows += [f"  {line}" for line in task.text.splitlines()]
    return rows + [f"  [{'x' if item.is_done else ' '}] {item.text}" for item in task.items]


def _cost_rows(item: Cost | CostRow) -> list[str]:
    if isinstance(item, CostRow):
        parts = [
            f"{money(amount)} {_(word)}"
            for amount, word in (
                (item.warranty, N_("covered by warranty")),
                (item.charged, N_("charged to the customer")),
                (item.own, N_("our own cost")),
            )
            if amount
        ]
        total = _("Total: {amount} {currency}").format(amount=money(item.total), currency=item.currency)
        return [total, *(f"  {part}" for part in parts)]
    amount = f"{money(item.amount)} {item.currency}"
    rows = [f"{item.day}  {amount}  {_(COSTS[item.kind])}"]
    back = _("taken back") if item.corrected else _("takes a cost back") if item.corrects_id else ""
    more = (back, _(BORNE[item.borne]), item.text, item.holder_name)
    return [*rows, "  " + ", ".join(text for text in more if text)]


def _link_rows(link: RelatedUnit) -> list[str]:
    span = f"{link.begun_at.astimezone():%Y-%m-%d}"
    if link.ended_at:
        span += f" - {link.ended_at.astimezone():%Y-%m-%d}"
    return [f"{_(RELATIONS[link.relation])} {link.serial}", f"  {link.product_name}, {span}"]
