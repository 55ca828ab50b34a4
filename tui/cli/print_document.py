"""`sztuka print NUMBER`: the paper of a posted document, as a PDF file."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from print.goods_issue import goods_issue
from print.goods_receipt import goods_receipt
from print.transfer_note import transfer_note
from store.domain.errors import StoreError
from store.domain.language import Language, _, current
from store.domain.papers import GoodsNote, PaperKind
from store.opening import ready
from store.queries.papers import goods_note
from tui.cli.context import Context
from tui.cli.exits import Exit

PAPERS: Mapping[PaperKind, Callable[[GoodsNote, Language], bytes]] = {
    PaperKind.GOODS_RECEIPT: goods_receipt,
    PaperKind.GOODS_ISSUE: goods_issue,
    PaperKind.TRANSFER_NOTE: transfer_note,
}


def run(context: Context) -> int:
    """Write the paper into a new file, in the language of the program (`--language`)."""
    number = context.arguments.number
    with ready(context.settings.store, context.settings.backup.folder):
        note = goods_note(number)
    if note is None:
        raise StoreError(_("no posted document has the number {number}").format(number=number))
    path = context.arguments.output or Path(f"{note.number.replace('/', '-')}.pdf")
    _write(path, PAPERS[note.kind](note, current()))
    sys.stderr.write(_("Written to {file}.").format(file=path) + "\n")
    return Exit.OK


def _write(path: Path, paper: bytes) -> None:
    """Write a new file, or none: a paper is never half. Raises StoreError when `path` exists."""
    try:
        file = path.open("xb")
    except FileExistsError as error:
        raise StoreError(_("{file}: exists already; nothing is overwritten").format(file=path)) from error
    try:
        with file:
            file.write(paper)
    except OSError:
        path.unlink()
        raise
