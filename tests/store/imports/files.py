"""Invoices made up for the tests, after the schemas."""

from collections.abc import Sequence

FA2 = "http://crd.gov.pl/wzor/2023/06/29/12648/"
FA3 = "http://crd.gov.pl/wzor/2025/06/25/13775/"
SELLER, BUYER, SITE, STRANGER = "5260250274", "7740001454", "1132191233", "5213017228"


def elements(**fields: object) -> str:
    return "".join(f"<{name}>{value}</{name}>" for name, value in fields.items() if value is not None)


def row(number: object = 1, name: str | None = "Router X", **fields: object) -> str:
    """One FaWiersz; `quantity` and `price` are those of one piece at 100 unless said otherwise."""
    quantity, price = fields.pop("quantity", 1), fields.pop("price", 100)
    unit, before = fields.pop("unit", "szt."), fields.pop("before", None)
    uu_id, index, gtin = (fields.pop(key, None) for key in ("uu_id", "index", "gtin"))
    return "<FaWiersz>{}</FaWiersz>".format(
        elements(
            NrWierszaFa=number,
            UU_ID=uu_id,
            P_7=name,
            Indeks=index,
            GTIN=gtin,
            P_8A=unit,
            P_8B=quantity,
            P_9A=price,
            P_11=fields.pop("net", price),
            P_12=fields.pop("vat", 23),
            StanPrzed=1 if before else None,
            **fields,
        )
    )


def third(role: int, nip: str, name: str) -> str:
    identity = f"<DaneIdentyfikacyjne><NIP>{nip}</NIP><Nazwa>{name}</Nazwa></DaneIdentyfikacyjne>"
    address = "<Adres><KodKraju>PL</KodKraju><AdresL1>ul. Polna 3</AdresL1></Adres>"
    return f"<Podmiot3>{identity}{address}<Rola>{role}</Rola></Podmiot3>"


def extra(line: object, key: str, value: str) -> str:
    return f"<DodatkowyOpis>{elements(NrWiersza=line, Klucz=key, Wartosc=value)}</DodatkowyOpis>"


def ordered(number: int, name: str, quantity: int) -> str:
    fields = elements(
        NrWierszaZam=number,
        P_7Z=name,
        P_8AZ="szt.",
        P_8BZ=quantity,
        P_9AZ=10,
        P_11NettoZ=10,
        P_11VatZ=2,
        P_12Z=23,
    )
    return f"<ZamowienieWiersz>{fields}</ZamowienieWiersz>"


CORRECTED = (
    "<DaneFaKorygowanej><DataWystFaKorygowanej>2026-02-01</DataWystFaKorygowanej>"
    "<NrFaKorygowanej>FV/1</NrFaKorygowanej><NrKSeFN>1</NrKSeFN></DaneFaKorygowanej>"
)


def faktura(
    *rows: str,
    kind: str = "VAT",
    thirds: str = "",
    extras: str = "",
    after_rows: str = "",
    buyer: str = f"<NIP>{BUYER}</NIP><Nazwa>Żółw &amp; Syn</Nazwa>",
    space: str = FA3,
    delivery_notes: Sequence[str] = (),
    orders: Sequence[str] = (),
    form: str = "FA (3)",
) -> bytes:
    adnotations = (
        "<Adnotacje><P_16>2</P_16><P_17>2</P_17><P_18>2</P_18><P_18A>2</P_18A>"
        "<Zwolnienie><P_19N>1</P_19N></Zwolnienie>"
        "<NoweSrodkiTransportu><P_22N>1</P_22N></NoweSrodkiTransportu>"
        "<P_23>2</P_23><PMarzy><P_PMarzyN>1</P_PMarzyN></PMarzy></Adnotacje>"
    )
    notes = "".join(f"<WZ>{number}</WZ>" for number in delivery_notes)
    terms = "".join(f"<Zamowienia><NrZamowienia>{number}</NrZamowienia></Zamowienia>" for number in orders)
    if terms:
        after_rows += f"<WarunkiTransakcji>{terms}</WarunkiTransakcji>"
    corrected = CORRECTED if kind.startswith("KOR") else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Faktura xmlns="{space}"><Naglowek>'
        f'<KodFormularza kodSystemowy="{form}" wersjaSchemy="1-0E">FA</KodFormularza>'
        "<WariantFormularza>3</WariantFormularza><DataWytworzeniaFa>2026-03-01T09:30:47Z</DataWytworzeniaFa>"
        f"</Naglowek><Podmiot1><DaneIdentyfikacyjne><NIP>{SELLER}</NIP><Nazwa>Nasza sp. z o.o.</Nazwa>"
        "</DaneIdentyfikacyjne><Adres><KodKraju>PL</KodKraju><AdresL1>Długa 1</AdresL1></Adres></Podmiot1>"
        f"<Podmiot2><DaneIdentyfikacyjne>{buyer}</DaneIdentyfikacyjne><JST>2</JST><GV>2</GV></Podmiot2>"
        f"{thirds}<Fa><KodWaluty>PLN</KodWaluty><P_1>2026-03-01</P_1><P_2>FV/2026/7</P_2>{notes}"
        f"<P_6>2026-02-28</P_6><P_13_1>100</P_13_1><P_14_1>23</P_14_1><P_15>123</P_15>{adnotations}"
        f"<RodzajFaktury>{kind}</RodzajFaktury>{corrected}{extras}{''.join(rows)}{after_rows}</Fa></Faktura>"
    ).encode()


UBL = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"


def ubl_party(
    role: str, name: str, *, vat: str = "", gln: str = "", scheme: str = "VAT", inner: str = "Party"
) -> str:
    identity = (
        f'<cac:PartyIdentification><cbc:ID schemeID="0088">{gln}</cbc:ID></cac:PartyIdentification>'
        if gln
        else ""
    )
    tax = (
        f"<cac:PartyTaxScheme><cbc:CompanyID>{vat}</cbc:CompanyID>"
        f"<cac:TaxScheme><cbc:ID>{scheme}</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
        if vat
        else ""
    )
    return (
        f"<cac:{role}><cac:{inner}>{identity}<cac:PostalAddress><cac:Country><cbc:IdentificationCode>PL"
        f"</cbc:IdentificationCode></cac:Country></cac:PostalAddress>{tax}<cac:PartyLegalEntity>"
        f"<cbc:RegistrationName>{name}</cbc:RegistrationName></cac:PartyLegalEntity>"
        f"</cac:{inner}></cac:{role}>"
    )


def ubl_line(
    name: str,
    number: object = 1,
    *,
    quantity: object = 2,
    unit: str = "C62",
    item: str = "",
    price: str = "10",
) -> str:
    """A line of an invoice, credit note or despatch advice: `{}` stands for what differs in their names."""
    priced = f"<cac:Price><cbc:PriceAmount>{price}</cbc:PriceAmount></cac:Price>" if price else ""
    amount = {"Invoice": "Invoiced", "CreditNote": "Credited", "Despatch": "Delivered"}[name]
    return (
        f'<cac:{name}Line><cbc:ID>{number}</cbc:ID><cbc:{amount}Quantity unitCode="{unit}">{quantity}'
        f"</cbc:{amount}Quantity><cac:Item><cbc:Name>Router X</cbc:Name>{item}</cac:Item>{priced}"
        f"</cac:{name}Line>"
    )


def ubl(root: str, *inner: str, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><x:{root} xmlns:x="{UBL.format(root)}"'
        f' xmlns:cac="{UBL.format("CommonAggregateComponents")}"'
        f' xmlns:cbc="{UBL.format("CommonBasicComponents")}"'
        f' xmlns:ext="{UBL.format("CommonExtensionComponents")}">{before}<cbc:ID>U/1</cbc:ID>'
        f"<cbc:IssueDate>2026-03-01</cbc:IssueDate>{''.join(inner)}</x:{root}>"
    ).encode()


def ubl_parties(*, seller: str = f"PL{SELLER}", buyer: str = f"PL{BUYER}") -> str:
    return ubl_party("AccountingSupplierParty", "Dostawca", vat=seller) + ubl_party(
        "AccountingCustomerParty", "Odbiorca", vat=buyer
    )
