"""Answering what an invoice asks: whom it is about, which product a line is, and what is to be done."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeAlias

from textual.app import App

from screens.choice import Choice
from screens.entry import Entry
from screens.invoice_rows import same_name
from screens.party_choice import PartyChoice
from screens.product_choice import ProductChoice
from screens.session import Session
from store.domain.direction import Direction
from store.domain.language import _
from store.domain.moves import NOTHING
from store.domain.received import Ask, Assessment, Decision, LineOutcome, Offers
from store.domain.received_words import head_question, line_question
from store.domain.same_goods import SameGoods
from store.domain.terms import DocumentType, Tracking
from store.operations import mending
from store.operations.linking import link_deal, link_document
from store.queries.kinds import kinds
from store.queries.suggestions import suggestions

Deed: TypeAlias = Callable[[], Awaitable[object]]


async def answer_head(app: App[object], session: Session, found: Assessment) -> bool:
    """Ask about the whole document, one question after the other; tell whether anything was said."""
    invoice, lane = found.invoice, session.lane
    said = False
    if Ask.ROUTE in found.asks:
        text = head_question(found, Ask.ROUTE)
        chosen = await _ask(app, session, text, [_("A sale"), _("A purchase")])
        if chosen is None:
            return said
        direction = (Direction.SALE, Direction.PURCHASE)[chosen]
        found = await lane.write(mending.settle_route, session.actor(), invoice.id, direction)
        said = True
    if Ask.PARTY in found.asks or not found.asks:
        said = await _answer_party(app, session, found) or said
    for document in found.same_goods if Ask.SAME_GOODS in found.asks else ():
        if not await answer_same(app, session, found, document):
            break
        said = True
    return said


async def answer_same(app: App[object], session: Session, found: Assessment, document: SameGoods) -> bool:
    """Ask whether a document or a deal is about the goods of an invoice; tell whether anything was said."""
    day = document.opened_at.astimezone().date().isoformat()
    text = _("{document} ({day}): is this invoice about the same goods? They are counted once then.")
    named = text.format(document=same_name(document), day=day)
    chosen = await _ask(app, session, named, [_("Yes"), _("No")])
    if chosen is None:
        return False
    deed = link_deal if document.type is DocumentType.DEAL else link_document
    await session.lane.write(deed, session.actor(), found.invoice.id, document.id, same=chosen == 0)
    return True


async def _answer_party(app: App[object], session: Session, found: Assessment) -> bool:
    invoice = found.invoice
    text = head_question(found, Ask.PARTY) if Ask.PARTY in found.asks else _("Another party?")
    name = " ".join(part for part in (invoice.holder, invoice.holder_tax_id) if part)
    answers = [_("Choose one"), _("Create {name}").format(name=name or "?")]
    chosen = await _ask(app, session, text, answers if name else answers[:1])
    if chosen == 1:
        await session.lane.write(mending.create_named_party, session.actor(), invoice.id)
        return True
    if chosen is None:
        return False
    suppliers = invoice.direction is Direction.PURCHASE
    party = await PartyChoice(session, suppliers=suppliers).ask(app)
    if party is not None:
        await session.lane.write(mending.choose_party, session.actor(), invoice.id, party.id)
    return party is not None


async def answer_line(app: App[object], session: Session, found: Assessment, line: LineOutcome) -> None:
    """Offer what can be said about a line, and keep it."""
    answers = await _answers(app, session, found.invoice.id, line)
    read = line.move.line
    label = f"{read.number or read.position}. {read.name or read.seller_index or read.gtin or '-'}"
    text = "\n".join(part for part in (label, line_question(line)) if part)
    chosen = await _ask(app, session, text, [answer for answer, _deed in answers])
    if chosen is not None:
        await answers[chosen][1]()


async def _answers(
    app: App[object], session: Session, invoice_id: int, line: LineOutcome
) -> list[tuple[str, Deed]]:
    """Return what can be said about a line, the likeliest first."""
    position, is_unknown = line.move.line.position, line.question is Ask.PRODUCT

    def write(deed: Callable[..., object], *said: object, **options: object) -> Deed:
        actor = session.actor()
        return partial(session.lane.write, deed, actor, invoice_id, *said, **options)

    answers: list[tuple[str, Deed]] = []
    if line.question is Ask.OFFERED:
        answers += [
            (_("Take these serials"), write(mending.decide_offers, Offers.TAKE, position)),
            (_("Scan them later"), write(mending.decide_offers, Offers.LEAVE, position)),
        ]
    if line.question is Ask.RULE and line.move.proposed != NOTHING:
        count = format(line.move.proposed.normalize(), "f")
        text = _("Do it: {count} pcs.").format(count=count)
        answers.append((text, write(mending.decide, position, Decision.TAKE)))
    likely = await session.lane.read(suggestions, line.move.line.name) if is_unknown else []
    answers += [
        (f"= {product.name} ({product.sku})", write(mending.choose_product, position, product.id))
        for product in likely
    ]
    answers.append((_("Choose the product..."), partial(_choose_product, app, session, invoice_id, position)))
    if is_unknown:
        answers.append((_("Create it..."), partial(_create_product, app, session, invoice_id, line)))
    answers += [
        (_("Skip the line"), write(mending.decide, position, Decision.SKIP)),
        (_("Always skip this"), write(mending.skip_line, position, remember=True)),
    ]
    if line.chosen.decision is not Decision.NONE:
        answers.append((_("Ask again"), write(mending.decide, position, Decision.NONE)))
    return answers


async def _choose_product(app: App[object], session: Session, invoice_id: int, position: int) -> None:
    product = await ProductChoice(session).ask(app)
    if product is not None:
        await session.lane.write(mending.choose_product, session.actor(), invoice_id, position, product.id)


async def _create_product(app: App[object], session: Session, invoice_id: int, line: LineOutcome) -> None:
    known = await session.lane.read(kinds)
    chosen = await _ask(app, session, _("Of which kind?"), [name for _id, name in known])
    if chosen is None:
        return
    tracked = await _ask(app, session, _("How is it followed?"), [_("By serial"), _("By quantity")])
    if tracked is None:
        return
    read = line.move.line
    sku = await app.push_screen_wait(
        Entry(
            _("SKU?"),
            value=read.seller_index or read.buyer_index or read.gtin,
            takes_scans=True,
            bell=session.bell,
        )
    )
    if sku is not None:
        await session.lane.write(
            mending.create_named_product, session.actor(), invoice_id, read.position, known[chosen][0],
            tracking=(Tracking.SERIAL, Tracking.QUANTITY)[tracked], sku=sku.strip(),
        )  # fmt: skip


async def _ask(app: App[object], session: Session, text: str, answers: list[str]) -> int | None:
    return await app.push_screen_wait(Choice(text, answers, bell=session.bell))
