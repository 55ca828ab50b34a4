"""The command sheet is read back from its picture by an independent reader, and its text from the PDF."""

import pypdfium2
import pytest
import zxingcpp

from print.command_sheet import SheetCommand, command_sheet

COMMANDS = [
    SheetCommand(label="Zamknij dokument", help="Zażółć gęślą jaźń " * 12, code="%SZ%CLOSE"),
    SheetCommand(label="Cofnij", help="", code="%SZ%UNDO"),
    *(SheetCommand(label=f"Ilość {n}", help="<b> & co.", code=f"%SZ%QTY {n}") for n in range(30)),
]


@pytest.fixture(scope="module")
def sheet() -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(command_sheet(COMMANDS, company="Hurtownia Żółw sp. z o.o."))


def test_every_command_reads_back_from_the_rendered_pages(sheet: pypdfium2.PdfDocument) -> None:
    read = []
    for page in sheet:
        picture = page.render(scale=3).to_pil()
        read += [code.text for code in zxingcpp.read_barcodes(picture)]
    assert sorted(read) == sorted(command.code for command in COMMANDS)


def test_polish_letters_copy_out_of_the_pdf(sheet: pypdfium2.PdfDocument) -> None:
    text = sheet[0].get_textpage().get_text_bounded()
    assert "Hurtownia Żółw sp. z o.o." in text
    assert "Zażółć gęślą jaźń" in text
    assert "<b> & co." in text


def test_pages_are_counted(sheet: pypdfium2.PdfDocument) -> None:
    assert len(sheet) > 1
    for number, page in enumerate(sheet, start=1):
        assert f"page {number} of {len(sheet)}" in page.get_textpage().get_text_bounded()


def test_a_code_that_no_barcode_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        command_sheet([SheetCommand(label="x", help="", code="WZ/ŁÓDŹ/1")], company="")


def test_the_same_sheet_is_the_same_file() -> None:
    assert command_sheet(COMMANDS, company="A") == command_sheet(COMMANDS, company="A")
