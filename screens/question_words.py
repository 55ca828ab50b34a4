"""Words for what the store asks about a scan."""

from collections.abc import Mapping

from screens.words import filled
from store.domain.documents import Question, QuestionKind
from store.domain.language import N_, _

QUESTIONS: Mapping[QuestionKind, str] = {
    QuestionKind.WHICH_LINE: N_("{text}: which product is it?"),
    QuestionKind.UNEXPECTED_SERIAL: N_("{text} was not announced by the supplier. Take it?"),
    QuestionKind.LEARN_GTIN: N_("{text} is nobody's GTIN. Is it that of {product}?"),
    QuestionKind.KEEP_AS_SERIAL: N_("{text} looks like a GTIN. Is it the serial?"),
    QuestionKind.OTHER_UNIT: N_("A unit of another product has the number {text}. Take it as a new {product}?"),
    QuestionKind.FOREIGN_UNIT: N_("{text} was not sold by us. Take it in as the customer's own {product}?"),
    QuestionKind.ADD_LINE: N_("{text} is not on this document. Add it?"),
    QuestionKind.SURPLUS: N_("No {product} with the serial {text} is known. Count it as one too many?"),
    QuestionKind.OVER_EXPECTED: N_("{product}: all are scanned already. Take one more?"),
    QuestionKind.WHOSE: N_("{text}: whose is it?"),
    QuestionKind.BACK_AS: N_("{text} was sold to {party}. Why does it come back?"),
    QuestionKind.AS_COMPLAINT: N_("Complaint: stays theirs"),
    QuestionKind.AS_WITHDRAWAL: N_("Withdrawal: ours again"),
    QuestionKind.AS_SERVICE: N_("Service: stays theirs"),
}  # fmt: skip

PIECES_BACK_AS: Mapping[QuestionKind, str] = {
    QuestionKind.AS_COMPLAINT: N_("Complaint: ours again"),
}
"""What is answered otherwise of pieces without serials that were sold."""


def question_text(question: Question) -> str:
    """Return what a person is asked about a scan."""
    line = question.lines[0] if question.lines else None
    name = line.product.name if line else (question.product.name if question.product else "")
    return filled(
        _(QUESTIONS[question.kind]), {"text": question.text, "product": name, "party": question.party}
    )
