"""Key events of scanners of every setting, and of everything that goes wrong with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanners import keys
from scanners.assembler import TORN_SECONDS, Problem, Read, Spoiled
from scanners.decoder import KeyDecoder
from scanners.layouts import layout, names
from scanners.settings import ScannerSettings, Terminator
from store.domain.scan import MAX_LENGTH
from tests.scanners.keyboard import ENTER, LEFT_SHIFT, SYNC, decode, press, type_text

CODE = "]C101059012341234572 1aB-/_:.,+*#@=%$&(){}[]\\|~^`'\"<>?!;"
LEFT_ALT, F1, KEY_A = 56, 59, 30
DIGIT = {char: code for code, char in keys.KEYPAD.items()}


def decoder(**changes: object) -> KeyDecoder:
    return KeyDecoder(ScannerSettings(id="test", **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", names())
def test_all_that_barcodes_hold_comes_through_every_layout(name: str) -> None:
    events = type_text(CODE + "\r", name=name)
    assert decode(decoder(layout=name), events) == [Read(CODE)]


@pytest.mark.parametrize(
    ("name", "code", "row"),
    [
        ("us", 21, "yY"), ("de", 21, "zZ"), ("de", 16, "qQ@"), ("de", 12, "ß?\\"), ("fr", 16, "aA"),
        ("fr", 2, "&1"), ("fr", 11, "à0@"), ("pl", 30, "aAąĄ"), ("pl", 45, "xXźŹ"), ("gb", 40, "'@"),
    ],
)  # fmt: skip
def test_layouts_say_what_is_printed_on_the_keys(name: str, code: int, row: str) -> None:
    assert "".join(layout(name).keys[code]).startswith(row)


def test_an_unknown_layout_is_refused_with_what_there_is() -> None:
    with pytest.raises(ValueError, match=r"qwerty: .*de, .*pl, us"):
        decoder(layout="qwerty")


@given(st.text(st.sampled_from("abcXYZ0189-_ #ąŁż€"), min_size=1, max_size=40))
def test_polish_letters_come_by_alt_gr(text: str) -> None:
    assert decode(decoder(layout="pl"), type_text(text + "\r", name="pl")) == [Read(text)]


def test_dead_keys_compose_or_stand_for_themselves() -> None:
    assert decode(decoder(layout="fr"), type_text("ê\r", name="fr")) == [Read("ê")]
    dead_then_space = [*press(26), *press(57), *press(ENTER)]
    assert decode(decoder(layout="fr"), dead_then_space) == [Read("^")]
    one = decoder(layout="fr")
    assert decode(one, [*press(26), *press(ENTER)]) == [Spoiled(Problem.UNKNOWN_KEY, "")]
    assert decode(one, type_text("A1\r", name="fr")) == [Read("A1")]


@pytest.mark.parametrize("name", ["us", "de", "fr", "pl"])
def test_gs_is_ctrl_and_the_key_beside_p_under_every_layout(name: str) -> None:
    text = "0105901234123457" + "10L7\x1d21S1"
    assert decode(decoder(layout=name), type_text(text + "\r", name=name)) == [Read(text)]


@pytest.mark.parametrize(("number", "char"), [
    ("029", "\x1d"), ("065", "A"), ("65", "A"), ("0185", "ą"), ("165", "ą"),
])  # fmt: skip
def test_alt_and_keypad_digits_are_one_character(number: str, char: str) -> None:
    alt = [(keys.EV_KEY, LEFT_ALT, value, 0.0) for value in (keys.PRESSED, keys.RELEASED)]
    events = [*type_text("X"), alt[0], *press(*(DIGIT[digit] for digit in number)), alt[1], *press(ENTER)]
    assert decode(decoder(layout="pl"), events) == [Read("X" + char)]


def test_keypad_digits_are_digits_with_and_without_num_lock() -> None:
    events = press(69, *(DIGIT[digit] for digit in "5901"), 69, 96)
    assert decode(decoder(), events) == [Read("5901")]


def test_caps_lock_counts_only_where_it_is_configured() -> None:
    events = [*press(58), *type_text("aB1-\r")]
    assert decode(decoder(), events) == [Read("aB1-")]
    assert decode(decoder(caps_lock=True), events) == [Read("Ab1-")]


def test_repeats_are_ignored() -> None:
    events = type_text("AA\r")
    repeated = [each for event in events for each in (event, (event[0], event[1], 2, event[3]))]
    assert decode(decoder(), repeated) == [Read("AA")]


def test_a_shift_that_is_never_released_spoils_no_later_scan() -> None:
    one = decoder()
    decode(one, type_text("AB\r", keep=[LEFT_SHIFT]))
    assert decode(one, type_text("ab1\r", start=5.0)) == [Read("ab1")]


def test_a_key_that_is_never_released_can_be_pressed_again() -> None:
    events = type_text("aab\r", keep=range(200))
    assert decode(decoder(), events) == [Read("aab")]


def test_dropped_events_throw_the_scan_away_and_say_so() -> None:
    head, tail = [*type_text("SN-"), *type_text("A", keep=[LEFT_SHIFT])], type_text("42\r", start=0.01)
    lost = [(keys.EV_SYN, keys.SYN_DROPPED, 0, 0.005), (keys.EV_KEY, KEY_A, 1, 0.005), (*SYNC, 0.005)]
    one = decoder()
    assert decode(one, [*head, *lost, *tail]) == [Spoiled(Problem.DROPPED, "SN-A")]
    assert decode(one, type_text("next-1\r", start=0.02)) == [Read("next-1")]


def test_a_pause_ends_what_dropped_events_spoiled() -> None:
    one = decoder()
    lost = [(keys.EV_SYN, keys.SYN_DROPPED, 0, 0.0), (*SYNC, 0.0)]
    assert decode(one, lost) == [Spoiled(Problem.DROPPED, "")]
    assert decode(one, type_text("rest-1\r", start=1.0)) == [Spoiled(Problem.REST, "rest-1")]
    assert decode(one, type_text("next-1\r", start=2.0)) == [Read("next-1")]


def test_wherever_the_kernel_drops_events_no_part_of_the_code_is_a_read() -> None:
    """The kernel empties its buffer but for the newest event, says so, and the packet of that one goes on."""
    events = type_text("%SZ%EXTEND\r")
    for first in range(0, len(events) - 1, 2):
        for last in range(first, len(events) - 1, 2):
            one = decoder()
            dropped = (keys.EV_SYN, keys.SYN_DROPPED, 0, events[last][3])
            results = decode(one, [*events[:first], dropped, *events[last:]])
            results += decode(one, type_text("SN-2\r", start=9.0))
            *reads, after = [result.text for result in results if isinstance(result, Read)]
            assert (len(results) - len(reads), after) == (2, "SN-2"), (first, last, results)
            assert reads in ([], ["%SZ%EXTEND"])


def test_a_shift_that_went_down_among_dropped_events_spoils_no_later_scan() -> None:
    one = decoder()
    shift = [(keys.EV_KEY, LEFT_SHIFT, keys.PRESSED, 0.0), (*SYNC, 0.0)]
    lost = [(keys.EV_SYN, keys.SYN_DROPPED, 0, 0.0), (keys.EV_KEY, LEFT_SHIFT, 0, 0.0), (*SYNC, 0.0)]
    assert decode(one, [*shift, *lost, *type_text("a\rab1\r")]) == [Spoiled(Problem.DROPPED, ""), Read("ab1")]


@pytest.mark.parametrize("code", [F1, 240, 103, 111])
def test_an_unknown_key_refuses_the_scan_once_and_not_the_next(code: int) -> None:
    events = [*type_text("SN"), *press(code, code), *type_text("42\r"), *type_text("ok\r")]
    assert decode(decoder(), events) == [Spoiled(Problem.UNKNOWN_KEY, "SN"), Read("ok")]


def test_a_pause_keeps_half_a_scan_from_the_next() -> None:
    events = [*type_text("HALF"), *type_text("WHOLE\r", start=TORN_SECONDS + 0.1)]
    assert decode(decoder(), events) == [Spoiled(Problem.INCOMPLETE, "HALF"), Read("WHOLE")]


def test_without_a_terminator_the_pause_is_the_end() -> None:
    one = decoder(terminator=Terminator.NONE, timeout_ms=100)
    assert decode(one, [*type_text("A1"), *type_text("B2", start=1.0)]) == [Read("A1")]
    assert one.deadline() == pytest.approx(1.101)
    assert one.expire() == [Read("B2")]
    assert one.deadline() is None


@pytest.mark.parametrize(("terminator", "end"), [
    (Terminator.ENTER, "\r"), (Terminator.ENTER, "\n"), (Terminator.TAB, "\t"), (Terminator.NUL, "\0"),
])  # fmt: skip
def test_every_terminator_ends_a_scan_and_is_no_part_of_it(terminator: Terminator, end: str) -> None:
    events = type_text(f"A1{end}B2{end}")
    assert decode(decoder(terminator=terminator), events) == [Read("A1"), Read("B2")]


def test_prefix_and_suffix_are_taken_off_and_asked_for() -> None:
    one = decoder(prefix="<", suffix=">")
    assert decode(one, type_text("<A1>\rA1\r<\r>\r<>\r")) == [
        Read("A1"),
        *(Spoiled(Problem.NOT_FRAMED, text) for text in ("A1", "<", ">")),
    ]


def test_the_longest_scan_is_taken_and_a_longer_one_is_refused() -> None:
    longest = "x" * MAX_LENGTH
    assert decode(decoder(), type_text(longest + "\r")) == [Read(longest)]
    events = [*type_text(longest + "yz\r"), *type_text("next\r", start=6.0)]
    assert decode(decoder(), events) == [Spoiled(Problem.TOO_LONG, longest + "y"), Read("next")]


@given(
    st.lists(
        st.tuples(st.sampled_from([0, 1, 2, 4]), st.integers(0, 260), st.integers(0, 2), st.floats(0, 1)),
        max_size=200,
    )
)
def test_after_any_noise_and_a_pause_the_next_scan_is_right(noise: list[tuple[int, int, int, float]]) -> None:
    one = decoder()
    now = 0.0
    for kind, code, value, gap in noise:
        now += gap
        one.feed(kind, code, value, now)
    one.feed(*SYNC, now)
    results = decode(one, type_text("SN-42b\r", start=now + 2 * TORN_SECONDS))
    assert results[-1] == Read("SN-42b")
    assert all(isinstance(result, Spoiled) for result in results[:-1])
