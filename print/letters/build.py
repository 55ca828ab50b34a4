"""From the tokens of a template to what goes on the page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from xml.sax.saxutils import escape

from markdown_it.token import Token
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, Paragraph, Spacer

from print.fonts import typeface
from print.grid import Markup, grid
from print.letters.filling import Filling
from print.letters.template import MARK, is_block
from print.letters.widths import columns
from print.page import style

BODY = 10
HEADINGS = {1: 14, 2: 12, 3: 11}
"""The size of a heading by its level, in points; deeper ones have that of the text."""
INDENT = 6 * mm
AFTER = 2.5 * mm
_INLINE = {
    "softbreak": " ", "hardbreak": "<br/>", "strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>",
    "em_close": "</i>",
}  # fmt: skip


@dataclass(kw_only=True)
class _List:
    """A list that is being read."""

    number: int | None
    """Of its next item; None: it has bullets."""
    label: str = ""
    """Of the item whose first paragraph has not come yet."""


@dataclass(kw_only=True)
class _Table:
    """A table that is being read: its head and its rows, in markup with marks."""

    rows: list[list[str]] = field(default_factory=list)
    rights: list[bool] = field(default_factory=list)


class Builder:
    """Makes the flowables of one letter."""

    def __init__(self, filling: Filling, block: Callable[[str], Sequence[Flowable]]) -> None:
        """`block` makes what stands for a name that is no text."""
        self._filling = filling
        self._block = block
        self._lists: list[_List] = []
        self._table = _Table()
        self._level = 0
        self._in_table = False
        self.title = ""
        """The text of the first heading of the first level, which is left out of the rest."""
        self.story: list[Flowable] = []

    def read(self, tokens: Sequence[Token]) -> None:
        """Add what `tokens` say to the story. They were found to be without faults."""
        for token in tokens:
            name = token.type
            if name == "inline":
                self._text(token)
            elif name in {"bullet_list_open", "ordered_list_open"}:
                start = int(token.attrGet("start") or 1)
                self._lists.append(_List(number=None if name.startswith("bullet") else start))
            elif name in {"bullet_list_close", "ordered_list_close"}:
                self._lists.pop()
                self.story += [] if self._lists else [Spacer(0, AFTER / 2)]
            elif name == "list_item_open":
                self._item()
            elif name == "heading_open":
                self._level = int(token.tag[1:])
            elif name == "heading_close":
                self._level = 0
            elif name == "hr":
                self.story.append(
                    HRFlowable(width="100%", color="#000000", spaceBefore=AFTER, spaceAfter=AFTER)
                )
            else:
                self._table_token(token)

    def _table_token(self, token: Token) -> None:
        if token.type == "table_open":
            self._table, self._in_table = _Table(), True
        elif token.type == "tr_open":
            self._table.rows.append([])
        elif token.type == "th_open":
            self._table.rights.append("right" in str(token.attrGet("style") or ""))
        elif token.type == "table_close":
            self._in_table = False
            self.story += [self._grid(), Spacer(0, AFTER)]

    def _item(self) -> None:
        last = self._lists[-1]
        last.label = "•" if last.number is None else f"{last.number}."
        if last.number is not None:
            last.number += 1

    def _text(self, token: Token) -> None:
        text = "".join(_INLINE.get(child.type) or escape(child.content) for child in token.children or [])
        if self._in_table:
            self._table.rows[-1].append(text)
        elif self._level:
            self._heading(text)
        elif (mark := MARK.fullmatch(text)) and is_block(name := self._filling.marks.names[int(mark[1])]):
            self.story += self._block(name)
        else:
            self._paragraph(text)

    def _heading(self, text: str) -> None:
        if self._level == 1 and not self.title:
            self.title = unescape(self._filling.plain(_bare(text)))
            return
        look = style(HEADINGS.get(self._level, BODY), bold=True)
        look.spaceBefore, look.spaceAfter, look.keepWithNext = 3 * mm, 1.5 * mm, 1
        self.story.append(Paragraph(self._filling.markup(text), look))

    def _paragraph(self, text: str) -> None:
        depth = len(self._lists)
        look = ParagraphStyle(
            f"letter-{depth}",
            style(BODY),
            leading=BODY * 1.35,
            leftIndent=depth * INDENT,
            bulletIndent=(depth - 1) * INDENT,
            bulletFontName=typeface().regular,
            bulletFontSize=BODY,
            spaceAfter=AFTER / 2 if depth else AFTER,
        )
        label = ""
        if self._lists:
            label, self._lists[-1].label = self._lists[-1].label, ""
        self.story.append(Paragraph(self._filling.markup(text), look, bulletText=label or None))

    def _grid(self) -> Flowable:
        head, *rows = self._table.rows
        heads = [self._cell(text, None) for text in head]
        cells = [[self._cell(text, unit) for text in row] for row in rows for unit in self._units(row)]
        return grid(columns(heads, cells, self._table.rights), cells)

    def _units(self, row: list[str]) -> Iterable[int | None]:
        """Return for which units a row stands; None: it stands once, for none."""
        repeated = self._filling.repeats(row)
        return range(len(self._filling.facts.units)) if repeated else (None,)

    def _cell(self, text: str, unit: int | None) -> str:
        if "<" in text:
            return Markup(self._filling.markup(text, unit))
        return self._filling.plain(unescape(text), unit)


def _bare(markup: str) -> str:
    for tag in ("<b>", "</b>", "<i>", "</i>"):
        markup = markup.replace(tag, "")
    return markup.replace("<br/>", " ")
