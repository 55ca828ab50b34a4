"""Opening an intake or a hand-out for one unit: from its card, and from the list of what is in service."""

from uuid import uuid4

from textual.app import App

from screens.session import Session
from store.domain.terms import DocumentType
from store.operations.service import begin_service


async def open_service(app: App[object], session: Session, kind: DocumentType, unit_id: int) -> None:
    """Open the document with the unit in it, and show it until it is left. Part of a job."""
    from screens.service_documents import ServiceHandout, ServiceIntake

    screens = {DocumentType.SERVICE_INTAKE: ServiceIntake, DocumentType.SERVICE_HANDOUT: ServiceHandout}
    document = await session.lane.write(begin_service, session.actor(), kind, unit_id, token=str(uuid4()))
    await app.push_screen_wait(screens[kind](session, document.id))
