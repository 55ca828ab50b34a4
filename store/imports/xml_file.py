"""From bytes to the root of an XML tree, with nothing in between that could reach out or blow up."""

import re

from lxml import etree

from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.encodings import text_of
from store.imports.notes import Notes

_DECLARATION = re.compile(r"<\?xml\s.*?\?>", re.DOTALL)
_ATTACHMENT = re.compile(
    rb"(<(?:[\w.-]+:)?EmbeddedDocumentBinaryObject\b[^<>]*>)[A-Za-z0-9+/=\s]*(?=</)", re.ASCII
)
MOST_TAGS = 1_500_000
"""The tags of a tree that still fits the memory. Ten thousand rows with every element have half a million."""
_BEFORE_ROOT = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)


def looks_like_xml(data: bytes) -> bool:
    """Tell from the first bytes whether a file means to be XML, in whatever encoding."""
    start = data[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<")


def root_of(data: bytes, notes: Notes) -> etree._Element:
    """Return the root of an XML file.

    Raises UnreadableInvoiceError: BROKEN_XML, DOCTYPE, ENCODING, TOO_MANY_ELEMENTS.
    """
    text = text_of(data, notes).lstrip()
    # The text is decoded, so what the declaration says of encodings, or says wrong, is of no use any more.
    plain = _DECLARATION.sub("", text, count=1) if text.startswith("<?xml") else text
    if _has_doctype(plain):
        raise UnreadableInvoiceError(Unreadable.DOCTYPE)
    # An embedded PDF may be larger than libxml2 allows one text to be, and is of no use here.
    clean = _ATTACHMENT.sub(rb"\1", plain.encode("utf-8"))
    if clean.count(b"<") > MOST_TAGS:
        raise UnreadableInvoiceError(Unreadable.TOO_MANY_ELEMENTS)
    try:
        root = etree.fromstring(clean, _parser())
    except etree.XMLSyntaxError as error:
        raise UnreadableInvoiceError(Unreadable.BROKEN_XML, text=error.msg or "") from error
    if str(getattr(root.getroottree().docinfo, "doctype", "")):
        raise UnreadableInvoiceError(Unreadable.DOCTYPE)
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _has_doctype(text: str) -> bool:
    """Tell whether a DOCTYPE stands before the root, where alone one may stand, without parsing it."""
    place = 0
    while found := _BEFORE_ROOT.match(text, place):
        place = found.end()
    return text.startswith("<!DOCTYPE", place)
