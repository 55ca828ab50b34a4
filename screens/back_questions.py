"""Whose pieces without serials come back, and as what: asked once, and remembered while they are scanned."""

from typing import Any

from textual.screen import Screen

from screens.choice import Choice
from screens.party_choice import AnyParty
from screens.question_words import question_text
from screens.session import Session
from screens.settling import Confirmed, Take, confirmation
from screens.signals import Signal, ring
from screens.words import quantity, word
from store.domain.documents import Outcome, Question, QuestionKind
from store.domain.language import _
from store.domain.loans import Giver, Holding

SHOWN = 8
"""Holdings to choose from; one more answer names another customer."""


class BackQuestions:
    """What was answered of a product without serials. It holds until something else is scanned."""

    def __init__(self, screen: Screen[Any], session: Session) -> None:
        """Ask over `screen`."""
        self._screen = screen
        self._session = session
        self._product = ""
        self._giver: Giver | None = None
        """Who gives the product, as it was answered."""
        self._reasons: dict[str, QuestionKind] = {}
        """Why it comes back, by whom it was sold to."""
        self.answered: Giver | None = None
        """Who gives what is being asked of the store now."""

    async def take(self, ask_store: Take, line_id: int | None, confirmed: Confirmed) -> Outcome:
        """Take something into a return, and answer what is asked of pieces without serials.

        What the person does not answer comes back as the question that it was.
        """
        is_first = True
        try:
            while True:
                outcome = await ask_store(line_id, confirmed)
                if not isinstance(outcome, Question) or not outcome.holdings:
                    return outcome
                self.keep(outcome.text)
                if outcome.kind is QuestionKind.WHOSE:
                    known = self._giver if is_first else None
                    giver = known or await self._ask_giver(outcome)
                    if giver is None:
                        return outcome
                    self._giver = self.answered = giver
                    is_first = False
                else:
                    reason = self._reasons.get(outcome.party) or await self._ask_reason(outcome)
                    if reason is None:
                        return outcome
                    self._reasons[outcome.party] = reason
                    confirmed |= {reason}
        finally:
            self.answered = None

    def forget(self) -> None:
        """Forget what was answered: somebody else gives things back."""
        self.keep("")

    def keep(self, product: str) -> None:
        """Forget what was answered of any other product: something else was scanned."""
        if product != self._product:
            self._product, self._giver, self._reasons = product, None, {}

    async def _ask_giver(self, question: Question) -> Giver | None:
        ring(self._screen.app, Signal.REFUSED, on=self._session.bell)
        holdings = question.holdings
        shown = holdings if len(holdings) <= SHOWN + 1 else holdings[:SHOWN]
        answers = [_holding(holding) for holding in shown]
        if len(shown) < len(holdings):
            answers.append(_("Another customer"))
        choice = Choice(question_text(question), answers, bell=self._session.bell)
        chosen = await self._screen.app.push_screen_wait(choice)
        if chosen is None:
            return None
        if chosen < len(shown):
            holding = shown[chosen]
            return Giver(party_id=holding.party_id, name=holding.party_name, terms=holding.terms)
        party = await AnyParty(self._session).ask(self._screen.app)
        return None if party is None else Giver(party_id=party.id, name=party.name)

    async def _ask_reason(self, question: Question) -> QuestionKind | None:
        ring(self._screen.app, Signal.REFUSED, on=self._session.bell)
        return await confirmation(self._screen.app, question, bell=self._session.bell)


def _holding(holding: Holding) -> str:
    return f"{holding.party_name}: {word(holding.terms)} {quantity(holding.left)}"
