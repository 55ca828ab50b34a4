"""From what a person types, scans or imports to the value of a field, and back to what is shown."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from store.domain.errors import RefusalCode, RefusedError
from store.domain.fields import MEASURED, PATTERNED, FieldFault, FieldSpec, FieldType, ListedValue
from store.domain.language import N_, _

LONGEST = 500
LONGEST_LINES = 4_000
"""Characters of a text, and of one with several lines."""
LONGEST_KEY = 200
PLACES = 4
LARGEST = Decimal(10) ** 14
SEPARATOR = "; "
"""Between several choices; a choice has no semicolon."""
YES, NO = "yes", "no"
SHOWN = {YES: N_("Yes"), NO: N_("No")}

_YES = frozenset({"yes", "y", "true", "1", "tak", "t", "+"})
_NO = frozenset({"no", "n", "false", "0", "nie", "-"})
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%Y%m%d", "%Y.%m.%d", "%d/%m/%Y")
_SCHEMES = frozenset({"http", "https", "ftp", "ftps", "mailto", "tel", "file", "smb"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value as it is stored: its text, what it is searched by, and the number it is sorted by."""

    text: str
    key: str
    number: int | None = None
    """Ten-thousandths of a number or an amount, the ordinal of a day, 1 and 0 for yes and no."""


class _Faulty(Exception):  # noqa: N818 - never leaves this module
    """A text that cannot be a value."""

    def __init__(self, fault: FieldFault) -> None:
        super().__init__(fault)
        self.fault = fault


def parse(field: FieldSpec, text: str) -> Parsed:
    """Return the value that `text` means in `field`.

    A reference is only tidied up here: whether it names something, the store knows. Raises
    RefusedError(BAD_VALUE) with the field's name, the text and the fault; a pattern's own message goes before
    ours.
    """
    try:
        plain = _plain(text, is_long=field.type is FieldType.LINES)
        found = _PARSERS[field.type](field, plain)
        if field.type in PATTERNED and field.pattern and not re.fullmatch(field.pattern, found.text):
            raise _Faulty(FieldFault.PATTERN)  # noqa: TRY301 - one place makes the refusal
    except _Faulty as faulty:
        raise refused(field, text, faulty.fault) from None
    return found


def refused(field: FieldSpec, text: str, fault: FieldFault) -> RefusedError:
    """Return the refusal of `text` in `field`."""
    allowed: object = fault
    if fault is FieldFault.PATTERN and field.message:
        allowed = field.message
    choices = field.choices if fault is FieldFault.CHOICE else ()
    return RefusedError(
        RefusalCode.BAD_VALUE, field=field.name, text=" ".join(text.split()), fault=allowed, choices=choices
    )


def retyped(type_: FieldType, text: str) -> Parsed:
    """Return how a stored text must be kept by its type alone, whatever choices and patterns are now.

    Raises RefusedError(BAD_VALUE).
    """
    if type_ in {FieldType.CHOICE, FieldType.CHOICES}:
        return _text(text)
    return parse(FieldSpec(name="", type=type_), text)


def shown(field: FieldSpec, text: str, named: str = "") -> str:
    """Return a stored text as people read it: with its measure, a name, a word for yes or no."""
    return f"{named} ({text})" if named else read_as(field.type, field.measure, text)


def read_as(type_: FieldType, measure: str, text: str) -> str:
    """Return a stored text as people read it, by no more than the type and the measure of its field."""
    if type_ is FieldType.YES_NO and text in SHOWN:
        return _(SHOWN[text])
    return f"{text} {measure}" if text and measure and type_ in MEASURED else text


def listed(value: ListedValue) -> str:
    """Return a value as it stands in a row: with its field's name where it would say nothing by itself."""
    field = value.field
    text = " / ".join(shown(field, value.text, value.named).split("\n"))
    bare = field.type in {FieldType.YES_NO, FieldType.DATE} or (field.type in MEASURED and not field.measure)
    return f"{field.name}: {text}" if bare else text


def choices_of(text: str) -> tuple[str, ...]:
    """Return the choices that a stored text of several names."""
    return tuple(part.strip() for part in text.split(SEPARATOR.strip()) if part.strip())


def key_of_value(text: str) -> str:
    """Return the form in which a value is searched: letter case and blanks forgiven, cut off."""
    return " ".join(text.casefold().split())[:LONGEST_KEY]


def _plain(text: str, *, is_long: bool) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    tidy = ["".join(char if char.isprintable() else " " for char in line).rstrip() for line in lines]
    plain = "\n".join(tidy).strip()
    if not plain:
        raise _Faulty(FieldFault.EMPTY)
    if len(plain) > (LONGEST_LINES if is_long else LONGEST):
        raise _Faulty(FieldFault.LONG)
    return plain


def _text(text: str, number: int | None = None) -> Parsed:
    return Parsed(text, key_of_value(text), number)


def _line(_field: FieldSpec, text: str) -> Parsed:
    if "\n" in text:
        raise _Faulty(FieldFault.ONE_LINE)
    return _text(text)


def _lines(_field: FieldSpec, text: str) -> Parsed:
    return _text(text)


def _decimal(field: FieldSpec, text: str, fault: FieldFault) -> Decimal:
    plain = "".join(text.split())
    measure = "".join(field.measure.split())
    if measure and plain.casefold().endswith(measure.casefold()):
        plain = plain[: -len(measure)]
    # '1.234,5' and '1,234.5' mean the same in two countries: neither is guessed.
    if len(re.findall(r"[.,]", plain)) > 1 or not re.fullmatch(r"[+-]?[0-9]*[.,]?[0-9]*", plain):
        raise _Faulty(fault)
    try:
        value = Decimal(plain.replace(",", "."))
    except InvalidOperation:
        raise _Faulty(fault) from None
    if abs(value) >= LARGEST or value != value.quantize(Decimal(1).scaleb(-PLACES)):
        raise _Faulty(FieldFault.PLACES)
    return value + 0  # no minus zero


def _number(field: FieldSpec, text: str) -> Parsed:
    value = _decimal(field, text, FieldFault.NUMBER)
    return _text(format(value.normalize(), "f"), int(value.scaleb(PLACES)))


def _money(field: FieldSpec, text: str) -> Parsed:
    value = _decimal(field, text, FieldFault.MONEY)
    plain = format(value.normalize(), "f")
    if len(plain.partition(".")[2]) < 2:
        plain = f"{value:.2f}"
    return _text(plain, int(value.scaleb(PLACES)))


def _date(_field: FieldSpec, text: str) -> Parsed:
    for form in _DAYS:
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
        return Parsed(day.isoformat(), day.isoformat(), day.toordinal())
    raise _Faulty(FieldFault.DATE)


def _choice(field: FieldSpec, text: str) -> Parsed:
    return _text(_chosen(field, text))


def _choices(field: FieldSpec, text: str) -> Parsed:
    found = {_chosen(field, part) for part in re.split(r"[;|\n]", text) if part.strip()}
    if not found:
        raise _Faulty(FieldFault.EMPTY)
    return _text(SEPARATOR.join(choice for choice in field.choices if choice in found))


def _chosen(field: FieldSpec, text: str) -> str:
    named = {key_of_value(choice): choice for choice in field.choices}
    found = named.get(key_of_value(text))
    if found is None:
        raise _Faulty(FieldFault.CHOICE)
    return found


def _yes_no(_field: FieldSpec, text: str) -> Parsed:
    word = text.casefold()
    if word not in _YES | _NO:
        raise _Faulty(FieldFault.YES_NO)
    is_yes = word in _YES
    return Parsed(YES if is_yes else NO, YES if is_yes else NO, int(is_yes))


def _link(_field: FieldSpec, text: str) -> Parsed:
    if any(char.isspace() for char in text):
        raise _Faulty(FieldFault.LINK)
    link = text if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) else f"https://{text}"
    try:
        parts = urlsplit(link)
    except ValueError:
        raise _Faulty(FieldFault.LINK) from None
    is_named = "." in parts.netloc or bool(parts.netloc and parts.scheme != "https")
    if parts.scheme not in _SCHEMES or not (is_named or parts.path.strip("/")):
        raise _Faulty(FieldFault.LINK)
    if parts.scheme in {"http", "https", "ftp", "ftps"} and not is_named:
        raise _Faulty(FieldFault.LINK)
    return _text(link)


def day_of(number: int) -> date:
    """Return the day of a stored ordinal."""
    return date.fromordinal(number)


_PARSERS: dict[FieldType, Callable[[FieldSpec, str], Parsed]] = {
    FieldType.TEXT: _line,
    FieldType.LINES: _lines,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.DATE: _date,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YES_NO: _yes_no,
    FieldType.LINK: _link,
    FieldType.PARTY: _line,
    FieldType.UNIT: _line,
}
