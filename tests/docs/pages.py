"""Reading the project's own pages: rows of their tables, what stands between backticks."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def page(name: str) -> str:
    """Return the text of a page of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    """Return the cells of every row of a table in `text`, the heads included."""
    return [
        [cell.strip() for cell in re.split(r"(?<= )\|(?= )", line.strip()[1:-1])]
        for line in text.splitlines()
        if line.startswith("| ")
    ]


def codes(text: str) -> list[str]:
    """Return what stands between backticks."""
    return re.findall(r"`([^`]+)`", text)
