"""What a correction changes in pieces: rows before and after are paired, and only the difference counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from store.domain.gtins import normalised
from store.domain.invoices import CorrectionStyle, Invoice, InvoiceKind, InvoiceLine
from store.domain.serials import key_of

CORRECTIONS = frozenset(
    {InvoiceKind.CORRECTION, InvoiceKind.SETTLEMENT_CORRECTION, InvoiceKind.ADVANCE_CORRECTION}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A row as it was and as it is to be; one of them is missing when a row was added or taken away."""

    before: InvoiceLine | None
    after: InvoiceLine | None

    @property
    def line(self) -> InvoiceLine:
        """The row that the difference is shown at."""
        line = self.after or self.before
        if line is None:
            raise ValueError("a pair of nothing")
        return line

    @property
    def same_product(self) -> bool:
        """Tell whether nothing says that the two rows are about different products.

        A GTIN or an index decides; without one, rows with the same id of their own are the same, whatever
        their names: corrections of names are common (the ministry's example 18).
        """
        if self.before is None or self.after is None:
            return True
        mine, theirs = _identities(self.before), _identities(self.after)
        both = mine.keys() & theirs.keys()
        if both - {"name"}:
            return all(mine[name] == theirs[name] for name in both - {"name"})
        if self.before.uu_id and self.before.uu_id == self.after.uu_id:
            return True
        return all(mine[name] == theirs[name] for name in both)


def style_of(invoice: Invoice) -> CorrectionStyle | None:
    """Return how a correction says what changed; None for anything that is no correction."""
    if invoice.kind not in CORRECTIONS:
        return None
    lines = invoice.lines or invoice.order_lines
    if not lines:
        return CorrectionStyle.NO_LINES
    return CorrectionStyle.BEFORE_AFTER if any(line.before for line in lines) else CorrectionStyle.DIFFERENCE


def pairs_of(lines: Sequence[InvoiceLine]) -> tuple[Pair, ...]:
    """Pair the rows before with the rows after, in the order of the file.

    By their own id; else by the number of the row where the product agrees; else by the product; else by the
    number alone, which then says that the product was changed. Each row is in one pair at most.
    """
    befores = [line for line in lines if line.before]
    afters = [line for line in lines if not line.before]
    pairs: list[Pair] = []
    for key in (_by_id, _by_number_and_product, _by_product, _by_number):
        befores, afters, found = _matched(befores, afters, key)
        pairs += found
    pairs += [Pair(before=line, after=None) for line in befores]
    pairs += [Pair(before=None, after=line) for line in afters]
    return tuple(
        sorted(pairs, key=lambda pair: min(each.position for each in (pair.before, pair.after) if each))
    )


_Key = Callable[[InvoiceLine], object]


def _matched(
    befores: Sequence[InvoiceLine], afters: Sequence[InvoiceLine], key: _Key
) -> tuple[list[InvoiceLine], list[InvoiceLine], list[Pair]]:
    """Return what stays unpaired and the pairs with the same key; of several alike, in their order."""
    waiting: dict[object, list[InvoiceLine]] = {}
    for line in reversed(afters):
        if (value := key(line)) is not None:
            waiting.setdefault(value, []).append(line)
    pairs, left = [], []
    for line in befores:
        partners = waiting.get(key(line))
        if partners:
            pairs.append(Pair(before=line, after=partners.pop()))
        else:
            left.append(line)
    taken = {pair.line.position for pair in pairs}
    return left, [line for line in afters if line.position not in taken], pairs


def _identities(line: InvoiceLine) -> dict[str, str]:
    """Return what says which product a row is about."""
    named = {
        "gtin": normalised(line.gtin) or key_of(line.gtin),
        "index": key_of(line.seller_index),
        "name": key_of(line.name),
    }
    return {name: value for name, value in named.items() if value}


def _product(line: InvoiceLine) -> object:
    named = _identities(line)
    return named.get("gtin") or named.get("index") or named.get("name")


def _by_id(line: InvoiceLine) -> object:
    return line.uu_id or None


def _by_number_and_product(line: InvoiceLine) -> object:
    product = _product(line)
    return (line.number, product) if line.number and product else None


def _by_product(line: InvoiceLine) -> object:
    return _product(line)


def _by_number(line: InvoiceLine) -> object:
    return line.number or None
