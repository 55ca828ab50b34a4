"""The picture in the README shows the program as it is."""

from tests.docs.picture import PICTURE, drawn, words


def test_the_picture_says_what_the_screen_says() -> None:
    """Draw it anew: `make picture`."""
    assert words(PICTURE.read_text(encoding="utf-8")) == words(drawn())


def test_the_picture_fetches_nothing() -> None:
    text = PICTURE.read_text(encoding="utf-8")
    assert "@font-face" not in text
    assert "url(http" not in text
