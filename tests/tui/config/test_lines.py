"""The locator of lines agrees with tomllib about every key, whatever the file looks like."""

import tomllib

import pytest

from tui.config.lines import lines_of

TEXT = '''# a comment with [brackets] and "quotes"
store = "a.db"  # [not.a.table]

[log]
level = "info"
"folder" = """
[not]
a = 1
"""

[[scanners]]
id = 'usb:"1'
list = [
  "a", # ]
  "b",
]

[[scanners]]
id = "two"

[a.b]
c.d = { e = 1, f = [2] }
'''


def test_lines() -> None:
    tomllib.loads(TEXT)
    assert lines_of(TEXT) == {
        "store": 2,
        "log": 4,
        "log.level": 5,
        "log.folder": 6,
        "scanners": 11,
        "scanners.0": 11,
        "scanners.0.id": 12,
        "scanners.0.list": 13,
        "scanners.1": 18,
        "scanners.1.id": 19,
        "a.b": 21,
        "a.b.c.d": 22,
    }


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "a = 1"])
def test_small_files(text: str) -> None:
    assert set(lines_of(text)) == set(tomllib.loads(text))


def test_the_ends_of_lines_of_other_systems() -> None:
    assert lines_of("a = 1\r\n\r\n[b]\r\nc = 2\r\n") == {"a": 1, "b": 3, "b.c": 4}
