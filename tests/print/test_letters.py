"""Letters from templates: what is printed, what is refused and with which line."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4

from print.letters.folder import copy_shipped, strange, template, templates
from print.letters.letter import faults, letter
from print.letters.plain import mail_text
from print.letters.template import Template, TemplateError
from print.letters.values import BLOCKS, UNIT_VALUES, VALUES
from print.page import MARGIN
from store.domain.errors import StoreError
from store.domain.language import Language
from store.domain.letters import LetterDocument, LetterFacts, LetterParty, LetterUnit
from store.domain.papers import PaperParty
from store.domain.terms import Condition, Terms
from tests.print.papers import LONG, UNBROKEN, codes, overlaps, texts, words
from tui import speech

NOWHERE = Path("nowhere")


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


def unit(number: int, **fields: object) -> LetterUnit:
    known = {
        "product": "Laptop 14", "sku": "NB-14", "serial": f"LT{number:06}", "condition": Condition.USED,
        "terms": Terms.RENTED, "since": date(2026, 9, 1), "due": date(2026, 11, 14),
        "document": "WYP/2026/000012",
    }  # fmt: skip
    return LetterUnit(**(known | fields))  # type: ignore[arg-type]


def facts(*units: LetterUnit, **fields: object) -> LetterFacts:
    known = {
        "day": date(2026, 11, 24),
        "company": PaperParty(
            name="Hurtownia Żółw S.A.", tax_id="1234563218", address="ul. Krótka 1\n00-001 Łódź"
        ),
        "party": LetterParty(code="C-7", name="Odbiorca <b>*sp.*</b> z o.o.", address="ul. Długa 2"),
        "document": LetterDocument(number="WYP/2026/000012", day=date(2026, 9, 1), place="Magazyn"),
        "operator": "Grażyna Świątek",
        "units": units,
    }
    return LetterFacts(**(known | fields))  # type: ignore[arg-type]


def written(text: str, language: Language = Language.EN) -> Template:
    return Template(name="mine", language=language, file=Path("mine.en.md"), text=text)


def page(text: str, found: LetterFacts | None = None) -> str:
    return " ".join(texts(letter(written(text), found or facts(unit(1), unit(2)))))


def told(text: str, fields: frozenset[str] | None = frozenset()) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.text, fault.why) for fault in faults(written(text), fields)]


def test_what_is_written_is_printed_with_the_values_in_it() -> None:
    shown = page(
        "# To *{{party.code}}*\n\nDear **{{party.name}}**,\nfrom {{ company.name }}\n\n- a\n  - b\n\n"
        "7. c\n8. d"
    )
    for text in (
        "To C-7",
        "Dear Odbiorca <b>*sp.*</b> z o.o., from Hurtownia Żółw S.A.",
        "• a",
        "• b",
        "7. c",
        "8. d",
    ):
        assert text in shown


def test_every_name_stands_for_something() -> None:
    full = facts(
        unit(1, kind="Komputery", inventory="INW-1", accessories="zasilacz", owner="My",
             warranty_until=date(2028, 1, 2), valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31),
             seats=5, subject="biuro", fields={"COLOUR": "zielony"}),
        document=LetterDocument(number="WYP/2026/000012", day=date(2026, 9, 1), place="Magazyn",
                                reference="ZAM", remarks="uwaga", due=date(2026, 11, 14), purpose="targi"),
        party=LetterParty(code="C-7", name="Odbiorca", tax_id="526", address="ul. Długa", email="a@b.pl"),
        fields=frozenset({"COLOUR"}),
    )  # fmt: skip
    for name in VALUES:
        assert page(f"x{{{{{name}}}}}y", full).split("mine", 1)[1].count("xy") == 0, name
    for name in [*UNIT_VALUES, "unit.field.COLOUR"]:
        assert "xy" not in page(f"| head |\n|---|\n| x{{{{{name}}}}}y |", full), name


def test_a_row_of_a_table_is_repeated_for_each_unit() -> None:
    row = "| {{unit.position}} | *{{unit.serial}}* | {{party.code}} |"
    table = f"| No. | **Serial** | To |\n|--:|---|---|\n{row}\n| sum | {{{{units.count}}}} | x |"
    shown = page(table, facts(*(unit(number) for number in range(3))))
    assert "No. Serial To 1 LT000000 C-7 2 LT000001 C-7 3 LT000002 C-7 sum 3 x" in shown


def test_a_value_is_never_taken_for_markdown_or_markup() -> None:
    nasty = "# <i>a</i> | *b* {{company.name}} &amp; [c](d)"
    table = "| head |\n|---|\n| **{{unit.product}}** |\n| {{unit.product}} |"
    shown = page(
        f"{{{{party.name}}}}\n\n{table}",
        facts(unit(1, product=nasty), party=LetterParty(code="C", name=nasty)),
    )
    assert shown.count(nasty) == 3


def test_a_wrong_name_is_told_with_its_line_and_the_allowed_ones() -> None:
    (fault,) = faults(written("Dear all,\n\n{{pary.name}} and {{party.name}}"))
    assert fault.sentence().startswith(
        "mine.en.md:3: {{pary.name}}: there is no such placeholder; did you mean party.name?; "
        "allowed: company.address"
    )
    assert set(fault.allowed) == {*VALUES, *UNIT_VALUES, *BLOCKS}
    with pytest.raises(TemplateError, match=r"mine\.en\.md:3: \{\{pary\.name\}\}"):
        page("Dear all,\n\n{{pary.name}}")


@pytest.mark.parametrize(
    "name",
    ["party.__class__", "party.name.upper", "self", "unit", "", "party.name()", "0", "unit.field.OTHER"],
)
def test_nothing_but_the_names_is_looked_up(name: str) -> None:
    ((line, text, why),) = told(f"\n| h |\n|---|\n| {{{{{name}}}}} |", fields=frozenset({"MINE"}))
    assert (line, text) == (4, f"{{{{{name}}}}}")
    assert "no such placeholder" in why
    assert told("| h |\n|---|\n| {{unit.field.MINE}} |", fields=frozenset({"MINE"})) == []
    assert told("| h |\n|---|\n| {{unit.field.MINE}} |", fields=None) == []


@pytest.mark.parametrize(
    ("text", "line", "shown", "why"),
    [
        ("a\nb {{party.name c", 2, "{{party.name c", "ends with }}"),
        ("a\nparty.name}} c", 2, "}} c", "begins with {{"),
        ("a\n\n{party.name}", 3, "{party.name}", "two braces: {{party.name}}"),
        ("a\n\n{{unit.serial}}", 3, "{{unit.serial}}", "row of a table"),
        ("| {{unit.serial}} |\n|---|\n| x |", 1, "{{unit.serial}}", "row of a table"),
        ("a\n\nb {{signatures}}", 3, "{{signatures}}", "stands alone"),
        ("| h |\n|---|\n| {{units.table}} |", 3, "{{units.table}}", "stands alone"),
        ("# {{units.table}}", 1, "{{units.table}}", "stands alone"),
        ("- {{units.table}}", 1, "{{units.table}}", "stands alone"),
        ("a\n\n<b>b</b>", 3, "<b>", "HTML"),
        ("a\n\n<div>\nb\n</div>", 3, "<div>", "HTML"),
        ("a\nb `{{party.name}}`", 2, "{{party.name}}", "code"),
        ("a\n\n    b", 3, "b", "four blanks"),
        ("a\n\n```\nb\n```", 3, "```", "code"),
        ("a\n\n> b", 3, "> b", "quotations"),
        ("a\nb [c](d)", 2, "b [c](d)", "links"),
        ("a\n\n[c]: d", 3, "[c]: d", "links"),
        ("a\nb ![c](d)", 2, "c", "pictures"),
        ("a\n\ue0000\ue001", 2, "\ue0000\ue001", "no font"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_told_with_its_line(text: str, line: int, shown: str, why: str) -> None:
    found = told(text)
    assert [(fault[0], fault[1]) for fault in found][:1] == [(line, shown)]
    assert why in found[0][2]


def test_a_section_that_there_is_not_is_told() -> None:
    empty = facts(party=None, document=None)
    with pytest.raises(TemplateError) as error:
        page(
            "{{company.name}}\n{{party.name}} {{party.code}}\n\n{{document.barcode}}\n\n{{units.table}}",
            empty,
        )
    assert [(fault.line, fault.text) for fault in error.value.faults] == [
        (2, "{{party.name}}"), (2, "{{party.code}}"), (4, "{{document.barcode}}"), (6, "{{units.table}}"),
    ]  # fmt: skip
    assert "Hurtownia" in page("{{company.name}}", empty)


def test_a_line_whose_placeholders_all_stand_for_nothing_is_left_out() -> None:
    shown = page("NIP: {{party.tax_id}}\nmail {{party.email}} of {{party.code}}\nplain")
    assert "NIP" not in shown
    assert "mail of C-7 plain" in shown


def test_the_blocks_are_drawn() -> None:
    paper = letter(
        written("{{document.barcode}}\n\n{{units.table}}\n\n{{signatures}}"), facts(unit(1), unit(2))
    )
    ((code,),) = codes(paper)
    assert code.text == "WYP/2026/000012"
    (shown,) = texts(paper)
    assert (
        "No. Name Serial Qty Condition Due 1 Laptop 14 LT000001 1 used 2026-11-14 2 Laptop 14 LT000002"
        in shown
    )
    assert shown.count("date and signature") == 2
    assert "Grażyna Świątek" in shown


@pytest.mark.parametrize("each", templates(NOWHERE), ids=lambda each: f"{each.name}.{each.language}")
def test_the_letters_of_the_program_flow_and_nothing_overlaps(each: Template) -> None:
    assert faults(each) == []
    crowded = [
        unit(number, product=LONG if number % 3 else UNBROKEN, accessories=LONG if number == 7 else "",
             serial="S" * 60 if number == 5 else f"LT{number:06}")
        for number in range(60)
    ]  # fmt: skip
    paper = letter(each, facts(*crowded, party=LetterParty(code="C", name=LONG, address=UNBROKEN)))
    pages = list(pypdfium2.PdfDocument(paper))
    for sheet in pages:
        found = list(words(sheet))
        assert overlaps(found) == []
        assert [
            word for word in found
            if word.left < MARGIN - 1 or word.right > A4[0] - MARGIN + 1 or word.bottom < MARGIN - 4
        ] == []  # fmt: skip
    shown = texts(paper)
    assert f"{len(pages)}" in shown[-1].split()
    if "{{unit." in each.text:
        for number in (0, 59):
            assert f"LT{number:06}" in " ".join(shown)
        assert " ".join(shown).count("Ź" * 20) > 0


def test_a_template_is_the_text_of_an_e_mail_as_well() -> None:
    text = "# Hello *{{party.code}}*\n\nDear **{{party.name}}**,  \nNIP: {{party.tax_id}}\n\n- one\n- two\n"
    assert mail_text(written(text), facts(unit(1))) == (
        "Hello C-7",
        "Dear Odbiorca <b>*sp.*</b> z o.o.,\n\n- one\n\n- two\n",
    )
    with pytest.raises(TemplateError, match=r"mine\.en\.md:1"):
        mail_text(written("{{nobody}}"), facts())


def test_two_thousand_units_are_all_there_in_their_order() -> None:
    paper = letter(
        template(NOWHERE, "reminder", Language.PL), facts(*(unit(number) for number in range(2000)))
    )
    found = [word for sheet in texts(paper) for word in sheet.split() if word.startswith("LT0")]
    assert found == [f"LT{number:06}" for number in range(2000)]


def test_the_language_is_the_templates_own() -> None:
    polish = letter(template(NOWHERE, "reminder", Language.PL), facts(unit(1)))
    assert "24 listopada 2026 r." in texts(polish)[0]
    english = letter(template(NOWHERE, "reminder", Language.EN), facts(unit(1)))
    assert "24 November 2026" in texts(english)[0]
    assert "days late at most: 10" in texts(english)[0]


def test_a_long_title_leaves_room_for_the_company() -> None:
    paper = letter(written(f"# {LONG}\n\ntext"), facts(company=PaperParty(name=LONG)))
    (sheet,) = pypdfium2.PdfDocument(paper)
    assert overlaps(list(words(sheet))) == []


def test_the_companys_own_template_goes_before_the_programs(tmp_path: Path) -> None:
    made = copy_shipped(tmp_path)
    assert len(made) == 12
    mine = tmp_path / "reminder.pl.md"
    mine.write_text("# Moje", encoding="utf-8")
    assert copy_shipped(tmp_path) == []
    assert template(tmp_path, "reminder", Language.PL).text == "# Moje"
    assert not template(tmp_path, "reminder", Language.PL).shipped
    assert {each.name for each in templates(tmp_path)} == {
        "lending",
        "handover",
        "reminder",
        "reminder-mail",
        "renewal",
        "service-notice",
    }
    assert len(templates(tmp_path)) == 12


def test_a_letter_that_there_is_not_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    (tmp_path / "thanks.en.md").write_text("# Thanks", encoding="utf-8")
    for name, language in (("thanks", Language.PL), ("../reminder", Language.PL), ("thank", Language.EN)):
        with pytest.raises(StoreError, match=r"handover \(en\), .*thanks \(en\)"):
            template(tmp_path, name, language)


def test_files_that_are_no_templates_are_told(tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text("x")
    (tmp_path / "letter.de.md").write_text("x")
    (tmp_path / "bad.pl.md").write_bytes("zażółć".encode("cp1250"))
    (tmp_path / "large.pl.md").write_text("x" * 300_000)
    (tmp_path / "notes.txt").write_text("x")
    assert [(fault.file.name, fault.why) for fault in strange(tmp_path)] == [
        ("bad.pl.md", "is not UTF-8"),
        ("large.pl.md", "is too large for a letter"),
        ("letter.de.md", "is named NAME.LANGUAGE.md, the language one of: pl, en"),
        ("letter.md", "is named NAME.LANGUAGE.md, the language one of: pl, en"),
    ]
    with pytest.raises(StoreError, match="not UTF-8"):
        template(tmp_path, "bad", Language.PL)


def test_the_same_letter_is_the_same_file() -> None:
    each, found = template(NOWHERE, "handover", Language.PL), facts(unit(1))
    assert letter(each, found) == letter(each, replace(found))
