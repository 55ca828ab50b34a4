"""What papers are printed of: a posted document, a unit, a party."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from screens.papers import PaperForm, form_of, forms_for
from store.domain.documents import Document
from store.domain.kept_papers import KeptPaper
from store.domain.papers import PaperCode, PaperRequest
from store.domain.records import Party
from store.queries.kept_papers import papers_of_document, papers_of_unit

PAGE = 50
"""Kept papers of a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSubject:
    """Something that has papers."""

    title: str
    """By what people know it."""
    request: PaperRequest
    forms: tuple[PaperForm, ...]
    """The papers that it can have, the customary one first."""
    kept: Callable[[], list[KeptPaper]]
    """The query for those that it had."""


def of_document(document: Document) -> PaperSubject:
    """Return a posted document as the subject of its papers."""
    number = document.number or ""
    return PaperSubject(
        title=f"{number} {document.party.name}",
        request=PaperRequest(number=number),
        forms=forms_for(document.type),
        kept=partial(papers_of_document, document.id, limit=PAGE),
    )


def of_unit(unit_id: int, serial: str) -> PaperSubject:
    """Return a unit as the subject of its label; every paper on which it stands can be printed again."""
    return PaperSubject(
        title=serial,
        request=PaperRequest(unit_ids=(unit_id,)),
        forms=(form_of(PaperCode.LABELS),),
        kept=partial(papers_of_unit, unit_id, limit=PAGE),
    )


def of_party(party: Party) -> PaperSubject:
    """Return a party as the subject of the list of what it has."""
    return PaperSubject(
        title=party.name,
        request=PaperRequest(party_id=party.id),
        forms=(form_of(PaperCode.HOLDINGS),),
        kept=list,
    )
