"""Papers of lending for the tests."""

from datetime import date, timedelta
from decimal import Decimal

from store.domain.loan_papers import (
    BackFrom,
    BackLine,
    HeldLine,
    HoldingsList,
    LentLine,
    OutLine,
    OutWith,
    RentalProtocol,
    ReturnProtocol,
    UnreturnedList,
)
from store.domain.papers import PaperParty
from store.domain.terms import Condition, Terms

DAY = date(2026, 11, 24)
US = PaperParty(name="Hurtownia Żółw S.A.", tax_id="1234563218", address="ul. Krótka 1\n00-001 Łódź")
THEM = PaperParty(
    name="Odbiorca sp. z o.o.", tax_id="5260250274", address="ul. Świętokrzyska 14\n00-050 Warszawa"
)
NUMBER = "WYP/2026/000123"
CABLE = {"name": "Kabel", "sku": "CB-2", "quantity": Decimal("2.5")}


def serial(number: int) -> str:
    return f"LT{number:06}"


def rental(count: int, *further: LentLine, **fields: object) -> RentalProtocol:
    lines = tuple(
        LentLine(name="Laptop 14", sku="NB-14", serial=serial(number), condition=Condition.USED,
                 accessories="zasilacz, torba")
        for number in range(count)
    )  # fmt: skip
    known = {
        "number": NUMBER, "day": DAY, "place": "Magazyn główny", "lender": US, "borrower": THEM,
        "lines": (*lines, *further), "due": DAY + timedelta(days=14), "purpose": "targi <b> & wystawa",
        "deposit": Decimal(1500), "daily_rate": Decimal("12.5"), "handed_over_by": "Grażyna Świątek",
    }  # fmt: skip
    return RentalProtocol(**(known | fields))  # type: ignore[arg-type]


def back(count: int, *further: BackFrom, lines: tuple[BackLine, ...] = ()) -> ReturnProtocol:
    own = tuple(
        BackLine(name="Laptop 14", sku="NB-14", serial=serial(number), rental=NUMBER, due=DAY,
                 days_late=number % 3, condition=Condition.USED, accessories="zasilacz",
                 note="brak torby" if number == 1 else "")
        for number in range(count)
    )  # fmt: skip
    return ReturnProtocol(
        number="ZW/2026/000007",
        day=DAY,
        place="Magazyn główny",
        receiver=US,
        givers=(BackFrom(party=THEM, lines=(*own, *lines)), *further),
        remarks="Zwrócono w kartonie",
        received_by="Grażyna Świątek",
    )


def holdings(count: int, *further: HeldLine, **fields: object) -> HoldingsList:
    lines = tuple(
        HeldLine(name="Laptop 14", sku="NB-14", serial=serial(number), document=NUMBER, since=DAY,
                 terms=Terms.RENTED if number % 2 else Terms.SOLD, due=DAY if number % 2 else None)
        for number in range(count)
    )  # fmt: skip
    known = {"day": DAY, "company": US, "code": "K-0042", "customer": THEM, "lines": (*lines, *further)}
    return HoldingsList(**(known | fields))  # type: ignore[arg-type]


def unreturned(customers: int, each: int, *further: OutWith, **fields: object) -> UnreturnedList:
    found = tuple(
        OutWith(
            code=f"K-{customer:04}",
            name=f"Odbiorca {customer}",
            lines=tuple(
                OutLine(name="Laptop 14", sku="NB-14", serial=serial(customer * each + number),
                        document=NUMBER, since=DAY, due=DAY if number else None, days_late=number % 40,
                        value=Decimal("1234.5"))
                for number in range(each)
            ),
        )
        for customer in range(customers)
    )  # fmt: skip
    known = {"day": DAY, "company": US, "customers": (*found, *further)}
    return UnreturnedList(**(known | fields))  # type: ignore[arg-type]
