"""The demo company, its locations, customers and suppliers. All of them are made up."""

from random import Random

OWN = ("SZTUKA", "Sztuka Demo sp. z o.o.", "ul. Składowa 1, 00-001 Warszawa")

LOCATIONS: tuple[tuple[str, str], ...] = (
    ("WAW", "Magazyn Warszawa"),
    ("GDA", "Magazyn Gdańsk"),
    ("BUS1", "Samochód serwisowy 1"),
)

SUPPLIERS: tuple[tuple[str, str, str], ...] = (
    ("NORVIK", "Norvik Polska sp. z o.o.", "ul. Taśmowa 7, 02-677 Warszawa"),
    ("TALVI", "Talvi Systems Oy", "Satamakatu 4, 20100 Turku"),
    ("ORLA", "Orla Displays S.A.", "ul. Świetlna 12, 93-320 Łódź"),
    ("KOPIS", "Kopis Druk sp. z o.o.", "ul. Drukarska 3, 61-655 Poznań"),
    ("MIRA", "Mira Mobile GmbH", "Hafenstraße 19, 20459 Hamburg"),
    ("WEXA", "Wexa Networks sp. z o.o.", "ul. Światłowodowa 8, 30-383 Kraków"),
    ("REJSA", "Rejsa Auto sp. j.", "ul. Kierowców 21, 40-750 Katowice"),
    ("HURT24", "Hurtownia Akcesoriów 24 S.A.", "ul. Paletowa 5, 05-850 Ożarów Mazowiecki"),
)

CUSTOMERS: tuple[tuple[str, str, str], ...] = (
    ("GEODEZJA", "Pracownia Geodezyjna Niwelator sp. z o.o.", "ul. Miernicza 2, 50-435 Wrocław"),
    ("SALDO", "Biuro Rachunkowe Saldo sp. z o.o.", "ul. Księgowa 14, 00-105 Warszawa"),
    ("GMINA-L", "Urząd Gminy Lipowa Łąka", "ul. Rynek 1, 33-300 Lipowa Łąka"),
    ("SZP-W", "Szpital Powiatowy w Wierzbinie", "ul. Szpitalna 40, 87-400 Wierzbin"),
    ("LO3", "III Liceum Ogólnokształcące", "ul. Szkolna 9, 80-871 Gdańsk"),
    ("TRANS-P", "Trans-Północ Spedycja sp. z o.o.", "ul. Kontenerowa 6, 81-155 Gdynia"),
    ("MLECZ", "Spółdzielnia Mleczarska Łaciate Pole", "ul. Mleczna 1, 18-200 Łaciate Pole"),
    ("ARCHI", "Atelier Architektoniczne Kreska", "ul. Zamkowa 3, 31-201 Kraków"),
    ("HOTEL-B", "Hotel Bałtyk Resort S.A.", "ul. Plażowa 11, 78-100 Kołobrzeg"),
    ("DRUK-EX", "Drukarnia Expres sp. z o.o.", "ul. Offsetowa 4, 85-790 Bydgoszcz"),
    ("PIEK-Z", "Piekarnia Złoty Kłos", "ul. Chlebowa 8, 35-021 Rzeszów"),
    ("KANC-P", "Kancelaria Prawna Paragraf", "al. Sądowa 5, 90-001 Łódź"),
    ("LOGI-S", "Logistyka Śląsk sp. z o.o.", "ul. Magazynowa 30, 41-200 Sosnowiec"),
    ("APT-N", "Apteki Nagietek sp. z o.o.", "ul. Ziołowa 17, 20-001 Lublin"),
    ("TAXI-W", "Taxi Wisła Zrzeszenie", "ul. Postojowa 2, 03-301 Warszawa"),
    ("FOTO-K", "Studio Foto Klatka", "ul. Jasna 6, 70-001 Szczecin"),
    ("WOD-KAN", "Wodociągi i Kanalizacja w Brzezinach", "ul. Wodna 22, 95-060 Brzeziny"),
    ("AGRO-M", "Agro-Mazury sp. z o.o.", "ul. Polna 3, 11-500 Giżycko"),
    ("BANK-S", "Bank Spółdzielczy Kasztel", "pl. Ratuszowy 4, 58-500 Jelenia Góra"),
    ("STOCZ", "Stocznia Remontowa Kotwica S.A.", "ul. Nabrzeżna 19, 80-601 Gdańsk"),
    ("UNI-T", "Politechnika Techniczna, Wydział Elektryczny", "ul. Akademicka 10, 44-100 Gliwice"),
    ("BUDO", "Budo-Mont Wykonawstwo sp. z o.o.", "ul. Cementowa 15, 45-001 Opole"),
)

WITHOUT_EMAIL = frozenset({"PIEK-Z", "TAXI-W", "FOTO-K"})
"""Customers who are written to on paper."""
ENGLISH = frozenset({"TALVI", "MIRA"})
"""Parties who are written to in English."""


def email(code: str) -> str:
    """Return where a party is written to; nobody can have an address below `.example`."""
    return "" if code in WITHOUT_EMAIL else f"biuro@{code.lower()}.example"


_TAX_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)


def tax_id(random: Random) -> str:
    """Return a NIP with a right check digit: nine digits weighted, modulo 11, where 10 is never given."""
    while True:
        digits = [random.randint(1, 9) for _place in range(3)] + [random.randint(0, 9) for _place in range(6)]
        check = sum(digit * weight for digit, weight in zip(digits, _TAX_WEIGHTS, strict=True)) % 11
        if check < 10:
            return "".join(str(digit) for digit in (*digits, check))
