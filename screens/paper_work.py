"""From a request to a paper: read, drawn, kept and printed, in this order. For screens and commands alike."""

from asyncio import to_thread
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from print.drawing import Job, elsewhere
from print.spool import save, spool
from print.text_page import TextPage
from screens.papers import PaperForm, form_of
from store.domain.errors import StoreError
from store.domain.kept_papers import KeptPaper, NewPaper, Printer
from store.domain.language import catalogues, current
from store.domain.papers import PaperLanguage, PaperRequest, PaperSetup
from store.domain.printing import Printed, PrintState
from store.lane import Lane
from store.operations.papers import keep_paper, note_print
from store.queries.kept_papers import paper_pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that is drawn and not kept yet."""

    form: PaperForm
    request: PaperRequest
    language: PaperLanguage
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWork:
    """Makes and prints papers at one terminal."""

    lane: Lane
    setup: PaperSetup

    async def drawn(self, form: PaperForm, request: PaperRequest, language: PaperLanguage) -> Paper:
        """Return the paper as it would be printed now.

        Raises StoreError, in words, when there is nothing to print or it cannot be drawn.
        """
        setup = self.setup
        whole = replace(
            request,
            warranty=request.warranty or setup.warranty,
            guarantor=setup.guarantor,
            label_format=setup.labels,
        )
        record = await self.lane.read(form.record, whole)
        pdf: bytes = await self._elsewhere(form.drawn_by, record, *language.languages)
        return Paper(form=form, request=request, language=language, pdf=pdf)

    async def text(self, pdf: bytes) -> tuple[TextPage, ...]:
        """Return the texts of each page of a PDF."""
        pages: tuple[TextPage, ...] = await self._elsewhere("print.pdf_text:pages_of", pdf)
        return pages

    async def kept(self, printer: Printer, paper: Paper) -> KeptPaper:
        """Keep a drawn paper, before anything else can happen to it."""
        request = paper.request
        new = NewPaper(
            code=paper.form.code,
            language=paper.language,
            pdf=paper.pdf,
            number=request.number if paper.form.types else "",
            party_id=request.party_id,
            deal_number=request.number if paper.form.of_deal else "",
            party_code="" if paper.form.types or paper.form.of_deal else request.number,
            unit_ids=request.unit_ids,
            name=paper.form.name,
        )
        return await self.lane.write(keep_paper, printer, new, token=str(uuid4()))

    async def printed(self, printer: Printer, kept: KeptPaper, *, queue: str, copies: int = 1) -> Printed:
        """Print a kept paper and note what became of it. What may be out already is printed as a copy."""
        pdf = await self._as_printed(kept)
        printed = await spool(pdf, queue=queue, title=title_of(kept), folder=self.setup.folder, copies=copies)
        await self._note(printer, kept, printed, copies)
        return printed

    async def saved(self, printer: Printer, kept: KeptPaper) -> Printed:
        """Save a kept paper into the folder of papers and note it."""
        pdf = await self._as_printed(kept)
        path = await to_thread(save, pdf, title_of(kept), self.setup.folder)
        printed = Printed(state=PrintState.SAVED, file=str(path))
        await self._note(printer, kept, printed, 1)
        return printed

    async def pdf(self, kept: KeptPaper) -> bytes:
        """Return a kept paper as it is kept."""
        return await self.lane.read(paper_pdf, kept.sha256)

    async def _as_printed(self, kept: KeptPaper) -> bytes:
        pdf = await self.pdf(kept)
        if not marks_copy(kept):
            return pdf
        marked: bytes = await self._elsewhere("print.copy_mark:marked_copy", pdf, *kept.language.languages)
        return marked

    async def _note(self, printer: Printer, kept: KeptPaper, printed: Printed, copies: int) -> None:
        await self.lane.write(
            note_print, printer, kept.id, printed, copies=copies, is_copy=marks_copy(kept), token=str(uuid4())
        )

    async def _elsewhere(self, function: str, *arguments: Any) -> Any:
        job = Job(
            function=function,
            arguments=arguments,
            letterhead=self.setup.letterhead,
            language=current(),
            catalogues=catalogues(),
        )
        try:
            return await elsewhere(job)
        except ValueError as error:
            raise StoreError(str(error)) from error


def marks_copy(kept: KeptPaper) -> bool:
    """Tell whether a kept paper is marked when it is printed now. A label never is: it stands on a unit."""
    return kept.is_out and not form_of(kept.code).on_labels


def title_of(kept: KeptPaper) -> str:
    """Return the name of a kept paper for files and queues."""
    what = kept.name or kept.code.value
    if kept.number:
        return f"{kept.number}-{what}"
    return "-".join(part for part in (what, kept.party_code, str(kept.id)) if part)
