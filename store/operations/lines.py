"""Lines of an open document."""

from peewee import fn

from store.domain.documents import NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.serials import key_of
from store.domain.terms import Nature
from store.models.documents import DocumentLineRow, ExpectedSerialRow
from store.models.products import ProductKindRow, ProductRow


def refuse_service(product_id: int) -> None:
    """Raise RefusedError(IS_SERVICE) for a product that never lies in a warehouse."""
    services = (ProductRow.id == product_id) & (ProductKindRow.nature == Nature.SERVICE)
    found = ProductRow.select(ProductRow.name).join(ProductKindRow).where(services).first()
    if found is not None:
        raise RefusedError(RefusalCode.IS_SERVICE, product=found.name)


def add_line_row(document_id: int, new: NewLine) -> DocumentLineRow:
    """Add a line with its announced serials behind the document's last one.

    A serial announced twice is kept once.
    """
    last = (
        DocumentLineRow.select(fn.coalesce(fn.max(DocumentLineRow.position), 0))
        .where(DocumentLineRow.document == document_id)
        .scalar()
    )
    serials = {key_of(serial): serial for serial in new.serials if key_of(serial)}
    row = DocumentLineRow.create(
        document=document_id,
        position=last + 1,
        product=new.product_id,
        expected=new.expected,
        announced=len(serials),
        unit_price=new.unit_price,
    )
    announced = [{"line": row.id, "serial": serial, "serial_key": key} for key, serial in serials.items()]
    for start in range(0, len(announced), 500):
        ExpectedSerialRow.insert_many(announced[start : start + 500]).execute()
    return row
