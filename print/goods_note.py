"""The note that goes with goods, whichever it is: one layout, with the words of each kind of document."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from print.goods_table import goods_table, sum_row
from print.page import render
from print.pieces import head, labelled, parties, signatures
from print.titles import said
from store.domain.language import Language, _, speaking
from store.domain.papers import GoodsNote, PaperWords


def goods_note(note: GoodsNote, *languages: Language) -> bytes:
    """Return `note` in `languages` as a PDF. Raises ValueError when its number is not printable ASCII."""
    with speaking(*languages):
        return _note(note, said(note.series, note.words))


def _note(note: GoodsNote, words: PaperWords) -> bytes:
    facts = [
        (_("Date"), note.day.isoformat()),
        (_("Place"), note.place),
        (_("Reference"), note.reference),
    ]
    story: list[Flowable] = [
        head(note.number, facts),
        Spacer(0, 3 * mm),
        parties((words.giver, note.giver), (words.taker, note.taker)),
        Spacer(0, 5 * mm),
        goods_table(note.lines),
    ]
    end: list[Flowable] = [sum_row(note.lines), Spacer(0, 4 * mm)]
    if note.remarks:
        end += [labelled(_("Remarks"), note.remarks), Spacer(0, 4 * mm)]
    signers = ((_("Handed over by"), note.handed_over_by), (_("Received by"), note.received_by))
    # Nobody signs a sheet that says nothing of the goods.
    story.append(KeepTogether([*end, Spacer(0, 4 * mm), signatures(*signers)]))
    return render(words.title, note.number, story)
