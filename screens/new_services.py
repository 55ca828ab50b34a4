"""Giving a customer services: which one, under which numbers, with what their fields require."""

from functools import partial

from screens.field_entry import ask_value
from screens.finder import Finder
from screens.form import Changed
from screens.frame import Job
from screens.product_choice import ProductChoice
from screens.service_forms import TermsForm
from screens.session import Session
from store.domain.field_values import shown
from store.domain.fields import Field
from store.domain.language import _
from store.domain.records import Party, Product
from store.domain.scan import Scan
from store.domain.services import NewService
from store.domain.terms import Nature
from store.operations.services import add_services
from store.queries.fields import fields_of_kind
from store.queries.products import search
from store.queries.services import proposed_terms


class ServiceChoice(ProductChoice):
    """Finds a product that is a service."""

    def title_text(self) -> str:
        """Return the question."""
        return _("Which service?")

    def find(self, text: str, skip: int, limit: int) -> list[Product]:
        """Return the services with `text` in them, by name."""
        return search(text, limit=limit, skip=skip, nature=Nature.SERVICE)

    def named(self, scan: Scan) -> list[Product]:
        """Return the service that a scan names."""
        return [product for product in super().named(scan) if product.is_service]


class AddServices(TermsForm):
    """Services of one product for a customer: every scan is the number of one more."""

    def __init__(self, session: Session, party: Party) -> None:
        """Add to what `party` has."""
        super().__init__(session)
        self._party = party
        self._product: Product | None = None
        self._numbers: tuple[str, ...] = ()
        self._required: list[Field] = []
        self._values: dict[int, str] = {}

    async def begin(self) -> None:
        """Ask for the service, and then for its number."""
        await super().begin()
        if self._product is not None and not self._numbers:
            await self._ask_numbers()
            self.post_message(Changed())

    def title_text(self) -> str:
        """Return whose they will be."""
        return _("New services: {name}").format(name=self._party.name)

    def rows(self) -> list[tuple[str, Job]]:
        """Return the rows of the form."""
        name = self._product.name if self._product else "?"
        return [
            (_("Service: {name}").format(name=name), self._ask_product),
            (_("Numbers: {numbers}").format(numbers=", ".join(self._numbers) or "?"), self._ask_numbers),
            *self.term_rows(),
            self.subject_row(),
            *((self._value_row(each), partial(self._ask_value, each)) for each in self._required),
        ]

    def _value_row(self, field: Field) -> str:
        text = self._values.get(field.id, "")
        return f"{field.name}: {shown(field, text) if text else '?'}"

    def lacks(self) -> Job | None:
        """Ask for the product, the numbers and what the fields require."""
        if self._product is None:
            return self._ask_product
        if not self._numbers:
            return self._ask_numbers
        empty = next((each for each in self._required if not self._values.get(each.id)), None)
        return None if empty is None else partial(self._ask_value, empty)

    async def _ask_value(self, field: Field) -> None:
        old = self._values.get(field.id, "")
        text = await ask_value(self.app, self.session, field, old, required=True)
        if text is not None:
            self._values[field.id] = text

    async def _ask_product(self) -> None:
        finder: Finder[Product] = ServiceChoice(self.session)
        chosen = await finder.ask(self.app)
        if chosen is not None:
            self._product = chosen
            kind = await self.session.lane.read(fields_of_kind, chosen.kind_id)
            self._required = [each.field for each in kind if each.required]
            self._values = {each.id: each.default for each in self._required}
            await self.begins_anew()

    async def begins_anew(self) -> None:
        """Take the end and the seats from the product."""
        if self._product is not None:
            terms = await self.session.lane.read(proposed_terms, self._product.id, self.valid_from)
            self.valid_until, self.seats = terms.valid_until, terms.seats

    async def _ask_numbers(self) -> None:
        question = _("Which number? Several with a semicolon between them.")
        text = await self.ask_text(question, "; ".join(self._numbers))
        self._take_numbers(text.split(";"))

    def _take_numbers(self, texts: list[str]) -> None:
        self._numbers = tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))

    async def take_scan(self, scan: Scan) -> None:
        """Add a scanned number."""
        self._take_numbers([*self._numbers, scan.text])
        self.is_changed = True
        self.post_message(Changed())

    async def write(self) -> None:
        """Add them."""
        assert self._product is not None  # noqa: S101 - asked for before
        new = NewService(
            party_id=self._party.id, product_id=self._product.id, numbers=self._numbers,
            valid_from=self.valid_from, valid_until=self.valid_until, seats=self.seats,
            subject_id=self.subject_id, subject=self.subject, values=self._values,
        )  # fmt: skip
        await self.session.lane.write(add_services, self.session.actor(), new, token=self.token)
