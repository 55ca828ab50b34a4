"""Words for the types of custom fields, and for what is wrong with a value."""

from collections.abc import Mapping

from store.domain.fields import FieldFault, FieldType
from store.domain.language import N_

FIELD_TYPES: Mapping[FieldType, str] = {
    FieldType.TEXT: N_("text"),
    FieldType.LINES: N_("text of several lines"),
    FieldType.NUMBER: N_("number"),
    FieldType.MONEY: N_("amount of money"),
    FieldType.DATE: N_("date"),
    FieldType.CHOICE: N_("choice"),
    FieldType.CHOICES: N_("several choices"),
    FieldType.YES_NO: N_("yes or no"),
    FieldType.LINK: N_("link"),
    FieldType.PARTY: N_("party"),
    FieldType.UNIT: N_("another unit"),
}
FAULTS: Mapping[FieldFault, str] = {
    FieldFault.EMPTY: N_("Enter something."),
    FieldFault.LONG: N_("It is too long."),
    FieldFault.ONE_LINE: N_("One line only."),
    FieldFault.NUMBER: N_("Enter a number like 12.5."),
    FieldFault.MONEY: N_("Enter an amount like 12.50."),
    FieldFault.PLACES: N_("At most 14 digits and 4 decimal places."),
    FieldFault.DATE: N_("Enter a day like 2026-11-24."),
    FieldFault.CHOICE: N_("Choose one of:"),
    FieldFault.YES_NO: N_("Answer yes or no."),
    FieldFault.LINK: N_("Enter an address like https://example.com/file."),
    FieldFault.PATTERN: N_("It is not of the form that is asked for."),
    FieldFault.NO_PARTY: N_("No party has this code."),
    FieldFault.NO_UNIT: N_("No unit has this number."),
    FieldFault.SEVERAL: N_("Several units have this number."),
}
