"""What the rows of a supplier's purchases say; in one line or in two."""

from decimal import Decimal

from screens.finder import FULL_WIDTH
from screens.widgets.text_line import shorten
from screens.words import quantity
from store.domain.language import _, ngettext
from store.domain.purchases import HOME_CURRENCY, PurchasedProduct, PurchaseLine

NAME_WIDTH = 26
WIDE_WIDTH, WIDE_NAME = 120, 60
"""Columns from which on names are hardly ever cut, and their room then."""
NARROW_WIDTH = 30


def product_lines(product: PurchasedProduct, width: int) -> list[str]:
    """Return the row of a product: pieces, price, and how it fares."""
    pieces = _("{count} pcs").format(count=quantity(product.pieces))
    fares = fare_texts(product)
    if width < FULL_WIDTH:
        return [product.product_name, ", ".join((pieces, *fares))]
    if width < WIDE_WIDTH:
        first = [pieces, price_text(product)]
        return [
            f"{shorten(product.product_name, NAME_WIDTH):<{NAME_WIDTH}} {', '.join(filter(None, first))}",
            "  " + (", ".join(fares) or _("nothing came back")),
        ]
    more = ", ".join(text for text in (pieces, price_text(product), *fares) if text)
    return [f"{shorten(product.product_name, WIDE_NAME):<{WIDE_NAME}} {more}"]


def fare_texts(product: PurchasedProduct) -> list[str]:
    """Return how a product fares: what went back by whom, complaints, and what a unit has cost since."""
    shares = (
        (product.given_back, _("given back by customers {share}%"), product.given_back_share),
        (product.replaced, _("replaced {share}%"), product.replaced_share),
        (product.returned, _("returned to supplier {share}%"), product.returned_share),
    )
    texts = [text.format(share=share) for count, text, share in shares if count]
    if product.complaints:
        text = ngettext(
            "{count} complaint, told of {share}% of the units",
            "{count} complaints, told of {share}% of the units",
            product.complaints,
        )
        texts.append(text.format(count=product.complaints, share=product.complained_share))
    texts += [
        _("{amount} {currency} a unit").format(amount=amount, currency=currency)
        for currency, amount in product.cost_per_unit.items()
    ]
    return texts


def price_text(product: PurchasedProduct) -> str:
    """Return the price of a piece, or from which to which it was; empty where none is known."""
    found = []
    for currency, (low, high) in product.prices.items():
        text = money(low) if low == high else f"{money(low)}-{money(high)}"
        found.append(text if currency == HOME_CURRENCY else f"{text} {currency}")
    return _("at {price}").format(price=", ".join(found)) if found else ""


def purchase_lines_of(line: PurchaseLine, width: int) -> list[str]:
    """Return the row of a line of a delivery."""
    day = f"{line.effective_at.astimezone():%Y-%m-%d}"
    price = ""
    if line.price is not None:
        foreign = "" if line.currency == HOME_CURRENCY else f" {line.currency}"
        price = _("at {price}").format(price=f"{money(line.price)}{foreign}")
    what = f"{quantity(line.pieces)} x {line.product_name}"
    if width < NARROW_WIDTH:
        return [f"{day} {quantity(line.pieces)} x", line.product_name]
    if width < FULL_WIDTH:
        return [f"{day} {line.number}", " ".join(text for text in (what, price) if text)]
    return [" ".join(text for text in (day, f"{line.number:<16}", what, price) if text)]


def money(value: Decimal) -> str:
    """Return an amount with at least two decimal places."""
    return f"{value:.2f}" if value == value.quantize(Decimal("0.01")) else f"{value:f}"
