"""The screen of what a scan names."""

from screens.customer_holdings import CustomerHoldings
from screens.frame import Frame
from screens.menu_items import SCREENS
from screens.session import Session
from screens.unit_card import UnitCard
from screens.unit_search import UnitList
from store.domain.errors import RefusalCode, RefusedError
from store.domain.resolution import Hit, Named
from store.queries.documents import head
from store.queries.parties import party_by_id
from store.queries.products import product_by_id

NAMES = (Named.UNIT, Named.DOCUMENT, Named.PRODUCT, Named.PARTY)


async def screen_of(session: Session, hit: Hit) -> Frame:
    """Return the screen that shows `hit`. Raises RefusedError if it is a document that is gone."""
    if hit.kind is Named.UNIT:
        return await UnitCard.opened(session, hit.id)
    if hit.kind is Named.PRODUCT:
        return UnitList(session, await session.lane.read(product_by_id, hit.id))
    if hit.kind is Named.PARTY:
        return CustomerHoldings(session, await session.lane.read(party_by_id, hit.id))
    document = await session.lane.read(head, hit.id)
    if document is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=hit.name)
    return SCREENS[document.type](session, document.id)
