"""Rows of what was found: beside each other where there is room, below each other where there is none."""

from screens.finder import row_text


def test_the_details_stand_in_a_column_of_their_own() -> None:
    assert row_text("LT1", "Laptop", 77, 10) == "LT1        Laptop"


def test_a_long_name_is_not_cut_before_its_details() -> None:
    assert row_text("A rather long name", "more", 77, 10) == "A rather long name  more"


def test_a_narrow_row_has_two_lines_and_marks_what_is_cut_off() -> None:
    assert row_text("A rather long name", "more", 10, 36) == "A rather .\nmore"
