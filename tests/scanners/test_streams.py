"""From bytes to reads and over the wire: terminators, framing, damage, in whatever pieces they come."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanners.assembler import TORN_SECONDS, Problem, Read, Spoiled
from scanners.identity import Identity
from scanners.settings import ScannerKind, ScannerSettings, Terminator
from scanners.status import State, Status
from scanners.streams import ByteStream, KeyStream, stream_for
from scanners.wire import (
    LONGEST_LINE,
    Orders,
    RawScan,
    read_ack,
    read_event,
    read_orders,
    write_ack,
    write_orders,
    write_scan,
    write_status,
)
from store.domain.scan import MAX_LENGTH, Source
from tests.scanners.keyboard import packed, type_text


def serial(**changes: object) -> ScannerSettings:
    return ScannerSettings(id="x", kind=ScannerKind.SERIAL, **changes)  # type: ignore[arg-type]


def fed(settings: ScannerSettings, *pieces: bytes) -> list[Read | Spoiled]:
    stream = stream_for(settings)
    return [result for piece in pieces for result in stream.feed(piece, 1.0)]


def test_each_kind_has_its_stream() -> None:
    assert isinstance(stream_for(serial()), ByteStream)
    assert isinstance(stream_for(ScannerSettings(id="x")), KeyStream)


@pytest.mark.parametrize(
    ("terminator", "sent"),
    [
        (Terminator.ENTER, b"A\rB\nC\r\n"), (Terminator.TAB, b"A\tB\tC\t"), (Terminator.NUL, b"A\0B\0C\0"),
        (Terminator.NONE, b"A\r\nB\rC\n"),
    ],
)  # fmt: skip
def test_every_terminator(terminator: Terminator, sent: bytes) -> None:
    assert fed(serial(terminator=terminator), sent) == [Read("A"), Read("B"), Read("C")]


def test_without_a_terminator_a_pause_ends_the_read() -> None:
    stream = stream_for(serial(terminator=Terminator.NONE))
    assert stream.feed(b"SN-1", 1.0) == []
    assert stream.is_begun()
    assert stream.expire() == [Read("SN-1")]
    assert not stream.is_begun()


def test_a_pause_before_the_terminator_ends_half_a_read() -> None:
    stream = stream_for(serial())
    assert stream.feed(b"HALF", 1.0) == []
    later = 1.0 + TORN_SECONDS + 0.1
    assert stream.feed(b"SN-1\r", later) == [Spoiled(Problem.INCOMPLETE, "HALF"), Read("SN-1")]


@pytest.mark.parametrize("pause", [0.4, 1.0, TORN_SECONDS])
def test_the_rest_of_a_torn_read_is_no_read_of_its_own(pause: float) -> None:
    stream = stream_for(serial())
    assert stream.feed(b"EXT", 1.0) == []
    torn = [Spoiled(Problem.INCOMPLETE, "EXT"), Spoiled(Problem.REST, "END")]
    assert stream.feed(b"END\rSN-1\r", 1.0 + pause) == [*torn, Read("SN-1")]


def test_a_late_terminator_alone_ends_a_torn_read() -> None:
    stream = stream_for(serial())
    stream.feed(b"EXTEND", 1.0)
    assert stream.feed(b"\rSN-1\r", 1.5) == [Spoiled(Problem.INCOMPLETE, "EXTEND"), Read("SN-1")]


def test_a_rest_that_is_torn_again_has_a_rest_too() -> None:
    stream = stream_for(serial())
    parts = [(b"AB", 1.0), (b"CD", 2.0), (b"EF\rSN-1\r", 3.0)]
    assert [result for data, now in parts for result in stream.feed(data, now)] == [
        Spoiled(Problem.INCOMPLETE, "AB"), Spoiled(Problem.INCOMPLETE, "CD"), Spoiled(Problem.REST, "EF"),
        Read("SN-1"),
    ]  # fmt: skip


def test_the_rest_of_a_damaged_read_is_no_read_either() -> None:
    stream = stream_for(serial())
    assert stream.feed(b"EX\xff", 1.0) == [Spoiled(Problem.DAMAGED, "EX")]
    assert stream.expire() == []
    assert stream.feed(b"END\r", 2.0) == [Spoiled(Problem.REST, "END")]


def test_a_prefix_tells_the_next_read_from_a_rest() -> None:
    stream = stream_for(serial(prefix="<"))
    assert stream.feed(b"<EXT", 1.0) == []
    assert stream.feed(b"<SN-1\r", 1.5) == [Spoiled(Problem.INCOMPLETE, "<EXT"), Read("SN-1")]
    assert stream.feed(b"<EXT", 2.0) == []
    assert stream.feed(b"END\r", 2.5) == [
        Spoiled(Problem.INCOMPLETE, "<EXT"), Spoiled(Problem.NOT_FRAMED, "END"),
    ]  # fmt: skip


WHOLE = "EXTEND-0123456789"


@given(cuts=st.dictionaries(st.integers(1, len(WHOLE)), st.floats(0, TORN_SECONDS), max_size=5))
def test_however_a_code_is_torn_no_part_of_it_is_a_read(cuts: dict[int, float]) -> None:
    stream, now, begun = stream_for(serial()), 1.0, 0
    results: list[Read | Spoiled] = []
    for cut, pause in sorted(cuts.items()):
        results += stream.feed(WHOLE[begun:cut].encode(), now)
        begun, now = cut, now + pause
    results += stream.feed(f"{WHOLE[begun:]}\r".encode(), now)
    assert {result.text for result in results if isinstance(result, Read)} <= {WHOLE}


def test_prefix_and_suffix_are_taken_off_and_needed() -> None:
    framed = serial(prefix="<<", suffix=">>")
    assert fed(framed, b"<<SN>>\rSN\r<<SN\r<<>\r<<>>\r") == [
        Read("SN"), Spoiled(Problem.NOT_FRAMED, "SN"), Spoiled(Problem.NOT_FRAMED, "<<SN"),
        Spoiled(Problem.NOT_FRAMED, "<<>"),
    ]  # fmt: skip


def test_the_longest_read_and_one_more() -> None:
    assert fed(serial(), b"x" * MAX_LENGTH + b"\r") == [Read("x" * MAX_LENGTH)]
    (spoiled, following) = fed(serial(), b"x" * (3 * MAX_LENGTH) + b"\rSN\r")
    assert isinstance(spoiled, Spoiled)
    assert (spoiled.problem, following) == (Problem.TOO_LONG, Read("SN"))


def test_bytes_that_are_no_text_spoil_one_read() -> None:
    assert fed(serial(), b"A\xffB\rSN\r") == [Spoiled(Problem.DAMAGED, "A"), Read("SN")]


@given(cuts=st.lists(st.integers(0, 40), max_size=8))
def test_pieces_do_not_matter_to_text(cuts: list[int]) -> None:
    data = "zażółć-1\r日本\r\x1dGS\r".encode()
    ends = [0, *sorted(cuts), len(data)]
    pieces = [data[start:end] for start, end in pairwise(ends)]
    assert fed(serial(), *pieces) == [Read("zażółć-1"), Read("日本"), Read("\x1dGS")]


@given(cuts=st.lists(st.integers(0, 2000), max_size=8))
def test_pieces_do_not_matter_to_events(cuts: list[int]) -> None:
    data = packed(type_text("Ab-1\rC2\r", start=1.0))
    ends = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[start:end] for start, end in pairwise(ends)]
    assert fed(ScannerSettings(id="x"), *pieces) == [Read("Ab-1"), Read("C2")]


@given(text=st.text(max_size=MAX_LENGTH))
def test_any_scan_survives_the_wire(text: str) -> None:
    at = datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)
    scan = RawScan(id="t-1", text=text, source=Source.DEVICE, device="bench", at=at)
    line = write_scan(scan)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert len(line) < LONGEST_LINE
    assert read_event(line) == scan


def test_news_acknowledgements_and_orders_survive_the_wire() -> None:
    status = Status(state=State.BUSY, device="bench", data={"pid": "7"})
    assert read_event(write_status(status)) == status
    assert read_ack(write_ack("t-1")) == "t-1"
    scanners = [serial(baud=115200, prefix="\x02"), ScannerSettings(id="y", terminator=Terminator.NUL)]
    orders = Orders(scanners=scanners, terminal="T 1", known={"x": Identity("pts 136:3 1", "7 1")})
    assert read_orders(write_orders(orders)) == orders


@pytest.mark.parametrize(
    "line", [b"", b"what?\n", b"{}\n", b'{"scan": {}}\n', b'{"status": {"state": "x"}}\n']
)
def test_nonsense_on_the_wire_is_refused(line: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_event(line)
