"""What a page shows, as a value: the same step and the same sentences as on the page, for the same link."""

import json
import subprocess
import sys
import threading

import numpy as np
import pytest

from data.register import shortlists
from data.workshop.scenes import PAGES, Scene, Story
from layers import render
from pages import _edge, _prepare, _steps
from tests.pages.desk import EDITOR
from tests.pages.visit import ROOT, heading, told, visit, words
from tests.toytown import CODE, TODAY

pytestmark = pytest.mark.usefixtures("in_toytown")

LINKS = [
    ("map", {}),
    ("map", {"layer": "income-share", "level": "msoa21", "focus": "Ayton", "places": "support,community"}),
    ("map", {"layer": "births-per-10k", "year": "2023", "area": CODE["A1"]}),
    ("map", {"layer": "births-per-10k", "year": "1950"}),
    ("gaps", {}),
    ("gaps", {"show": "reach", "measure": "count", "within": "1000"}),
    ("targets", {"top": "2"}),
    ("targets", {"top": "3", "by": "gap", "when": "imd.1.5"}),
    ("siting", {"sites": "1", "goal": "median"}),
    ("siting", {"sites": "2", "goal": "median", "pin": "53.80000,-1.50000", "focus": "Ayton"}),
    ("clusters", {"cluster_of": "income-share"}),
    ("clusters", {"cluster_of": "gap", "cluster_how": "spots"}),
]


def patiently(page, link):
    at = visit(f"{page}.py", **link)
    while any("Working it out" in each.value for each in at.markdown):
        at.run()
    return at


def as_told(step):
    return json.loads(render.told(step, _edge.map_assets()))


@pytest.mark.parametrize(("page", "link"), LINKS)
def test_it_is_the_step_and_the_words_of_the_page(page, link):
    at, shown = patiently(page, link), _steps.of_page(page, link)
    assert not at.exception
    assert as_told(shown.step) == told(at)
    assert shown.title == heading(at)
    said = words(at).replace("**", "")
    assert shown.said and all(paragraph in said for paragraph in shown.said)
    assert shown.sources and all("Licence" in each for each in shown.sources)


def test_a_shortlist_goes_by_its_name():
    fields = dict.fromkeys(("owner", "link", "pack"), "")
    codes = [CODE["A1"], CODE["B1"]]
    made = shortlists.save(
        _edge.register(), by=EDITOR, name="Two", reasons="Why not.", codes=codes, today=TODAY, **fields
    )
    at, shown = visit("shortlists.py", list=made.id), _steps.of_page("shortlists", {"list": made.id})
    assert as_told(shown.step) == told(at) and shown.title == "Two"
    assert all(paragraph in words(at) for paragraph in shown.said) and "Why not." in shown.said


@pytest.mark.parametrize(
    ("page", "link", "complaint"),
    [
        ("map", {"layer": "magic"}, "a map layer that we do not know"),
        ("gaps", {"places": "chamber"}, "Nothing that we know of counts"),
        ("targets", {"when": "imd.above.10"}, ""),
        ("siting", {"mine": "yes"}, "which no link carries"),
        ("clusters", {"cluster_of": "gap", "places": "chamber"}, "Nothing that we know of counts"),
        ("shortlists", {"list": "l-nothing"}, "not kept any more"),
        ("shortlists", {}, "not kept any more"),
    ],
)
def test_what_a_map_lacks_is_said_and_a_map_is_shown_all_the_same(page, link, complaint):
    shown = _steps.of_page(page, link)
    assert any(complaint in each for each in shown.complaints)
    assert as_told(shown.step)["aria"]


def test_every_page_with_a_map_can_be_a_scene():
    assert {page for page, _ in LINKS} | {"shortlists"} == set(PAGES)


def test_it_works_in_a_thread_of_its_own_and_says_nothing_on_the_way(caplog):
    found = []
    story = Story(name="All", scenes=tuple(Scene(title=page, page=page) for page in PAGES))
    thread = threading.Thread(target=lambda: found.append(_prepare.prepared(story, heard=lambda _: None)))
    thread.start()
    thread.join()
    [(ready, places)] = found
    assert len(ready) == len(PAGES) and json.loads(places)
    assert not caplog.records, "such as a warning that there is no visit"


def test_a_scene_that_says_where_to_look_is_obeyed():
    scene = Scene(id="s00000001", title="x", at=(53.8, -1.5), zoom=11.25)
    [ready], _ = _prepare.prepared(Story(name="One", scenes=(scene,)), heard=lambda _: None)
    view = json.loads(ready.step)["view"]
    assert view == {"key": "scene s00000001", "bounds": None, "at": [53.8, -1.5], "zoom": 11.25}
    assert json.loads(ready.step)["places"]["url"] == "places"


def test_preparing_stops_where_whoever_listens_says_so():
    story = Story(name="Two", scenes=(Scene(title="x"), Scene(title="y")))
    heard = []

    def stop(share):
        heard.append(share)
        if share:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        _prepare.prepared(story, heard=stop)
    assert heard == [0, 0.5]


def test_an_empty_story_is_ready_at_once():
    ready, _ = _prepare.prepared(Story(name="None"), heard=lambda _: None)
    assert ready == []


def test_values_outside_the_districts_in_focus_are_not_told():
    step = _steps.of_page("map", {"focus": "Ayton", "layer": "income-share"}).step
    elsewhere = (_edge.areas("lsoa21")["district_name"] != "Ayton").to_numpy()
    assert np.isnan(np.array(step.values)[elsewhere]).all() and elsewhere.any()


def test_the_map_component_is_not_needed_for_it():
    """The component registers only with a page that runs, so what the server loads before must not load it."""
    source = "import sys; import pages._prepare; sys.exit('streamlit_folium' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", source], cwd=ROOT, check=False).returncode == 0
