"""The kinds of paper: what each is called, which documents have it, what reads it and what draws it.

A further kind is a member of `PaperCode` and a row here. Its record is frozen and can be pickled, because a
long paper is drawn in a process of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from store.domain.kept_papers import KeptPaper
from store.domain.kinds import KINDS
from store.domain.language import N_, Language, _
from store.domain.notes import NOTES
from store.domain.papers import PaperCode, PaperRequest
from store.domain.terms import DocumentType
from store.domain.transitions import TRANSITIONS
from store.queries.count_papers import stocktake_record
from store.queries.deal_papers import deal_record
from store.queries.holding_papers import holdings_record
from store.queries.letters import letter_record
from store.queries.loan_papers import unreturned_record
from store.queries.paper_records import label_record, note_record, warranty_record
from store.queries.protocols import RECORDS, protocol_record
from store.queries.replacement_papers import replacement_record
from store.queries.service_papers import service_record


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """A kind of paper."""

    code: PaperCode
    title: str
    """What people call it, marked for translation."""
    types: frozenset[DocumentType] = frozenset()
    """The documents that have it once they are posted; none: it is of parties or units."""
    record: Callable[[PaperRequest], object]
    """The query that reads what stands on it. Raises StoreError, in words, when there would be nothing."""
    drawn_by: str
    """`print.MODULE:FUNCTION`, called with the record and its languages; returns a PDF. Named, not imported:
    drawing takes reportlab, and choosing a paper does not."""
    of_deal: bool = False
    """It is of a deal."""
    on_labels: bool = False
    """It is for the printer of labels."""
    name: str = ""
    """Of a letter: its template."""

    def draw(self, record: object, *languages: Language) -> bytes:
        """Return the paper as a PDF, here and now. Raises ValueError, in words, for what cannot be drawn."""
        module, _colon, name = self.drawn_by.partition(":")
        made: bytes = getattr(import_module(module), name)(record, *languages)
        return made

    def words(self) -> str:
        """Return the title in the language in force."""
        return _(self.title)


GOODS = frozenset(NOTES)
SALES = frozenset(row.document for row in TRANSITIONS if row.starts_warranty)

FORMS: tuple[PaperForm, ...] = (
    PaperForm(
        code=PaperCode.PROTOCOL,
        title=N_("Protocol"),
        types=frozenset(RECORDS),
        record=protocol_record,
        drawn_by="print.protocols:protocol",
    ),
    PaperForm(
        code=PaperCode.SERVICE,
        title=N_("Service protocol"),
        types=frozenset({DocumentType.SERVICE_INTAKE, DocumentType.SERVICE_HANDOUT}),
        record=service_record,
        drawn_by="print.service_protocol:service_protocol",
    ),
    PaperForm(
        code=PaperCode.REPLACEMENT,
        title=N_("Replacement protocol"),
        types=frozenset({DocumentType.REPLACEMENT}),
        record=replacement_record,
        drawn_by="print.replacement_protocol:replacement_protocol",
    ),
    PaperForm(
        code=PaperCode.NOTE,
        title=N_("Note of the goods"),
        types=GOODS - frozenset(RECORDS),
        record=note_record,
        drawn_by="print.goods_note:goods_note",
    ),
    PaperForm(
        code=PaperCode.STOCKTAKE,
        title=N_("Stocktake protocol"),
        types=frozenset({DocumentType.STOCKTAKE}),
        record=stocktake_record,
        drawn_by="print.stocktake_protocol:stocktake_protocol",
    ),
    PaperForm(
        code=PaperCode.WARRANTY,
        title=N_("Warranty card"),
        types=SALES,
        record=warranty_record,
        drawn_by="print.warranty_card:warranty_card",
    ),
    PaperForm(
        code=PaperCode.LABELS,
        title=N_("Labels of units"),
        types=frozenset(KINDS),
        record=label_record,
        drawn_by="print.unit_labels:label_sheets",
        on_labels=True,
    ),
    PaperForm(
        code=PaperCode.HOLDINGS,
        title=N_("Holdings list"),
        record=holdings_record,
        drawn_by="print.holdings_list:holdings_list",
    ),
    PaperForm(
        code=PaperCode.UNRETURNED,
        title=N_("Unreturned units"),
        record=unreturned_record,
        drawn_by="print.unreturned_list:unreturned_list",
    ),
    PaperForm(
        code=PaperCode.DEAL,
        title=N_("Order confirmation"),
        of_deal=True,
        record=deal_record,
        drawn_by="print.deal_confirmation:deal_confirmation",
    ),
    PaperForm(
        code=PaperCode.LETTER,
        title=N_("Letter"),
        record=letter_record,
        drawn_by="print.letters.desk:desk_letter",
    ),
)


LETTERS = {
    "lending": N_("lending"),
    "handover": N_("handing over"),
    "reminder": N_("reminder to return"),
    "renewal": N_("renewal of services"),
    "service-notice": N_("service notice"),
}
"""What the letters of the program are about; one of the company has the name of its template."""


def letter_title(name: str) -> str:
    """Return what a letter is called, in the language in force."""
    return _("Letter: {name}").format(name=_(LETTERS[name]) if name in LETTERS else name)


def title_of_kept(kept: KeptPaper) -> str:
    """Return what a kept paper is called, in the language in force."""
    return letter_title(kept.name) if kept.name else form_of(kept.code).words()


def form_of(code: PaperCode) -> PaperForm:
    """Return the kind of paper with `code`."""
    return next(form for form in FORMS if form.code is code)


def forms_for(type: DocumentType) -> tuple[PaperForm, ...]:  # noqa: A002 - the domain's word
    """Return the papers that a posted document of `type` has, the customary one first."""
    return tuple(form for form in FORMS if type in form.types)
