"""Names of additional fields on invoices that mean something to us."""

SERIAL_KEYS = (
    "numer seryjny",
    "numery seryjne",
    "nr seryjny",
    "nr seryjne",
    "nr ser",
    "numer fabryczny",
    "nr fabryczny",
    "s/n",
    "sn",
    "serial",
    "serials",
    "serial no",
    "serial number",
    "serial numbers",
    "seriennummer",
    "imei",
)
"""The names of additional fields that hold serials, compared whole. No law names them: people add theirs."""
LOT_KEYS = (
    "partia",
    "numer partii",
    "nr partii",
    "lot",
    "lot number",
    "batch",
    "batch number",
    "seria",
    "numer serii",
)


def plain_key(text: str) -> str:
    """Return the name of a field as it is compared: without letter case, dots, colons and runs of spaces."""
    return " ".join(text.casefold().replace(".", " ").replace(":", " ").split())
