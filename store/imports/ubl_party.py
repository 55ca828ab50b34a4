"""The parties of UBL documents, and where the goods go."""

from datetime import date

from store.domain.invoices import InvoiceParty, PartyIdentifier, WarningCode
from store.domain.tax_ids import canonical
from store.imports.notes import Notes
from store.imports.values import date_of
from store.imports.xml_fields import Xml

CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"

_IDENTIFIERS = ("PartyIdentification/ID", "EndpointID", "PartyLegalEntity/CompanyID")
_TAX_SCHEMES = frozenset({"9945"})
"""Schemes of identifiers that are tax ids themselves: the Polish VAT number."""


def party_of(found: Xml | None, notes: Notes) -> InvoiceParty:
    """Return a `cac:Party`."""
    if found is None:
        return InvoiceParty()
    country = found.text("PostalAddress/Country/IdentificationCode")
    identifiers = tuple(
        PartyIdentifier(path=path, scheme=each.attribute("schemeID"), text=each.value)
        for path in _IDENTIFIERS
        for each in found.all(path)
        if each.value
    )
    return InvoiceParty(
        name=found.text("PartyLegalEntity/RegistrationName") or found.text("PartyName/Name"),
        tax_id=_tax_id(found, country, identifiers, notes),
        identifiers=identifiers,
        address=address_of(found.first("PostalAddress")),
        country=country,
    )


def _tax_id(found: Xml, country: str, identifiers: tuple[PartyIdentifier, ...], notes: Notes) -> str:
    """Return the VAT number; only without one a number that says by its scheme that it is one."""
    for scheme in found.all("PartyTaxScheme"):
        number = scheme.text("CompanyID")
        if number and scheme.text("TaxScheme/ID").upper() in {"VAT", ""}:
            tax_id = canonical(number, country)
            if not any(char.isdigit() for char in tax_id):
                notes.add(WarningCode.BAD_TAX_ID, text=number)
            return tax_id
    for each in identifiers:
        if each.scheme in _TAX_SCHEMES:
            return canonical(each.text)
    return ""


def address_of(found: Xml | None) -> str:
    """Return an address in one line."""
    if found is None:
        return ""
    names = ("StreetName", "AdditionalStreetName", "AddressLine/Line", "PostalZone", "CityName")
    return ", ".join(part for name in names if (part := found.text(name)))


def delivery_of(file: Xml, notes: Notes) -> tuple[tuple[InvoiceParty, ...], date | None]:
    """Return who receives the goods, where the document says so, and when they were delivered.

    A party's name or the number of a location makes a recipient. A mere address is still the buyer's: noted.
    """
    recipients: list[InvoiceParty] = []
    for delivery in file.all("Delivery"):
        location, party = delivery.first("DeliveryLocation"), party_of(delivery.first("DeliveryParty"), notes)
        number = location.first("ID") if location else None
        address = address_of(location.first("Address") if location else None)
        name = party.name or (location.text("Name") if location else "")
        identifiers = party.identifiers
        if number is not None and number.value:
            path, scheme = "DeliveryLocation/ID", number.attribute("schemeID")
            identifiers += (PartyIdentifier(path=path, scheme=scheme, text=number.value),)
        if name or party.tax_id or identifiers:
            recipients.append(
                InvoiceParty(
                    name=name,
                    tax_id=party.tax_id,
                    identifiers=identifiers,
                    address=address or party.address,
                    country=location.text("Address/Country/IdentificationCode")
                    if location
                    else party.country,
                )
            )
        elif address:
            notes.add(WarningCode.DELIVERY_ADDRESS, address=address)
    delivered_on = date_of(file.text("Delivery/ActualDeliveryDate"), "ActualDeliveryDate", notes)
    return tuple(dict.fromkeys(recipients)), delivered_on
