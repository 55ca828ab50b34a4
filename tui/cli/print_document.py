"""`sztuka print NUMBER`: the paper of a posted document, as a PDF file."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from print.goods_issue import goods_issue
from print.goods_receipt import goods_receipt
from print.transfer_note import transfer_note
from print.unit_labels import unit_labels
from print.warranty_card import warranty_card
from store.domain.errors import StoreError
from store.domain.language import Language, _, current
from store.domain.papers import GoodsNote, LabelCode, PaperKind, WarrantyCard
from store.opening import ready
from store.queries.papers import goods_note
from store.queries.papers import unit_labels as stored_labels
from store.queries.papers import warranty_card as stored_card
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.new_file import write_new
from tui.cli.print_parser import PrintKind

PAPERS: Mapping[PaperKind, Callable[[GoodsNote, Language], bytes]] = {
    PaperKind.GOODS_RECEIPT: goods_receipt,
    PaperKind.GOODS_ISSUE: goods_issue,
    PaperKind.TRANSFER_NOTE: transfer_note,
}


def run(context: Context) -> int:
    """Write the paper into a new file, in the language of the program (`--language`)."""
    options = context.arguments
    kind = PrintKind(options.kind)
    conditions = _conditions(options.conditions) if options.conditions else ""
    with ready(context.settings.store, context.settings.backup.folder):
        if kind is PrintKind.LABELS:
            paper = _label_sheets(options.number, LabelCode(options.code), options.start)
        elif kind is PrintKind.WARRANTY:
            card = stored_card(options.number, territory=options.territory, conditions=conditions)
            paper = _card_paper(options.number, card)
        else:
            paper = _note_paper(options.number)
    name = options.number.strip().replace("/", "-")
    path = options.output or Path(f"{name}.pdf" if kind is PrintKind.NOTE else f"{name}-{kind}.pdf")
    write_new(path, paper)
    sys.stderr.write(_("Written to {file}.").format(file=path) + "\n")
    return Exit.OK


def _note_paper(number: str) -> bytes:
    note = goods_note(number)
    if note is None:
        raise StoreError(_("no posted document has the number {number}").format(number=number))
    return PAPERS[note.kind](note, current())


def _card_paper(number: str, card: WarrantyCard | None) -> bytes:
    if card is None:
        raise StoreError(_("no posted issue has the number {number}").format(number=number))
    if not card.lines:
        raise StoreError(_("{number}: nothing on it has a warranty").format(number=number))
    return warranty_card(card, current())


def _label_sheets(number: str, code: LabelCode, start: int) -> bytes:
    labels = stored_labels(number)
    if labels is None:
        raise StoreError(_("no posted document has the number {number}").format(number=number))
    if not labels:
        raise StoreError(_("{number}: no unit with a serial is on it").format(number=number))
    try:
        return unit_labels(labels, code, start=start)
    except ValueError as error:
        raise StoreError(str(error)) from error


def _conditions(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoreError(_("{file}: is not UTF-8").format(file=path)) from error
