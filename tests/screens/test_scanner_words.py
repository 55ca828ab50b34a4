"""Every state of a scanner has a sentence that needs nothing the status does not carry."""

import pytest

from scanners.assembler import Problem
from scanners.status import State, Status
from screens.scanner_words import PROBLEMS, SENTENCES, is_problem, scanner_text

DATA = {
    State.AMBIGUOUS: {"id": "usb:1:2", "paths": "/dev/input/event3, /dev/input/event4"},
    State.REPLACED: {"path": "/dev/ttyUSB0"},
    State.FAILED: {"path": "/dev/x", "reason": "Input/output error"},
    State.AGENT_LOST: {"reason": "exit status 1"},
}


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_sentence(state: State) -> None:
    assert state in SENTENCES
    text = scanner_text(Status(state=state, device="bench", data=DATA.get(state, {})))
    assert text.endswith(".")
    assert "{" not in text
    assert "bench" in text or state is State.AGENT_LOST


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_has_a_sentence(problem: Problem) -> None:
    assert problem in PROBLEMS
    data = {"problem": problem.value, "text": "AB\x1d" + "C" * 90}
    text = scanner_text(Status(state=State.SPOILED, device="bench", data=data))
    assert text.startswith("bench: ")
    assert text.isprintable()
    assert len(text) < 130


def test_who_has_the_scanner_is_named() -> None:
    ours = {"path": "/dev/x", "pid": "7", "user": "ola", "terminal": "Packing 2", "program": "sztuka"}
    assert "Packing 2" in scanner_text(Status(state=State.BUSY, device="bench", data=ours))
    other = scanner_text(
        Status(state=State.BUSY, device="bench", data=ours | {"terminal": "", "program": "cat"})
    )
    assert "cat of ola (process 7)" in other


def test_only_a_ready_scanner_is_no_problem() -> None:
    assert [state for state in State if not is_problem(Status(state=state))] == [State.READY]
