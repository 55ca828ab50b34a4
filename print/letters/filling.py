"""What is put in the place of the marks of a template."""

from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from print.letters.template import MARK, Marked, is_of_unit
from print.letters.values import VALUES, unit_value
from store.domain.letters import LetterFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """The facts of one letter, for the marks of one template."""

    marks: Marked
    facts: LetterFacts
    values: dict[str, str]
    """The text for every name that is not of a unit."""

    def markup(self, text: str, unit: int | None = None) -> str:
        """Return markup with what its marks stand for; no letter of that means anything as markup.

        `unit` is the index of the unit in whose row it stands.
        """
        return self._put(text, unit, lambda value: escape(value).replace("\n", "<br/>"))

    def plain(self, text: str, unit: int | None = None) -> str:
        """Return plain text with what its marks stand for."""
        return self._put(text, unit, str)

    def _put(self, text: str, unit: int | None, write: Callable[[str], str]) -> str:
        return MARK.sub(lambda mark: write(self._value(self.marks.names[int(mark[1])], unit)), text)

    def _value(self, name: str, unit: int | None) -> str:
        if unit is not None and is_of_unit(name):
            return unit_value(name, self.facts.units[unit], self.facts.day, unit + 1)
        return self.values.get(name, "")

    def repeats(self, cells: list[str]) -> bool:
        """Tell whether a row of a table is repeated for each unit."""
        return any(is_of_unit(name) for cell in cells for name in self.marks.named(cell))


def filling(marks: Marked, facts: LetterFacts) -> Filling:
    """Return what stands for the marks, in the language in force."""
    values = {name: read(facts) for name, read in VALUES.items()}
    return Filling(marks=marks, facts=facts, values=values)
