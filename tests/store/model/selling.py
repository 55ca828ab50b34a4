"""Invoices in the walk: sold by a file, corrected by another one, reversed as a whole."""

from decimal import Decimal
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from store.domain.errors import Refusal, RefusalCode
from store.domain.received import InvoiceState, Receipt
from store.domain.terms import DocumentType
from store.operations.reversing import reverse_invoice
from tests.store.imports.files import extra, row
from tests.store.invoice_files import post, sale
from tests.store.model import invoicing
from tests.store.model.floor import BUYER, MAIN, SERIALS, Floor, number, tried
from tests.store.model.world import Sale


class Selling(Floor):
    """Invoices to one buyer, whom nothing else is issued to: what an issue covered is another test's."""

    def post_file(self, data: bytes) -> Receipt:
        return post(self.company, data)

    @rule(pieces=st.integers(0, 6), serials=st.lists(st.sampled_from(SERIALS), max_size=2, unique=True))
    def sell_by_invoice(self, pieces: int, serials: list[str]) -> None:
        rows = [row(1, index="CB-2", quantity=pieces)] if pieces else []
        rows += [row(2, index="NB-14", quantity=len(serials))] if serials else []
        if not rows:
            return
        named = extra(2, "Numer seryjny", ", ".join(serials)) if serials else ""
        asked = invoicing.asks(self.world, serials)
        receipt = self.post_file(sale(*rows, number=f"FV/{next(self.company.tokens)}", extras=named))
        assert (receipt.invoice.state is InvoiceState.WAITING) == asked, receipt.questions
        if not asked:
            sold = Sale(receipt.invoice.id, BUYER)
            self.world.invoices[sold.id] = sold
            self.posted[DocumentType.INVOICE] += invoicing.sell(
                self.world, sold, MAIN, serials, Decimal(pieces)
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
