"""Each key can be set in each way, the stronger layer wins, and what is wrong is refused with its place."""

from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest

from scanners.settings import ScannerKind
from tui.config.checks import CHECKS
from tui.config.errors import ConfigError
from tui.config.load import Loaded, load
from tui.config.schema import Key, all_keys
from tui.config.settings import LanguageChoice, LogLevel, Settings

SPECIAL: dict[str, tuple[str, object]] = {
    "store": ('"postgresql://host/name"', "postgresql://host/name"),
    "screen.bell": ("false", False),
    "wedge.timeout_ms": ("70", 70),
    "wedge.hold_ms": ("40", 40),
    "mail.sender": ('"stock@example.com"', "stock@example.com"),
    "paper.labels.width": ("52", 52),
    "paper.labels.height": ("29", 29),
}
"""Keys that a made-up value would not fit."""


def example(key: Key) -> tuple[str, Any]:
    """Return a value for `key` that is not its default: as TOML, and as the settings have it."""
    if key.name in SPECIAL:
        return SPECIAL[key.name]
    if get_origin(key.type) is tuple:
        item = get_args(key.type)[0]
        member = "zażółć" if item is str else list(item)[-1]
        return f'["{member}"]', (member,)
    if issubclass(key.type, StrEnum):
        member = list(key.type)[-1]
        return f'"{member}"', member
    return {
        bool: ("true", True),
        int: ("7", 7),
        str: ('"zażółć"', "zażółć"),
        Path: ('"/somewhere"', Path("/somewhere")),
    }[key.type]


def as_text(toml: str) -> str:
    return toml.strip('[]"')


def value_of(settings: Settings, name: str) -> object:
    value: object = settings
    for part in name.split("."):
        value = getattr(value, part)
    return value


def from_file(folder: Path, text: str, **options: Any) -> Loaded:
    path = folder / "config.toml"
    path.write_text(text)
    return load(files=(path,), environ=options.pop("environ", {}), **options)


PLAIN = [key for key in all_keys().values() if not key.in_array]


@pytest.mark.parametrize("key", PLAIN, ids=lambda key: key.name)
def test_a_key_in_a_file(key: Key, tmp_path: Path) -> None:
    toml, value = example(key)
    loaded = from_file(tmp_path, f"# comment\n{key.name} = {toml}\n")
    assert value_of(loaded.settings, key.name) == value
    assert value_of(Settings(), key.name) != value
    assert str(loaded.origins[key.name]) == f"{tmp_path / 'config.toml'}:2"


@pytest.mark.parametrize("key", PLAIN, ids=lambda key: key.name)
def test_a_key_in_the_environment(key: Key) -> None:
    toml, value = example(key)
    assert key.variable is not None
    loaded = load(files=(), environ={key.variable: as_text(toml)})
    assert value_of(loaded.settings, key.name) == value


@pytest.mark.parametrize("key", PLAIN, ids=lambda key: key.name)
def test_a_wrong_type_in_a_file_is_refused_with_its_place(key: Key, tmp_path: Path) -> None:
    table, _dot, last = key.name.rpartition(".")
    head = f"[{table}]\n" if table else "\n"
    with pytest.raises(ConfigError, match="allowed: ") as caught:
        from_file(tmp_path, f"{head}\n\n{last} = 1979-05-27\n")
    assert str(caught.value).startswith(f"{tmp_path / 'config.toml'}:4: {key.name}: ")


@pytest.mark.parametrize("key", [key for key in PLAIN if key.type in {int, bool}], ids=lambda key: key.name)
def test_a_wrong_type_in_the_environment_is_refused(key: Key) -> None:
    assert key.variable is not None
    with pytest.raises(ConfigError, match=f"^{key.variable}: {key.name}: 'many' is not allowed"):
        load(files=(), environ={key.variable: "many"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("store", "mysql://host/name"),
        ("store", ""),
        ("log.files", "0"),
        ("log.megabytes", "-1"),
        ("log.level", "loud"),
        ("log.folder", ""),
        ("language", "de"),
        ("wedge.hold_ms", "0"),
        ("wedge.terminators", ""),
        ("wedge.terminators", "enter, space"),
        ("wedge.suffix", "\n"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match="allowed: "):
        load(files=(), environ={}, options={name: value})


def test_scanners_are_tables(tmp_path: Path) -> None:
    loaded = from_file(
        tmp_path,
        '[[scanners]]\nid = "usb:0c2e:0901"\nlayout = "pl"\n'
        '[[scanners]]\nid = "/dev/ttyS0"\nkind = "serial"\n',
    )
    first, second = loaded.settings.scanners
    assert (first.id, first.layout, first.kind) == ("usb:0c2e:0901", "pl", ScannerKind.EVDEV)
    assert (second.id, second.kind) == ("/dev/ttyS0", ScannerKind.SERIAL)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('layout = "dvorak"', "cz, de, es, fr, gb, it, pl, us"),
        ('kind = "usb"', "evdev, serial"),
        ("timeout_ms = 1", "20-5000"),
        ("baud = 9601", "9600, 19200"),
        ('id = ""', "sztuka scanner list"),
        ('terminator = "esc"', "enter, tab, nul, none"),
    ],
)
def test_a_scanner_that_is_set_wrong_is_refused_with_its_line(line: str, words: str, tmp_path: Path) -> None:
    identity = "" if line.startswith("id") else 'id = "usb:0c2e:0901"\n'
    with pytest.raises(ConfigError, match=words) as caught:
        from_file(tmp_path, f"[[scanners]]\n{identity}{line}\n")
    name = line.partition(" ")[0]
    assert f":{3 if identity else 2}: scanners.{name}: " in str(caught.value)


def test_a_scanner_without_an_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config.toml:1: scanners.id: "):
        from_file(tmp_path, '[[scanners]]\nlayout = "pl"\n')


def test_every_check_is_about_a_key() -> None:
    assert set(CHECKS) <= set(all_keys())


def test_the_stronger_layer_wins(tmp_path: Path) -> None:
    machine, person = tmp_path / "machine.toml", tmp_path / "person.toml"
    machine.write_text('language = "pl"\nterminal = "T1"\nlog.level = "debug"\ncompany.name = "A"')
    person.write_text('terminal = "T2"\nlog.level = "info"\ncompany.name = "B"')
    loaded = load(
        files=(machine, person, tmp_path / "none.toml"),
        environ={"SZTUKA_LOG_LEVEL": "error", "SZTUKA_COMPANY_NAME": "C", "PATH": "x"},
        options={"company.name": "D"},
    )
    assert loaded.settings.language is LanguageChoice.PL
    assert loaded.settings.terminal == "T2"
    assert loaded.settings.log.level is LogLevel.ERROR
    assert loaded.settings.company.name == "D"
    assert loaded.files == (machine, person)


def test_an_unknown_key_is_refused_with_near_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config.toml:3: log.levle: .*log.level"):
        from_file(tmp_path, '[log]\n\nlevle = "info"\n')


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config.toml:2: logs: "):
        from_file(tmp_path, '\n[logs]\nlevel = "info"\n')


def test_a_table_in_place_of_a_value_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config.toml:1: store: "):
        from_file(tmp_path, "[store]\nurl = 1\n")


def test_an_unknown_variable_is_refused_with_near_ones() -> None:
    with pytest.raises(ConfigError, match=r"SZTUKA_LOG_LEVL: .*SZTUKA_LOG_LEVEL"):
        load(files=(), environ={"SZTUKA_LOG_LEVL": "info"})


def test_the_variable_of_the_file_is_no_key() -> None:
    assert load(files=(), environ={"SZTUKA_CONFIG": "x"}).settings == Settings()


def test_a_file_that_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config.toml:2: "):
        from_file(tmp_path, 'a = 1\nb = "\n')


def test_a_password_in_a_refused_store_is_not_shown() -> None:
    with pytest.raises(ConfigError) as caught:
        load(files=(), environ={"SZTUKA_STORE": "mysql://me:geheim@host/db"})
    assert "geheim" not in str(caught.value)
