"""A small company for the tests: what a warehouse needs to receive and to issue."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar

from peewee import Database

from store.domain.documents import Accepted, Document, NewDocument, NewLine, Outcome
from store.domain.loans import RentalTerms, Until
from store.domain.records import Actor, Location, Operator, Party, Product, Terminal
from store.domain.roles import Role
from store.domain.scan import Gs1Item, Scan, Source
from store.domain.terms import DocumentType, Tracking
from store.operations.closing import close_document
from store.operations.documents import open_document
from store.operations.operators import create_operator
from store.operations.parties import create_location, create_party
from store.operations.products import create_kind, create_product
from store.operations.scanning import take
from store.operations.terminals import create_terminal
from store.transaction import run_write

T = TypeVar("T")
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@dataclass
class Company:
    """An opened store with a company in it, and short words for what the tests do."""

    database: Database
    us: Party
    supplier: Party
    customer: Party
    main: Location
    van: Location
    laptop: Product
    """Serials like LT123456; has a GTIN."""
    printer: Product
    """Any serial; has a GTIN."""
    phone: Product
    """Any serial; no GTIN yet."""
    cable: Product
    """By quantity; has a GTIN."""
    worker: Operator
    chief: Operator
    desk: Terminal
    gate: Terminal
    now: datetime = START
    tokens: Any = field(default_factory=lambda: (f"token-{n}" for n in count()))

    def run(self, function: Callable[..., T], *args: Any, **options: Any) -> T:
        return run_write(self.database, lambda: function(*args, **options))

    def actor(self, operator: Operator | None = None, terminal: Terminal | None = None) -> Actor:
        self.now += timedelta(seconds=1)
        return Actor(operator=operator or self.worker, terminal=terminal or self.desk, at=self.now)

    def scan(self, text: str, gs1: Gs1Item | None = None) -> Scan:
        return Scan(text=text, raw=text, source=Source.DEVICE, at=self.now, gs1=gs1)

    def delivery(self, *lines: NewLine, **options: Any) -> Document:
        new = NewDocument(
            type=DocumentType.DELIVERY,
            party_id=options.pop("party", self.supplier).id,
            location_id=options.pop("location", self.main).id,
            lines=lines,
            **options,
        )
        return self.run(open_document, self.actor(self.chief), new)

    def issue(self, *lines: NewLine, **options: Any) -> Document:
        new = NewDocument(
            type=DocumentType.ISSUE,
            party_id=options.pop("party", self.customer).id,
            location_id=options.pop("location", self.main).id,
            lines=lines,
            **options,
        )
        return self.run(open_document, self.actor(self.chief), new)

    def transfer(self, *lines: NewLine, **options: Any) -> Document:
        new = NewDocument(
            type=DocumentType.TRANSFER,
            location_id=options.pop("location", self.main).id,
            target_id=options.pop("target", self.van).id,
            lines=lines,
            **options,
        )
        return self.run(open_document, self.actor(self.chief), new)

    def rental(self, *lines: NewLine, **options: Any) -> Document:
        """Open a rental for a week, unless `until` says otherwise."""
        until = options.pop("until", None) or Until(due=self.now.date() + timedelta(days=7))
        new = NewDocument(
            type=DocumentType.RENTAL,
            party_id=options.pop("party", self.customer).id,
            location_id=options.pop("location", self.main).id,
            lines=lines,
            rental=RentalTerms(until=until),
            **options,
        )
        return self.run(open_document, self.actor(self.chief), new)

    def lend(self, *serials: str, **options: Any) -> Document:
        """Lend units from our stock, and return the posted rental."""
        rental = self.rental(**options)
        self.accept(rental, *serials)
        return self.close(rental)

    def lend_line(self, product: Product, *serials: str) -> Document:
        """Lend units of one product, whose numbers another product's units may have as well."""
        rental = self.rental(NewLine(product_id=product.id))
        self.accept(rental, *serials)
        return self.close(rental)

    def returning(self) -> Document:
        """Open a return, for whatever comes back."""
        new = NewDocument(type=DocumentType.RETURN, location_id=self.main.id)
        return self.run(open_document, self.actor(self.chief), new)

    def open(self, kind: DocumentType, party: Party, *lines: NewLine, **options: Any) -> Document:
        new = NewDocument(type=kind, party_id=party.id, location_id=self.main.id, lines=lines, **options)
        return self.run(open_document, self.actor(self.chief), new)

    def deposit(self, product: Product, *texts: str) -> None:
        """Receive what stays the supplier's."""
        document = self.delivery(NewLine(product_id=product.id), units_of_supplier=True)
        self.accept(document, *texts)
        self.close(document)

    def take(self, document: Document, text: str | Scan, **options: Any) -> Outcome:
        scan = text if isinstance(text, Scan) else self.scan(text)
        actor = options.pop("actor", None) or self.actor()
        options.setdefault("token", next(self.tokens))
        return self.run(take, actor, document.id, scan, **options)

    def accept(self, document: Document, *texts: str, **options: Any) -> list[Accepted]:
        outcomes = [self.take(document, text, **options) for text in texts]
        assert all(isinstance(outcome, Accepted) for outcome in outcomes), outcomes
        return outcomes  # type: ignore[return-value]

    def close(self, document: Document, **options: Any) -> Document:
        options.setdefault("token", next(self.tokens))
        actor = options.pop("actor", None) or self.actor(self.chief)
        return self.run(close_document, actor, document.id, **options)

    def stock(self, product: Product, *serials: str, location: Location | None = None) -> None:
        """Put units into our stock by a delivery."""
        line = NewLine(product_id=product.id, expected=Decimal(len(serials)))
        document = self.delivery(line, location=location or self.main)
        self.accept(document, *serials)
        self.close(document)


LAPTOP_GTIN = "05901234123457"
PRINTER_GTIN = "05012345678900"
CABLE_GTIN = "04006381333931"


def found_company(database: Database) -> Company:
    """Create the company in an empty, migrated store."""
    return run_write(database, lambda: _found(database))


def _found(database: Database) -> Company:
    us = create_party("US", "Magazyn Wzorcowy sp. z o.o.", is_own=True)
    main = create_location("MAIN", "Magazyn główny")
    computers = create_kind("COMP", "Komputery")
    accessories = create_kind("ACC", "Akcesoria")
    return Company(
        database=database,
        us=us,
        supplier=create_party("SUP", "Dostawca S.A.", is_supplier=True),
        customer=create_party("CUS", "Odbiorca sp. z o.o.", is_customer=True),
        main=main,
        van=create_location("VAN", "Samochód serwisowy"),
        laptop=create_product(
            "NB-14", "Laptop 14", computers,
            warranty_months=24, serial_pattern=r"LT\d{6}", gtins=[LAPTOP_GTIN],
        ),
        printer=create_product(
            "PR-1", "Drukarka laserowa", computers, warranty_months=12, gtins=[PRINTER_GTIN]
        ),
        phone=create_product("PH-5", "Telefon 5G", computers),
        cable=create_product(
            "CB-2", "Kabel 2 m", accessories, tracking=Tracking.QUANTITY, gtins=[CABLE_GTIN]
        ),
        worker=create_operator("W1", "Magazynier", Role.WORKER),
        chief=create_operator("C1", "Kierownik", Role.SUPERVISOR),
        desk=create_terminal("T1", "Stanowisko 1", main.id),
        gate=create_terminal("T2", "Brama", main.id),
    )  # fmt: skip
