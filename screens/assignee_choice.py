"""Asking who does a task: a team, or one person."""

from screens.frame import Frame
from screens.paged_choice import pick_listed
from store.domain.language import _
from store.domain.records import Operator
from store.domain.tasks import Team
from store.queries.operators import listing
from store.queries.tasks import teams


async def ask_assignee(frame: Frame) -> Operator | Team | None:
    """Ask who does it, teams first; None: the person went back. Part of a job."""
    found: list[Operator | Team] = [*await frame.session.lane.read(teams)]
    found += await frame.session.lane.read(listing)
    options = [(each, each.name) for each in found]
    return await pick_listed(frame, _("Who does it?"), options)
