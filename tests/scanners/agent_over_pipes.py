"""The real agent process, but its keyboards are FIFOs named like event devices. Started by the tests.

Arguments: the machine's root, the socket. What is written into a FIFO are packed input events.
"""

import asyncio
import os
import sys
from pathlib import Path

from scanners.agent import run
from scanners.devices import Roots
from scanners.settings import ScannerSettings
from tests.scanners.pipes import PipePort


def open_fifo(_settings: ScannerSettings, path: Path) -> PipePort:
    return PipePort(os.open(path, os.O_RDWR | os.O_NONBLOCK), [])


if __name__ == "__main__":
    root = Path(sys.argv[1])
    asyncio.run(
        run(Path(sys.argv[2]), opener=open_fifo, roots=Roots(sys=root / "sys/class", dev=root / "dev"))
    )
