"""How a scan on a customer's site is judged: a serial for something that waits for one there."""

from dataclasses import replace

from store.domain.delivery import judge_delivery
from store.domain.documents import QuestionKind
from store.domain.errors import RefusalCode
from store.domain.found import FoundUnit
from store.domain.judgement import Case, Judgement, check_text, wrong_model
from store.domain.serials import fits
from store.domain.terms import PlaceKind, Terms


def judge_on_site(case: Case) -> Judgement:
    """Judge a serial that is scanned where the piece is.

    It must be of a product that waits there for serials, and of no unit that we know: one in our stock is to
    be issued, one with somebody is refused with where it is, one of another product is the wrong model.
    """
    refused = check_text(case)
    if refused:
        return refused
    if not case.lines:
        return case.refuse(RefusalCode.NOTHING_PENDING, party=case.document.party.name)
    product = case.found.product
    if product is not None and not case.lines_of(product.id):
        return wrong_model(case, product.name)
    known = _units(case)
    waiting = [unit for unit in known if case.lines_of(unit.product_id)]
    for unit in waiting:
        # Lost while it was in service: it is found by a count, and goes back to whoever brought it.
        if unit.place_kind is PlaceKind.LOCATION or unit.back_terms is not None:
            return _issue_it(case, unit)
    if known and not waiting and not _may_be_another(case):
        return wrong_model(case, known[0].product_name)
    # What an invoice names helps to find the line; another serial than that is as good.
    return judge_delivery(replace(case, confirmed=case.confirmed | {QuestionKind.UNEXPECTED_SERIAL}))


def _units(case: Case) -> tuple[FoundUnit, ...]:
    """Return the units that the scan can mean: of a GS1 code those of its product alone."""
    product = case.found.product
    if case.reading.from_gs1:
        return tuple(unit for unit in case.found.units if product and unit.product_id == product.id)
    return case.found.units


def _issue_it(case: Case, unit: FoundUnit) -> Judgement:
    if unit.terms is Terms.STOCK:
        return case.refuse(
            RefusalCode.ISSUE_IT, serial=unit.serial, place=unit.place_name, party=case.document.party.name
        )
    return case.refuse(RefusalCode.NOT_ISSUABLE, serial=unit.serial, terms=unit.terms, owner=unit.owner_name)


def _may_be_another(case: Case) -> bool:
    """Tell whether another product's unit may have the same number by chance: a pattern here fits it too."""
    serial = (case.reading.serial or "").strip()
    return any(
        line.product.serial_pattern is not None and fits(line.product.serial_pattern, serial)
        for line in case.lines
    )
