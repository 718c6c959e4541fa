"""Working at the register as `streamlit run` would show it: signed in or not, pressing, typing and choosing rows."""

from urllib.parse import parse_qsl

from streamlit.testing.v1 import AppTest

from data.register.rights import Actor, Role
from pages import _edge
from tests.pages.visit import ENTRY, PATIENCE, as_read, told, visit
from tests.told import bits

REGISTER, ADD, BRING_IN, GRID, TO_DO, CHANGES = (
    f"{name}.py" for name in ("register", "add", "bring_in", "grid", "to_do", "changes")
)
OF_EVERYONE, OF_EDITORS = (REGISTER, ADD, TO_DO, CHANGES), (BRING_IN, GRID)
EDITOR = Actor("Amina", Role.EDITOR)
PLACES = {"places": "support,anchors,community,institutions,others", "table": "yes"}
"""What the map's link says to show every place, in a table too."""


def at_desk(page: str, *, by: Actor = EDITOR, **link: str) -> AppTest:
    """A page as an editor sees it, opened by a link with these parts."""
    at = AppTest.from_file(ENTRY, default_timeout=PATIENCE)
    at.session_state["signed_in_as"] = by
    at.run()
    at.switch_page(page)
    for name, text in link.items():
        at.query_params[name] = text
    return at.run()


def one(widgets, label: str):
    """The one widget that goes by a label, as people read it."""
    [found] = [each for each in widgets if as_read(each.label) == label]
    return found


def press(at: AppTest, label: str) -> AppTest:
    """Press the one button of this label."""
    one(at.button, label).click()
    at.run()
    assert not at.exception, at.exception[0].message
    return at


def buttons(at: AppTest) -> list[str]:
    """The labels of the buttons, as people read them."""
    return [as_read(button.label) for button in at.button]


def write(at: AppTest, **texts: str) -> None:
    """Type into the fields whose labels these are, "_" standing for a blank; nothing is sent yet."""
    for label, text in texts.items():
        one([*at.text_input, *at.text_area], label.replace("_", " ")).set_value(text)


def done(at: AppTest) -> list[str]:
    """What the page says was done."""
    return [as_read(each.value) for each in at.success]


def errors(at: AppTest) -> list[str]:
    """What the page says cannot be done."""
    return [as_read(each.value) for each in at.error]


def choose_row(at: AppTest, row: int, table: int = 0) -> AppTest:
    """Choose a row of a table, counted from 0."""
    at.session_state[at.dataframe[table].key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return at.run()


def type_cells(at: AppTest, cells: dict[int, dict[str, str]], *, table: int = 0) -> AppTest:
    """Type into cells of a table that can be edited, by row and column."""
    key = at.data_editor[table].key
    at.session_state[key] = {"edited_rows": cells, "added_rows": [], "deleted_rows": []}
    at.run()
    assert not at.exception, at.exception[0].message
    return at


def links(at: AppTest) -> list[tuple[str, str, dict[str, str]]]:
    """The links to pages: label as people read it, page, and what the link says."""
    return [
        (as_read(each.proto.label), each.proto.page, dict(parse_qsl(each.proto.query_string)))
        for each in at.get("page_link")
    ]


def menu(at: AppTest) -> list[str]:
    """The register's own menu."""
    named = [label.strip("*") for label, _, _ in links(at)]
    return [label for label in named if label in MENU]


MENU = ("Find", "Suggest or add", "Bring in a list", "Edit as a table", "To do", "Changes")


def expanders(at: AppTest) -> list[str]:
    """The labels of what can be opened and shut, as people read them."""
    return [as_read(each.label) for each in at.expander]


def register():
    """The register that is served."""
    return _edge.register()


def record(table: str, id_: str):
    """One record as the register has it; None if there is none."""
    found = register().records(table, [id_])
    return found[0][0] if found else None


def on_the_map(**link: str) -> list[str]:
    """The names of the places in the map's table, by name."""
    at = visit(**(PLACES | link))
    tables = [frame.value for frame in at.dataframe if "Place" in frame.value]
    return sorted(tables[0]["Place"]) if tables else []


def drawn(at: AppTest) -> list[str]:
    """The ids of the places that the map draws, decided from what it was told as the browser decides it."""
    places, names = _edge.places(), _edge.areas("district")["name"].tolist()
    pins, focus = told(at)["places"], {names[i] for i in told(at)["focus"]}
    if pins["fitting"] is not None:
        shown = bits(pins["fitting"], len(places))
        return places["id"][shown].tolist()
    wanted = sum(int(group["kinds"]) for group in pins["groups"])
    kept = [
        bool(place.kinds & wanted) and (place.firm or pins["unconfirmed"]) and (not focus or place.district in focus)
        for place in places.itertuples()
    ]
    return places["id"][kept].tolist()
