"""Having papers drawn while the screen goes on."""

import asyncio
import pickle
import sys
from asyncio.subprocess import PIPE
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from store.domain.language import Language
from store.domain.papers import Letterhead


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A call of one of our functions, in another process."""

    function: str
    """`print.MODULE:FUNCTION`."""
    arguments: tuple[Any, ...]
    """Records, bytes, languages: whatever can be pickled."""
    letterhead: Letterhead = field(default_factory=Letterhead)
    language: Language = Language.EN
    """Of what is said where the paper cannot be drawn."""
    catalogues: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a job."""

    value: Any = None
    refusal: str | None = None
    """Why it cannot be done, in words for people."""


class DrawingError(Exception):
    """The process that draws ended without a result; its last words are the message."""


async def elsewhere(job: Job) -> Any:
    """Do `job` in a process of its own and return what its function returns.

    Cancelled, it ends the process. Raises ValueError, in words, for what cannot be drawn, and DrawingError.
    """
    # -P: nothing in the folder that the person happens to be in is imported.
    command = (sys.executable, "-P", "-m", "print.worker")
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=PIPE)
    try:
        out, error = await process.communicate(pickle.dumps(job))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode or not out:
        raise DrawingError(error.decode(errors="replace").strip() or str(process.returncode))
    result: Result = pickle.loads(out)  # noqa: S301 - our own process wrote it
    if result.refusal is not None:
        raise ValueError(result.refusal)
    return result.value
