"""Frozen records of custom fields: their definitions, which kinds have them, and what units have in them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FieldType(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    LINK = "link"
    PARTY = "party"
    UNIT = "unit"


REFERENCES = frozenset({FieldType.PARTY, FieldType.UNIT})
"""Types whose values name something else in the store."""
CHOOSING = frozenset({FieldType.CHOICE, FieldType.CHOICES})
MEASURED = frozenset({FieldType.NUMBER, FieldType.MONEY})
"""Types with a unit of measure, or a currency."""
PATTERNED = frozenset({FieldType.TEXT, FieldType.LINK})
"""Types whose values a pattern can narrow down."""


class FieldFault(StrEnum):
    """Why a text cannot be the value of a field."""

    EMPTY = "empty"
    LONG = "long"
    ONE_LINE = "one_line"
    NUMBER = "number"
    MONEY = "money"
    PLACES = "places"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    LINK = "link"
    PATTERN = "pattern"
    NO_PARTY = "no_party"
    NO_UNIT = "no_unit"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """What a field is to be: everything that can be said when it is defined."""

    name: str
    type: FieldType
    measure: str = ""
    """'GB', 'km'; of money its currency."""
    choices: tuple[str, ...] = ()
    pattern: str = ""
    """A regular expression that a whole text must match."""
    message: str = ""
    """What a person is told who does not meet the pattern."""
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(FieldSpec):
    """A field, defined once, used by any number of kinds."""

    id: int
    code: str
    """Never changes: lists and letters name the field by it."""
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KindField:
    """That a kind of products has a field."""

    kind_id: int
    field: Field
    position: int
    required: bool = False
    on_list: bool = False
    on_label: bool = False
    on_card: bool = True
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitField:
    """A field of a unit, with its value if it has one."""

    field: Field
    applies: bool
    """Its product's kind has the field now; a value of another kind's field is kept and shown apart."""
    required: bool
    on_list: bool
    on_label: bool
    on_card: bool
    text: str = ""
    """As it is stored; empty: none."""
    named: str = ""
    """The name of the party, or the product of the unit, that it refers to."""
    party_id: int | None = None
    other_id: int | None = None
    fits: bool = True
    """False: the field's type was changed, and this text stayed as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedValue:
    """What a unit has in a field that is shown on lists or on labels."""

    field: Field
    text: str
    """As it is stored."""
    named: str = ""
    """The name of the party, or the product of the unit, that it refers to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """That a unit's value was changed; an empty text is no value."""

    id: int
    field_id: int
    field_name: str
    """As it was called then."""
    type: FieldType
    """As it is now, as the measure is."""
    measure: str
    old: str
    new: str
    operator: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeChange:
    """What a change of type would do to the stored values."""

    units: int
    """That have a value now."""
    converts: int
    rewritten: int
    """Of these, those that will be written otherwise: '12,50' as '12.5'."""
    left: int
    """That stay as they are and are marked."""
    examples: tuple[tuple[str, int], ...] = ()
    """Texts that stay, with the number of their units, most frequent first."""
    unlisted: int = 0
    """So many more texts stay than are in `examples`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingValues:
    """A required field of an open document's pieces, and those that have no value yet."""

    field: Field
    scans: tuple[tuple[int, str, str], ...]
    """Of each piece the id of its scan, its serial and the name of its product."""
