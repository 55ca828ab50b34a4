"""The ways to the papers of a document: after it was closed, from its screen, and from the list."""

from typing import ClassVar

from textual.app import App
from textual.binding import Binding

from screens.commands import Command
from screens.notice import Notice
from screens.session import Session
from store.domain.documents import Document
from store.domain.language import N_, _
from store.domain.terms import DocumentStatus
from store.queries.documents import head

PRINT_CODE = "PRINT"
PRINT = Command(
    code=PRINT_CODE,
    key="ctrl+p",
    label=N_("Print"),
    action="print",
    shown=False,
    help=N_("Print the papers of a closed document, or print them again."),
)
PRINT_ONE = Command(
    code=PRINT_CODE,
    key="f5",
    label=N_("Print"),
    action="print",
    help=N_("Print the papers of the chosen posted document, or print them again."),
)


class Closed(Notice):
    """Says the number of a document that was just closed; returns False when its papers are wanted."""

    BINDINGS: ClassVar = [Binding(key, "print", show=False) for key in ("f5", "ctrl+p", "2")]

    def hint(self) -> str:
        """Return how to go on."""
        return _("Enter: go on  F5: print")

    def answer_command(self, text: str) -> bool:
        """Answer by a barcode."""
        if text == PRINT_CODE:
            self.action_print()
            return True
        return super().answer_command(text)

    def action_print(self) -> None:
        """Go on to the papers."""
        self.dismiss(False)  # noqa: FBT003 - the dialog's result


async def tell_closed(app: App[object], session: Session, document: Document, text: str) -> None:
    """Tell that a document was closed, and show its papers if somebody wants them."""
    if await app.push_screen_wait(Closed(text, bell=session.bell)) is False:
        await show_papers(app, session, document)


async def show_papers(app: App[object], session: Session, document: Document) -> None:
    """Show the papers of a posted document."""
    # Printing is imported by those who print.
    from screens.paper_desk import PaperDesk
    from screens.paper_subject import of_document

    await app.push_screen_wait(PaperDesk(session, of_document(document)))


async def papers_of(app: App[object], session: Session, document_id: int) -> str | None:
    """Show the papers of a document; return why it has none."""
    document = await session.lane.read(head, document_id)
    if document is None or document.status is not DocumentStatus.POSTED:
        return _("A document has papers when it is closed.")
    await show_papers(app, session, document)
    return None
