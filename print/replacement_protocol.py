"""The replacement protocol: which unit was replaced by which, why, and how the warranty goes on."""

from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from print.grid import Column, grid
from print.loan_pieces import condition, day, paragraphs
from print.page import render, style
from print.pieces import head, labelled, parties, signatures, warranties
from store.domain.language import N_, Language, _, speaking
from store.domain.service_papers import ReplacementProtocol, SwappedUnit

SOLD = N_("The customer has received the new unit for the old one, which is the company's from now on.")
LENT = N_("The rental goes on with the new unit; the old one has come back.")


def replacement_protocol(protocol: ReplacementProtocol, *languages: Language) -> bytes:
    """Return the protocol in `languages` as a PDF.

    Raises ValueError when its number is not printable ASCII.
    """
    with speaking(*languages):
        return render(
            _("Replacement protocol"), protocol.number, [*_top(protocol), *_end(protocol, languages)]
        )


def _top(protocol: ReplacementProtocol) -> list[Flowable]:
    facts = [
        (_("Date"), day(protocol.day)),
        (_("Place"), protocol.place),
        (_("Reference"), protocol.reference),
        (_("Rental"), protocol.rental),
        (_("Due"), day(protocol.due)),
    ]
    columns = [
        Column(head=_("Unit"), width=30 * mm),
        Column(head=_("Name"), width=64 * mm),
        Column(head=_("Serial"), width=56 * mm),
        Column(head=_("Condition"), width=30 * mm),
    ]
    rows = [_row(_("Taken back"), protocol.old), _row(_("Given for it"), protocol.new)]
    return [
        head(protocol.number, facts),
        Spacer(0, 3 * mm),
        parties((_("Service"), protocol.service), (_("Customer"), protocol.customer)),
        Spacer(0, 5 * mm),
        grid(columns, rows),
        Spacer(0, 4 * mm),
    ]


def _row(what: str, unit: SwappedUnit) -> tuple[str, ...]:
    return what, f"{unit.name}\n{unit.sku}", unit.serial, condition(unit.condition)


def _end(protocol: ReplacementProtocol, languages: tuple[Language, ...]) -> list[Flowable]:
    told: list[Flowable] = []
    for label, text in (
        (_("Complaint"), protocol.complaint),
        (_("Why it is replaced"), protocol.reason),
    ):
        if text:
            told += [labelled(label, text), Spacer(0, 2 * mm)]
    told += warranties([protocol.told] if protocol.told else [], languages)
    agreed: list[Flowable] = [Paragraph(escape(_("Terms")), style(9, bold=True))]
    for language in languages:
        with speaking(language):
            agreed += [*paragraphs(_(LENT if protocol.rental else SOLD)), Spacer(0, 1 * mm)]
    # The one who hands the new unit over takes the old one.
    signers = signatures((_("Handed over by"), protocol.signed_by), (_("Received by"), ""))
    return [KeepTogether([*told, Spacer(0, 2 * mm), *agreed, Spacer(0, 6 * mm), signers])]
