"""Closing a document: what differs, why, and as of when."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from textual.app import App

from screens.choice import Choice, yes_or_no
from screens.entry import Entry
from screens.session import Session
from screens.words import quantity, reason_fault, refusal_text
from store.domain.documents import Difference
from store.domain.errors import Refusal, RefusalCode
from store.domain.kinds import KINDS
from store.domain.language import N_, _
from store.domain.roles import Permission, may
from store.domain.terms import DocumentType
from store.queries.invoices_first import fillable

SHOWN_SERIALS = 20


def difference_text(differences: Sequence[Difference]) -> str:
    """Return what differs, a paragraph a line of the document, the serials by name."""
    return "\n".join(_paragraph(found) for found in differences)


def _paragraph(found: Difference) -> str:
    parts = []
    if found.difference < 0:
        parts.append(_("{count} missing").format(count=quantity(-found.difference)))
    if found.difference > 0:
        parts.append(_("{count} too many").format(count=quantity(found.difference)))
    if found.line.rejected:
        parts.append(_("{count} rejected").format(count=quantity(found.line.rejected)))
    if found.missing_serials:
        parts.append(_("not there: {serials}").format(serials=_few(found.missing_serials)))
    if found.unexpected_serials:
        parts.append(_("not announced: {serials}").format(serials=_few(found.unexpected_serials)))
    return f"{found.line.product.name}: {', '.join(parts)}"


def _few(serials: Sequence[str]) -> str:
    shown = ", ".join(serials[:SHOWN_SERIALS])
    more = len(serials) - SHOWN_SERIALS
    return shown + (" " + _("and {count} more").format(count=more) if more > 0 else "")


async def ask_closing(
    app: App[object], session: Session, kind: DocumentType, total: str, differences: Sequence[Difference]
) -> tuple[str, datetime | None] | None:
    """Show what differs and ask whether to close; return the reason and an earlier moment, or None."""
    text = _("Close with {total}?").format(total=total)
    if differences:
        text += "\n" + difference_text(differences)
    answers = [_("Close"), _("Scan on")]
    if may(session.actor().operator.role, Permission.BACKDATE):
        answers.append(_("Close with an earlier date"))
    chosen = await app.push_screen_wait(Choice(text, answers, bell=session.bell))
    if chosen in {None, 1}:
        return None
    moment = None
    if chosen == 2:
        moment = await _ask_date(app, session)
        if moment is None:
            return None
    question = KINDS[kind].reason_question
    if any(found.needs_reason for found in differences):
        question = question or N_("It differs from what was expected. Why?")
    if not question:
        return "", moment
    reason = await _ask_reason(app, kind, _(question), bell=session.bell)
    return None if reason is None else (reason, moment)


async def ask_pending(app: App[object], session: Session, document_id: int) -> bool | None:
    """Ask whether an issue brings what an invoice before it has put there already; None: back."""
    found = await session.lane.read(fillable, document_id)
    if not found:
        return False
    goods = ", ".join(f"{quantity(each.quantity)} x {each.product_name}" for each in found)
    text = _(
        "Invoice {number} has put {goods} there already. Are these the pieces? They are counted once then."
    ).format(number=found[0].source, goods=goods)
    chosen = await app.push_screen_wait(yes_or_no(text, bell=session.bell))
    return None if chosen is None else chosen == 0


async def _ask_reason(app: App[object], kind: DocumentType, question: str, *, bell: bool) -> str | None:
    reasons = [_(reason) for reason in KINDS[kind].reasons]
    chosen = await app.push_screen_wait(Choice(question, [*reasons, _("Another reason")], bell=bell))
    if chosen is None or chosen < len(reasons):
        return None if chosen is None else reasons[chosen]
    answer = await app.push_screen_wait(Entry(_("Reason?"), check=reason_fault, bell=bell))
    return None if answer is None else answer.strip()


async def _ask_date(app: App[object], session: Session) -> datetime | None:
    today = session.clock().astimezone().date()

    def wrong(text: str) -> str | None:
        day = _day(text)
        if day is None:
            return _("Write it as {example}.").format(example=today.isoformat())
        return refusal_text(Refusal(RefusalCode.IN_FUTURE)) if day > today else None

    text = _("Date on which it happened? ({example})").format(example=today.isoformat())
    yesterday = (today - timedelta(days=1)).isoformat()
    answer = await app.push_screen_wait(Entry(text, value=yesterday, check=wrong, bell=session.bell))
    day = _day(answer) if answer is not None else None
    if day is None or day == today:
        return session.clock() if day else None
    # Noon, where nothing is known of the hour: it stays the same day in every zone that trades with us.
    return datetime.combine(day, time(12)).astimezone()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
