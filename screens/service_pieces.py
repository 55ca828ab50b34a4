"""What is said of each piece that comes into service or goes out: asked at the closing, mended later."""

from collections.abc import Awaitable, Callable, Sequence

from textual.app import App

from screens.choice import Choice
from screens.entry import Entry
from screens.repair_words import ACCESSORIES, BROUGHT_FOR, FAULTS, SETTLEMENTS, TAKEN_AS
from screens.session import Session
from screens.words import refusal_text
from store.domain.errors import Refusal, RefusalCode
from store.domain.language import _, ngettext
from store.domain.loans import BackAs
from store.domain.repairs import HANDED_OUT, Intake, ScannedPiece, Settlement, TakenAs
from store.operations.service import say_fault, say_intake, say_outcome
from store.queries.repairs import scanned_pieces

INTO_SERVICE = (BackAs.COMPLAINT, BackAs.SERVICE)
Ask = Callable[[App[object], Session, int, Sequence[ScannedPiece]], Awaitable[bool]]
"""Asks of some pieces of a document, the first one named, and writes it; False: the person went back."""


async def settle_intake(app: App[object], session: Session, document_id: int) -> bool:
    """Ask of every piece of an intake what is wrong with it, as far as it is not said."""
    return await _settle(app, session, document_id, lambda piece: not piece.fault, ask_intake)


async def settle_outcomes(app: App[object], session: Session, document_id: int) -> bool:
    """Ask of every piece of a hand-out what came of it, as far as it is not said."""
    return await _settle(app, session, document_id, lambda piece: piece.settlement is None, ask_outcome)


async def settle_back(app: App[object], session: Session, document_id: int) -> bool:
    """Ask what is wrong with every unit that comes back as a complaint or for service, if it is not said."""
    return await _settle(
        app, session, document_id, lambda piece: piece.back_as in INTO_SERVICE and not piece.note, ask_fault
    )


async def _settle(
    app: App[object], session: Session, document_id: int, lacks: Callable[[ScannedPiece], bool], ask: Ask
) -> bool:
    while True:
        pieces = await session.lane.read(scanned_pieces, document_id)
        lacking = [piece for piece in pieces if lacks(piece)]
        if not lacking:
            return True
        chosen = lacking[:1]
        if len(lacking) > 1:
            text = ngettext(
                "{count} piece is to be described.", "{count} pieces are to be described.", len(lacking)
            )
            answers = (_("One by one"), _("The same for all"))
            question = Choice(text.format(count=len(lacking)), answers, bell=session.bell)
            way = await app.push_screen_wait(question)
            if way is None:
                return False
            chosen = lacking if way == 1 else lacking[:1]
        if not await ask(app, session, document_id, chosen):
            return False


async def ask_intake(
    app: App[object], session: Session, document_id: int, pieces: Sequence[ScannedPiece]
) -> bool:
    """Ask why pieces come, what is wrong and what comes with them."""
    first = pieces[0]
    covered = _("under warranty") if first.is_under_warranty else _("no warranty")
    text = _("{serial} ({covered}): why is it brought?").format(serial=_named(pieces), covered=covered)
    taken_as = await _pick(app, session, text, [_(TAKEN_AS[each]) for each in TakenAs])
    if taken_as is None:
        return False
    fault = await _pick_or_type(app, session, _("What is wrong?"), BROUGHT_FOR, first.fault, needed=True)
    if fault is None:
        return False
    with_it = await _pick_or_type(app, session, _("What comes with it?"), ACCESSORIES, first.note)
    if with_it is None:
        return False
    said = Intake(
        fault=fault,
        taken_as=tuple(TakenAs)[taken_as],
        accessories="" if with_it == _(ACCESSORIES[0]) else with_it,
    )
    await session.lane.write(say_intake, document_id, [piece.scan_id for piece in pieces], said)
    return True


async def ask_fault(
    app: App[object], session: Session, document_id: int, pieces: Sequence[ScannedPiece]
) -> bool:
    """Ask what is wrong with pieces that come back."""
    text = _("{serial}: what is wrong?").format(serial=_named(pieces))
    fault = await _pick_or_type(app, session, text, FAULTS, "", needed=True)
    if fault is None:
        return False
    await session.lane.write(say_fault, document_id, [piece.scan_id for piece in pieces], fault)
    return True


async def ask_outcome(
    app: App[object], session: Session, document_id: int, pieces: Sequence[ScannedPiece]
) -> bool:
    """Ask what came of pieces: whether the repair was an essential one, and what was done."""
    first = pieces[0]
    covered = any(piece.is_under_warranty for piece in pieces)
    offered = [each for each in HANDED_OUT if covered or each not in {Settlement.ESSENTIAL, Settlement.MINOR}]
    text = _("{serial}: what came of it?")
    if len(pieces) == 1 and first.fault:
        text = _("{serial}: {fault}. What came of it?")
    text = text.format(serial=_named(pieces), fault=first.fault)
    chosen = await _pick(app, session, text, [_(SETTLEMENTS[each]) for each in offered])
    if chosen is None:
        return False
    value = first.note or _(SETTLEMENTS[offered[chosen]])
    entry = Entry(_("What was done?"), value=value, takes_scans=True, check=_lacking, bell=session.bell)
    outcome = await app.push_screen_wait(entry)
    if outcome is None:
        return False
    ids = [piece.scan_id for piece in pieces]
    await session.lane.write(say_outcome, document_id, ids, offered[chosen], outcome)
    return True


async def ask_reason(app: App[object], session: Session, text: str, usual: Sequence[str]) -> str | None:
    """Ask for a text, one of the usual ones or another that is typed or scanned; None: went back."""
    return await _pick_or_type(app, session, text, usual, "", needed=True)


def _named(pieces: Sequence[ScannedPiece]) -> str:
    if len(pieces) == 1:
        return pieces[0].serial
    return ngettext("{count} piece", "{count} pieces", len(pieces)).format(count=len(pieces))


async def _pick(app: App[object], session: Session, text: str, answers: Sequence[str]) -> int | None:
    return await app.push_screen_wait(Choice(text, answers, bell=session.bell))


async def _pick_or_type(
    app: App[object], session: Session, text: str, usual: Sequence[str], value: str, *, needed: bool = False
) -> str | None:
    answers = [_(each) for each in usual]
    chosen = await _pick(app, session, text, [*answers, _("Something else")])
    if chosen is None or chosen < len(answers):
        return None if chosen is None else answers[chosen]
    check = _lacking if needed else None
    return await app.push_screen_wait(
        Entry(text, value=value, takes_scans=True, check=check, bell=session.bell)
    )


def _lacking(text: str) -> str | None:
    return None if text.strip() else refusal_text(Refusal(RefusalCode.FAULT_NEEDED, {"serial": ""}))
