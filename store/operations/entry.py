"""Scans that come by hand: a quantity, a range of serials, a list of them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from store.domain.documents import Document, DocumentLine, Outcome, QuestionKind, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.found import Found, FoundPromise, Reading, Take
from store.domain.judgement import Case, judge_full
from store.domain.kinds import KINDS
from store.domain.loans import Giver
from store.domain.ranges import serials_of_range
from store.domain.records import Actor
from store.domain.returning import judge_pieces
from store.domain.scan import Scan, Source
from store.domain.terms import Tracking
from store.domain.transitions import BIRTHS
from store.operations.availability import check_available
from store.operations.drafts import accepted, write_draft
from store.operations.opened import open_head
from store.operations.refusals import keep_refusal
from store.operations.scanning import take
from store.queries.documents import lines
from store.queries.givers import pieces_out
from store.queries.reservations import promises
from store.queries.scans import scan_by_token


def take_quantity(
    actor: Actor,
    document_id: int,
    line_id: int,
    quantity: Decimal,
    *,
    token: str,
    giver: Giver | None = None,
    confirmed: frozenset[QuestionKind] = frozenset(),
) -> Outcome:
    """Count `quantity` pieces of a product without serials on a line; `giver` gives them back.

    Raises RefusedError: NOT_OPEN, BAD_QUANTITY (zero, less, or more than three decimal places),
    SERIALS_NEEDED when the line's product has serials, NO_SERIALS when the document takes nothing else.
    """
    document = open_head(document_id)
    document_lines = lines(document_id)
    repeated = scan_by_token(token)
    if repeated is not None:
        return accepted(repeated, document_lines)
    line = _line(document_lines, line_id)
    if line.product.tracking is not Tracking.QUANTITY:
        raise RefusedError(RefusalCode.SERIALS_NEEDED, product=line.product.name)
    if KINDS[document.type].by_piece:
        raise RefusedError(RefusalCode.NO_SERIALS, product=line.product.name)
    if quantity <= 0 or quantity != quantity.quantize(Decimal("0.001")):
        raise RefusedError(RefusalCode.BAD_QUANTITY, text=str(quantity))
    text, today = f"{quantity}", actor.at.astimezone().date()
    takes_back = KINDS[document.type].takes_back
    case = Case(
        document=document,
        lines=document_lines,
        reading=Reading(text=text, gtin=None, serial=None, from_gs1=False),
        found=Found(pieces=pieces_out(line.product.id, giver))
        if takes_back
        else Found(promised=_promised(document, line.product.id, today)),
        role=actor.operator.role,
        picked=line,
        confirmed=confirmed,
        giver=giver,
    )
    verdict = Take(line=line, product_id=line.product.id)
    stop = _too_many(case, line, quantity, today)
    if takes_back:
        judged = judge_pieces(case, line.product.id, line.product.name, quantity)
        verdict, stop = (judged, stop) if isinstance(judged, Take) else (verdict, judged)
    if isinstance(stop, Refused):
        keep_refusal(actor, document_id, stop, token=token)
    if stop is not None:
        return stop
    return write_draft(actor, document, document_lines, verdict, token=token, text=text, quantity=quantity)


def _promised(document: Document, product_id: int, today: date) -> tuple[FoundPromise, ...]:
    found = promises(
        product_id, document.location.id, since=today, until=date.max, besides_party=document.party.id
    )
    return tuple(FoundPromise(unit_id=None, product_id=product_id, promise=promise) for promise in found)


def _too_many(case: Case, line: DocumentLine, quantity: Decimal, today: date) -> Outcome | None:
    """Stop at more than the line expects, and at more than lies here to be issued."""
    if line.expected is not None and quantity > line.missing:
        if case.document.type not in BIRTHS:
            return case.refuse(RefusalCode.LINE_FULL, product=line.product.name, expected=line.expected)
        full = judge_full(case, line) if line.is_full else None
        if full is not None:
            return full
        if QuestionKind.OVER_EXPECTED not in case.confirmed:
            return case.ask(QuestionKind.OVER_EXPECTED, line)
    return check_available(case, line, quantity, today)


def enter_range(
    actor: Actor,
    document_id: int,
    line_id: int,
    first: str,
    *,
    last: str | None = None,
    count: int | None = None,
    token: str,
    confirmed: frozenset[QuestionKind] = frozenset(),
) -> tuple[Outcome, ...]:
    """Take the serials from `first` to `last`, or `count` of them, each judged as if it were scanned.

    Raises RefusedError: BAD_RANGE as `serials_of_range` does, NOT_OPEN.
    """
    texts = serials_of_range(first, last=last, count=count)
    return enter_list(actor, document_id, texts, line_id, token=token, confirmed=confirmed)


def enter_list(
    actor: Actor,
    document_id: int,
    texts: Sequence[str],
    line_id: int | None,
    *,
    token: str,
    confirmed: frozenset[QuestionKind] = frozenset(),
) -> tuple[Outcome, ...]:
    """Take a typed, pasted or loaded list: each text is judged on its own, blank ones are passed over.

    One wrong serial refuses itself and no other. Raises RefusedError(NOT_OPEN).
    """
    outcomes: list[Outcome] = []
    for number, text in enumerate(text.strip() for text in texts):
        if text:
            scan = Scan(text=text, raw=text, source=Source.TYPED, at=actor.at)
            outcomes.append(
                take(
                    actor, document_id, scan,
                    token=f"{token}/{number}", line_id=line_id, confirmed=confirmed,
                )
            )  # fmt: skip
    return tuple(outcomes)


def _line(document_lines: tuple[DocumentLine, ...], line_id: int) -> DocumentLine:
    for line in document_lines:
        if line.id == line_id:
            return line
    raise RefusedError(RefusalCode.UNKNOWN, text=str(line_id))
