"""A template as the text of an e-mail: its first heading is the subject."""

from print.letters.filling import filling
from print.letters.letter import faults, missing
from print.letters.markdown import tokens_of
from print.letters.template import Template, TemplateError, filled, marked
from store.domain.language import speaking
from store.domain.letters import LetterFacts

_INLINE = {"softbreak": " ", "hardbreak": "\n"}


def mail_text(template: Template, facts: LetterFacts) -> tuple[str, str]:
    """Return subject and text of an e-mail; bold, italic and the look of headings are left out.

    Raises TemplateError as `letter` does.
    """
    wrong = faults(template, facts.fields) or missing(template, facts)
    if wrong:
        raise TemplateError(wrong)
    with speaking(template.language):
        put = filling(marked(template), facts)
        subject, paragraphs, level, bullet = "", [], 0, ""
        for token in tokens_of(filled(put.marks, put.values)):
            if token.type == "heading_open":
                level = int(token.tag[1:])
            elif token.type == "list_item_open":
                bullet = "- "
            elif token.type == "inline":
                parts = (_INLINE.get(child.type, child.content) for child in token.children or [])
                text = put.plain("".join(parts))
                if level == 1 and not subject:
                    subject = text
                else:
                    paragraphs.append(bullet + text)
                level, bullet = 0, ""
    return subject or template.name, "\n\n".join(paragraphs) + "\n"
