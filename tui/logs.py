"""The log: a file that is put aside when full, and never anything on the screen."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tui.config.settings import LogSettings

FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"
FILE = "sztuka.log"
_URL_PASSWORD = re.compile(r"\b([a-z][a-z0-9+]{1,20}://[^\s:/@]*):\S*@")
_PARAMETER = re.compile(r"(?i)\b(password|passwd|pin|secret)(\s*[=:]\s*)\S+")


def redact(text: str) -> str:
    """Return `text` without passwords in URLs and without the values of passwords and PINs."""
    return _PARAMETER.sub(r"\1\2***", _URL_PASSWORD.sub(r"\1:***@", text))


class RedactingFormatter(logging.Formatter):
    """Formats a record, traceback included, and takes secrets out of the result."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished line or lines of `record`, without secrets."""
        return redact(super().format(record))


def log_file(settings: LogSettings) -> Path:
    """Return the file that is written to."""
    return settings.folder / FILE


def start(settings: LogSettings) -> None:
    """Write all logging of this process to the file from now on. Raises OSError if it cannot be opened."""
    settings.folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        log_file(settings),
        maxBytes=settings.megabytes * 1_000_000,
        backupCount=settings.files - 1,
        encoding="utf-8",
        delay=True,
    )
    formatter = RedactingFormatter(FORMAT)
    formatter.default_msec_format = "%s.%03d"
    handler.setFormatter(formatter)
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(settings.level.upper())
    # asyncio tells every slow callback at debug level, with nothing that helps.
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
