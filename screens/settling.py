"""Questions about a scan, put to a person until the store knows what to do with it."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from textual.app import App

from screens.choice import Choice, yes_or_no
from screens.question_words import PIECES_BACK_AS, QUESTIONS, question_text
from screens.scan_rows import count_of
from screens.signals import Signal, ring
from store.domain.documents import Outcome, Question, QuestionKind
from store.domain.language import _

Confirmed: TypeAlias = frozenset[QuestionKind]
Take: TypeAlias = Callable[[int | None, Confirmed], Awaitable[Outcome]]
"""Takes a scan with a picked line and with what was confirmed."""


REASONS_BACK = (QuestionKind.AS_COMPLAINT, QuestionKind.AS_WITHDRAWAL, QuestionKind.AS_SERVICE)
"""Why a sold unit comes back, in the order of their digits."""


async def settled(app: App[object], take: Take, line_id: int | None, *, bell: bool) -> Outcome | None:
    """Take a scan and ask the operator until it is accepted or refused; None: they said no.

    Nothing is written before the last question is answered.
    """
    confirmed: Confirmed = frozenset()
    while True:
        outcome = await take(line_id, confirmed)
        if not isinstance(outcome, Question):
            return outcome
        if outcome.holdings:
            # What comes back without serials is asked by the screen of returns. They did not answer.
            return None
        ring(app, Signal.REFUSED, on=bell)
        if outcome.kind is QuestionKind.WHICH_LINE:
            line_id = await _which_line(app, outcome, bell=bell)
            if line_id is None:
                return None
        else:
            answer = await confirmation(app, outcome, bell=bell)
            if answer is None:
                return None
            confirmed |= {answer}


async def confirmation(app: App[object], question: Question, *, bell: bool) -> QuestionKind | None:
    """Ask a question that is answered by yes or no, or by a reason; return what is confirmed, or None."""
    text = question_text(question)
    if question.kind is QuestionKind.LEARN_GTIN and question.text.isdigit():
        answers = (_("Yes, learn this GTIN"), _("No, it is the serial"))
        chosen = await app.push_screen_wait(Choice(text, answers, bell=bell))
        kinds = (QuestionKind.LEARN_GTIN, QuestionKind.KEEP_AS_SERIAL)
        return None if chosen is None else kinds[chosen]
    if question.kind is QuestionKind.BACK_AS:
        # Of a unit, or of pieces without serials, which nobody follows through a repair.
        words = {**QUESTIONS, **(PIECES_BACK_AS if question.holdings else {})}
        reasons = [_(words[kind]) for kind in REASONS_BACK]
        chosen = await app.push_screen_wait(Choice(text, reasons, bell=bell))
        return None if chosen is None else REASONS_BACK[chosen]
    chosen = await app.push_screen_wait(yes_or_no(text, bell=bell))
    return question.kind if chosen == 0 else None


async def _which_line(app: App[object], question: Question, *, bell: bool) -> int | None:
    answers = [f"{line.product.name} {count_of(line)}" for line in question.lines]
    chosen = await app.push_screen_wait(Choice(question_text(question), answers, bell=bell))
    return None if chosen is None else question.lines[chosen].id
