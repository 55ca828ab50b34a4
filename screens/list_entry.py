"""A list of serials taken at once: questions are asked once for all of them, refusals are summed up."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from textual.app import App

from screens.settling import Confirmed, confirmation
from screens.words import refusal_text
from store.domain.documents import Accepted, Outcome, Question, QuestionKind, Refused
from store.domain.language import _, ngettext

List: TypeAlias = Callable[[Confirmed], Awaitable[Sequence[Outcome]]]
"""Takes a list with what was confirmed; called again, it takes only what was not taken yet."""

SHOWN_REFUSALS = 10


async def taken_list(app: App[object], take: List, *, bell: bool) -> str:
    """Take a list, ask what only a person can say, and return what became of it."""
    confirmed: Confirmed = frozenset()
    while True:
        outcomes = await take(confirmed)
        question = next((found for found in outcomes if _may_ask(found, confirmed)), None)
        if not isinstance(question, Question):
            return summary(outcomes)
        answer = await confirmation(app, question, bell=bell)
        if answer is None:
            return summary(outcomes)
        confirmed |= {answer}


def _may_ask(outcome: Outcome, confirmed: Confirmed) -> bool:
    """Tell whether there is something to ask that has one answer for the whole list."""
    return (
        isinstance(outcome, Question)
        and outcome.kind not in {QuestionKind.WHICH_LINE, QuestionKind.WHOSE}
        and outcome.kind not in confirmed
    )


def summary(outcomes: Sequence[Outcome]) -> str:
    """Return how many were taken, and why the others were not."""
    taken = sum(isinstance(outcome, Accepted) for outcome in outcomes)
    text = ngettext("{count} serial taken.", "{count} serials taken.", taken).format(count=taken)
    reasons = [refusal_text(outcome.refusal) for outcome in outcomes if isinstance(outcome, Refused)]
    left = [outcome for outcome in outcomes if isinstance(outcome, Question)]
    if reasons:
        counted = list(Counter(reasons))
        head = ngettext("{count} refused:", "{count} refused:", len(reasons))
        text += "\n" + "\n".join((head.format(count=len(reasons)), *counted[:SHOWN_REFUSALS]))
        if len(counted) > SHOWN_REFUSALS:
            text += "\n" + _("and {count} more").format(count=len(counted) - SHOWN_REFUSALS)
    if left:
        head = ngettext("{count} not taken: {first}", "{count} not taken: {first} ...", len(left))
        text += "\n" + head.format(count=len(left), first=left[0].text)
    return text
