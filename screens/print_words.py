"""Sentences about what became of a paper that was sent to a printer. Commands say them too: no Textual."""

from store.domain.kept_papers import KeptPaper
from store.domain.language import N_, _
from store.domain.papers import PaperLanguage
from store.domain.printing import Printed, PrintState

_SENTENCES: dict[PrintState, str] = {
    PrintState.PRINTED: N_("Printed on {queue}."),
    PrintState.QUEUED: N_("Sent to {queue}; it waits its turn there."),
    PrintState.STOPPED: N_(
        "{queue} stands: {reason}. The paper waits there and comes out when the printer goes on."
    ),
    PrintState.FAILED: N_("{queue} did not print it: {reason}."),
    PrintState.NO_QUEUE: N_("There is no print queue {queue}. Ask who set up this terminal."),
    PrintState.DOWN: N_("The print server does not run. Nothing was printed."),
    PrintState.HUNG: N_("The print server does not answer. Look whether the paper comes out."),
    PrintState.SAVED: N_("Saved as {file}."),
}
_ALERTS: dict[str, str] = {
    "connecting-to-device": N_("it cannot be reached"),
    "cover-open": N_("its cover is open"),
    "door-open": N_("its cover is open"),
    "interlock-open": N_("its cover is open"),
    "input-tray-missing": N_("its tray is missing"),
    "marker-supply-empty": N_("out of toner or ink"),
    "toner-empty": N_("out of toner or ink"),
    "media-empty": N_("out of paper"),
    "media-needed": N_("out of paper"),
    "media-jam": N_("paper jam"),
    "offline": N_("switched off or not connected"),
    "shutdown": N_("switched off or not connected"),
    "output-area-full": N_("its output tray is full"),
    "timed-out": N_("it does not answer"),
}
LANGUAGES: dict[PaperLanguage, str] = {
    PaperLanguage.PL: N_("Polish"),
    PaperLanguage.EN: N_("English"),
    PaperLanguage.BOTH: N_("Polish and English"),
}
STATES: dict[PrintState, str] = {
    PrintState.PRINTED: N_("printed"),
    PrintState.QUEUED: N_("in the queue"),
    PrintState.STOPPED: N_("waits at the printer"),
    PrintState.FAILED: N_("not printed"),
    PrintState.NO_QUEUE: N_("not printed"),
    PrintState.DOWN: N_("not printed"),
    PrintState.HUNG: N_("perhaps printed"),
    PrintState.SAVED: N_("saved"),
}


def state_text(kept: KeptPaper) -> str:
    """Return what became of a kept paper: how it went out, and what the printer did with it last."""
    told = [_("by e-mail to {address}").format(address=kept.sent_to)] if kept.sent_to else []
    if kept.last_state:
        told.append(_(STATES[kept.last_state]))
    return ", ".join(told) or _("not printed")


def printed_text(printed: Printed) -> str:
    """Return what became of a paper, and what to do about it."""
    reason = printed.reason.rstrip(".") or ", ".join(_reasons(printed.alerts)) or _("it is stopped")
    sentence = _(_SENTENCES[printed.state])
    return sentence.format(queue=printed.queue, reason=reason, file=printed.file)


def _reasons(alerts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the printer's states in words, each once."""
    return tuple(dict.fromkeys(_(_ALERTS[alert]) for alert in alerts))
