"""Devices as the kernel's folders show them, and the ids by which they are known again."""

from pathlib import Path

import pytest

from scanners.devices import Device, devices, find, keyboards, matching, serial_ports, stable_id
from scanners.settings import ScannerKind
from tests.scanners.sysfs import MOUSE_BITS, Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_only_what_has_digits_and_enter_is_a_keyboard(machine: Machine) -> None:
    machine.keyboard(0, "Mouse", bits=MOUSE_BITS)
    machine.keyboard(1, "Power button", bits="10000000000000 0")
    machine.keyboard(10, "Late")
    machine.keyboard(2, "Early")
    assert [device.name for device in keyboards(machine.roots)] == ["Early", "Late"]


def test_the_ids_of_a_keyboard_the_best_first(machine: Machine) -> None:
    node = machine.keyboard(2, serial="77", by_id="usb-Honeywell-event-kbd")
    (device,) = devices(machine.roots)
    assert device.ids == (
        "usb:0c2e:0901:77", "usb:0c2e:0901", "port:usb-0000:00:14.0-1/input0",
        "by-id:usb-Honeywell-event-kbd", "name:Scanner", str(node),
    )  # fmt: skip


def test_a_bluetooth_scanner_is_known_by_its_address(machine: Machine) -> None:
    machine.keyboard(1, bus="0005", serial="aa:bb:cc:dd:ee:ff")
    assert keyboards(machine.roots)[0].ids[0] == "bt:0c2e:0901:aa:bb:cc:dd:ee:ff"


def test_the_ids_of_a_serial_port(machine: Machine) -> None:
    node = machine.serial_port()
    (device,) = serial_ports(machine.roots)
    assert (device.kind, device.path, device.name) == (ScannerKind.SERIAL, node, "Scanner COM")
    assert device.ids[:3] == ("usb:0c2e:090a:S1", "usb:0c2e:090a", "port:ttyACM0:1.0")


def test_twins_share_an_id_and_are_told_apart_by_their_socket(machine: Machine) -> None:
    machine.keyboard(1, port="usb-1/input0")
    machine.keyboard(2, port="usb-2/input0")
    found = keyboards(machine.roots)
    assert matching("usb:0c2e:0901", found) == found
    assert [stable_id(device, found) for device in found] == ["port:usb-1/input0", "port:usb-2/input0"]


def test_without_any_difference_only_the_path_is_left(machine: Machine) -> None:
    nodes = [machine.keyboard(number, port="") for number in (1, 2)]
    found = keyboards(machine.roots)
    assert [stable_id(device, found) for device in found] == [str(node) for node in nodes]


def test_a_path_may_be_a_link_and_is_taken_at_its_word(machine: Machine, tmp_path: Path) -> None:
    node = machine.keyboard(1)
    link = tmp_path / "link"
    link.symlink_to(node)
    assert [device.path for device in find(str(link), ScannerKind.EVDEV, machine.roots)] == [node]
    port = tmp_path / "ttyS0"
    assert find(str(port), ScannerKind.SERIAL, machine.roots) == []
    port.touch()
    assert find(str(port), ScannerKind.SERIAL, machine.roots) == [
        Device(kind=ScannerKind.SERIAL, path=port, name="ttyS0")
    ]


def test_an_id_means_devices_of_its_kind_only(machine: Machine) -> None:
    machine.keyboard(1)
    assert find("usb:0c2e:0901", ScannerKind.SERIAL, machine.roots) == []


def test_a_device_that_goes_away_meanwhile_is_no_error(machine: Machine) -> None:
    node = machine.keyboard(1)
    (machine.roots.sys / "input/event1/device/name").unlink()
    assert keyboards(machine.roots)[0].name == ""
    machine.unplug(node)
    assert devices(machine.roots) == []
