"""Bad files: refused with a typed reason, or read with a note. Never half, never another exception."""

import codecs
import gzip
import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.invoice_words import WARNINGS, warning_text
from store.domain.invoices import Invoice, WarningCode
from store.domain.move_rules import plan
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.reader import LIMIT, read_invoice
from tests.store.imports.files import faktura, row, ubl, ubl_line, ubl_parties

GOOD = faktura(row(), row(2, name="Kabel"))
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
PROLOG = b'<?xml version="1.0"?>'
BODY = GOOD.split(b"?>", 1)[1]


def refusal(data: bytes) -> Unreadable:
    with pytest.raises(UnreadableInvoiceError) as refused:
        read_invoice(data)
    assert str(refused.value)
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Unreadable.EMPTY),
        (b" \r\n\t ", Unreadable.EMPTY),
        (GOOD[: len(GOOD) // 2], Unreadable.BROKEN_XML),
        (GOOD + b"<more/>", Unreadable.BROKEN_XML),
        (PROLOG, Unreadable.BROKEN_XML),
        (b"<", Unreadable.BROKEN_XML),
        (b"<a>" * 100_000, Unreadable.BROKEN_XML),
        (b"<a>" + b"<b/>" * 1_500_000 + b"</a>", Unreadable.TOO_MANY_ELEMENTS),
        (b"<EmbeddedDocumentBinaryObject " * 100_000, Unreadable.BROKEN_XML),
        (b"nazwa;ilo\xc5\x9b\xc4\x87\n" + b"x;1\n" * 100_001, Unreadable.TOO_MANY_ELEMENTS),
        (GOOD.replace(b"Router X", b"&unknown;"), Unreadable.BROKEN_XML),
        (PROLOG + b'<!DOCTYPE F [<!ENTITY l0 "ha">' + LAUGHS + b"]><F>&l9;</F>", Unreadable.DOCTYPE),
        (PROLOG + b'<!DOCTYPE F [<!ENTITY l0 "ha">' + LAUGHS + b']><F a="&l9;"/>', Unreadable.DOCTYPE),
        (PROLOG + b'<!DOCTYPE F SYSTEM "http://127.0.0.1:9/x.dtd"><F/>', Unreadable.DOCTYPE),
        (PROLOG + b"<!-- x --> <?y z?>\n<!DOCTYPE Faktura>" + BODY, Unreadable.DOCTYPE),
        ((PROLOG + b"<!DOCTYPE F><F/>").decode().encode("utf-16"), Unreadable.DOCTYPE),
        (PROLOG + b"<html><body/></html>", Unreadable.UNKNOWN_ROOT),
        (b"<Invoice><ID>1</ID></Invoice>", Unreadable.UNKNOWN_ROOT),
        (ubl("Invoice").replace(b"Invoice-2", b"Invoice-3"), Unreadable.UNKNOWN_ROOT),
        (ubl("Order"), Unreadable.UNKNOWN_ROOT),
        (GOOD.replace(b"UTF-8", b"EBCDIC-XY"), Unreadable.ENCODING),
        (GOOD.replace(b"UTF-8", b"utf-7"), Unreadable.ENCODING),
        (b"%PDF-1.7;;;\n", Unreadable.NOT_AN_INVOICE),
        (gzip.compress(GOOD), Unreadable.NOT_AN_INVOICE),
        (b"no table at all", Unreadable.NOT_AN_INVOICE),
    ],
)
def test_refused(data: bytes, code: Unreadable) -> None:
    assert refusal(data) is code


def test_external_entities_reach_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    doctype = f'<!DOCTYPE F [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
    data = PROLOG + doctype + BODY.replace(b"Router X", b"&x;")
    with pytest.raises(UnreadableInvoiceError) as refused:
        read_invoice(data)
    assert (refused.value.code, "geheim" in str(refused.value)) == (Unreadable.DOCTYPE, False)


def test_a_file_of_a_hundred_megabytes_is_refused_before_it_is_looked_at() -> None:
    data = bytes(100 * 1024 * 1024)
    tracemalloc.start()
    assert refusal(data) is Unreadable.TOO_BIG
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1024 * 1024
    assert refusal(b"<" + bytes(LIMIT)) is Unreadable.TOO_BIG


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (codecs.BOM_UTF8 + GOOD, []),
        (codecs.BOM_UTF8 + codecs.BOM_UTF8 + b" \n" + GOOD, []),
        (GOOD.decode().replace("UTF-8", "UTF-16").encode("utf-16"), []),
        (GOOD.decode().replace("UTF-8", "UTF-16").encode("utf-16-be"), []),
        (GOOD.decode().encode("utf-16-le"), []),
        (GOOD.decode().replace("UTF-8", "windows-1250").encode("cp1250"), []),
        (GOOD.decode().replace("UTF-8", "ISO-8859-2").encode("iso8859-2"), []),
        (GOOD.replace(b"UTF-8", b"ascii"), []),
        (GOOD.replace(b' version="1.0"', b""), []),
        (GOOD.replace(b"?><F", b"?><?xml-stylesheet href='x.xsl'?><!-- hello --><F"), []),
        (GOOD.decode().encode("cp1250"), [WarningCode.OTHER_ENCODING]),
        (GOOD.replace(b"Kabel", b"Kabe\x81\x81"), [WarningCode.BAD_BYTES]),
        (GOOD.replace(b"Kabel", "Żó".encode("cp1250")), [WarningCode.BAD_BYTES]),
        (GOOD.replace(b"Kabel", b"Ka\x00b\x1fel"), [WarningCode.CONTROL_CHARACTERS]),
    ],
)
def test_bytes_that_ksef_hands_out_are_read(data: bytes, codes: list[WarningCode]) -> None:
    found = read_invoice(data)
    assert (found.number, len(found.lines), found.lines[0].name) == ("FV/2026/7", 2, "Router X")
    assert [warning.code for warning in found.warnings] == codes
    if WarningCode.BAD_BYTES not in codes:
        assert found.buyer.name == "Żółw & Syn"


def test_a_huge_embedded_pdf_does_not_matter() -> None:
    pdf = f"<cbc:EmbeddedDocumentBinaryObject>{'QUJD' * 3_000_000}</cbc:EmbeddedDocumentBinaryObject>"
    attached = "".join(
        (
            "<cac:AdditionalDocumentReference><cac:Attachment>",
            pdf,
            "</cac:Attachment></cac:AdditionalDocumentReference>",
        )
    )
    data = ubl("Invoice", attached, ubl_parties(), ubl_line("Invoice"))
    assert len(read_invoice(data).lines) == 1


def test_ten_thousand_lines() -> None:
    data = faktura(*(row(number, name=f"Produkt {number}", quantity=number) for number in range(1, 10_001)))
    tracemalloc.start()
    found = read_invoice(data)
    planned = plan(found, [])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(planned.moves) == 10_000
    assert sum(move.pieces for move in planned.moves) == 10_000 * 10_001 // 2
    assert peak < 100 * 1024 * 1024


def test_a_correction_of_ten_thousand_lines_is_paired_without_comparing_each_with_each() -> None:
    befores = [row(number, name=f"P{number}", before=True) for number in range(1, 5_001)]
    afters = [row(number, name=f"P{number}", quantity=2) for number in range(5_000, 0, -1)]
    planned = plan(read_invoice(faktura(*befores, *afters, kind="KOR")), [])
    assert sum(move.pieces for move in planned.moves) == 5_000


def test_warnings_are_bounded_and_have_words() -> None:
    found = read_invoice(faktura(*(row(quantity="x", vat="?") for _ in range(2_000))))
    assert len(found.warnings) == 1_000
    assert all(warning_text(warning) for warning in found.warnings)
    assert WARNINGS.keys() == set(WarningCode)


PIECES = st.sampled_from(
    [
        *GOOD.split(b"<")[1:],
        b"<",
        b">",
        b"</",
        b"<!DOCTYPE a [",
        b"&l;",
        b"\xff\xfe",
        b"\x00",
        b";",
        b"\n",
        b'"',
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(PIECES, max_size=30).map(b"".join),
        st.tuples(st.integers(0, len(GOOD)), st.binary(max_size=8), st.integers(0, 20)).map(
            lambda cut: GOOD[: cut[0]] + cut[1] + GOOD[cut[0] + cut[2] :]
        ),
        st.text(alphabet="nazwa;ilość,ean\n\"'1,.\t=", max_size=200).map(lambda text: text.encode()),
        st.text(alphabet='1,.;\n"- x', max_size=80).map(lambda text: f"Nazwa;Ilość\n{text}".encode()),
    )
)
def test_any_bytes_give_an_invoice_or_a_refusal(data: bytes) -> None:
    with suppress(UnreadableInvoiceError):
        found = read_invoice(data)
        assert isinstance(found, Invoice)
        plan(found, [])
