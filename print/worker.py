"""Draws papers in a process of its own, `python -m print.worker`: a job on stdin, its result on stdout.

A long paper takes seconds of pure Python. In a thread that would take the interpreter from the screen, whose
keys must answer; and what it takes of memory goes back to the machine when the process ends. Only our own
program starts it and writes to it.
"""

import pickle
import sys
from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from typing import Any

from print.drawing import Job, Result
from print.page import on_letterhead
from store.domain.language import speaking, use


def main() -> None:
    """Do the job and write its result."""
    job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own program, through its pipe
    try:
        result = Result(value=done(job))
    except ValueError as error:
        result = Result(refusal=str(error))
    sys.stdout.buffer.write(pickle.dumps(result))


def done(job: Job) -> Any:
    """Do `job` here and now and return what its function returns. Raises ValueError as that does."""
    module, _colon, name = job.function.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    with ExitStack() as stack:
        stack.enter_context(on_letterhead(job.letterhead))
        if job.catalogues is not None:
            use(job.language, job.catalogues)
        stack.enter_context(speaking(job.language))
        return function(*job.arguments)


if __name__ == "__main__":
    main()
