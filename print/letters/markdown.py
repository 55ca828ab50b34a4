"""The Markdown of templates: paragraphs, headings, lists, tables, bold, italic and lines to write on.

Anything else is a fault.
"""

from collections.abc import Iterator, Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from print.letters.template import MARK, Fault, Marked, Template, is_block, is_of_unit
from store.domain.language import N_, _

_BLOCKS = frozenset(
    f"{name}_{end}"
    for name in ("paragraph", "heading", "bullet_list", "ordered_list", "list_item", "table", "thead",
                 "tbody", "tr", "th", "td")
    for end in ("open", "close")
) | {"hr"}  # fmt: skip
_INLINES = frozenset({"text", "softbreak", "hardbreak", "strong_open", "strong_close", "em_open", "em_close"})
_REFUSED: Mapping[str, str] = {
    "html_block": N_("HTML is not printed"),
    "html_inline": N_("HTML is not printed"),
    "code_block": N_("a line that begins with four blanks would be code, which is not printed"),
    "fence": N_("code is not printed"),
    "code_inline": N_("code is not printed"),
    "blockquote_open": N_("quotations are not printed"),
    "link_open": N_("links are not printed; write the address itself"),
    "image": N_("pictures are not printed"),
}
_CLOSES = frozenset({"blockquote_close", "link_close"})
"""Told of at their beginning."""


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text in CommonMark with tables.

    Headings are those with `#` only: dashes below a line are a place to sign in letters.
    """
    return _reader().parse(text, {})


def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table").disable("lheading")


def faults_of_markdown(template: Template, marks: Marked) -> Iterator[Fault]:
    """Yield what of a template cannot be printed, and placeholders that stand where they cannot."""
    env: dict[str, dict[str, dict[str, list[int]]]] = {}
    line, in_body, before = 1, False, ""
    for token in _reader().parse(marks.text, env):
        line = token.map[0] + 1 if token.map else line
        in_body = token.type == "tbody_open" or (in_body and token.type != "tbody_close")
        if token.type == "inline":
            yield from _refused_inline(template, marks, token, line)
            alone = before == "paragraph_open" and token.level == 1
            yield from _misplaced(template, marks, token, line, in_body=in_body, alone=alone)
        elif token.type not in _BLOCKS | _CLOSES:
            yield _fault(template, line, _first(marks, line), _refused(token.type))
        before = token.type
    for reference in env.get("references", {}).values():
        number = reference["map"][0] + 1
        yield _fault(template, number, _first(marks, number), _refused("link_open"))


def _refused_inline(template: Template, marks: Marked, token: Token, line: int) -> Iterator[Fault]:
    for number, child in _children(token, line):
        if child.type not in _INLINES | _CLOSES:
            text = marks.shown(child.content) or _first(marks, number)
            yield _fault(template, number, text, _refused(child.type))


def _misplaced(
    template: Template, marks: Marked, token: Token, line: int, *, in_body: bool, alone: bool
) -> Iterator[Fault]:
    for number, child in _children(token, line):
        for name in marks.named(child.content):
            shown = f"{{{{{name}}}}}"
            if is_of_unit(name) and not in_body:
                why = _("stands in a row of a table below its head: the row is repeated for each unit")
                yield _fault(template, number, shown, why)
            elif is_block(name) and not (alone and MARK.fullmatch(token.content.strip())):
                yield _fault(template, number, shown, _("stands alone, with an empty line above and below"))


def _children(token: Token, line: int) -> Iterator[tuple[int, Token]]:
    """Yield the parts of a text, each with its line."""
    for child in token.children or []:
        yield line, child
        line += child.type in {"softbreak", "hardbreak"}


def _refused(kind: str) -> str:
    return _(_REFUSED.get(kind, N_("this is not printed")))


def _first(marks: Marked, line: int) -> str:
    """Return what stands on a line, from 1."""
    return marks.shown(marks.lines[line - 1]).strip() if line <= len(marks.lines) else ""


def _fault(template: Template, line: int, text: str, why: str) -> Fault:
    return Fault(file=template.file, line=line, text=text, why=why)
