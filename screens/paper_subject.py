"""What papers are printed of: a posted document, a unit, a party."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from screens.papers import PaperForm, form_of, forms_for, letter_title
from store.domain.deals import DealHead
from store.domain.documents import Document
from store.domain.kept_papers import KeptPaper
from store.domain.language import _, ngettext
from store.domain.letters import LetterRecord
from store.domain.papers import PaperCode, PaperRequest
from store.domain.records import Party
from store.queries.kept_papers import (
    papers_of_deal,
    papers_of_document,
    papers_of_everybody,
    papers_of_party,
    papers_of_unit,
)
from store.queries.letters import letter_record

MAIL = "-mail"
"""How the name of a template ends that is the text of an e-mail."""
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
        forms=(form_of(PaperCode.HOLDINGS), form_of(PaperCode.UNRETURNED)),
        kept=partial(papers_of_party, party.id, limit=PAGE),
    )


def of_deal(head: DealHead) -> PaperSubject:
    """Return a deal as the subject of its confirmation."""
    return PaperSubject(
        title=f"{head.number} {head.party.name}",
        request=PaperRequest(number=head.number),
        forms=(form_of(PaperCode.DEAL),),
        kept=partial(papers_of_deal, head.id, limit=PAGE),
    )


def of_everybody() -> PaperSubject:
    """Return all customers as the subject of the list of what is out."""
    return PaperSubject(
        title=_("everybody"),
        request=PaperRequest(),
        forms=(form_of(PaperCode.UNRETURNED),),
        kept=partial(papers_of_everybody, PaperCode.UNRETURNED, limit=PAGE),
    )


def of_units(
    party: Party, unit_ids: Sequence[int], templates: Path, signed_by: str, first: str = ""
) -> PaperSubject:
    """Return some units of a party as the subject of every letter that can be written, and of labels.

    The letter `first` comes first.
    """
    return PaperSubject(
        title=ngettext("{count} unit of {name}", "{count} units of {name}", len(unit_ids)).format(
            count=len(unit_ids), name=party.name
        ),
        request=PaperRequest(
            party_id=party.id, unit_ids=tuple(unit_ids), templates=templates, signed_by=signed_by
        ),
        forms=(*letters_of(templates, first), form_of(PaperCode.LABELS)),
        kept=partial(papers_of_party, party.id, limit=PAGE),
    )


def letters_of(folder: Path, first: str = "") -> list[PaperForm]:
    """Return a form for each template that needs no document and is no text of an e-mail, by name.

    The letter `first` comes first.
    """
    from print.letters.folder import templates

    form = form_of(PaperCode.LETTER)
    names = {each.name for each in templates(folder) if "{{document." not in each.text}
    return [
        replace(form, title=letter_title(name), name=name, record=partial(_letter, name))
        for name in sorted(names, key=lambda name: (name != first, name))
        if not name.endswith(MAIL)
    ]


def _letter(name: str, request: PaperRequest) -> LetterRecord:
    return letter_record(replace(request, letter=name))
