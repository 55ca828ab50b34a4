"""The goods receipt (PZ): what came in from a supplier."""

from print.goods_note import NoteWords, goods_note_pdf
from store.domain.language import Language, _, speaking
from store.domain.papers import GoodsNote


def goods_receipt(note: GoodsNote, *languages: Language) -> bytes:
    """Return the goods receipt (PZ) in `languages` as a PDF.

    Raises ValueError when its number is not printable ASCII.
    """
    with speaking(*languages):
        words = NoteWords(title=_("Goods receipt (PZ)"), giver=_("Supplier"), taker=_("Recipient"))
        return goods_note_pdf(note, words)
