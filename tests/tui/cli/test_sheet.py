"""The printed command sheet has everything that can be done with the scanner alone."""

from pathlib import Path

import pypdfium2
import zxingcpp

from scanners.learning import CHECK_CODE
from screens.commands import COMMON
from screens.delivery import Delivery
from screens.issue import Issue
from tests.tui.cli.conftest import Sztuka


def codes(path: Path) -> list[str]:
    found = []
    for page in pypdfium2.PdfDocument(path):
        found += [code.text for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil())]
    return found


def test_every_command_of_a_document_reads_back(sztuka: Sztuka, tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    run = sztuka("sheet", str(target))
    assert (run.returncode, run.stdout, run.stderr) == (0, "", f"Written to {target}.\n")
    read = codes(target)
    assert len(read) == len(set(read))
    wanted = {command.barcode for command in (*COMMON, *Delivery.OFFERS, *Issue.OFFERS)}
    answers = {"%SZ%OK", "%SZ%YES", "%SZ%NO", "%SZ%1", "%SZ%9", "%SZ%QTY 10"}
    assert wanted | answers | {CHECK_CODE} <= set(read)


def test_a_file_that_exists_is_kept(sztuka: Sztuka, tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    target.write_text("mine")
    run = sztuka("sheet", str(target))
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == f"sztuka: {target}: exists already; nothing is overwritten\n"
    assert target.read_text() == "mine"
