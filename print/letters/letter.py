"""A letter: a template of the company, filled with facts, on the sheet that all papers share."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Spacer

from print.barcodes import code128
from print.fonts import typeface
from print.grid import grid
from print.letters.build import Builder
from print.letters.filling import filling
from print.letters.markdown import faults_of_markdown, tokens_of
from print.letters.template import Fault, Template, TemplateError, faults_of_names, filled, marked
from print.letters.values import UNIT_VALUES
from print.letters.widths import columns
from print.page import WIDTH, render
from print.pieces import signatures
from store.domain.language import N_, _, speaking
from store.domain.letters import LetterFacts

READY = (
    ("unit.position", N_("No.")), ("unit.product", N_("Name")), ("unit.serial", N_("Serial")),
    ("unit.quantity", N_("Qty")), ("unit.condition", N_("Condition")), ("unit.due", N_("Due")),
)  # fmt: skip
"""The columns of the ready table; one in which nothing stands is left out."""
LONGEST_TITLE = WIDTH * 0.65


def faults(template: Template, fields: frozenset[str] | None = None) -> list[Fault]:
    """Return everything that is wrong with a template, by line.

    `fields` are the codes of the company's own ones; None: they are not known, and any may be named.
    """
    found = [*faults_of_names(template, fields), *faults_of_markdown(template, marked(template))]
    return sorted(found, key=lambda fault: fault.line)


def letter(template: Template, facts: LetterFacts) -> bytes:
    """Return the letter as a PDF, in the language of the template.

    A line whose placeholders all stand for nothing is left out. Raises TemplateError when the template has
    faults, or names a party, a document or units where the facts have none.
    """
    wrong = faults(template, facts.fields) or missing(template, facts)
    if wrong:
        raise TemplateError(wrong)
    with speaking(template.language):
        filled_in = filling(marked(template), facts)
        builder = Builder(filled_in, lambda name: _block(name, facts))
        builder.read(tokens_of(filled(filled_in.marks, filled_in.values)))
        title = _fitting(builder.title or template.name)
        return render(title, facts.company.name, builder.story)


def missing(template: Template, facts: LetterFacts) -> list[Fault]:
    """Return a fault for each name of a section that there is not."""
    there = {
        "party": (facts.party is not None, N_("the letter goes to nobody: a party is needed")),
        "document": (facts.document is not None, N_("the letter is about no document: one is needed")),
        "unit": (bool(facts.units), N_("the letter has no units")),
        "units": (bool(facts.units), N_("the letter has no units")),
    }
    found: dict[str, Fault] = {}
    marks = marked(template)
    for number, line in enumerate(marks.lines, start=1):
        for name in marks.named(line):
            is_there, why = there.get(name.partition(".")[0], (True, ""))
            if not is_there and name not in found:
                shown = f"{{{{{name}}}}}"
                found[name] = Fault(file=template.file, line=number, text=shown, why=_(why))
    return list(found.values())


def _block(name: str, facts: LetterFacts) -> Sequence[Flowable]:
    if name == "document.barcode":
        code = code128(facts.document.number if facts.document else "")
        return [code, Spacer(0, 3 * mm)]
    if name == "signatures":
        return [Spacer(0, 8 * mm), signatures((facts.company.name, facts.operator), (_taker(facts), ""))]
    return [_ready_table(facts), Spacer(0, 4 * mm)]


def _taker(facts: LetterFacts) -> str:
    return facts.party.name if facts.party else _("Received by")


def _ready_table(facts: LetterFacts) -> Flowable:
    read = [(_(head), UNIT_VALUES[name]) for name, head in READY]
    rows = [
        [value(unit, facts.day, position) for _head, value in read]
        for position, unit in enumerate(facts.units, start=1)
    ]
    used = [index for index in range(len(read)) if any(row[index] for row in rows)]
    cells = [[row[index] for index in used] for row in rows]
    return grid(columns([read[index][0] for index in used], cells, [False] * len(used)), cells)


def _fitting(title: str) -> str:
    """Return as much of a title as the head of the page holds beside the company."""
    face = typeface().bold
    if stringWidth(title, face, 13) <= LONGEST_TITLE:
        return title
    while title and stringWidth(f"{title}…", face, 13) > LONGEST_TITLE:
        title = title[:-1]
    return f"{title.rstrip()}…"
