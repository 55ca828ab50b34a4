"""The item of a UBL line: its names, indexes, properties and the instances with their serials."""

from dataclasses import replace

from store.domain.errors import RefusedError
from store.domain.invoices import InvoiceLine, WarningCode
from store.domain.ranges import serials_of_range
from store.domain.serial_text import split
from store.imports.notes import Notes
from store.imports.options import ReadOptions
from store.imports.xml_fields import Xml

_GTIN_SCHEMES = frozenset({"0160", "0088", "GTIN", "EAN", "SRV", ""})
"""0160 is right; 0088 is a GLN, and often written for a GTIN."""
_CN_LISTS = frozenset({"HS", "CN", "TARIC"})
_VAT_CATEGORIES = frozenset({"S", "Z", "E", "AE", "K", "G", "O", "L", "M", "B"})


def item(found: Xml | None, line: InvoiceLine, options: ReadOptions, notes: Notes) -> InvoiceLine:
    """Return the line with what its item says."""
    if found is None:
        return line
    extra = tuple(
        (each.text("Name"), each.text("Value"))
        for each in found.all("AdditionalItemProperty")
        if each.text("Name")
    )
    serials = [
        serial
        for text in found.texts("ItemInstance/SerialID")
        for serial in _unpacked(text, line.position, notes)
    ]
    serials += [serial for key, value in extra if options.is_serial_key(key) for serial in split(value)]
    lots = found.texts("ItemInstance/LotIdentification/LotNumberID")
    lots += tuple(value for key, value in extra if options.is_lot_key(key) and value)
    return replace(
        line,
        name=found.text("Name") or found.text("Description"),
        seller_index=found.text("SellersItemIdentification/ID"),
        buyer_index=found.text("BuyersItemIdentification/ID"),
        gtin=_gtin(found),
        cn=_classified(found),
        vat=_vat(found, line.position, notes),
        serials=tuple(serials),
        lots=tuple(dict.fromkeys(lots)),
        extra=extra,
    )


def _gtin(found: Xml) -> str:
    for each in found.all("StandardItemIdentification/ID"):
        if each.value and each.attribute("schemeID").upper() in _GTIN_SCHEMES:
            return each.value
    return ""


def _classified(found: Xml) -> str:
    for each in found.all("CommodityClassification/ItemClassificationCode"):
        if each.attribute("listID").upper() in _CN_LISTS:
            return each.value
    return ""


def _vat(found: Xml, position: int, notes: Notes) -> str:
    """Return the rate, or the letter of the category where there is no rate to speak of."""
    category = found.text("ClassifiedTaxCategory/ID")
    if category and category not in _VAT_CATEGORIES:
        notes.add(WarningCode.UNKNOWN_VAT, position, text=category)
    percent = found.text("ClassifiedTaxCategory/Percent")
    if category not in {"", "S"} or not percent:
        return category or percent
    return percent.rstrip("0").rstrip(".") if "." in percent else percent


def _unpacked(text: str, position: int, notes: Notes) -> tuple[str, ...]:
    """Return the serials of `A~B`, or the one that the text is."""
    first, packed, last = text.partition("~")
    if not packed:
        return (text,)
    try:
        return serials_of_range(first, last=last)
    except RefusedError:
        notes.add(WarningCode.BAD_RANGE, position, text=text[:100])
        return ()
