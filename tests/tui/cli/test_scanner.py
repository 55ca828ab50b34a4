"""`sztuka scanner`: what is listed, what is learned and what is refused, without a real device."""

import asyncio
import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from scanners.learning import CHECK_CODE
from scanners.settings import ScannerKind, ScannerSettings, Terminator
from store.domain.errors import SztukaError
from tests.scanners.pipes import PipeKeyboards
from tests.scanners.sysfs import MOUSE_BITS, Machine
from tests.scanners.terminals import serial_scanner
from tests.scanners.waiting import TIMEOUT
from tests.tui.cli.conftest import Sztuka
from tui.cli import scanner_learn, scanner_list, scanner_test
from tui.cli.context import Context
from tui.config.load import load


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "machine")


@pytest.fixture
def keyboards() -> Iterator[PipeKeyboards]:
    pipes = PipeKeyboards()
    yield pipes
    pipes.close()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


Learn = Callable[..., tuple[ScannerSettings, ...]]


@pytest.fixture
def learn(machine: Machine, keyboards: PipeKeyboards, config: Path, monkeypatch: pytest.MonkeyPatch) -> Learn:
    """Run `learn`, do what is asked when it says that it listens, and return the scanners of the file."""

    def run(on_listening: Callable[[], None], **options: object) -> tuple[ScannerSettings, ...]:
        given = {"config": config, "baud": 9600, "seconds": int(TIMEOUT), "layout": None, "name": None}
        context = Context(arguments=Namespace(**(given | options)), loaded=load(files=(config,), environ={}))
        said: list[str] = []

        def say(text: str) -> None:
            said.append(text)
            if text.startswith("Scan one code"):
                on_listening()

        for module in ("scanner_listen", "scanner_learn"):
            monkeypatch.setattr(f"tui.cli.{module}.say", say)
        run.said = said  # type: ignore[attr-defined]
        opener = keyboards if options.get("opener") is None else options["opener"]
        scanner_learn.run(context, roots=machine.roots, opener=opener)  # type: ignore[arg-type]
        return load(files=(config,), environ={}).settings.scanners

    return run


def test_learning_finds_which_device_how_it_ends_and_its_layout(
    learn: Learn, machine: Machine, keyboards: PipeKeyboards
) -> None:
    machine.keyboard(1, "Own keyboard", model="1111:0001")
    scanner = machine.keyboard(2, "Honeywell", serial="77")
    machine.keyboard(3, "Mouse", model="1111:0002", bits=MOUSE_BITS)
    learned = learn(lambda: keyboards.scan(scanner, CHECK_CODE + "\t", name="de"))
    assert learned == (
        ScannerSettings(id="usb:0c2e:0901:77", name="Honeywell", layout="de", terminator=Terminator.TAB),
    )
    assert not any("grab" in log for log in keyboards.logs.values())
    assert all(log[-1] == "close" for log in keyboards.logs.values())


def test_twins_are_told_apart_by_their_socket(
    learn: Learn, machine: Machine, keyboards: PipeKeyboards
) -> None:
    machine.keyboard(1, port="usb-1/input0")
    second = machine.keyboard(2, port="usb-2/input0")
    assert learn(lambda: keyboards.scan(second, CHECK_CODE + "\r"))[0].id == "port:usb-2/input0"


def test_learning_again_changes_the_entry(
    learn: Learn, machine: Machine, keyboards: PipeKeyboards, config: Path
) -> None:
    config.write_text('terminal = "T1" # kept\n[[scanners]]\nid = "usb:0c2e:0901"\nlayout = "fr"\n')
    scanner = machine.keyboard(2)
    (learned,) = learn(lambda: keyboards.scan(scanner, CHECK_CODE), name="bench")
    assert (learned.layout, learned.terminator, learned.name) == ("us", Terminator.NONE, "bench")
    assert 'terminal = "T1" # kept' in config.read_text()


def test_a_keyboard_is_never_learned(
    learn: Learn, machine: Machine, keyboards: PipeKeyboards, config: Path
) -> None:
    own = machine.keyboard(1, "Own keyboard", model="1111:0001")

    def type_then_scan() -> None:
        keyboards.scan(own, "hello world", gap=0.12)
        threading.Timer(1.0, keyboards.scan, (own, CHECK_CODE + "\r"), {"start": 9.0}).start()

    with pytest.raises(SztukaError, match="is a keyboard and is not learned"):
        learn(type_then_scan)
    assert any("typed by hand" in line for line in learn.said)  # type: ignore[attr-defined]
    assert not config.exists()


def test_an_unclear_layout_needs_a_person_or_an_option(
    learn: Learn, machine: Machine, keyboards: PipeKeyboards, config: Path
) -> None:
    scanner = machine.keyboard(1)
    with pytest.raises(SztukaError, match="--layout"):
        learn(lambda: keyboards.scan(scanner, "SN-12Y\r"))
    assert not config.exists()
    assert learn(lambda: keyboards.scan(scanner, "SN-12Y\r"), layout="pl")[0].layout == "pl"


def test_a_serial_scanner_is_learned_over_a_pty(learn: Learn, machine: Machine) -> None:
    from scanners.ports import open_port

    with serial_scanner() as pty:
        machine.serial_port(target=pty.path)
        learned = learn(lambda: pty.send("SN-1\r\n"), opener=open_port, baud=115200)
    assert learned == (
        ScannerSettings(id="usb:0c2e:090a:S1", name="Scanner COM", kind=ScannerKind.SERIAL, baud=115200),
    )


def test_what_may_not_be_read_is_said_with_its_reason(
    learn: Learn, machine: Machine, keyboards: PipeKeyboards
) -> None:
    node = machine.keyboard(1)
    keyboards.open_errors[node] = [13]
    with pytest.raises(SztukaError, match="sztuka scanner list"):
        learn(lambda: None)
    assert learn.said == [f"{node} is not listened to: Permission denied"]  # type: ignore[attr-defined]


def test_nothing_scanned_in_time(learn: Learn, machine: Machine) -> None:
    machine.keyboard(1)
    with pytest.raises(SztukaError, match="nothing was scanned within 0 seconds"):
        learn(lambda: None, seconds=0)


def test_the_list_tells_ids_configuration_and_permission(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.keyboard(1, "Built-in", bus="0011", port="isa0060/serio0/input0")
    machine.keyboard(2, "Bad\x1b[2JName", serial="77")
    machine.serial_port()
    monkeypatch.setattr(scanner_list, "may_read", lambda device: device.path.name == "ttyACM0")
    configured = [
        ScannerSettings(id="usb:0c2e:0901", name="bench", layout="pl"),
        ScannerSettings(id="usb:dead:beef", name="van"),
    ]
    text = "\n".join(scanner_list.lines(configured, machine.roots))
    blocks = text.split("\n\n")
    assert "no scanner: nothing to mend" in blocks[0]
    assert "Bad?[2JName" in blocks[1]
    assert "usb:0c2e:0901:77" in blocks[1]
    assert "bench: ends with enter, layout pl" in blocks[1]
    assert 'ATTRS{idVendor}=="0c2e", ATTRS{idProduct}=="0901", GROUP="plugdev"' in blocks[1]
    assert "/etc/udev/rules.d/60-sztuka-scanner.rules" in blocks[1]
    assert "udevadm control --reload" in blocks[1]
    assert "usb:0c2e:090a:S1" in blocks[2]
    assert "GROUP" not in blocks[2]
    assert "van: ends with enter, layout us: not plugged in" in blocks[3]


def test_which_scanner_is_tried(machine: Machine) -> None:
    machine.keyboard(1, serial="77")
    machine.serial_port()
    bench = ScannerSettings(id="usb:0c2e:0901", name="bench", layout="pl")
    for wanted in (None, "bench", "usb:0c2e:0901", "usb:0c2e:0901:77"):
        assert scanner_test.choose([bench], wanted=wanted, roots=machine.roots) == [bench]
    (other,) = scanner_test.choose([bench], wanted="usb:0c2e:090a:S1", roots=machine.roots, baud=115200)
    assert (other.kind, other.baud) == (ScannerKind.SERIAL, 115200)
    with pytest.raises(SztukaError, match="no scanner 'nix'"):
        scanner_test.choose([bench], wanted="nix", roots=machine.roots)
    with pytest.raises(SztukaError, match="scanner learn"):
        scanner_test.choose([], wanted=None, roots=machine.roots)


async def test_scans_are_shown_until_ctrl_c(environ: dict[str, str]) -> None:
    """The real command, its real agent, a scanner in serial mode."""

    with serial_scanner() as scanner:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tui", "scanner", "test", scanner.path, "--kind", "serial",
            cwd=Path(__file__).parents[3], env=environ,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None

        async def line(containing: str) -> str:
            assert process.stdout is not None
            async with asyncio.timeout(TIMEOUT):
                while containing not in (text := (await process.stdout.readline()).decode()):
                    assert text, "ended"
            return text

        await line("ready to scan")
        scanner.send("]d20105901234123457" + "21S\x1d10L\r")
        assert r"]d2010590123412345721S\x1d10L" in await line(scanner.path)
        await line("]d2 GS1 DataMatrix")
        await line("GTIN: 05901234123457")
        await line("serial: S")
        scanner.unplug()
        await line("unplugged")
        process.send_signal(signal.SIGINT)
        _out, errors = await process.communicate()
    assert (process.returncode, errors) == (130, b"")


def test_mistakes_of_usage(sztuka: Sztuka) -> None:
    assert sztuka("scanner").returncode == 2
    assert sztuka("scanner", "learn", "--layout", "dvorak").returncode == 2
    run = sztuka("scanner", "test")
    assert (run.returncode, run.stdout) == (1, "")
    assert "sztuka scanner learn" in run.stderr


def test_a_code_that_is_learned_is_no_command_of_the_shell(environ: dict[str, str]) -> None:
    """The scanner is not grabbed then, so that what it sends reaches the terminal too."""
    command = f'{sys.executable} -m tui scanner learn --seconds 1; read -t 0.1 -r left; echo "left:[$left]"'
    shell = pexpect.spawn(
        "bash", ["-c", command], cwd=str(Path(__file__).parents[3]), env=environ, timeout=TIMEOUT,
        encoding="utf-8", dimensions=(24, 200),
    )  # fmt: skip
    shell.expect("Scan one code|no device here")
    if shell.after != "Scan one code":
        pytest.skip("this machine's own devices may not be read")
    shell.send("reboot\r")
    shell.expect("nothing was scanned|typed by hand")
    assert "reboot" not in str(shell.before)
    shell.expect(r"left:\[\]")
    shell.expect(pexpect.EOF)
    shell.close()
