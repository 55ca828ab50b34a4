"""From bytes to text: which encoding it is, and what to do with bytes that are none.

KSeF hands out files with bytes that are no UTF-8, with a prolog without a version, with spaces before it and
with control characters. Their hash is signed, so nobody can mend them: they must be read.
"""

import codecs
import re

from store.domain.invoices import WarningCode
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.notes import Notes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = "cp1250"
"""What Polish programs write that do not write UTF-8."""
_KNOWN = frozenset(
    {"ascii", "utf-8", "utf-16", "iso8859-1", "iso8859-2", "cp1250", "cp1252", "iso8859-15", "cp852"}
)
_DECLARED = re.compile(rb"\A\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MULTIBYTE = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
"""Polish letters (and most others of Europe) in UTF-8."""


def text_of(data: bytes, notes: Notes) -> str:
    """Return the text of a file. Raises UnreadableInvoiceError: ENCODING."""
    named = _by_mark(data)
    text = _decoded(data, named or _declared(data), notes)
    clean, count = _FORBIDDEN.subn("", text.lstrip("\ufeff"))
    if count:
        notes.add(WarningCode.CONTROL_CHARACTERS, count=count)
    return clean


def _by_mark(data: bytes) -> str:
    """Return the encoding that a byte order mark or the zeros of UTF-16 betray."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    even, odd = data[0:200:2].count(0), data[1:200:2].count(0)
    if max(even, odd) > 0.4 * len(data[0:200:2]) and min(even, odd) == 0:
        return "utf-16-le" if odd else "utf-16-be"
    return ""


def _declared(data: bytes) -> str:
    """Return the encoding that an XML declaration names; UTF-8 if it names none."""
    found = _DECLARED.match(data)
    if found is None:
        return "utf-8"
    name = found[1].decode("ascii")
    try:
        encoding = codecs.lookup(name).name
    except LookupError as error:
        raise UnreadableInvoiceError(Unreadable.ENCODING, encoding=name) from error
    if encoding not in _KNOWN:
        raise UnreadableInvoiceError(Unreadable.ENCODING, encoding=name)
    # ASCII is UTF-8; and bytes without a mark or zeros are not the UTF-16 that some declare.
    return "utf-8" if encoding in {"ascii", "utf-16"} else encoding


def _decoded(data: bytes, encoding: str, notes: Notes) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-8" and not _MULTIBYTE.search(data):
            try:
                text = data.decode(_LEGACY)
            except UnicodeDecodeError:
                return _mended(data, encoding, notes)
            notes.add(WarningCode.OTHER_ENCODING, declared=encoding, used=_LEGACY)
            return text
    return _mended(data, encoding, notes)


def _mended(data: bytes, encoding: str, notes: Notes) -> str:
    text = data.decode(encoding, errors="replace")
    notes.add(WarningCode.BAD_BYTES, count=text.count("\ufffd"))
    return text
