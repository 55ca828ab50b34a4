"""Sending a PDF to a CUPS queue, and finding out what became of it within seconds, whatever the server does.

`lp` is a program of its own with a time limit, because a hung server would hold its caller for ever. That it
took a paper says little: a broken printer leaves the job pending without a word. So the queue is looked at
until the job has left it, the printer says what is wrong, or the time is up.
"""

import asyncio
import shutil
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Sequence
from dataclasses import dataclass
from os import environ
from pathlib import Path

from print.lpstat import is_given_up, job_of, printer_of, troubles
from store.domain.printing import Printed, PrintState

DEADLINE = 2.8
"""Seconds after which the person is told what is known by then."""
SUBMIT = 1.5
"""Seconds within which a server that works has taken a paper many times over: it takes milliseconds."""
POLL = 0.1


@dataclass(frozen=True, slots=True)
class _Said:
    """What a program said, and how it ended."""

    code: int
    out: str
    error: str


async def spool(pdf: bytes, *, queue: str, title: str, folder: Path, copies: int = 1) -> Printed:
    """Print `copies` of `pdf` on `queue` and return what became of it within three seconds.

    Without a queue, or where CUPS is not installed, the paper becomes a new file in `folder`. Raises OSError
    when that cannot be written.
    """
    if not queue or shutil.which("lp") is None:
        path = await asyncio.to_thread(save, pdf, title, folder)
        return Printed(state=PrintState.SAVED, queue=queue, file=str(path))
    clock = asyncio.get_running_loop().time
    end = clock() + DEADLINE
    try:
        sent = await _run(["lp", "-d", queue, "-n", str(copies), "-t", _plain(title), "-"], SUBMIT, pdf)
        if sent.code:
            return await _refused(queue, sent, end - clock())
        return await _followed(queue, _job(sent.out), end)
    except TimeoutError:
        return Printed(state=PrintState.HUNG, queue=queue)


def save(pdf: bytes, title: str, folder: Path) -> Path:
    """Write `pdf` into a new file of `folder`, named by `title`, and return it. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(char if char.isalnum() or char in "-_." else "-" for char in title) or "paper"
    number = 1
    while True:
        path = folder / (f"{name}.pdf" if number == 1 else f"{name}-{number}.pdf")
        try:
            with path.open("xb") as file:
                file.write(pdf)
        except FileExistsError:
            number += 1
        else:
            return path


async def _refused(queue: str, sent: _Said, seconds: float) -> Printed:
    """Return why `lp` took nothing: it says the same of a server that is down and of an unknown queue."""
    end = asyncio.get_running_loop().time() + seconds
    running = await _run(["lpstat", "-r"], seconds)
    if "is running" not in running.out:
        return Printed(state=PrintState.DOWN, queue=queue)
    known = await _run(["lpstat", "-e"], end - asyncio.get_running_loop().time())
    # lpstat names queues as they were made; lp takes them in any case.
    if queue.lower() not in known.out.lower().split():
        return Printed(state=PrintState.NO_QUEUE, queue=queue)
    return Printed(state=PrintState.FAILED, queue=queue, reason=sent.error.removeprefix("lp: ").strip())


async def _followed(queue: str, job: str, end: float) -> Printed:
    """Look at the queue until the job has left it, the printer stands, or the time is up."""
    clock = asyncio.get_running_loop().time
    while True:
        try:
            seen = await _run(["lpstat", "-l", "-o", queue, "-p", queue], end - clock())
        except TimeoutError:
            # It had been taken: the server began to hang only then.
            return Printed(state=PrintState.HUNG, queue=queue, job=job)
        waiting, printer = job_of(seen.out, job), printer_of(seen.out, queue)
        if waiting is None:
            return await _ended(queue, job, end - clock())
        alerts = troubles((*waiting.alerts, *printer.alerts))
        if alerts or printer.is_disabled:
            reason = waiting.status or printer.reason
            return Printed(state=PrintState.STOPPED, queue=queue, job=job, reason=reason, alerts=alerts)
        if end - clock() <= POLL:
            return Printed(state=PrintState.QUEUED, queue=queue, job=job)
        await asyncio.sleep(POLL)


async def _ended(queue: str, job: str, seconds: float) -> Printed:
    """Return whether a job that left the queue was printed or given up."""
    try:
        seen = await _run(["lpstat", "-W", "completed", "-l", "-o", queue], max(seconds, POLL))
    except TimeoutError:
        return Printed(state=PrintState.HUNG, queue=queue, job=job)
    ended = job_of(seen.out, job)
    if ended is not None and is_given_up(ended):
        reason = ended.status or ", ".join(ended.alerts)
        return Printed(state=PrintState.FAILED, queue=queue, job=job, reason=reason)
    return Printed(state=PrintState.PRINTED, queue=queue, job=job)


async def _run(command: Sequence[str], seconds: float, given: bytes | None = None) -> _Said:
    """Run a program of CUPS to its end. Raises TimeoutError when that takes longer than `seconds`."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=DEVNULL if given is None else PIPE,
        stdout=PIPE,
        stderr=PIPE,
        env={**environ, "LC_ALL": "C"},
    )
    try:
        async with asyncio.timeout(max(seconds, 0)):
            out, error = await process.communicate(given)
    finally:
        # Out of time, or nobody waits any more.
        if process.returncode is None:
            process.kill()
            await process.wait()
    return _Said(process.returncode or 0, out.decode(errors="replace"), error.decode(errors="replace"))


def _job(out: str) -> str:
    """Return the job's name from 'request id is NAME-12 (1 file(s))'."""
    words = out.split()
    return words[3] if words[:3] == ["request", "id", "is"] else ""


def _plain(title: str) -> str:
    """Return a title for the queue's list; in the C locale that is ASCII."""
    return title.encode("ascii", "replace").decode() or "paper"
