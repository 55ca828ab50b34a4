"""Opening a rental: for whom, until when, what for, and at what price."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from screens.frame import Job
from screens.new_document import Changed, NewDocument
from screens.rental_form import RentalForm
from screens.session import Session
from store.domain.documents import NewDocument as Order
from store.domain.documents import NewLine
from store.domain.records import Location, Product
from store.domain.terms import DocumentType


class NewRental(NewDocument):
    """Asks for the customer and how long; after that there are only scans."""

    def __init__(
        self, session: Session, *, product: Product | None = None, location: Location | None = None
    ) -> None:
        """Open it at `location`, else the terminal's, with a line for any number of `product`."""
        super().__init__(session, DocumentType.RENTAL)
        self._form.location = location or self._form.location
        if product is not None:
            self._form.lines.append((product, NewLine(product_id=product.id)))
        self._rental = RentalForm(session)

    @property
    def is_ready(self) -> bool:
        """Tell whether it is known for whom, and how long."""
        return super().is_ready and self._rental.until is not None

    async def ask_first(self) -> None:
        """Ask for the customer and how long, as far as it is not known. Part of a job."""
        if not super().is_ready:
            await super().ask_first()
        if super().is_ready and self._rental.until is None:
            await self._rental.ask_until(self.app)
            self.post_message(Changed())

    def more_rows(self) -> list[tuple[str, Job]]:
        """Return the rows of a rental."""
        return [(text, self._then_fill(ask)) for text, ask in self._rental.rows(self.app)]

    def _then_fill(self, ask: Callable[[], Awaitable[None]]) -> Job:
        async def job() -> None:
            await ask()
            self.post_message(Changed())

        return job

    def order(self) -> Order:
        """Return what was entered, to be opened."""
        return replace(super().order(), rental=self._rental.terms())
