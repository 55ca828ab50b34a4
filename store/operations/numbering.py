"""Numbers of services that an invoice sells without any, and which of them a correction means."""

from collections.abc import Sequence
from decimal import Decimal

from store.domain.errors import RefusalCode, RefusedError
from store.domain.received import LineOutcome
from store.domain.records import Party
from store.domain.serials import key_of
from store.models.sql import select
from store.queries.invoice_facts import known_units


def number_services(number: str, lines: Sequence[LineOutcome]) -> None:
    """Give numbers to the services on `lines` that have none: invoice, line, piece where there are several.

    One that was withdrawn with its invoice is placed again under the number that it had. One query, whatever
    the number of services. Raises RefusedError(EXISTS) when something else has such a number.
    """
    asked: list[tuple[LineOutcome, list[str]]] = []
    for line in lines:
        if line.numbered:
            count = int(line.numbered)
            stem = f"{number}/{line.move.line.position}"
            asked.append((line, [stem] if count == 1 else [f"{stem}.{each}" for each in range(1, count + 1)]))
    if not asked:
        return
    known = known_units({key_of(text) for _line, texts in asked for text in texts})
    for line, texts in asked:
        product = line.chosen.product
        assert product is not None  # noqa: S101 - a line that moves has a product
        for text in texts:
            unit = known.get((product.id, key_of(text)))
            if unit is None:
                line.born.append(text)
            elif unit.withdrawn:
                line.units.append((text, unit))
            else:
                raise RefusedError(RefusalCode.EXISTS, text=text)


def newest_services(party: Party, lines: Sequence[LineOutcome]) -> list[list[tuple[str, int | None]]]:
    """Return for each line the services that it takes back: the named ones, then the newest of the party.

    Raises RefusedError(TOO_FEW) when the party has less of them.
    """
    taken: set[int] = set()
    found = []
    for line in lines:
        product = line.chosen.product
        assert product is not None  # noqa: S101 - a line that moves has a product
        units: list[tuple[str, int | None]] = [(serial, unit.id) for serial, unit in line.units]
        taken |= {unit.id for _serial, unit in line.units}
        if line.pending:
            rows = select(
                "SELECT u.id, u.serial FROM unit u JOIN validity v ON v.unit_id = u.id "
                "WHERE u.place_id = :place_id AND u.terms = 'sold' AND u.product_id = :product_id "
                "AND v.ended_on IS NULL AND v.renewed_id IS NULL ORDER BY u.id DESC LIMIT :limit",
                place_id=party.place_id,
                product_id=product.id,
                limit=int(line.pending) + len(taken),
            )
            free = [row for row in rows if row["id"] not in taken][: int(line.pending)]
            if len(free) < line.pending:
                raise RefusedError(
                    RefusalCode.TOO_FEW,
                    product=product.name,
                    wanted=line.pending,
                    available=Decimal(len(free)),
                )
            units += [(row["serial"], row["id"]) for row in free]
            taken |= {row["id"] for row in free}
        found.append(units)
    return found
