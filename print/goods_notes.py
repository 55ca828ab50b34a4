"""The note that goes with goods, whichever it is."""

from print.goods_issue import goods_issue
from print.goods_receipt import goods_receipt
from print.transfer_note import transfer_note
from store.domain.language import Language
from store.domain.papers import GoodsNote, PaperKind

NOTES = {
    PaperKind.GOODS_RECEIPT: goods_receipt,
    PaperKind.GOODS_ISSUE: goods_issue,
    PaperKind.TRANSFER_NOTE: transfer_note,
}


def goods_note(note: GoodsNote, *languages: Language) -> bytes:
    """Return the receipt, issue or transfer note in `languages` as a PDF.

    Raises ValueError when its number is not printable ASCII.
    """
    return NOTES[note.kind](note, *languages)
