"""Invoices in the walk: sold by a file, corrected by another one, reversed as a whole."""

from decimal import Decimal
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from store.domain.errors import Refusal, RefusalCode
from store.domain.received import InvoiceState, Receipt
from store.domain.services import NewService
from store.domain.terms import DocumentType
from store.operations.importing import post_if_clear
from store.operations.reversing import reverse_invoice
from store.operations.services import add_services
from tests.store.imports.files import extra, row
from tests.store.invoice_files import arrive, sale
from tests.store.model import invoicing
from tests.store.model.floor import Floor
from tests.store.model.ground import BUYER, CUSTOMERS, LICENCES, SERIALS, number, tried
from tests.store.model.things import MAIN, Sale, sold_to


class Selling(Floor):
    """Invoices to one buyer, whom nothing else is issued to: what an issue covered is another test's."""

    def post_file(self, data: bytes) -> Receipt:
        """Receive a file and post it, unless it asks something or cannot be posted: it waits then."""
        receipt = arrive(self.company, data)
        actor = self.company.actor(self.company.chief)
        done = tried(partial(self.company.run, post_if_clear, actor, receipt))
        self.refused = done if isinstance(done, Refusal) else None
        return receipt if isinstance(done, Refusal) else done

    @rule(
        pieces=st.integers(0, 6), serials=st.lists(st.sampled_from(SERIALS), max_size=2, unique=True),
        later=st.integers(0, 2), licence=st.sampled_from(["", "", *LICENCES]),
    )  # fmt: skip
    def sell_by_invoice(self, pieces: int, serials: list[str], later: int, licence: str) -> None:
        rows = [row(1, index="CB-2", quantity=pieces)] if pieces else []
        rows += [row(2, index="NB-14", quantity=len(serials) + later)] if serials or later else []
        rows += [row(3, index="AV-5")] if licence else []
        if not rows:
            return
        named = extra(2, "Numer seryjny", ", ".join(serials)) if serials else ""
        named += extra(3, "Numer seryjny", licence) if licence else ""
        serials = [*serials, licence] if licence else serials
        asked = invoicing.asks(self.world, serials)
        receipt = self.post_file(sale(*rows, number=f"FV/{next(self.company.tokens)}", extras=named))
        assert (receipt.invoice.state is InvoiceState.WAITING) == asked, (receipt.questions, self.refused)
        if not asked:
            sold = Sale(receipt.invoice.id, BUYER)
            self.world.invoices[sold.id] = sold
            self.world.services |= {licence} - {""}
            self.posted[DocumentType.INVOICE] += invoicing.sell(
                self.world, sold, MAIN, serials, Decimal(pieces), Decimal(later)
            )

    @rule(pieces=st.integers(1, 4))
    def correct_an_invoice(self, pieces: int) -> None:
        rows = (
            row(1, index="CB-2", quantity=9, before=True, uu_id="a"),
            row(1, index="CB-2", quantity=9 - pieces, uu_id="a"),
        )
        allowed = invoicing.may_take_back(self.world, BUYER, Decimal(pieces))
        receipt = self.post_file(sale(*rows, kind="KOR", number=f"KOR/{next(self.company.tokens)}"))
        assert (receipt.invoice.state is InvoiceState.IMPORTED) == allowed, receipt.questions
        if allowed:
            correction = Sale(receipt.invoice.id, BUYER, is_correction=True)
            self.world.invoices[correction.id] = correction
            invoicing.take_back(self.world, correction, MAIN, Decimal(pieces))
            self.posted[DocumentType.CORRECTION] += 1

    @precondition(lambda self: self.world.invoices)
    @rule(which=number)
    def reverse_an_invoice(self, which: int) -> None:
        invoice = list(self.world.invoices.values())[which % len(self.world.invoices)]
        allowed = invoicing.may_reverse(self.world, invoice)
        actor = self.company.actor(self.company.chief)
        done = tried(partial(self.company.run, reverse_invoice, actor, invoice.id, reason="Pomylka"))
        assert isinstance(done, Refusal) != allowed, (invoice, done)
        if isinstance(done, Refusal):
            assert done.code is RefusalCode.MOVED_ON
            return
        corrections, invoices = invoicing.reverse(self.world, invoice)
        self.posted[DocumentType.CORRECTION] += corrections
        self.posted[DocumentType.INVOICE] += invoices
        del self.world.invoices[invoice.id]

    @rule(who=number, text=st.sampled_from(LICENCES))
    def give_a_licence(self, who: int, text: str) -> None:
        """A service is with its customer, and never lies in a warehouse."""
        party = CUSTOMERS[who % len(CUSTOMERS)]
        new = NewService(product_id=self.licence.id, party_id=self.parties[party].id, numbers=(text,))
        token = next(self.company.tokens)
        done = tried(partial(self.company.run, add_services, self.company.actor(), new, token=token))
        assert isinstance(done, Refusal) == (text in self.world.units), (text, done)
        if not isinstance(done, Refusal):
            self.world.services.add(text)
            self.world.place(text, sold_to(party))
            self.posted[DocumentType.SERVICES] += 1
