"""Visiting a page as `streamlit run` would show it, and reading what it says."""

import json
import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
ENTRY = ROOT / "pages" / "_navigation.py"
PATIENCE = 60
"""Seconds that one run may take on a slow machine."""

MAP, NEIGHBOURHOOD, SOURCES, WORKSHOP = "map.py", "neighbourhood.py", "sources.py", "workshop.py"


def visit(page: str = MAP, **link: str) -> AppTest:
    """A page, opened by a link with these parts."""
    at = AppTest.from_file(ENTRY, default_timeout=PATIENCE)
    if page != MAP:
        at.run()
        at.switch_page(page)
    for name, text in link.items():
        at.query_params[name] = text
    return at.run()


def told(at: AppTest) -> dict:
    """What the map on the page was told to paint."""
    return json.loads(re.search(r"foothold\.paint\((.*)\);", _sent(at)["feature_group"])[1])


def map_script(at: AppTest) -> str:
    """The part of the map's component that decides whether it is mounted anew."""
    return _sent(at)["script"]


def _sent(at: AppTest) -> dict:
    [component] = at.get("component_instance")
    return json.loads(component.proto.json_args)


def as_read(text: str) -> str:
    """Markdown as people read it: its escapes undone."""
    return re.sub(r"\\([^\w\s])", r"\1", text).replace("\u2060", "")


def words(at: AppTest) -> str:
    """Everything that the page says in running text, as people read it."""
    said = [*at.title, *at.header, *at.markdown, *at.caption, *at.info, *at.warning, *at.error]
    return as_read("\n".join(each.value for each in said))


def warnings(at: AppTest) -> list[str]:
    """What the page warns of, as people read it."""
    return [as_read(each.value) for each in at.warning]


def link(at: AppTest) -> dict[str, str]:
    """The parts of the address."""
    return dict(at.query_params)


def heading(at: AppTest) -> str:
    """The page's one title, as people read it."""
    [title] = at.title
    return as_read(title.value)


def opened(at: AppTest, key: str) -> AppTest:
    """The page with one of its boxes open, which is filled only then."""
    at.session_state[key] = True
    return at.run()
