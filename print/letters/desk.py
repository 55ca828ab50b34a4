"""A letter that is asked for at the desk of papers: drawn in a process of its own."""

from print.letters.folder import template
from print.letters.letter import letter
from print.letters.template import TemplateError
from store.domain.errors import StoreError
from store.domain.language import Language
from store.domain.letters import LetterRecord


def desk_letter(record: LetterRecord, *languages: Language) -> bytes:
    """Return the letter as a PDF, in the first of `languages` in which its template is there.

    Raises ValueError, in words, when it is there in none of them, or cannot be printed.
    """
    failed: Exception | None = None
    for language in languages:
        try:
            return letter(template(record.folder, record.name, language), record.facts)
        except TemplateError as error:
            raise ValueError(str(error)) from error
        except StoreError as error:
            failed = failed or error
    raise ValueError(str(failed)) from failed
