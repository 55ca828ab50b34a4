"""The transfer note (MM): what goes from one of our places to another."""

from print.goods_note import NoteWords, goods_note_pdf
from store.domain.language import Language, _, speaking
from store.domain.papers import GoodsNote


def transfer_note(note: GoodsNote, *languages: Language) -> bytes:
    """Return the transfer note (MM) in `languages` as a PDF.

    Raises ValueError when its number is not printable ASCII.
    """
    with speaking(*languages):
        words = NoteWords(title=_("Transfer note (MM)"), giver=_("From warehouse"), taker=_("To warehouse"))
        return goods_note_pdf(note, words)
