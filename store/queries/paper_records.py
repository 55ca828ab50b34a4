"""What stands on each kind of paper, read for a request; a paper that would be empty is refused in words."""

from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.papers import GoodsNote, LabelSheets, PaperRequest, WarrantyCard
from store.queries.papers import goods_note, labels_of, unit_labels, warranty_card


def note_record(request: PaperRequest) -> GoodsNote:
    """Return the note of a posted document. Raises StoreError when there is no such document."""
    note = goods_note(request.number)
    if note is None:
        raise _no_document(request)
    return note


def warranty_record(request: PaperRequest) -> WarrantyCard:
    """Return the warranty card of a posted issue. Raises StoreError when nothing has a warranty."""
    card = warranty_card(request.number, request.warranty, request.guarantor)
    if card is None:
        raise StoreError(_("no posted issue has the number {number}").format(number=request.number))
    if not card.lines:
        raise StoreError(_("{number}: nothing on it has a warranty").format(number=request.number))
    return card


def label_record(request: PaperRequest) -> LabelSheets:
    """Return the labels of the units asked for, else of all units of a posted document.

    Raises StoreError when there are none.
    """
    labels = labels_of(request.unit_ids) if request.unit_ids else unit_labels(request.number)
    if labels is None:
        raise _no_document(request)
    if not labels:
        raise StoreError(_("{number}: no unit with a serial is on it").format(number=request.number))
    return LabelSheets(
        labels=labels, code=request.label_code, start=request.label_start, format=request.label_format
    )


def _no_document(request: PaperRequest) -> StoreError:
    return StoreError(_("no posted document has the number {number}").format(number=request.number))
