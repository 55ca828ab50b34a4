"""What papers and their sides are called: as the company calls them, else as the program does."""

from print.page import letterhead
from store.domain.language import BETWEEN, Language, _, languages_in_force, speaking
from store.domain.papers import PaperWords


def said(series: str, words: PaperWords) -> PaperWords:
    """Return the marked `words` of papers of a series in the languages in force."""
    each = [_in_one(language, series, words) for language in languages_in_force()]
    return PaperWords(
        title=BETWEEN.join(dict.fromkeys(one.title for one in each)),
        giver=BETWEEN.join(dict.fromkeys(one.giver for one in each)),
        taker=BETWEEN.join(dict.fromkeys(one.taker for one in each)),
    )


def titled(series: str, title: str) -> str:
    """Return the marked `title` of papers of a series in the languages in force."""
    return said(series, PaperWords(title=title)).title


def _in_one(language: Language, series: str, words: PaperWords) -> PaperWords:
    own = letterhead().words.get((series, language), PaperWords())
    with speaking(language):
        return PaperWords(
            title=own.title or _(words.title),
            giver=own.giver or _(words.giver),
            taker=own.taker or _(words.taker),
        )
