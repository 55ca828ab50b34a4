"""Opening a document by hand: for whom, where, whose goods, and what is expected."""

from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.add_line import ADD, ask_expected, ask_line
from screens.choice import Choice, yes_or_no
from screens.commands import Command
from screens.entry import Entry
from screens.frame import Frame, Job
from screens.location_choice import LocationChoice
from screens.naming import document_part
from screens.party_choice import PartyChoice, is_of_side
from screens.session import Session
from screens.widgets.choices import Choices
from screens.words import quantity, refusal_text
from store.domain.documents import NewDocument as Order
from store.domain.documents import NewLine
from store.domain.errors import Refusal, RefusalCode
from store.domain.kinds import KINDS, PartySide
from store.domain.language import N_, _
from store.domain.records import Location, Party, Product
from store.domain.scan import Scan
from store.domain.terms import DocumentType
from store.operations.documents import open_document

OPEN = Command(
    code="OPEN",
    key="f10",
    label=N_("Open it"),
    action="open",
    help=N_("Open the document and scan into it."),
)


@dataclass(slots=True)
class _Form:
    """What was entered so far."""

    location: Location
    party: Party | None = None
    target: Location | None = None
    reference: str = ""
    units_of_supplier: bool = False
    lines: list[tuple[Product, NewLine]] = field(default_factory=list)


def _row(label: str, chosen: Location | Party | None) -> str:
    return f"{_(label)}: {chosen.name if chosen else '?'}"


class Changed(Message):
    """Something was entered."""


class NewDocument(Frame):
    """A form of rows: a digit changes its row, a scan of a party, a location or a product fills it in.

    An issue without lines is free: what is scanned goes. With lines it is the customer's order.
    """

    OFFERS: ClassVar[tuple[Command, ...]] = (OPEN, ADD)
    CSS_PATH: ClassVar = ["frame.tcss", "new_document.tcss"]

    def __init__(self, session: Session, kind: DocumentType) -> None:
        """Open a document of `kind`, at the terminal's location unless another is chosen."""
        super().__init__(session)
        self._type = kind
        self._kind = KINDS[kind]
        self._form = _Form(location=session.actor().terminal.location)
        self.opened: int | None = None

    async def ask(self, app: App[object]) -> int | None:
        """Show this screen and return the id of the document that was opened; None: the person went back."""
        await app.push_screen_wait(self)
        return self.opened

    @property
    def _is_within(self) -> bool:
        """Tell whether it is with nobody, and goes from one location of ours to another."""
        return self._kind.party is PartySide.US

    @property
    def is_ready(self) -> bool:
        """Tell whether it can be opened: it is known whom it is with, or where it goes."""
        return (self._form.target if self._is_within else self._form.party) is not None

    @property
    def _is_suppliers(self) -> bool:
        return self._kind.party is PartySide.SUPPLIER

    def title_text(self) -> str:
        """Return what is opened."""
        return _("New: {document}").format(document=_(self._kind.name))

    def compose_body(self) -> ComposeResult:
        """Build the rows."""
        yield Choices(id="rows")

    def on_mount(self) -> None:
        """Ask first for whom it is, or where it goes."""
        super().on_mount()
        self.query_one(Choices).focus()
        self._fill()
        self.enqueue(self.ask_first)

    async def ask_first(self) -> None:
        """Ask for what the document cannot be without. Part of a job."""
        await (self._ask_target() if self._is_within else self._ask_party())

    def _rows(self) -> list[tuple[str, Job]]:
        """Return the rows of the form, and the job behind each."""
        form = self._form
        kind = self._kind
        rows: list[tuple[str, Job]] = [(_row(kind.location_label, form.location), self._ask_location)]
        if self._is_within:
            rows.append((_row(kind.target_label, form.target), self._ask_target))
        else:
            rows.insert(0, (_row(kind.party_label, form.party), self._ask_party))
        rows.append((f"{_(kind.reference_label)}: {form.reference or '-'}", self._ask_reference))
        if kind.may_be_deposit:
            owner = _("the supplier (a deposit)") if form.units_of_supplier else _("us")
            rows.append((_("Owner: {name}").format(name=owner), self._ask_owner))
        rows += self.more_rows()
        for number, (product, line) in enumerate(form.lines):
            count = quantity(line.expected) if line.expected else _("any number")
            rows.append((f"{product.name}: {count}", partial(self._change_line, number)))
        rows.append((_("Add a product..."), partial(self._ask_line, None)))
        return rows

    def more_rows(self) -> list[tuple[str, Job]]:
        """Return the rows that only this type of document has, above its products."""
        return []

    @on(Changed)
    def _fill(self) -> None:
        rows = self.query_one(Choices)
        highlighted = rows.highlighted or 0
        rows.fill(text for text, _job in self._rows())
        rows.highlighted = min(highlighted, rows.option_count - 1)
        self.say(_("F10 opens it.") if self.is_ready else _("Digit: change a row."))

    @on(OptionList.OptionSelected)
    def _change_row(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(self._rows()[message.option_index][1])

    async def _ask_party(self) -> None:
        party = await PartyChoice(self.session, suppliers=self._is_suppliers).ask(self.app)
        self._form.party = party or self._form.party
        self.post_message(Changed())

    async def _ask_location(self) -> None:
        place = await self._chosen_place(_(self._kind.location_question), besides=self._form.target)
        if place is not None:
            self._form.location = place
            self.post_message(Changed())

    async def _ask_target(self) -> None:
        place = await self._chosen_place(_(self._kind.target_question), besides=self._form.location)
        if place is not None:
            self._form.target = place
            self.post_message(Changed())

    async def _chosen_place(self, question: str, *, besides: Location | None) -> Location | None:
        return await LocationChoice(self.session, question, besides=besides).ask(self.app)

    async def _ask_reference(self) -> None:
        text = f"{_(self._kind.reference_label)}?"
        entry = Entry(text, value=self._form.reference, takes_scans=True, bell=self.session.bell)
        answer = await self.app.push_screen_wait(entry)
        if answer is not None:
            self._form.reference = answer.strip()
            self.post_message(Changed())

    async def _ask_owner(self) -> None:
        answers = (_("Us"), _("The supplier (a deposit)"))
        question = Choice(_("Whose are the units?"), answers, bell=self.session.bell)
        chosen = await self.app.push_screen_wait(question)
        if chosen is not None:
            self._form.units_of_supplier = chosen == 1
            self.post_message(Changed())

    async def _ask_line(self, product: Product | None) -> None:
        added = await ask_line(self.app, self.session, product)
        if added is not None:
            self._form.lines.append(added)
            self.post_message(Changed())

    async def _change_line(self, number: int) -> None:
        product, line = self._form.lines[number]
        answers = (_("Change the count"), _("Remove it"))
        chosen = await self.app.push_screen_wait(Choice(product.name, answers, bell=self.session.bell))
        if chosen == 1:
            del self._form.lines[number]
        elif chosen == 0:
            expected = await ask_expected(self.app, self.session, product, line.expected)
            if expected is not None:
                self._form.lines[number] = (
                    product,
                    NewLine(product_id=product.id, expected=expected or None),
                )
        self.post_message(Changed())

    async def take_scan(self, scan: Scan) -> None:
        """Fill in the row that a scan belongs to."""
        text = scan.gs1.gtin if scan.gs1 else scan.text
        found = await self.session.lane.read(document_part, text)
        if isinstance(found, Product):
            await self._ask_line(found)
        elif isinstance(found, Location):
            await self._fill_in_place(found)
        elif isinstance(found, Party) and self._takes(found):
            self._form.party = found
        else:
            await self.stop_work(
                _("{text} is no product, location or party for this document. Check the code.").format(
                    text=found.name if found else scan.text
                )
            )
        self.post_message(Changed())

    async def _fill_in_place(self, place: Location) -> None:
        """Fill in where it is, or where it goes: that is what is asked for first, if anything is."""
        form = self._form
        if not self._is_within:
            form.location = place
        elif place != form.location:
            form.target = place
        else:
            refusal = Refusal(RefusalCode.SAME_PLACE, {"place": place.name})
            await self.stop_work(refusal_text(refusal))

    def _takes(self, party: Party) -> bool:
        return not self._is_within and is_of_side(party, suppliers=self._is_suppliers)

    def action_add(self) -> None:
        """Add a product."""
        self.enqueue(partial(self._ask_line, None))

    def action_open(self) -> None:
        """Open the document."""
        self.enqueue(self._open)

    async def _open(self) -> None:
        if not self.is_ready:
            await self.ask_first()
        if not self.is_ready:
            return
        document = await self.session.lane.write(
            open_document, self.session.actor(), self.order(), token=str(uuid4())
        )
        self.opened = document.id
        self.dismiss()

    def order(self) -> Order:
        """Return what was entered, to be opened."""
        form = self._form
        return Order(
            type=self._type,
            party_id=form.party.id if form.party else None,
            location_id=form.location.id,
            target_id=form.target.id if form.target else None,
            lines=tuple(line for _product, line in form.lines),
            reference=form.reference,
            units_of_supplier=form.units_of_supplier,
        )

    def action_back(self) -> None:
        """Go back, and ask first when something was entered."""
        self.enqueue(self._go_back)

    async def _go_back(self) -> None:
        form = self._form
        if form.lines or form.reference:
            question = yes_or_no(_("Leave without opening it?"), bell=self.session.bell)
            if await self.app.push_screen_wait(question) != 0:
                return
        self.dismiss()
