"""Questions whose answers stand for things: all of them at once, or a page of them read at a time."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from screens.choice import Choice
from screens.frame import Frame
from screens.widgets import choices
from store.domain.language import _

DIGITS = len(choices.DIGITS)
"""So many answers can be chosen by a digit."""
Picked = TypeVar("Picked")


class Answers(NamedTuple):
    """A page of answers."""

    options: Sequence[tuple[Any, str]]
    """What each answer means, and its words."""
    next: Any = None
    """Where the next page begins; None: this is the last one."""


async def pick_of_many(
    frame: Frame, question: str, read: Callable[[Any], Awaitable[Answers]], kind: type[Picked]
) -> Picked | None:
    """Ask for one of many things of a `kind` and return it, or None when the person went back.

    The last answer of a page reads on. `read` is a part of the job: it returns the page that begins at a
    place, the first one at None.
    """
    after = None
    while True:
        page = await read(after)
        words = [text for _thing, text in page.options]
        if page.next is not None:
            words.append(_("More..."))
        chosen = await frame.app.push_screen_wait(Choice(question, words, bell=frame.session.bell))
        if chosen is None:
            return None
        if chosen < len(page.options):
            picked = page.options[chosen][0]
            assert isinstance(picked, kind)  # noqa: S101 - `read` returns nothing else
            return picked
        after = page.next


def page_of(found: Sequence[Any], word: Callable[[Any], str], *, room: int = DIGITS) -> Answers:
    """Return what fits of records with ids that were read with a limit of `room` + 1, newest first."""
    shown = found if len(found) <= room else found[: room - 1]
    return Answers([(each, word(each)) for each in shown], shown[-1].id if len(shown) < len(found) else None)


async def pick_listed(frame: Frame, question: str, options: Sequence[tuple[Picked, str]]) -> Picked | None:
    """Ask for one of things that are all known, with their words; None: the person went back."""
    words = [text for _thing, text in options]
    chosen = await frame.app.push_screen_wait(Choice(question, words, bell=frame.session.bell))
    return None if chosen is None else options[chosen][0]
