"""The service protocol: what was brought and what is wrong with it; at the hand-out, what came of it."""

from collections.abc import Mapping
from decimal import Decimal
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from print.goods_table import shown
from print.grid import Column, grid
from print.loan_pieces import amount, condition, day, paragraphs
from print.page import render, style
from print.pieces import head, labelled, parties, signatures, warranties
from store.domain.costs import Borne, CostKind
from store.domain.language import N_, Language, _, speaking
from store.domain.repairs import Settlement
from store.domain.service_papers import ServiceCost, ServiceLine, ServiceProtocol

TERMS = (
    N_("The service has received the things listed above, as stated, to find and mend what is wrong."),
    N_("Data on a thing are the customer's to copy before; the service answers for none that are lost."),
    N_("What is not covered by warranty is repaired after the customer has agreed to its price."),
)
"""What is agreed when something is brought."""
SETTLEMENTS: Mapping[Settlement, str] = {
    Settlement.ESSENTIAL: N_("Essential repair under warranty"),
    Settlement.MINOR: N_("Other repair under warranty"),
    Settlement.PAID: N_("Repaired, the customer pays"),
    Settlement.NONE: N_("Goes back without a repair"),
    Settlement.REPLACED: N_("Replaced by another unit"),
}
COSTS: Mapping[CostKind, str] = {
    CostKind.LABOUR: N_("labour"),
    CostKind.PARTS: N_("parts"),
    CostKind.TRAVEL: N_("travel"),
    CostKind.EXTERNAL: N_("external service"),
}
BORNE: Mapping[Borne, str] = {
    Borne.WARRANTY: N_("covered by warranty"),
    Borne.CHARGED: N_("charged to the customer"),
    Borne.OWN: N_("our own cost"),
}


def service_protocol(protocol: ServiceProtocol, *languages: Language) -> bytes:
    """Return the protocol in `languages` as a PDF.

    Raises ValueError when its number is not printable ASCII.
    """
    with speaking(*languages):
        story = [*_top(protocol, languages), *_costs(protocol.costs), *_end(protocol, languages)]
        return render(_title(protocol), protocol.number, story)


def _title(protocol: ServiceProtocol) -> str:
    return _("Service hand-out protocol") if protocol.is_handout else _("Service intake protocol")


def _top(protocol: ServiceProtocol, languages: tuple[Language, ...]) -> list[Flowable]:
    facts = [
        (_("Date"), day(protocol.day)),
        (_("Place"), protocol.place),
        (_("Reference"), protocol.reference),
    ]
    row = _handed_out if protocol.is_handout else _brought
    columns = _handout_columns() if protocol.is_handout else _intake_columns()
    return [
        head(protocol.number, facts),
        Spacer(0, 3 * mm),
        parties((_("Service"), protocol.service), (_("Customer"), protocol.customer)),
        Spacer(0, 5 * mm),
        grid(columns, [row(position, line) for position, line in enumerate(protocol.lines, start=1)]),
        Spacer(0, 4 * mm),
        *warranties((line.told for line in protocol.lines if line.told is not None), languages),
    ]


def _intake_columns() -> list[Column]:
    return [
        Column(head=_("No."), width=10 * mm, right=True),
        Column(head=_("Name"), width=36 * mm),
        Column(head=_("Serial"), width=30 * mm),
        Column(head=_("Warranty until"), width=20 * mm),
        Column(head=_("Condition"), width=18 * mm),
        Column(head=_("What is wrong"), width=36 * mm),
        Column(head=_("Accessories"), width=30 * mm),
    ]


def _brought(position: int, line: ServiceLine) -> tuple[str, ...]:
    return (
        str(position), f"{line.name}\n{line.sku}", _serial(line), day(line.warranty_until),
        condition(line.condition), line.fault, line.accessories,
    )  # fmt: skip


def _handout_columns() -> list[Column]:
    return [
        Column(head=_("No."), width=10 * mm, right=True),
        Column(head=_("Name"), width=32 * mm),
        Column(head=_("Serial"), width=28 * mm),
        Column(head=_("Brought on"), width=19 * mm),
        Column(head=_("What is wrong"), width=28 * mm),
        Column(head=_("What came of it"), width=43 * mm),
        Column(head=_("Warranty until"), width=20 * mm),
    ]


def _handed_out(position: int, line: ServiceLine) -> tuple[str, ...]:
    came = _(SETTLEMENTS[line.settlement]) if line.settlement and not line.within else ""
    return (
        str(position), f"{line.name}\n{line.sku}", _serial(line), day(line.since),
        "\n".join(text for text in (line.fault, line.accessories) if text),
        "\n".join(text for text in (came, line.outcome) if text), day(line.warranty_until),
    )  # fmt: skip


def _serial(line: ServiceLine) -> str:
    if not line.within:
        return line.serial
    within = _("in {serial}").format(serial=line.within)
    return f"{line.serial}\n{within}"


def _costs(costs: tuple[ServiceCost, ...]) -> list[Flowable]:
    if not costs:
        return []
    columns = [
        Column(head=_("Serial"), width=38 * mm),
        Column(head=_("Cost"), width=32 * mm),
        Column(head=_("Description"), width=46 * mm),
        Column(head=_("Hours"), width=14 * mm, right=True),
        Column(head=_("Amount"), width=24 * mm, right=True),
        Column(head=_("Borne"), width=26 * mm),
    ]
    rows = [
        (
            cost.serial, _(COSTS[cost.kind]), cost.text, shown(cost.hours) if cost.hours is not None else "",
            f"{amount(cost.amount)} {cost.currency}", _(BORNE[cost.borne]),
        )
        for cost in costs
    ]  # fmt: skip
    return [
        Paragraph(escape(_("Costs")), style(9, bold=True)),
        Spacer(0, 2 * mm),
        grid(columns, rows),
        Spacer(0, 3 * mm),
        *_sums(costs),
        Spacer(0, 3 * mm),
    ]


def _sums(costs: tuple[ServiceCost, ...]) -> list[Flowable]:
    """Return what the customer pays, each currency apart."""
    charged: dict[str, Decimal] = {}
    for cost in costs:
        if cost.borne is Borne.CHARGED:
            charged[cost.currency] = charged.get(cost.currency, Decimal(0)) + cost.amount
    told = ", ".join(f"{amount(total)} {currency}" for currency, total in charged.items())
    return [labelled(_("To be paid by the customer"), told or amount(Decimal(0)))]


def _end(protocol: ServiceProtocol, languages: tuple[Language, ...]) -> list[Flowable]:
    ours, theirs = protocol.signed_by, ""
    left, right = (
        ((_("Handed over by"), ours), (_("Received by"), theirs))
        if protocol.is_handout
        else ((_("Handed over by"), theirs), (_("Received by"), ours))
    )
    remarks: list[Flowable] = [labelled(_("Remarks"), protocol.remarks)] if protocol.remarks else []
    terms: list[Flowable] = []
    if not protocol.is_handout:
        terms.append(Paragraph(escape(_("Terms")), style(9, bold=True)))
        for language in languages:
            with speaking(language):
                terms += [*paragraphs("\n".join(_(sentence) for sentence in TERMS)), Spacer(0, 2 * mm)]
    # Nobody signs a sheet that says nothing of what is agreed.
    return [KeepTogether([*remarks, *terms, Spacer(0, 6 * mm), signatures(left, right)])]
