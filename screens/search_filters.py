"""What a search of units is narrowed down by: said in a line, and asked one thing after the other."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from screens.choice import Choice
from screens.days import ask_day, today_of
from screens.entry import Entry
from screens.frame import Frame
from screens.party_choice import AnyParty
from screens.product_choice import ProductChoice
from screens.words import refusal_text
from store.domain.errors import RefusedError
from store.domain.field_values import NO, SHOWN, YES, parse, shown
from store.domain.fields import CHOOSING, Field, FieldType
from store.domain.language import N_, _, ngettext
from store.domain.resolution import Named
from store.domain.unit_filters import SoughtDocument, UnitFilter
from store.queries.fields import fields
from store.queries.resolve import resolve

WHOLE = frozenset({FieldType.NUMBER, FieldType.MONEY, FieldType.DATE})
"""Types of which a beginning is nothing."""
RECENT = (7, 30, 365)
"""Days before today that are offered to choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One thing that can be asked."""

    label: str
    """Marked for translation."""
    says: Callable[[UnitFilter], str]
    """What is asked now; empty: nothing."""
    ask: Callable[[Frame, UnitFilter], Awaitable[UnitFilter | None]]
    """Ask it, part of a job; None: the person went back."""
    clear: Callable[[UnitFilter], UnitFilter]


def described(wanted: UnitFilter) -> str:
    """Return in a line what units are narrowed down by; empty: by nothing."""
    return "; ".join(f"{_(row.label)}: {row.says(wanted)}" for row in _ROWS if row.says(wanted))


async def ask_filter(screen: Frame, wanted: UnitFilter) -> UnitFilter | None:
    """Ask for one more thing to narrow down by, or for one less. None: the person went back."""
    rows = []
    for row in _ROWS:
        text = row.says(wanted)
        rows.append(f"{_(row.label)}: {text}" if text else _(row.label))
    if wanted.narrows:
        rows.append(_("Nothing of this any more"))
    question = Choice(_("Only units with what?"), rows, bell=screen.session.bell)
    chosen = await screen.app.push_screen_wait(question)
    if chosen is None:
        return None
    if chosen == len(_ROWS):
        return UnitFilter(text=wanted.text)
    row = _ROWS[chosen]
    if row.says(wanted):
        return row.clear(wanted)
    return await row.ask(screen, wanted)


async def _ask_product(screen: Frame, wanted: UnitFilter) -> UnitFilter | None:
    product = await ProductChoice(screen.session).ask(screen.app)
    return replace(wanted, product=product) if product else None


async def _ask_party(screen: Frame, wanted: UnitFilter) -> UnitFilter | None:
    party = await AnyParty(screen.session).ask(screen.app)
    return replace(wanted, party=party) if party else None


async def _ask_document(screen: Frame, wanted: UnitFilter) -> UnitFilter | None:
    entry = Entry(_("The number of which document?"), takes_scans=True, bell=screen.session.bell)
    text = await screen.app.push_screen_wait(entry)
    if not text or not text.strip():
        return None
    found = await screen.session.lane.read(document_named, text)
    if found is None:
        await screen.stop_work(_("No document has the number {number}.").format(number=text.strip()))
        return None
    return replace(wanted, document=found)


def document_named(text: str) -> SoughtDocument | None:
    """Return the document with this very number, or None. It runs in the lane."""
    hits = [hit for hit in resolve(text).hits if hit.kind is Named.DOCUMENT]
    return SoughtDocument(id=hits[0].id, number=hits[0].name) if hits else None


async def _ask_field(screen: Frame, wanted: UnitFilter) -> UnitFilter | None:
    known = await screen.session.lane.read(fields)
    if not known:
        await screen.stop_work(
            _("No fields are defined yet. An administrator adds them to a kind of products.")
        )
        return None
    question = Choice(_("Which field?"), [field.name for field in known], bell=screen.session.bell)
    chosen = await screen.app.push_screen_wait(question)
    if chosen is None:
        return None
    value = await _ask_value(screen, known[chosen])
    return None if value is None else replace(wanted, field=known[chosen], value=value)


async def _ask_value(screen: Frame, field: Field) -> str | None:
    bell = screen.session.bell
    answers: dict[str, str] = {}
    if field.type is FieldType.YES_NO:
        answers = {_(SHOWN[YES]): YES, _(SHOWN[NO]): NO}
    elif field.type in CHOOSING:
        answers = {choice: choice for choice in field.choices}
    if answers:
        rows = [*answers, _("Anything")]
        chosen = await screen.app.push_screen_wait(Choice(f"{field.name}?", rows, bell=bell))
        return None if chosen is None else answers.get(rows[chosen], "")

    def wrong(text: str) -> str | None:
        if not text.strip() or field.type not in WHOLE:
            return None
        try:
            parse(field, text)
        except RefusedError as error:
            return refusal_text(error.refusal)
        return None

    text = _("{field}: what, or how does it begin? Empty: anything").format(field=field.name)
    entry = Entry(text, takes_scans=True, check=wrong, bell=bell)
    answer = await screen.app.push_screen_wait(entry)
    return None if answer is None else answer.strip()


async def _ask_sold(screen: Frame, wanted: UnitFilter) -> UnitFilter | None:
    session, bell = screen.session, screen.session.bell
    today = today_of(session)
    answers = [
        ngettext("In the last {count} day", "In the last {count} days", days).format(count=days)
        for days in RECENT
    ]
    question = Choice(_("Sold when?"), [*answers, _("From one day to another")], bell=bell)
    chosen = await screen.app.push_screen_wait(question)
    if chosen is None:
        return None
    if chosen < len(RECENT):
        return replace(wanted, sold_first=today - timedelta(days=RECENT[chosen]), sold_last=today)
    first = await ask_day(screen.app, _("From which day?"), today=today, bell=bell)
    if first is None:
        return None
    last = await ask_day(
        screen.app, _("Until which day?"), today=today, value=max(first, today), bell=bell,
        check=lambda day: _("It ends before it begins.") if day < first else None,
    )  # fmt: skip
    return None if last is None else replace(wanted, sold_first=first, sold_last=last)


async def _under_warranty(_screen: Frame, wanted: UnitFilter) -> UnitFilter:
    return replace(wanted, under_warranty=True)


async def _with_complaint(_screen: Frame, wanted: UnitFilter) -> UnitFilter:
    return replace(wanted, open_complaint=True)


def _field_text(wanted: UnitFilter) -> str:
    if wanted.field is None:
        return ""
    return f"{wanted.field.name} {shown(wanted.field, wanted.value) if wanted.value else _('anything')}"


def _sold_text(wanted: UnitFilter) -> str:
    if not wanted.is_sold:
        return ""
    first, last = (day.isoformat() if day else "..." for day in (wanted.sold_first, wanted.sold_last))
    return _("{first} to {last}").format(first=first, last=last)


_ROWS = (
    _Row(
        label=N_("Product"),
        says=lambda wanted: wanted.product.name if wanted.product else "",
        ask=_ask_product,
        clear=lambda wanted: replace(wanted, product=None),
    ),
    _Row(
        label=N_("Customer or supplier"),
        says=lambda wanted: wanted.party.name if wanted.party else "",
        ask=_ask_party,
        clear=lambda wanted: replace(wanted, party=None),
    ),
    _Row(
        label=N_("Document"),
        says=lambda wanted: wanted.document.number if wanted.document else "",
        ask=_ask_document,
        clear=lambda wanted: replace(wanted, document=None),
    ),
    _Row(
        label=N_("Field"),
        says=_field_text,
        ask=_ask_field,
        clear=lambda wanted: replace(wanted, field=None, value=""),
    ),
    _Row(
        label=N_("Sold"),
        says=_sold_text,
        ask=_ask_sold,
        clear=lambda wanted: replace(wanted, sold_first=None, sold_last=None),
    ),
    _Row(
        label=N_("Under warranty"),
        says=lambda wanted: _("Yes") if wanted.under_warranty else "",
        ask=_under_warranty,
        clear=lambda wanted: replace(wanted, under_warranty=False),
    ),
    _Row(
        label=N_("With an open complaint"),
        says=lambda wanted: _("Yes") if wanted.open_complaint else "",
        ask=_with_complaint,
        clear=lambda wanted: replace(wanted, open_complaint=False),
    ),
)
"""What can be asked; the one after the last takes all of it away again."""
