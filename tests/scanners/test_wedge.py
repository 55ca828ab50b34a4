"""Typing stays typing, scans become scans, whatever the network does to the bytes."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanners.settings import Terminator, WedgeSettings
from scanners.wedge import STALL_SECONDS, SURE_LENGTH, Wedge
from scanners.wedge_events import Burst, Keys, Paste, Torn, WedgeEvent
from store.domain.scan import MAX_LENGTH

SERIAL = "SN-0123456789-ABCDEFGHIJ-00042"


def run(wedge: Wedge, chunks: Iterable[tuple[float, bytes]], *, settle: bool = True) -> list[WedgeEvent]:
    """Feed `chunks` at their times as a driver does: expire what is due before the next one."""
    events: list[WedgeEvent] = []
    now = 0.0
    for now, data in chunks:
        while (deadline := wedge.deadline()) is not None and deadline < now:
            events += wedge.expire(deadline)
        events += wedge.feed(data, now)
    while settle and (deadline := wedge.deadline()) is not None:
        events += wedge.expire(max(now, deadline))
    return merged(events)


def merged(events: Iterable[WedgeEvent]) -> list[WedgeEvent]:
    result: list[WedgeEvent] = []
    for event in events:
        if isinstance(event, Keys) and result and isinstance(result[-1], Keys):
            result[-1] = Keys(result[-1].data + event.data)
        else:
            result.append(event)
    return result


def typed(text: str, interval: float, start: float = 0.0) -> list[tuple[float, bytes]]:
    return [(start + interval * index, char.encode()) for index, char in enumerate(text)]


def wedge(**changes: object) -> Wedge:
    return Wedge(WedgeSettings(**changes))  # type: ignore[arg-type]


def walking(**changes: object) -> Wedge:
    """A wedge where no field has the focus: keys are commands."""
    return Wedge(WedgeSettings(**changes), writing=lambda: False)  # type: ignore[arg-type]


@pytest.mark.parametrize("end", ["\r", "\n", "\t", "\r\n", "\t\r"])
def test_a_burst_is_one_scan_without_its_end(end: str) -> None:
    assert run(wedge(), [(0.0, (SERIAL + end).encode())]) == [Burst(SERIAL)]


@pytest.mark.parametrize("interval", [0.001, 0.008, 0.016, 0.024])
def test_a_scanner_that_types_key_by_key_is_seen(interval: float) -> None:
    assert run(wedge(), typed("5901234123457\r", interval)) == [Burst("5901234123457")]


@pytest.mark.parametrize("interval", [0.03, 0.05, 0.08, 0.12, 0.3])
def test_a_person_who_types_a_serial_and_enter_is_typing(interval: float) -> None:
    text = SERIAL + "\r"
    assert run(wedge(), typed(text, interval)) == [Keys(text.encode())]


def test_keys_pressed_in_a_roll_are_typing() -> None:
    """Recorded from a fast typist: digraphs rolled within 15 to 30 ms, Enter after the last one."""
    gaps = [0, 112, 21, 95, 18, 23, 131, 88, 16, 102, 20, 97, 24, 19, 140]
    now, chunks = 0.0, []
    for gap, char in zip(gaps, "the throughput\r", strict=True):
        now += gap / 1000
        chunks.append((now, char.encode()))
    assert run(wedge(), chunks) == [Keys(b"the throughput\r")]


@pytest.mark.parametrize("text", ["12\r", "1234\r", "PL-01\r", "ab\t"])
def test_a_few_keys_that_the_network_delivers_at_once_are_typing(text: str) -> None:
    assert run(wedge(), [(0.0, text.encode())]) == [Keys(text.encode())]


def test_where_nobody_writes_a_scan_right_after_a_key_is_a_scan() -> None:
    """A digit opens a list, and the hand that pressed it scans at once."""
    chunks = [(0.0, b"1"), (0.5, b"WX-2210\r")]
    assert run(Wedge(WedgeSettings()), chunks) == [Keys(b"1WX-2210\r")]
    assert run(Wedge(WedgeSettings(), writing=lambda: False), chunks) == [Keys(b"1"), Burst("WX-2210")]


def test_the_end_of_a_word_that_the_network_held_back_is_typing() -> None:
    before = typed("Kow", 0.11)
    assert run(wedge(), [*before, (0.22 + 0.5, b"alski S\r")]) == [Keys(b"Kowalski S\r")]


def test_a_scan_right_after_a_typed_key_is_a_scan() -> None:
    assert run(wedge(), [(0.0, b"3"), (0.35, b"EAN12345\r")]) == [Keys(b"3"), Burst("EAN12345")]


@pytest.mark.parametrize("seconds", [0.03, 0.15, 0.29])
def test_what_follows_a_single_character_sooner_than_any_hand_is_its_rest(seconds: float) -> None:
    """Sent as soon as it is typed, the first character goes alone, and the rest waits for its answer."""
    chunks = [(0.0, b"3"), (seconds, b"EAN12345\r")]
    assert run(wedge(), chunks) == [Keys(b"3EAN12345\r")]
    assert run(walking(), chunks) == [Keys(b"3"), Torn("EAN12345")]


def test_a_key_that_repeats_itself_is_typing_even_with_enter_rolled_in() -> None:
    text = "a" * 40 + "\r"
    assert run(wedge(), typed(text, 0.016)) == [Keys(text.encode())]


def test_a_short_command_is_a_scan_when_it_is_known() -> None:
    known = Wedge(WedgeSettings(), known=lambda text: text == "UNDO")
    assert run(known, [(0.0, b"UNDO\rZZZZ\r")]) == [Burst("UNDO"), Keys(b"ZZZZ\r")]


def test_one_typed_key_waits_no_longer_than_the_hold() -> None:
    one = wedge()
    assert one.feed(b"a", 5.0) == []
    assert one.deadline() == pytest.approx(5.025)
    assert one.expire(5.025) == [Keys(b"a")]
    assert one.deadline() is None


@pytest.mark.parametrize(
    "keys",
    [
        b"\x1b[A", b"\x1bOP", b"\x1b[15~", b"\x1b[[A", b"\x1b[<0;12;5M", b"\x1b[?2048;0$y", b"\x03", b"\x7f",
        b"\r", b"\t", b"\x1b]11;rgb:0000/0000/0000\x1b\\", b"\x1bP>|tmux 3.3\x1b\\", b"\x1b[1;5C\x1b[B",
    ],
)  # fmt: skip
def test_other_keys_pass_at_once(keys: bytes) -> None:
    one = wedge()
    assert merged(one.feed(keys, 0.0)) == [Keys(keys)]
    assert one.deadline() is None


def test_an_escape_sequence_cut_by_a_read_stays_whole_and_in_order() -> None:
    one = wedge()
    assert run(one, [(0.0, b"x\x1b"), (0.001, b"[1;"), (0.002, b"5Cy")]) == [Keys(b"x\x1b[1;5Cy")]


def test_a_key_before_and_after_a_scan_keep_their_order() -> None:
    stream = b"\x1b[A" + SERIAL.encode() + b"\r\x1b[B"
    assert run(wedge(), [(0.0, stream)]) == [Keys(b"\x1b[A"), Burst(SERIAL), Keys(b"\x1b[B")]


def test_a_lone_escape_takes_no_letter_from_the_scan() -> None:
    assert run(wedge(), [(0.0, b"\x1b" + SERIAL.encode() + b"\r")]) == [Keys(b"\x1b"), Burst(SERIAL)]


def test_separators_of_gs1_and_iso_15434_stay_in_the_scan() -> None:
    for text in ("0105901234123457" + "10LOT\x1d21SER", "[)>\x1e06\x1dS123\x1e\x04", "\x1d0105901234123457"):
        assert run(wedge(), [(0.0, text.encode() + b"\r")]) == [Burst(text)]


@given(cuts=st.lists(st.integers(1, 5), min_size=1, max_size=40))
def test_letters_of_two_bytes_survive_any_cut(cuts: list[int]) -> None:
    stream, text = "Zażółć-gęślą\r".encode(), "Zażółć-gęślą"
    assert run(wedge(), chunked(stream, cuts, 0.002)) == [Burst(text)]


def chunked(stream: bytes, sizes: list[int], gap: float) -> list[tuple[float, bytes]]:
    chunks, position, index = [], 0, 0
    while position < len(stream):
        size = sizes[index % len(sizes)]
        chunks.append((index * gap, stream[position : position + size]))
        position, index = position + size, index + 1
    return chunks


@settings(deadline=None, max_examples=20)
@given(sizes=st.lists(st.integers(1, 4096), min_size=1, max_size=20), gap=st.sampled_from([0.0, 0.001, 0.02]))
def test_a_thousand_bursts_at_full_speed_arrive_whole_and_in_order(sizes: list[int], gap: float) -> None:
    texts = [f"SN-{number:027d}" for number in range(1000)]
    stream = "".join(text + "\r" for text in texts).encode()
    assert run(wedge(), chunked(stream, sizes, gap)) == [Burst(text) for text in texts]


ASCII = st.text(st.characters(max_codepoint=0x7F), min_size=1, max_size=60).map(str.encode)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.floats(0, 3), ASCII), max_size=12))
def test_no_byte_is_lost_or_reordered(reads: list[tuple[float, bytes]]) -> None:
    """Whatever comes: what went in comes out, except the ends of scans and the marks of pastes."""
    now, chunks = 0.0, []
    for gap, data in reads:
        now += gap
        chunks.append((now, data))
    stream = b"".join(data for _, data in chunks)
    out = b"".join(
        event.data if isinstance(event, Keys) else event.text.encode() for event in run(wedge(), chunks)
    )
    assert out.translate(None, b"\r\n\t") == stream.translate(None, b"\r\n\t")


def test_a_network_that_stalls_in_mid_scan_does_not_cut_it() -> None:
    head, tail = SERIAL[:20], SERIAL[20:] + "\r"
    assert run(wedge(), [(0.0, head.encode()), (0.9, tail.encode())]) == [Burst(SERIAL)]


def test_the_second_half_of_a_torn_scan_is_never_a_scan() -> None:
    head, tail = SERIAL[:15], SERIAL[15:] + "\r"
    late = STALL_SECONDS + 0.5
    assert run(wedge(), [(0.0, head.encode()), (late, tail.encode())]) == [Torn(head), Torn(SERIAL[15:])]
    again = (SERIAL + "\r").encode()
    assert run(wedge(), [(0.0, head.encode()), (10.0, again)]) == [Torn(head), Burst(SERIAL)]


def test_a_scan_whose_short_beginning_went_to_the_keys_is_no_scan() -> None:
    head, tail = SERIAL[:5], SERIAL[5:] + "\r"
    assert len(head) < SURE_LENGTH
    assert run(wedge(), [(0.0, head.encode()), (0.2, tail.encode())]) == [
        Keys(head.encode()),
        Torn(SERIAL[5:]),
    ]


def test_a_burst_cut_by_a_hang_up_is_thrown_away() -> None:
    one = wedge()
    assert one.feed(SERIAL.encode(), 0.0) == []
    assert one.close() == [Torn(SERIAL)]
    assert one.deadline() is None


def test_a_scan_that_is_too_long_is_refused_whole() -> None:
    longest = ("0123456789" * 410)[:MAX_LENGTH]
    assert run(wedge(), [(0.0, longest.encode() + b"\r")]) == [Burst(longest)]
    longer = longest + "X"
    assert run(wedge(), [(0.0, longer.encode() + b"\r")]) == [Torn(longer)]
    huge = ("0123456789" * 5000).encode() + b"\r"
    assert not any(isinstance(event, Burst) for event in run(wedge(), chunked(huge, [4096], 0.001)))


def test_damaged_bytes_are_no_scan() -> None:
    assert run(wedge(), [(0.0, b"SN-12\xff45678\r")]) == [Torn("SN-12\ufffd45678")]


@pytest.mark.parametrize("sizes", [[1], [3], [100]])
def test_a_bracketed_paste_is_one_event(sizes: list[int]) -> None:
    stream = b"a\x1b[200~SN1\r\nSN\x1d2\n\nSN3\x1b[201~b"
    events = run(wedge(), chunked(stream, sizes, 0.001))
    assert events == [Keys(b"a"), Paste("SN1\r\nSN\x1d2\n\nSN3"), Keys(b"b")]
    assert isinstance(events[1], Paste)
    assert events[1].lines == ("SN1", "SN\x1d2", "SN3")


def test_a_paste_without_its_end_is_not_waited_for() -> None:
    assert run(wedge(), [(0.0, b"\x1b[200~SN1")]) == [Torn("\x1b[200~SN1")]


@pytest.mark.parametrize("prefix", ["\x02", "~", "\x1b", "<<"])
@pytest.mark.parametrize("suffix", ["", "\x03", ">>"])
@pytest.mark.parametrize("text", ["OK", "A7", SERIAL])
def test_what_stands_between_prefix_and_suffix_is_a_scan_however_short(
    prefix: str, suffix: str, text: str
) -> None:
    one = wedge(prefix=prefix, suffix=suffix)
    stream = f"{prefix}{text}{suffix}\r".encode()
    assert run(one, [(0.0, b"q"), (0.1, stream)]) == [Keys(b"q"), Burst(text)]
    assert run(one, [(1 + at, data) for at, data in chunked(stream, [1], 0.005)]) == [Burst(text)]


@pytest.mark.parametrize("keys", [b"\x1b[A", b"\x1bOP", b"\x1b", b"\x1bx"])
def test_with_escape_as_the_prefix_its_keys_stay_keys(keys: bytes) -> None:
    assert run(wedge(prefix="\x1b"), [(0.0, keys)]) == [Keys(keys)]


def test_a_framed_scan_that_stalls_is_waited_for_and_then_torn() -> None:
    one = wedge(prefix="\x02", suffix="\x03")
    assert run(one, [(0.0, b"\x02SN-1"), (0.8, b"23\x03")]) == [Burst("SN-123")]
    assert run(one, [(3.0, b"\x02SN-1")]) == [Torn("\x02SN-1")]


def test_without_a_terminator_the_pause_ends_the_scan() -> None:
    one = wedge(terminators=(Terminator.NONE,), timeout_ms=80)
    assert run(one, [(0.0, b"SN-1"), (0.02, b"2345"), (0.5, b"SN-67890")]) == [
        Burst("SN-12345"),
        Burst("SN-67890"),
    ]
    framed = wedge(terminators=(Terminator.NONE,), prefix="~")
    assert run(framed, [(0.0, b"~SN-1")]) == [Burst("SN-1")]


def test_two_terminators_in_one_burst_are_two_scans() -> None:
    assert run(wedge(), [(0.0, b"5901234123457\tSN-000123\r")]) == [
        Burst("5901234123457"),
        Burst("SN-000123"),
    ]
