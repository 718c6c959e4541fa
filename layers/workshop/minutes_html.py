"""Minutes as one page that opens anywhere, prints, and needs nothing from elsewhere."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from layers.workshop.minutes import Minutes, made_words

_OWN = Path(__file__).parent / "documents"


def as_html(minutes: Minutes) -> bytes:
    """The minutes as a page, UTF-8. Every text of people is text: nothing of it becomes markup."""
    page = _template().render(minutes=minutes, style=_style(), made=made_words(minutes))
    return str(page).encode("utf-8", errors="replace")


@cache
def _template() -> Any:
    env = Environment(loader=FileSystemLoader(_OWN), autoescape=select_autoescape(default=True), trim_blocks=True)
    env.lstrip_blocks = True
    return env.get_template("minutes.html")


@cache
def _style() -> str:
    return (_OWN / "minutes.css").read_text(encoding="utf-8")
