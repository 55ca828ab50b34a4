"""What became of a scanner, in a sentence that says what to do: for the screens and for `sztuka scanner`."""

from collections.abc import Mapping

from scanners.assembler import Problem
from scanners.status import State, Status
from store.domain.language import N_, _

SENTENCES: Mapping[State, str] = {
    State.READY: N_("{device}: ready to scan."),
    State.MISSING: N_("{device} is not plugged in. Plug it in."),
    State.UNPLUGGED: N_("{device} was unplugged. Plug it in again."),
    State.BUSY: N_("{device} is in use by another program. Close that program."),
    State.NO_PERMISSION: N_("{device}: you may not read it. `sztuka scanner list` shows what mends it."),
    State.AMBIGUOUS: N_("{device} fits several devices ({paths}). Unplug all but one, or learn it again."),
    State.REPLACED: N_(
        "{device}: another device is at {path} now and is left alone. Plug the scanner in, or start anew."
    ),
    State.FAILED: N_("{device} does not work: {reason}. Unplug it and plug it in again."),
    State.SPOILED: N_("{device}: the scan was damaged. Scan again."),
    State.AGENT_LOST: N_(
        "The reader of the scanners stopped ({reason}) and is started again. Wait a moment."
    ),
}
PROBLEMS: Mapping[Problem, str] = {
    Problem.UNKNOWN_KEY: N_("{device}: a key came that is no character. Scan again, or correct the layout."),
    Problem.DROPPED: N_("{device}: characters were lost. Scan again."),
    Problem.INCOMPLETE: N_("{device}: only the beginning came ({text}). Scan again."),
    Problem.REST: N_("{device}: only the end of a code may have come ({text}). Scan again."),
    Problem.TOO_LONG: N_("{device}: more came than any code has. Scan a single code."),
    Problem.NOT_FRAMED: N_("{device}: {text} came without the set prefix or suffix. Correct the settings."),
    Problem.DAMAGED: N_("{device}: what came is no text. Scan again, or correct the speed (baud)."),
}
LONGEST_SHOWN = 40


def scanner_text(status: Status) -> str:
    """Return the news of a scanner as a sentence in the language in force, with what to do next."""
    data = {"device": status.device, "reason": "?", **status.data}
    data["text"] = _shortened(data.get("text", ""))
    if status.state is State.SPOILED and data.get("problem") in set(Problem):
        return _(PROBLEMS[Problem(data["problem"])]).format_map(data)
    if status.state is State.BUSY and data.get("pid"):
        return _busy(data)
    return _(SENTENCES[status.state]).format_map(data)


def is_problem(status: Status) -> bool:
    """Tell whether scanning does not go on as it should until somebody does something."""
    return status.state is not State.READY


def printable(text: str) -> str:
    """Return `text` so that a terminal takes nothing in it for a command: it comes from a device."""
    return "".join(char if char.isprintable() else "?" for char in text)


def _busy(data: Mapping[str, str]) -> str:
    if data.get("terminal"):
        sentence = _("{device} is in use at terminal {terminal} by {user} (process {pid}). Close it there.")
    else:
        sentence = _("{device} is in use by {program} of {user} (process {pid}). Close that program.")
    return sentence.format_map(data)


def _shortened(text: str) -> str:
    """Return what was read so that a message line can show it: no control characters, not too long."""
    shown = printable(text)
    return shown if len(shown) <= LONGEST_SHOWN else shown[: LONGEST_SHOWN - 3] + "..."
