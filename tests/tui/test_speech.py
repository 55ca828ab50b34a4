"""The language follows the configuration, then the locale."""

import pytest

from store.domain.language import Language
from tui.config.settings import LanguageChoice
from tui.speech import choose


@pytest.mark.parametrize(
    ("choice", "environ", "language"),
    [
        (LanguageChoice.AUTO, {}, Language.EN),
        (LanguageChoice.AUTO, {"LANG": "pl_PL.UTF-8"}, Language.PL),
        (LanguageChoice.AUTO, {"LANG": "pl"}, Language.PL),
        (LanguageChoice.AUTO, {"LANG": "pl.UTF-8"}, Language.PL),
        (LanguageChoice.AUTO, {"LANG": "pl_PL.UTF-8", "LC_ALL": "C.UTF-8"}, Language.EN),
        (LanguageChoice.AUTO, {"LANG": "pl_PL.UTF-8", "LC_ALL": ""}, Language.PL),
        (LanguageChoice.AUTO, {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "pl_PL"}, Language.PL),
        (LanguageChoice.EN, {"LANG": "pl_PL.UTF-8"}, Language.EN),
        (LanguageChoice.PL, {"LANG": "C"}, Language.PL),
    ],
)
def test_choice(choice: LanguageChoice, environ: dict[str, str], language: Language) -> None:
    assert choose(choice, environ) is language
