"""Which column of a sender's CSV file is what: saved once for a sender, or found by the columns' names."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from store.domain.unreadable import Unreadable, UnreadableInvoiceError

LINE_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "line": ("lp", "l p", "pozycja", "poz", "line", "line no", "line number", "nr pozycji", "nr wiersza"),
        "name": (
            "nazwa",
            "nazwa towaru",
            "towar",
            "produkt",
            "opis",
            "name",
            "item",
            "product",
            "description",
        ),
        "seller_index": (
            "indeks",
            "index",
            "kod",
            "kod towaru",
            "symbol",
            "sku",
            "nr katalogowy",
            "part number",
            "item number",
            "item code",
            "product code",
        ),
        "buyer_index": ("indeks nabywcy", "kod nabywcy", "kod klienta", "buyer index", "your item number"),
        "gtin": ("gtin", "ean", "ean13", "ean-13", "kod ean", "kod kreskowy", "barcode"),
        "quantity": ("ilość", "ilosc", "liczba", "szt", "sztuk", "quantity", "qty"),
        "unit": ("jm", "j m", "jednostka", "jednostka miary", "miara", "unit", "uom"),
        "price_net": (
            "cena",
            "cena netto",
            "cena jedn netto",
            "cena jednostkowa netto",
            "price",
            "net price",
            "unit price",
        ),
        "price_gross": ("cena brutto", "gross price"),
        "net": ("wartość netto", "wartosc netto", "netto", "net", "net value", "amount", "net amount"),
        "gross": ("wartość brutto", "wartosc brutto", "brutto", "gross", "gross value"),
        "vat": ("vat", "stawka", "stawka vat", "% vat", "vat %", "vat rate", "rate"),
        "serials": (
            "numer seryjny",
            "numery seryjne",
            "nr seryjny",
            "nr seryjne",
            "s/n",
            "sn",
            "serial",
            "serials",
            "serial number",
            "serial numbers",
        ),
        "lot": ("partia", "nr partii", "numer partii", "lot", "batch"),
    }
)
HEAD_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "number": (
            "faktura",
            "nr faktury",
            "numer faktury",
            "numer",
            "nr dokumentu",
            "numer dokumentu",
            "invoice",
            "invoice number",
            "invoice no",
            "document number",
            "number",
        ),
        "date": ("data", "data wystawienia", "data faktury", "date", "issue date", "invoice date"),
        "delivery_date": ("data sprzedaży", "data dostawy", "data wydania", "delivery date", "sale date"),
        "currency": ("waluta", "currency"),
        "seller_tax_id": (
            "nip sprzedawcy",
            "nip dostawcy",
            "seller tax id",
            "seller vat id",
            "supplier tax id",
        ),
        "seller_name": ("sprzedawca", "dostawca", "nazwa sprzedawcy", "seller", "supplier", "seller name"),
        "buyer_tax_id": (
            "nip nabywcy",
            "nip odbiorcy",
            "nip klienta",
            "nip",
            "buyer tax id",
            "buyer vat id",
            "customer tax id",
        ),
        "buyer_name": (
            "nabywca",
            "klient",
            "nazwa nabywcy",
            "buyer",
            "customer",
            "buyer name",
            "customer name",
        ),
        "recipient_tax_id": ("nip miejsca dostawy", "recipient tax id"),
        "recipient_name": ("odbiorca", "miejsce dostawy", "recipient", "deliver to", "ship to"),
        "order": (
            "zamówienie",
            "zamowienie",
            "nr zamówienia",
            "numer zamówienia",
            "order",
            "order number",
            "po",
        ),
    }
)
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType({**LINE_COLUMNS, **HEAD_COLUMNS})
"""The fields that a column can be, each with the names by which it is found, as `plain_key` compares them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvMapping:
    """How to read one sender's files. What is left empty is found out."""

    sender: str = ""
    """Whose files they are: for people."""
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Field (see `COLUMNS`) to the column's name, or to its number counted from 1."""
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Field to what holds for the whole file, where no column says it: `seller_tax_id`, `currency`..."""
    delimiter: str = ""
    decimal: str = ""
    """`,` or `.`; empty: as each number looks, what is unclear is noted."""
    encoding: str = ""
    heading: bool = True
    """The first row names the columns; without it they are told by number."""

    @classmethod
    def parse(cls, saved: Mapping[str, Any]) -> "CsvMapping":
        """Return the mapping from how it is saved, a table of TOML or JSON. Raises UnreadableInvoiceError."""
        known = {each.name for each in fields(cls)}
        for name, value in saved.items():
            wanted = dict if name in {"columns", "values"} else bool if name == "heading" else str
            if name not in known or not isinstance(value, wanted):
                raise UnreadableInvoiceError(Unreadable.BAD_MAPPING, text=f"{name} = {value!r}")
        for table in ("columns", "values"):
            for name in saved.get(table, {}):
                if name not in COLUMNS:
                    raise UnreadableInvoiceError(Unreadable.BAD_MAPPING, text=f"{table}.{name}")
        if len(saved.get("delimiter", "")) > 1 or saved.get("decimal", "") not in {"", ",", "."}:
            raise UnreadableInvoiceError(Unreadable.BAD_MAPPING, text="delimiter, decimal")
        texts = {
            table: MappingProxyType({name: str(value) for name, value in saved.get(table, {}).items()})
            for table in ("columns", "values")
        }
        return cls(**{**saved, **texts})
