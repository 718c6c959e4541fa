"""Only help that fits: the map, its table, its sentence and what it is told agree; and what is open to one person.

All help of Toytown is said in full here, so that every answer can be worked out by hand:

    T1  A1  enterprise centre   starting up, growing  free      English, Urdu  Mo-Fr 09:00-17:00  women  serves Ayton
    T3  A2  jobcentre           thinking of it        not said  not said       not said           -      not said
    T6  B2  coworking           growing               paid      English        Sa 10:00-12:00     -      within 1 km
    T7  B4  help for charities  any                   free      Urdu           by appointment     women  whole region
    T9  B1  incubator           starting up           free      not said       Mo-Fr 08:00-20:00  -      Beeton
"""

from dataclasses import replace
from datetime import datetime

import pytest

from data.register.rights import Actor, Role
from pages import _edge
from tests import toytown
from tests.pages.desk import PLACES, drawn, links, register
from tests.pages.visit import NEIGHBOURHOOD, as_read, link, told, visit, words

MONDAY, SATURDAY = datetime(2026, 11, 23, 10, 0), datetime(2026, 11, 28, 11, 0)

SAID = {
    "T1-S": {
        "stages": ("start_up", "growth"),
        "cost": "free",
        "languages": ("en", "ur"),
        "opening_hours": "Mo-Fr 09:00-17:00",
        "priority_groups": ("women",),
        "serves": ("Ayton",),
        "eligibility": "Anyone in Ayton",
    },
    "T3-S": {"stages": ("pre_start",)},
    "T6-S": {
        "stages": ("growth",),
        "cost": "paid",
        "cost_amount": 120.0,
        "languages": ("en",),
        "opening_hours": "Sa 10:00-12:00",
        "serves_km": 1.0,
    },
    "T7-S": {
        "stages": ("pre_start", "start_up", "growth", "established"),
        "cost": "free",
        "languages": ("ur",),
        "opening_hours": 'Mo-Fr 09:00-17:00 "by appointment"',
        "priority_groups": ("women",),
        "serves": ("whole region",),
    },
    "T9-S": {"stages": ("start_up",), "cost": "free", "opening_hours": "Mo-Fr 08:00-20:00", "serves": ("Beeton",)},
}


@pytest.fixture(scope="module", autouse=True)
def _said(in_toytown):
    """The register of the module, in which all of this is said."""
    services = {each.id: each for each, _ in register().records("services")}
    puts = [replace(services[id_], **said) for id_, said in SAID.items()]
    register().change(puts, by=Actor("Amina", Role.EDITOR), what="Said in full")


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    """It is Monday morning."""
    monkeypatch.setattr(_edge, "now", lambda: MONDAY)


def helps(at):
    """The ids of the places of help that the map draws: what it is told, what its table says and what it counts."""
    found = drawn(at)
    assert at.dataframe[1].value["Place"].tolist() == _edge.places().set_index("id").loc[found, "name"].tolist()
    [group] = told(at)["places"]["groups"]
    assert group["count"] == len(found)
    if found:
        assert f"{len(found)} under “help to start or grow a business”" in words(at)
    else:
        assert "None of the chosen places in the Leeds City Region is known to fit what you chose" in words(at)
    return found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["T1", "T3", "T6", "T7", "T9"]),
        ({"stage": "start_up"}, ["T1", "T7", "T9"]),
        ({"stage": "pre_start"}, ["T3", "T7"]),
        ({"stage": "established"}, ["T7"]),
        ({"cost": "free"}, ["T1", "T7", "T9"]),
        ({"cost": "paid"}, ["T6"]),
        ({"language": "ur"}, ["T1", "T7"]),
        ({"language": "pl"}, []),
        ({"who": "women"}, ["T1", "T7"]),
        ({"who": "sailors"}, []),
        ({"open": "yes"}, ["T1", "T9"]),
        ({"stage": "growth", "cost": "free"}, ["T1", "T7"]),
        ({"stage": "start_up", "open": "yes", "cost": "free", "language": "en", "who": "women"}, ["T1"]),
    ],
)
def test_only_help_that_fits_is_drawn_listed_and_counted(wanted, found):
    assert helps(visit(places="support", unconfirmed="yes", table="yes", **wanted)) == found


def test_what_is_open_now_changes_with_the_hour(monkeypatch):
    monkeypatch.setattr(_edge, "now", lambda: SATURDAY)
    assert helps(visit(places="support", unconfirmed="yes", table="yes", open="yes")) == ["T6"]


def test_what_is_no_help_stays():
    at = visit(**PLACES, stage="established")
    assert [group["count"] for group in told(at)["places"]["groups"]] == [1, 1, 1, 1, 0]


def test_what_is_no_help_stays_only_where_its_doors_are_known_to_be_open():
    at = visit(**PLACES, open="yes")
    assert [group["count"] for group in told(at)["places"]["groups"]] == [1, 0, 0, 0, 0]


def test_only_what_is_confirmed_counts_unless_asked():
    assert helps(visit(places="support", table="yes", stage="start_up")) == ["T1", "T7"]


def test_the_choices_make_the_link_and_show_what_it_says():
    at = visit(places="support", stage="growth")
    at.selectbox(key="choose_language").set_value("ur").run()
    at.selectbox(key="choose_who").set_value("women").run()
    at.toggle(key="choose_open").set_value(True).run()
    assert link(at) == {"places": "support", "stage": "growth", "language": "ur", "who": "women", "open": "yes"}
    at.selectbox(key="choose_stage").set_value("").run()
    assert "stage" not in link(at)


@pytest.mark.parametrize("asked", [{"stage": "retired"}, {"cost": "unknowable"}, {"language": "xx"}, {"open": "1"}])
def test_what_a_link_asks_for_in_vain_is_said_and_left_out(asked):
    at = visit(places="support", unconfirmed="yes", table="yes", **asked)
    assert not at.exception and len(at.warning) == 1
    assert helps(at) == ["T1", "T3", "T6", "T7", "T9"]


class TestOpenToMe:
    """From the middle of A1: T3 is 1 km away, T9 2 km, T6 3 km and T7 3.2 km; T5 has no place, T4 has ended."""

    def offers(self, area="A1", **link_):
        """The names listed, surest and nearest first, and what is said of how many."""
        at = visit(NEIGHBOURHOOD, area=toytown.CODE[area], **link_)
        assert not at.exception
        asked = [asked["organisation"] for _, page, asked in _register_links(at)]
        return asked, words(at)

    def test_who_lives_in_ayton_is_served_by_those_who_say_so_and_may_ask_those_who_do_not(self):
        found, said = self.offers("A1")
        assert found == ["T1", "T7", "T3", "T5"]
        assert "**4 to try.** Of these 3 leave something unsaid: ask before you go." in said

    def test_who_lives_in_beeton_is_served_by_others(self):
        """T6 is in B2 and serves within a kilometre: B1 and B4, but not B3, which is root two away."""
        assert self.offers("B1")[0] == ["T9", "T6", "T7", "T3", "T5"]
        assert self.offers("B4")[0] == ["T7", "T6", "T9", "T3", "T5"]
        assert self.offers("B3")[0] == ["T7", "T9", "T3", "T5"]

    def test_the_list_gets_shorter_with_what_one_says(self):
        assert self.offers("A1", stage="established")[0] == ["T7", "T5"]
        assert self.offers("A1", stage="pre_start")[0] == ["T7", "T3", "T5"]
        assert self.offers("A1", language="ur")[0] == ["T1", "T7", "T3", "T5"]
        assert self.offers("A1", cost="paid")[0] == ["T3", "T5"]

    def test_each_says_what_to_know_and_what_to_ask(self):
        _, said = self.offers("A1")
        assert "under 100 m · Free · Open now, until 17:00 · Anyone in Ayton" in said
        said_ = "It does not say what it costs, which areas it serves, who can use it and whether it is still running"
        assert f"{said_}: ask first." in said

    def test_where_nothing_fits_one_may_suggest(self):
        at = visit(NEIGHBOURHOOD, area=toytown.CODE["A1"], stage="established", language="pl", cost="paid")
        assert "T7" not in [asked["organisation"] for _, _, asked in _register_links(at)]

    def test_from_a_postcode_it_is_nearer(self):
        at = visit(NEIGHBOURHOOD, at="ZX1 1AA")
        assert "For someone who lives at ZX1 1AA. Say more, and the list gets shorter." in words(at)


def _register_links(at):
    """Links to organisations of the register."""
    return [each for each in links(at) if "organisation" in each[2]]


def test_a_name_in_html_is_a_name_in_the_list_of_what_is_open(own_register):
    services = {each.id: each for each, _ in register().records("services")}
    register().change(
        [replace(services["T1-S"], name=toytown.NASTY, eligibility=toytown.NASTY)],
        by=Actor("Amina", Role.EDITOR),
        what="Renamed",
    )
    at = visit(NEIGHBOURHOOD, area=toytown.CODE["A1"])
    said = "\n".join(each.value for each in at.markdown)
    assert toytown.NASTY not in said and said.count(_edge.plain(toytown.NASTY)) >= 2
    assert toytown.NASTY in as_read(said)
