"""What is open to someone who lives in the middle of A1, on Toytown's map by hand."""

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest

from data.gazetteer import Gazetteer
from data.register.book import Register
from data.register.records import Location, Organisation, Service
from data.register.rights import Actor, Role
from layers.open_to_me import FARTHEST, Here, open_to
from layers.provision import Wants, provision
from tests.toytown import AYTON, CODE, TODAY

MONDAY = datetime(2026, 11, 23, 12, 0)
HOME = Here(point=(430_500, 433_500), areas=(CODE["A1"], "E02000001", AYTON))
SAID = {"cost": "free", "eligibility": "Anyone", "serves": ("Ayton",), "status": "active"}


@pytest.fixture(scope="module")
def area_of(toy):
    return Gazetteer(toy).area


def register_of(*services, **places):
    """Services of one organisation; places by code with how far east of home they are (metres)."""
    register = Register()
    doors = [
        Location(id=id_, organisation_id="A", easting=430_500 + metres, northing=433_500, lsoa21cd=CODE["A1"])
        for id_, metres in places.items()
    ]
    who = Organisation(id="A", name="Hub", status="active", verification="A")
    register.change([who, *doors, *services], by=Actor("Ada", Role.EDITOR), what="Put")
    return register


def service(id_, **fields):
    return Service(id=id_, organisation_id="A", **{"name": f"Help {id_}", "support_type": "mentoring"} | SAID | fields)


def offers(area_of, register, *, now=MONDAY, **wants):
    return open_to(provision(register, TODAY), HOME, Wants(**wants), now, area_of=area_of)


def test_what_is_sure_comes_first_and_then_what_is_near(area_of):
    register = register_of(
        service("far", given_at=("p900",)),
        service("near", given_at=("p100",)),
        service("nowhere", delivery=("online",)),
        service("unsaid", given_at=("p100",), serves=None),
        p100=100,
        p900=900,
    )
    found = offers(area_of, register)
    assert [offer.service for offer in found] == ["near", "far", "nowhere", "unsaid"]
    assert [offer.distance_m for offer in found] == [100, 900, None, 100]
    assert [offer.place for offer in found] == ["p100", "p900", None, "p100"]


@pytest.mark.parametrize(
    ("fields", "metres", "reaches"),
    [
        ({"serves": ("Ayton",)}, 90_000, True),
        ({"serves": ("e08000001",)}, 90_000, True),
        ({"serves": ("Mill Lane",)}, 90_000, True),
        ({"serves": ("Whole region",)}, 90_000, True),
        ({"serves": ("Beeton", "Ayton")}, 0, True),
        ({"serves": ("Beeton",)}, 0, False),
        ({"serves": ("Narnia",)}, 0, False),
        ({"serves": None, "serves_km": 5.0}, 5_000, True),
        ({"serves": None, "serves_km": 5.0}, 5_001, False),
        ({"serves": ("Beeton",), "serves_km": 5.0}, 5_000, True),
        ({"serves": None}, FARTHEST, "ask"),
        ({"serves": None}, FARTHEST + 1, False),
        ({"serves": None, "delivery": ("online",)}, 0, "ask"),
        ({"serves": None, "serves_km": 5.0, "delivery": ("online",)}, 0, False),
    ],
)
def test_whom_help_reaches_by_hand(area_of, fields, metres, reaches):
    found = offers(area_of, register_of(service("S", **fields), p=metres))
    assert bool(found) is bool(reaches)
    if found:
        assert ("which areas it serves" in found[0].ask) is (reaches == "ask")


def test_of_several_places_the_nearest_that_fits(area_of):
    """The nearer door is closed on Mondays."""
    register = register_of(service("S", given_at=("p100", "p900")), p100=100, p900=900)
    [(door, _), (other, _)] = register.records("locations")
    closed, opened = "Tu 09:00-17:00", "Mo 09:00-17:00"
    hours = [
        Location(**vars(door) | {"opening_hours": closed}),
        Location(**vars(other) | {"opening_hours": opened}),
    ]
    register.change(hours, by=Actor("Ada", Role.EDITOR), what="Hours")
    assert [offer.place for offer in offers(area_of, register)] == ["p100"]
    assert [offer.place for offer in offers(area_of, register, open_now=True)] == ["p900"]


def test_what_does_not_fit_is_not_listed_and_what_does_not_say_comes_later(area_of):
    register = register_of(
        service("growth", stages=("growth",)),
        service("start", stages=("start_up",)),
        service("silent"),
        p=100,
    )
    assert [offer.service for offer in offers(area_of, register, stage="growth")] == ["growth", "silent"]
    assert [offer.service for offer in offers(area_of, register)] == ["growth", "silent", "start"]


def test_what_one_should_know_before_going_by_hand(area_of):
    told = service(
        "S",
        given_at=("p (first Tuesday of the month)",),
        opening_hours="Mo 09:00-17:00",
        capacity=10,
        capacity_free=3,
        capacity_unit="desks",
        wait_days=21,
        eligibility="Women in Ayton",
    )
    [offer] = offers(area_of, register_of(told, p=500))
    assert (offer.name, offer.organisation, offer.organisation_id, offer.kind) == ("Help S", "Hub", "A", "Mentoring")
    assert offer.facts == (
        "500 m",
        "Free",
        "Open now, until 17:00",
        "First Tuesday of the month",
        "3 of 10 desks free",
        "About 21 days to wait",
        "Women in Ayton",
    )
    assert offer.ask == ()


@pytest.mark.parametrize(("days", "words"), [(0, "No waiting time"), (1, "About 1 day to wait")])
def test_waiting_in_words(area_of, days, words):
    [offer] = offers(area_of, register_of(service("S", wait_days=days), p=500))
    assert words in offer.facts


def test_what_is_not_said_is_to_be_asked(area_of):
    silent = service("S", cost=None, eligibility=None, serves=None, status=None, support_type=None)
    [offer] = offers(
        area_of, register_of(silent, p=500), stage="growth", language="ur", group="women", open_now=True, cost="free"
    )
    assert offer.ask == (
        "for which stage of business it is",
        "what it costs",
        "which languages are spoken",
        "whether it is especially for your group",
        "when it is open",
        "which areas it serves",
        "who can use it",
        "whether it is still running",
    )
    assert (offer.kind, offer.facts) == ("Help", ("500 m",))
    [offer] = offers(area_of, register_of(silent, p=500))
    always = {"what it costs", "which areas it serves", "who can use it", "whether it is still running"}
    assert set(offer.ask) == always


def test_help_from_afar_says_so(area_of):
    [offer] = offers(area_of, register_of(service("S", delivery=("phone",)), p=0))
    assert offer.facts[0] == "By phone" and not offer.ask


def test_where_it_is_given_is_asked_if_nobody_knows(area_of):
    """Its only address is its responsible body's, which is no place to go to."""
    register = register_of(service("S"), p=0)
    [(place, _)] = register.records("locations")
    register.change([replace(place, basis="accountable_body")], by=Actor("Ada", Role.EDITOR), what="Put")
    [offer] = offers(area_of, register)
    assert offer.ask == ("where it is given",)


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ({"status": "paused"}, None),
        ({"status": "unknown"}, ("500 m", ("whether it is still running",))),
        ({"verification": "C"}, ("500 m", ())),
    ],
)
def test_what_is_doubtful_of_its_organisation_is_doubtful_of_the_help(area_of, who, said):
    register = register_of(service("S"), p=500)
    [(hub, _)] = register.records("organisations")
    register.change([replace(hub, **who)], by=Actor("Ada", Role.EDITOR), what="Put")
    found = [(offer.facts[0], offer.ask) for offer in offers(area_of, register)]
    assert found == ([said] if said else [])
    weak = [offer for offer in offers(area_of, register) if "Known from one weak source" in offer.facts]
    assert bool(weak) is (who.get("verification") == "C")


def test_help_that_is_placed_roughly_says_so(area_of):
    register = register_of(service("S"), p=500)
    [(place, _)] = register.records("locations")
    register.change([replace(place, basis="approximate")], by=Actor("Ada", Role.EDITOR), what="Put")
    assert offers(area_of, register)[0].facts[0] == "500 m, placed roughly"


def test_nothing_is_open_where_there_is_nothing(area_of):
    assert offers(area_of, Register()) == ()
    assert offers(area_of, Register(), stage="growth", open_now=True) == ()


def test_the_built_in_register_by_another_way(held_register, held):
    """From the middle of Leeds: none of its help says whom it serves, so it is what is within 10 km, near first."""
    rows = provision(held_register, TODAY)
    assert rows["serves"].isna().all() and rows["serves_km"].isna().all()
    home = Here(point=(430_000, 433_500), areas=())
    found = open_to(rows, home, Wants(), MONDAY, area_of=Gazetteer(held).area)
    far = ((rows["easting"] - 430_000) ** 2 + (rows["northing"] - 433_500) ** 2) ** 0.5
    assert {offer.service for offer in found} == set(rows[(far <= FARTHEST) | far.isna()]["id"])
    assert pd.Series([offer.distance_m for offer in found if offer.place]).is_monotonic_increasing
