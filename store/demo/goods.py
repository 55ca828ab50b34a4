"""What the demo company deals in: kinds and products. Makers and models are made up."""

from dataclasses import dataclass
from enum import StrEnum

from store.domain.gtins import check_digit
from store.domain.terms import Nature, Tracking

COMPANY_PREFIX = "5901234"
"""GS1 Poland's prefix for examples: no goods in a shop carry it."""


class Kind(StrEnum):
    """The kinds of products, by code."""

    LAPTOP = "LAPTOP"
    MONITOR = "MONITOR"
    PRINTER = "PRINTER"
    PHONE = "PHONE"
    NETWORK = "NETWORK"
    CAR = "CAR"
    ACCESSORY = "ACCESSORY"
    SERVICE = "SERVICE"


KINDS: dict[Kind, tuple[str, Nature]] = {
    Kind.LAPTOP: ("Komputery", Nature.GOODS),
    Kind.MONITOR: ("Monitory i projektory", Nature.GOODS),
    Kind.PRINTER: ("Drukarki", Nature.GOODS),
    Kind.PHONE: ("Telefony i tablety", Nature.GOODS),
    Kind.NETWORK: ("Sieć i serwery", Nature.GOODS),
    Kind.CAR: ("Wyposażenie samochodów", Nature.GOODS),
    Kind.ACCESSORY: ("Akcesoria", Nature.GOODS),
    Kind.SERVICE: ("Usługi i licencje", Nature.SERVICE),
}


@dataclass(frozen=True, slots=True)
class Goods:
    """One product of the demo company."""

    sku: str
    name: str
    kind: Kind
    serial: str | None
    """How its serials look, '#' for a digit; None: followed by quantity."""
    months: int
    patterned: bool = True
    """False: the maker's serials follow no known pattern."""
    gtins: int = 1
    imei: bool = False
    """Each piece has an IMEI too."""

    @property
    def tracking(self) -> Tracking:
        """How it is followed."""
        return Tracking.SERIAL if self.serial else Tracking.QUANTITY

    @property
    def pattern(self) -> str | None:
        """The regular expression of its serials."""
        if self.serial is None or not self.patterned:
            return None
        digits = self.serial.count("#")
        return self.serial.replace("#" * digits, rf"\d{{{digits}}}")


def gtin_of(number: int) -> str:
    """Return the `number`-th GTIN-13 of the demo."""
    digits = f"{COMPANY_PREFIX}{number:05}"
    return f"{digits}{check_digit(digits)}"


GOODS: tuple[Goods, ...] = (
    Goods("NV-L14", "Laptop Norvik 14 i5/16/512", Kind.LAPTOP, "NV14########", 36, gtins=2),
    Goods("NV-L16", "Laptop Norvik 16 i7/32/1T", Kind.LAPTOP, "NV16########", 36),
    Goods("NV-M1", "Komputer Norvik Mini", Kind.LAPTOP, "NVM########", 24),
    Goods("TL-W7", "Stacja robocza Talvi W7", Kind.LAPTOP, "TW7-########", 36),
    Goods("TL-T2", "Terminal Talvi Thin 2", Kind.LAPTOP, "TT2-########", 24),
    Goods("OR-24", "Monitor Orla 24 FHD", Kind.MONITOR, "OR24K########", 24),
    Goods("OR-27", "Monitor Orla 27 QHD", Kind.MONITOR, "OR27K########", 24),
    Goods("OR-34", "Monitor Orla 34 zakrzywiony", Kind.MONITOR, "OR34K########", 36),
    Goods("LX-P3", "Projektor Luxo P3", Kind.MONITOR, "LXP########", 24, patterned=False),
    Goods("LX-T65", "Tablica interaktywna Luxo 65", Kind.MONITOR, "LXT65########", 36),
    Goods("KP-3010", "Drukarka laserowa Kopis 3010", Kind.PRINTER, "VC########", 12),
    Goods("KP-5400", "Urządzenie wielofunkcyjne Kopis 5400", Kind.PRINTER, "VD########", 24, gtins=2),
    Goods("KP-Z4", "Drukarka etykiet Kopis Z4", Kind.PRINTER, "Z4J########", 12),
    Goods("KP-T88", "Drukarka paragonowa Kopis T88", Kind.PRINTER, "X2T########", 12, patterned=False),
    Goods("MR-A5", "Telefon Mira A5 128 GB", Kind.PHONE, "RF5A########", 24, gtins=2, imei=True),
    Goods("MR-X9", "Telefon Mira X9 256 GB", Kind.PHONE, "RF9X########", 24, imei=True),
    Goods("MR-T11", "Tablet Mira T11 LTE", Kind.PHONE, "RT11########", 24, imei=True),
    Goods("DK-C60", "Kolektor danych Dakar C60", Kind.PHONE, "S20########", 12, gtins=0),
    Goods("DK-S2", "Czytnik kodów Dakar S2", Kind.PHONE, "DS2########", 36, patterned=False),
    Goods("WX-R1", "Router Wexa R1", Kind.NETWORK, "WXR########", 24),
    Goods("WX-S24", "Przełącznik Wexa 24 PoE", Kind.NETWORK, "WXS24########", 60),
    Goods("WX-AP6", "Punkt dostępowy Wexa AP6", Kind.NETWORK, "WXA6########", 36),
    Goods("WX-F40", "Zapora sieciowa Wexa F40", Kind.NETWORK, "FG40########", 12),
    Goods("TL-S1U", "Serwer Talvi 1U", Kind.NETWORK, "TS1-########", 36, gtins=0),
    Goods("TL-D8", "Dysk sieciowy Talvi D8", Kind.NETWORK, "TD8-########", 36),
    Goods("PW-1500", "Zasilacz awaryjny Powera 1500", Kind.NETWORK, "PW15S########", 24),
    Goods("RJ-D2", "Wideorejestrator Rejsa D2", Kind.CAR, "RJD########", 24),
    Goods("RJ-GPS", "Lokalizator Rejsa GPS", Kind.CAR, "RJG########", 24, patterned=False),
    Goods("AK-74", "Akumulator Akron 74 Ah", Kind.CAR, "AK74########", 24),
    Goods("AK-P12", "Prostownik Akron P12", Kind.CAR, "AKP########", 12),
    Goods("RJ-T4", "Tachograf Rejsa T4", Kind.CAR, "RJT4########", 24),
    Goods("KB-U2", "Kabel USB-C 2 m", Kind.ACCESSORY, None, 0),
    Goods("KB-S5", "Kabel sieciowy 5 m", Kind.ACCESSORY, None, 0),
    Goods("MY-B1", "Mysz bezprzewodowa B1", Kind.ACCESSORY, None, 12, gtins=2),
    Goods("TN-3010", "Toner Kopis 3010", Kind.ACCESSORY, None, 0),
    Goods("ET-100", "Etykiety 100 x 50, rolka", Kind.ACCESSORY, None, 0),
    Goods("ST-N14", "Stacja dokująca Norvik", Kind.ACCESSORY, "NVD########", 24),
    Goods("PL-OC1", "Polisa OC floty, rok", Kind.SERVICE, "OC1/########", 0, gtins=0),
    Goods("LC-AV1", "Licencja antywirusowa, rok", Kind.SERVICE, "AV-########", 0, gtins=0),
    Goods("CR-KW3", "Certyfikat kwalifikowany, 3 lata", Kind.SERVICE, "KW3########", 0, gtins=0),
)
