"""The one decoder of texts: from what any scanner sent to a `Scan` with its GTIN and serial.

biip parses; the rules here say when a text may be parsed as GS1 at all. biip is imported on first use: it
takes as long as a third of Textual.
"""

import re
from datetime import datetime

from store.domain.errors import RefusalCode, RefusedError
from store.domain.scan import MAX_LENGTH, Gs1Item, Scan, Source

GS = "\x1d"
_AIM = re.compile(r"\][A-UX-Zcdeopsz][0-9A-Za-z]")
_GS1_SYMBOLOGIES = frozenset({"]C1", "]d2", "]Q3", "]e0", "]e1", "]J1"})
_EAN_SYMBOLOGIES = frozenset({"]E0", "]E3", "]E4", "]I1"})
_EAN_WITH_ADD_ON = "]E3"
_LINK = re.compile(r"https?://", re.IGNORECASE)
_SERIAL, _LOT = "21", "10"
# A lot that swallowed "21" and a serial; a serial that swallowed a date, or "10" and a lot that starts with
# a letter. Digits alone prove nothing: every fifth serial of ten digits has a "10" within.
_LOT_AND_SERIAL = re.compile(r".+21.+")
_SERIAL_AND_MORE = re.compile(r".+(?:10[A-Za-z].*|1[1357]\d\d(?:0[1-9]|1[0-2])[0-3]\d10.+)")


def gtin_of(text: str) -> str | None:
    """Return `text` as a GTIN of 14 digits if it is a GTIN-8, 12, 13 or 14 with the right check digit."""
    if len(text) not in {8, 12, 13, 14} or not (text.isascii() and text.isdigit()):
        return None
    from biip.checksums import gs1_standard_check_digit

    return text.zfill(14) if gs1_standard_check_digit(text[:-1]) == int(text[-1]) else None


def to_scan(raw: str, *, source: Source, at: datetime, device: str | None = None) -> Scan:
    """Return the scan that `raw`, a read without its terminator, means. `at` is timezone-aware UTC.

    The text stays exactly as it was scanned, but for a known AIM identifier before it.
    Raises RefusedError: EMPTY, TOO_LONG, or AMBIGUOUS_GS1 when lot and serial ran together because the
    scanner swallows the separators.
    """
    if not raw.strip():
        raise RefusedError(RefusalCode.EMPTY)
    if len(raw) > MAX_LENGTH:
        raise RefusedError(RefusalCode.TOO_LONG, length=len(raw), longest=MAX_LENGTH)
    match = _AIM.match(raw)
    symbology = match.group() if match and len(raw) > match.end() else None
    text = raw[3:] if symbology else raw
    gs1 = _gs1(text, symbology)
    return Scan(text=text, raw=raw, source=source, at=at, symbology=symbology, gs1=gs1, device=device)


def _gs1(text: str, symbology: str | None) -> Gs1Item | None:
    if symbology in _EAN_SYMBOLOGIES:
        gtin = gtin_of(text[:13] if symbology == _EAN_WITH_ADD_ON else text)
        return Gs1Item(gtin=gtin) if gtin else None
    if symbology in _GS1_SYMBOLOGIES:
        return _of_message(text)
    if _LINK.match(text):
        return _of_link(text)
    # Without an identifier only a GTIN proves it: a bare serial may parse as anything.
    plain = text.removeprefix(GS)
    if symbology is None and plain.startswith("01") and len(plain) >= 16 and gtin_of(plain[2:16]):
        return _of_message(plain)
    return None


def _of_message(text: str) -> Gs1Item | None:
    from biip import ParseConfig, ParseError
    from biip.gs1_messages import GS1Message

    try:
        # Dates are not used here, and labels with a zero month exist.
        message = GS1Message.parse(text.strip(GS), config=ParseConfig(gs1_element_strings_verify_date=False))
    except ParseError:
        return None
    fields = {element.ai.ai: element.value for element in message.element_strings}
    if GS not in text.strip(GS):
        _refuse_run_together(text, fields)
    return _item(fields)


def _of_link(text: str) -> Gs1Item | None:
    from biip import ParseError
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI

    try:
        link = GS1DigitalLinkURI.parse(text)
    except ParseError:
        return None  # any other web address
    return _item({element.ai.ai: element.value for element in link.element_strings})


def _refuse_run_together(text: str, fields: dict[str, str]) -> None:
    lot, serial = fields.get(_LOT), fields.get(_SERIAL)
    lot_took_serial = lot is not None and serial is None and _LOT_AND_SERIAL.fullmatch(lot)
    serial_took_more = serial is not None and lot is None and _SERIAL_AND_MORE.fullmatch(serial)
    if lot_took_serial or serial_took_more:
        raise RefusedError(RefusalCode.AMBIGUOUS_GS1, text=text)


def _item(fields: dict[str, str]) -> Gs1Item | None:
    gtin = gtin_of(fields.get("01", ""))
    return Gs1Item(gtin=gtin, serial=fields.get(_SERIAL), lot=fields.get(_LOT)) if gtin else None
