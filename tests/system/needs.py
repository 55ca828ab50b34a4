"""What a system test needs of the machine: missing at home it is skipped with a clear line, in CI it fails.

CI sets `CI=true`. A skipped test there would be green without having proved anything.
"""

import os
import shutil
from typing import NoReturn

import pytest

# Debian keeps daemons where an ordinary user's PATH does not look.
SEARCHED = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin"])
INSTALL = "`make system` as root installs what is missing"


def need(command: str) -> str:
    """Return the path of `command`; without it skip the test, or fail it in CI."""
    found = shutil.which(command, path=SEARCHED)
    if found is None:
        missing(f"{command} is not installed: {INSTALL}")
    return found


def missing(reason: str) -> NoReturn:
    """Skip the test because of `reason`, or fail it in CI."""
    if os.environ.get("CI", "").lower() in {"", "0", "false"}:
        pytest.skip(reason)
    pytest.fail(f"in CI nothing is skipped: {reason}", pytrace=False)
