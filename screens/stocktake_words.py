"""What is said of counted pieces and of differences, as plain text for any width."""

from collections.abc import Mapping, Sequence

from screens.widgets.text_line import shorten
from screens.words import moment, quantity, word
from store.domain.language import N_, _
from store.domain.stocktake import DIFFERENCES, CountDifference, CountSummary, Notice, NoticeCode
from store.domain.terms import Terms

NOTICES: Mapping[NoticeCode, str] = {
    NoticeCode.SURPLUS: N_("ONE TOO MANY: no record knows it."),
    NoticeCode.ELSEWHERE: N_("ELSEWHERE on record: {place}."),
    NoticeCode.AWAY: N_("{place} has it on record ({terms}, since {since}). Put it aside for a return."),
    NoticeCode.WRITTEN_OFF: N_("WRITTEN OFF on record."),
    NoticeCode.PACKED: N_("In an open document: {document}, {operator}, {at}."),
    NoticeCode.RESERVED: N_("Reserved for {party}, {begins} to {ends}."),
}
NARROW = 60
SERIAL_WIDTH = 22
KIND_WIDTH = 24


def notice_text(notices: Sequence[Notice]) -> str:
    """Return what has to be known of a counted piece."""
    return " ".join(_sentence(notice) for notice in notices)


def _sentence(notice: Notice) -> str:
    data = dict(notice.data)
    shown = {
        name: word(value)
        if isinstance(value, Terms)
        else moment(value)  # type: ignore[arg-type]  # these two are moments
        if name in {"at", "since"}
        else str(value)
        for name, value in data.items()
    }
    return _(NOTICES[notice.code]).format(**shown)


def difference_row(found: CountDifference, width: int) -> str:
    """Return a difference as one row, or as two where it is narrow: which piece, how it differs, why."""
    what = found.serial or f"{quantity(found.quantity)} x {found.product_name}"
    kind = _(DIFFERENCES[found.kind].name)
    where = f"{kind}: {found.where}" if found.where else kind
    if width < NARROW:
        mark = "? " if found.needs_reason else ""
        return f"{shorten(what, width)}\n{shorten(f'{mark}{where}  {found.reason}'.rstrip(), width)}"
    reason = found.reason or ("?" if found.needs_reason else "")
    name = found.product_name if found.serial else ""
    return shorten(f"{what:<{SERIAL_WIDTH}} {where:<{KIND_WIDTH}} {reason}  {name}".rstrip(), width)


def summary_text(found: CountSummary) -> str:
    """Return how many differ, kind by kind; that nothing does."""
    if not found.kinds:
        return _("Nothing differs.")
    return ", ".join(f"{each.lines} {_(DIFFERENCES[each.kind].name)}" for each in found.kinds)
