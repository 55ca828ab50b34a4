"""Collects the strings of the program and brings the catalogues up to date: `make locale`.

The catalogues are sorted by text and carry neither places nor dates, so that two branches that add strings
seldom touch the same lines.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PACKAGES = ("tui", "screens", "store", "scanners", "print")
CATALOGUES = tuple(sorted((ROOT / "tui/locale").glob("*/LC_MESSAGES/*.po")))
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def collect() -> Catalog:
    """Return every marked string of the five packages."""
    found = Catalog(project="Sztuka", charset="utf-8")
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            messages = extract_from_file("python", str(path), KEYWORDS, comment_tags=("Translators:",))
            for _line, message, comments, context in messages:
                found.add(message, auto_comments=comments, context=context)
    return found


def read(path: Path) -> Catalog:
    """Return the catalogue of a .po file. Raises babel's PoFileError if it cannot be parsed."""
    with path.open("rb") as file:
        return read_po(file, domain="sztuka", abort_invalid=True)


def updated(catalogue: Catalog, template: Catalog) -> bytes:
    """Return `catalogue` as a .po file with the strings of `template`: new ones empty, unused ones gone."""
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    for message in catalogue:
        message.auto_comments = list(dict.fromkeys(message.auto_comments))
    out = io.BytesIO()
    write_po(
        out, catalogue, width=100, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True
    )
    return _header(catalogue).encode() + out.getvalue()


def _header(catalogue: Catalog) -> str:
    """Return the head of a .po file without babel's dates and placeholders for names."""
    fields = {
        "Project-Id-Version": "Sztuka",
        "Language": str(catalogue.locale),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": catalogue.plural_forms,
    }
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in fields.items())
    return f'msgid ""\nmsgstr ""\n{lines}\n'


def main() -> int:
    """Update every catalogue; 1 when one of them has strings to be translated."""
    template = collect()
    waiting = 0
    for path in CATALOGUES:
        path.write_bytes(updated(read(path), template))
        empty = [message.id for message in read(path) if message.id and not all(_strings(message.string))]
        for text in empty:
            sys.stdout.write(f"{path.relative_to(ROOT)}: {text!r} is not translated\n")
        waiting += len(empty)
    return 1 if waiting else 0


def _strings(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else string


if __name__ == "__main__":
    sys.exit(main())
