"""Reading on in a text that scrolls."""

from textual.widget import Widget


def read_on(text: Widget) -> None:
    """Turn the page; at the end begin anew."""
    if text.scroll_y < text.max_scroll_y:
        text.scroll_page_down(animate=False)
    else:
        text.scroll_home(animate=False)
