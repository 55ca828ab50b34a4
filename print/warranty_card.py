"""The collective warranty card: one paper for everything with a warranty on an issue."""

from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Paragraph, Spacer

from print.goods_table import shown
from print.page import Begin, render, style
from print.pieces import head, parties, signatures
from print.product_table import ProductRow, product_table
from store.domain.language import Language, _, speaking
from store.domain.papers import WarrantyCard, WarrantyTexts

NOTHING = WarrantyTexts()


def warranty_card(card: WarrantyCard, *languages: Language) -> bytes:
    """Return the warranty card as a PDF; in several `languages` each begins on a page of its own.

    Raises ValueError when its number is not printable ASCII.
    """
    story: list[Flowable] = []
    for language in languages:
        with speaking(language):
            story += [PageBreak()] if story else []
            story += [Begin(_("Warranty card"), language), *_paper(card, card.texts.get(language, NOTHING))]
    with speaking(languages[0]):
        return render(_("Warranty card"), card.number, story)


def _paper(card: WarrantyCard, texts: WarrantyTexts) -> list[Flowable]:
    facts = [(_("Warranty from"), card.day.isoformat()), (_("Territory"), texts.territory)]
    rows = [
        ProductRow(
            name=line.name,
            sku=line.sku,
            further=(str(line.months), shown(line.quantity), line.until.isoformat()),
            serials=line.serials,
        )
        for line in card.lines
    ]
    story: list[Flowable] = [
        head(card.number, facts),
        Spacer(0, 3 * mm),
        parties((_("Guarantor"), card.guarantor), (_("Customer"), card.customer)),
        Spacer(0, 5 * mm),
        product_table((_("Months"), _("Qty"), _("Until")), rows),
        Spacer(0, 4 * mm),
    ]
    if texts.conditions.strip():
        story.append(Paragraph(escape(_("Conditions")), style(9, bold=True)))
        story += [_text(line) for line in texts.conditions.splitlines() if line.strip()]
        story.append(Spacer(0, 3 * mm))
    statement = texts.statement or _(
        "If the goods do not conform to the contract, the buyer has by law remedies from the seller and at "
        "the seller's expense. The guarantee does not affect those remedies."
    )
    end = [Paragraph(escape(_("Statutory rights")), style(9, bold=True)), _text(statement), Spacer(0, 8 * mm)]
    signers = signatures((_("For the guarantor"), ""), (_("Received by"), ""))
    return [*story, KeepTogether([*end, signers])]


def _text(text: str) -> Paragraph:
    return Paragraph(escape(text), style(9))
