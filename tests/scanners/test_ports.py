"""Serial ports over a real pty, and who has them."""

import asyncio
import errno
import os
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanners import holder as holder_module
from scanners.holder import announce, holder_of, myself
from scanners.ports import SerialPort, open_port
from scanners.settings import ScannerKind, ScannerSettings
from tests.scanners.terminals import SerialScanner, serial_scanner


@pytest.fixture
def scanner() -> Iterator[SerialScanner]:
    with serial_scanner() as one:
        yield one


def opened(scanner: SerialScanner, baud: int = 9600) -> SerialPort:
    return SerialPort(Path(scanner.path), baud)


def number_of(scanner: SerialScanner) -> int:
    return Path(scanner.path).stat().st_rdev


def test_the_port_is_raw_and_has_its_speed(scanner: SerialScanner) -> None:
    settings = ScannerSettings(id="x", kind=ScannerKind.SERIAL, baud=115200)
    port = open_port(settings, Path(scanner.path))
    attributes = termios.tcgetattr(port.fileno())
    assert attributes[4:6] == [termios.B115200, termios.B115200]
    assert not attributes[3] & (termios.ICANON | termios.ECHO | termios.ISIG)
    assert not os.get_blocking(port.fileno())
    assert not port.is_held()
    port.close()


def test_an_impossible_speed_is_an_error_of_the_device(scanner: SerialScanner) -> None:
    with pytest.raises(OSError, match="9601 baud") as caught:
        opened(scanner, 9601)
    assert caught.value.errno == errno.EINVAL


def test_no_terminal_is_an_error_of_the_device_and_leaves_nothing_open(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="ioctl"):
        SerialPort(tmp_path / "file", 9600)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_second_program_of_ours_is_refused_even_as_root(scanner: SerialScanner) -> None:
    first, second = opened(scanner), opened(scanner)
    first.grab()
    with pytest.raises(OSError, match="unavailable") as caught:
        second.grab()
    assert caught.value.errno == errno.EWOULDBLOCK
    first.close()
    second.grab()
    second.close()


@pytest.mark.skipif(os.getuid() != 0, reason="only root may become somebody else")
def test_others_cannot_even_open_it(scanner: SerialScanner) -> None:
    Path(scanner.path).chmod(0o666)
    port = opened(scanner)

    def opening() -> str:
        code = f"import os; os.setuid(65534); os.open({scanner.path!r}, os.O_RDWR | os.O_NOCTTY)"
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        return run.stderr.strip().rpartition("\n")[2]

    assert opening() == ""
    port.grab()
    assert "Device or resource busy" in opening()
    port.close()
    assert opening() == ""


def test_what_came_before_the_grab_is_thrown_away(scanner: SerialScanner) -> None:
    port = opened(scanner)
    scanner.send("OLD")
    port.grab()
    scanner.send("NEW")
    assert os.read(port.fileno(), 100) == b"NEW"
    port.close()


def test_closing_an_unplugged_port_is_no_error(scanner: SerialScanner) -> None:
    port = opened(scanner)
    port.grab()
    scanner.unplug()
    port.close()


async def test_the_holder_answers_by_the_number_of_the_device(scanner: SerialScanner) -> None:
    path = Path(scanner.path)
    number = number_of(scanner)
    server = await announce(number, myself("Packing 2"))
    assert server is not None
    told = await asyncio.to_thread(holder_of, path)
    assert told is not None
    assert (told.pid, told.terminal, told.program) == (os.getpid(), "Packing 2", "sztuka")
    assert await announce(number, myself("Other")) is None
    server.close()
    await server.wait_closed()
    assert await asyncio.to_thread(holder_of, path) is None


def test_another_program_is_found_by_its_open_files(scanner: SerialScanner) -> None:
    code = "import os, sys; os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY); print(); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, scanner.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        told = holder_of(Path(scanner.path))
        assert told is not None
        assert (told.pid, told.terminal) == (other.pid, "")
        assert told.program.startswith("python")
        other.communicate("\n")
    assert holder_of(Path(scanner.path)) is None


def test_nobody_has_what_is_not_there(tmp_path: Path) -> None:
    assert holder_of(tmp_path / "none") is None


async def test_a_holder_that_talks_nonsense_is_nobody(
    scanner: SerialScanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = number_of(scanner)

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'{"who": 1}')
        writer.close()

    async with await asyncio.start_unix_server(answer, holder_module._address(number)):
        assert await asyncio.to_thread(holder_of, Path(scanner.path)) is None
