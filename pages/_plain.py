"""What the pages say: text of people made safe to show, and an apology when something breaks."""

import logging
import re

import streamlit as st

_log = logging.getLogger("foothold")


def plain(text: str) -> str:
    """Text from people or data, safe inside Markdown: shown as it is, never as a link, an image, an icon or markup.

    Backslashes keep Markdown away, but neither Streamlit's `:icons:` nor links that make themselves: an invisible
    joiner inside them does.
    """
    broken = re.sub(r"(:(?=[A-Za-z/+]|\d+\w*:)|@(?=\w)|\bwww(?=\.))", "\\1\u2060", text, flags=re.IGNORECASE)
    return re.sub(r"([\\`*_{}\[\]()<>#+.!|~$:&-])", r"\\\1", broken)


def apologise(error: Exception) -> bool:
    """What a visitor reads when a page breaks; the details go to the log."""
    _log.error("A page broke", exc_info=error)
    st.error(
        "Something went wrong on our side, and this page could not be finished. Nothing of yours is lost: go back, or "
        "reload the page. If it happens again, tell whoever runs this site what you had just clicked.",
        icon=":material/error:",
    )
    return True
