"""Finding a product."""

from screens.finder import Finder
from store.domain.language import _
from store.domain.records import Product
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.queries.products import product_by_id, search
from store.queries.resolve import resolve


class ProductChoice(Finder[Product]):
    """Finds a product by a part of its name, its SKU or a GTIN, or by a scan of its box."""

    def title_text(self) -> str:
        """Return the question."""
        return _("Which product?")

    def label(self) -> str:
        """Return what can be typed."""
        return _("Name, SKU or GTIN")

    def find(self, text: str, skip: int, limit: int) -> list[Product]:
        """Return the products with `text` in them, by name."""
        return search(text, limit=limit, skip=skip)

    def named(self, scan: Scan) -> list[Product]:
        """Return the product that a scan names: by the GTIN, also that of a GS1 code, or the SKU."""
        hits = resolve(scan.gs1.gtin if scan.gs1 else scan.text).hits
        return [product_by_id(hit.id) for hit in hits if hit.kind is Named.PRODUCT]

    def parts(self, item: Product) -> tuple[str, str]:
        """Return the name; and SKU and kind."""
        return item.name, f"{item.sku}  {item.kind_name}"
