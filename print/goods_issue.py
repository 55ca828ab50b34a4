"""The goods issue note (WZ): what a customer is given."""

from print.goods_note import NoteWords, goods_note_pdf
from store.domain.language import Language, _, speaking
from store.domain.papers import GoodsNote


def goods_issue(note: GoodsNote, *languages: Language) -> bytes:
    """Return the goods issue note (WZ) in `languages` as a PDF.

    Raises ValueError when its number is not printable ASCII.
    """
    with speaking(*languages):
        words = NoteWords(title=_("Goods issue note (WZ)"), giver=_("Issued by"), taker=_("Recipient"))
        return goods_note_pdf(note, words)
