"""Open devices: a grabbed keyboard, a serial port in raw mode, or whatever a test puts in their place."""

import errno
import fcntl
import os
import struct
import termios
import time
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from scanners.settings import ScannerKind, ScannerSettings


class Port(Protocol):
    """An open device. `close` gives it back; the kernel does so too when the process dies."""

    def fileno(self) -> int:
        """Return the descriptor, which is not blocking."""
        ...

    def is_held(self) -> bool:
        """Tell whether a key is down: grabbed now, its release would never reach the console."""
        ...

    def grab(self) -> None:
        """Keep everybody else from reading. Raises OSError (EBUSY) when somebody has it."""
        ...

    def close(self) -> None:
        """Let go of the device."""
        ...


Opener = Callable[[ScannerSettings, Path], Port]


EVIOCSCLOCKID = 0x400445A0
"""Of linux/input.h: by which clock the kernel tells the times of events."""


class KeyboardPort:
    """A keyboard device of the kernel. evdev makes the calls; bytes are read by whoever owns the port."""

    def __init__(self, path: Path) -> None:
        """Open the device at `path`. Raises OSError."""
        from evdev import InputDevice

        self._device = InputDevice(str(path))
        try:
            # Else a clock that is set in mid-scan would make a pause.
            fcntl.ioctl(self._device.fd, EVIOCSCLOCKID, struct.pack("i", time.CLOCK_MONOTONIC))
        except OSError:
            self._device.close()
            raise

    def fileno(self) -> int:
        """Return the descriptor, which is not blocking."""
        return int(self._device.fd)

    def is_held(self) -> bool:
        """Ask the kernel which keys are down."""
        return bool(self._device.active_keys())

    def grab(self) -> None:
        """Take the device for this process alone (EVIOCGRAB)."""
        self._device.grab()

    def close(self) -> None:
        """Close the descriptor, which ends the grab."""
        self._device.close()


class SerialPort:
    """A serial port, raw. TIOCEXCL keeps others out, but not root: a lock on the file does between ours."""

    def __init__(self, path: Path, baud: int) -> None:
        """Open the port at `path` with `baud` bits a second. Raises OSError."""
        speed = getattr(termios, f"B{baud}", None)
        if speed is None:
            raise OSError(errno.EINVAL, f"{baud} baud")
        self._fd = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            tty.setraw(self._fd, termios.TCSANOW)
            attributes = termios.tcgetattr(self._fd)
            attributes[2] |= termios.CLOCAL | termios.CREAD
            attributes[4] = attributes[5] = speed
            termios.tcsetattr(self._fd, termios.TCSANOW, attributes)
        except termios.error as error:
            os.close(self._fd)
            raise OSError(*error.args) from error

    def fileno(self) -> int:
        """Return the descriptor, which is not blocking."""
        return self._fd

    def is_held(self) -> bool:
        """Return False: a serial port has no keys."""
        return False

    def grab(self) -> None:
        """Keep other programs from opening the port."""
        fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.ioctl(self._fd, termios.TIOCEXCL)
        termios.tcflush(self._fd, termios.TCIFLUSH)

    def close(self) -> None:
        """Let others open the port again and close it."""
        try:
            fcntl.ioctl(self._fd, termios.TIOCNXCL)
        except OSError:
            pass  # unplugged: there is nothing left to give back
        finally:
            os.close(self._fd)


def open_port(settings: ScannerSettings, path: Path) -> Port:
    """Open the device at `path` as `settings` say. Raises OSError."""
    if settings.kind is ScannerKind.SERIAL:
        return SerialPort(path, settings.baud)
    return KeyboardPort(path)
