"""What is drawn and what help counts on a day, on small registers by hand; what fits, and when doors are open."""

from datetime import datetime

import pandas as pd
import pytest

from data.register.book import Register
from data.register.records import Grant, Location, Organisation, Service, Suggestion
from data.register.rights import VISITOR, Actor, Role
from data.register.vocabulary import SUPPORT_TYPES, UNITS
from layers.places import BIT_OF_TYPE, drawable
from layers.provision import (
    NO,
    UNSAID,
    YES,
    Wants,
    capacity_words,
    fits,
    hours_words,
    kinds_that_fit,
    open_at,
    provision,
)
from tests.toytown import CODE, TODAY

ADA = Actor("Ada", Role.EDITOR)
YESTERDAY, TOMORROW = "2026-11-20", "2026-11-22"
SATURDAY = datetime(2026, 11, 21, 12, 0)
MONDAY = datetime(2026, 11, 23, 12, 0)
WEEKDAYS = "Mo-Fr 09:00-17:00"


def who(id_="A", **fields):
    return Organisation(id=id_, **{"name": f"Name {id_}", "status": "active", "verification": "A"} | fields)


def where(id_="A", owner="A", **fields):
    spot = {"easting": 430_500, "northing": 433_500, "lsoa21cd": CODE["A1"], "district": "Ayton", "basis": "postcode"}
    return Location(id=id_, organisation_id=owner, **spot | fields)


def helps(id_="S", owner="A", **fields):
    told = {"name": "Advice", "support_type": "mentoring", "status": "active"}
    return Service(id=id_, organisation_id=owner, **told | fields)


def holding(*records):
    register = Register()
    register.change(records, by=ADA, what="Put")
    return register


def drawn(*records, today=TODAY):
    """The types of what is drawn, by place."""
    places = drawable(holding(*records), today)
    return dict(zip(places["id"], places["types"], strict=True))


def counted(*records, today=TODAY):
    """The services that count, each with the places where it is given."""
    rows = provision(holding(*records), today)
    return {(row.id, row.place) for row in rows.itertuples()}


# What is drawn, and what counts


def test_help_is_drawn_where_its_organisation_is():
    assert drawn(who(), where(), helps()) == {"A": ["mentoring"]}
    assert counted(who(), where(), helps()) == {("S", "A")}


@pytest.mark.parametrize(
    ("fields", "there"),
    [
        ({"status": "ended"}, False),
        ({"status": None}, True),
        ({"status": "paused"}, True),
        ({"ended_on": YESTERDAY}, False),
        ({"ended_on": TODAY}, False),
        ({"ended_on": TOMORROW}, True),
    ],
)
def test_an_organisation_that_has_ended_is_neither_drawn_nor_counted(fields, there):
    records = who(**fields), where(), helps()
    assert bool(drawn(*records)) is bool(counted(*records)) is there


@pytest.mark.parametrize(
    ("fields", "there"),
    [
        ({"status": "ended"}, False),
        ({"status": "paused"}, True),
        ({"ends_on": YESTERDAY}, False),
        ({"ends_on": TODAY}, False),
        ({"ends_on": TOMORROW}, True),
        ({"starts_on": TODAY}, True),
        ({"starts_on": TOMORROW}, False),
        ({"delivery": ("online",)}, None),
        ({"delivery": ("online", "phone")}, None),
        ({"delivery": ("in_person", "online")}, True),
        ({"delivery": ("outreach",)}, True),
        ({"delivery": ("online",), "given_at": ("A",)}, True),
    ],
)
def test_a_service_counts_from_its_start_to_its_end_and_stands_nowhere_if_given_from_afar(fields, there):
    """None: it counts, but is drawn at no place."""
    records = who(), where(), helps(**fields)
    assert drawn(*records) == ({"A": ["mentoring"]} if there else {})
    assert counted(*records) == ({("S", "A")} if there else {("S", None)} if there is None else set())


def test_a_library_whose_help_has_ended_is_still_a_library():
    assert drawn(who(anchor_type="library"), where(), helps(status="ended")) == {"A": ["library"]}


def test_an_accountable_body_s_address_is_never_drawn_even_if_a_service_names_it():
    office = where(basis="accountable_body")
    assert drawn(who(anchor_type="council"), office, helps()) == {}
    assert drawn(who(), office, helps(given_at=("A",))) == {}
    assert counted(who(), office, helps(given_at=("A",))) == {("S", None)}, "the help still counts"


@pytest.mark.parametrize("lacking", ["easting", "northing", "lsoa21cd"])
def test_a_place_that_is_nowhere_is_not_drawn(lacking):
    assert drawn(who(anchor_type="library"), where(**{lacking: None})) == {}


def test_outreach_is_drawn_and_counted_where_it_is_given_and_not_at_home():
    host = who("B", anchor_type="library"), where("B1", "B")
    records = *host, who(), where(), helps(given_at=("B1 (every Tuesday)", "nowhere"))
    assert drawn(*records) == {"B1": ["mentoring", "library"]}
    rows = provision(holding(*records), TODAY)
    assert rows[["place", "often", "organisation"]].to_numpy().tolist() == [["B1", "every Tuesday", "Name A"]]


def test_help_at_two_places_of_its_own_is_drawn_at_both_with_the_name_of_each():
    places = drawable(holding(who(), where("A1"), where("A2", name="Annexe"), helps()), TODAY)
    assert places["name"].tolist() == ["Name A", "Name A, Annexe"]


def test_two_services_of_a_kind_are_one_kind_and_a_service_of_no_kind_is_none():
    assert drawn(who(), where(), helps("S1"), helps("S2"), helps("S3", support_type="market")) == {
        "A": ["market", "mentoring"]
    }
    assert drawn(who(), where(), helps(support_type=None)) == {}


def test_a_receiver_of_grants_is_drawn_and_says_how_much():
    given = [Grant(id=f"G{i}", organisation_id="A", amount=1_000.0, currency="GBP") for i in range(2)]
    foreign = Grant(id="G3", organisation_id="A", amount=9.0, currency="EUR")
    places = drawable(holding(who(), where(), *given, foreign), TODAY)
    assert places["types"].tolist() == [["grant"]]
    assert places["what"].tolist() == ["3 grants of £2,000 in all"]
    assert bool(places["firm"][0])
    assert drawable(holding(who(), where(), foreign), TODAY)["what"].tolist() == ["1 grant"]


@pytest.mark.parametrize(
    ("organisation", "place", "service", "why"),
    [
        ({}, {}, {}, ""),
        ({"status": "unknown"}, {}, {}, ""),
        ({}, {}, {"status": "paused"}, "Closed for a while"),
        ({}, {}, {"status": None}, "Not confirmed to be open"),
        ({}, {"basis": "approximate"}, {}, "Placed roughly"),
        ({"verification": "C"}, {}, {}, "Known from one weak source"),
        ({"verification": None}, {}, {}, "Known from one weak source"),
        ({"verification": "C"}, {}, {"status": "paused"}, "Closed for a while"),
        ({"anchor_type": "library", "status": "active"}, {}, {"status": "paused"}, ""),
        ({"anchor_type": "library", "status": "paused"}, {}, {"status": "unknown"}, "Closed for a while"),
    ],
)
def test_a_place_is_firm_by_the_best_of_what_is_there(organisation, place, service, why):
    places = drawable(holding(who(**organisation), where(**place), helps(**service)), TODAY)
    assert (places["why"].tolist(), places["firm"].tolist()) == ([why], [why == ""])


def suggestion(id_="X", **fields):
    spot = {"easting": 430_500, "northing": 433_500, "lsoa21cd": CODE["A1"], "district": "Ayton"}
    return Suggestion(id=id_, name="New hub", **{"state": "waiting", "kind": "community_hub"} | spot | fields)


def test_a_suggestion_that_waits_is_drawn_last_and_never_firm():
    register = holding(who(anchor_type="library"), where())
    register.suggest(suggestion(kind=None), by=VISITOR)
    register.suggest(suggestion("Y", about="A"), by=VISITOR)
    register.suggest(suggestion("Z", easting=None), by=VISITOR)
    places = drawable(register, TODAY)
    assert places["id"].tolist() == ["A", "X", "Y"]
    assert places["suggested"].tolist() == [False, True, True]
    assert places["firm"].tolist() == [True, False, False]
    assert places["types"].tolist() == [["library"], ["other"], ["community_hub"]]
    assert set(places["why"][1:]) == {"Suggested by a visitor, not yet checked"}


@pytest.mark.parametrize("state", ["accepted", "declined", None])
def test_a_suggestion_that_was_decided_is_not_drawn(state):
    assert drawn(suggestion(state=state)) == {}


def test_an_empty_register_draws_and_counts_nothing():
    places, offers = drawable(Register(), TODAY), provision(Register(), TODAY)
    assert len(places) == len(offers) == 0
    assert fits(offers, Wants(stage="growth", open_now=True), MONDAY).tolist() == []
    assert len(kinds_that_fit(places, offers, Wants(cost="free"), MONDAY)) == 0


def test_what_is_not_known_is_none_and_lists_are_tuples():
    offers = provision(holding(who(phone="1"), where(), helps(stages=("growth",))), TODAY)
    row = offers.iloc[0]
    assert row["stages"] == ("growth",) and row["phone"] == "1"
    assert row["cost"] is None and row["serves"] is None and row["often"] is None
    assert pd.isna(row["capacity"])


def test_a_service_has_its_own_website_or_its_organisation_s():
    records = who(website="example.org"), helps("S1"), helps("S2", website="example.org/advice")
    offers = provision(holding(*records), TODAY)
    assert offers["site"].tolist() == ["example.org", "example.org/advice"]


# What fits


def offered(**columns):
    blank = dict.fromkeys(("stages", "languages", "priority_groups", "cost", "opening_hours", "place_hours"))
    return pd.DataFrame([blank | columns], dtype=object)


@pytest.mark.parametrize(
    ("offer", "wants", "fit"),
    [
        ({}, {}, YES),
        ({"stages": ("growth", "start_up")}, {"stage": "growth"}, YES),
        ({"stages": ("growth",)}, {"stage": "start_up"}, NO),
        ({}, {"stage": "growth"}, UNSAID),
        ({"cost": "free"}, {"cost": "free"}, YES),
        ({"cost": "paid"}, {"cost": "free"}, NO),
        ({"cost": "unknown"}, {"cost": "free"}, UNSAID),
        ({}, {"cost": "free"}, UNSAID),
        ({"languages": ("en", "ur")}, {"language": "ur"}, YES),
        ({"priority_groups": ("women",)}, {"group": "young people"}, NO),
        ({"opening_hours": WEEKDAYS}, {"open_now": True}, YES),
        ({"place_hours": WEEKDAYS}, {"open_now": True}, YES),
        ({"opening_hours": "Sa 09:00-17:00", "place_hours": WEEKDAYS}, {"open_now": True}, NO),
        ({}, {"open_now": True}, UNSAID),
        ({"stages": ("growth",), "cost": "paid"}, {"stage": "growth", "cost": "free"}, NO),
        ({"stages": ("growth",)}, {"stage": "growth", "cost": "free"}, UNSAID),
        ({"cost": "paid"}, {"stage": "growth", "cost": "free"}, NO),
    ],
)
def test_what_fits_by_hand(offer, wants, fit):
    assert fits(offered(**offer), Wants(**wants), MONDAY).tolist() == [fit]


def test_wanting_nothing_is_told():
    assert not Wants().any
    assert all(Wants(**each).any for each in ({"stage": "growth"}, {"open_now": True}, {"group": "women"}))


@pytest.fixture(scope="module")
def town():
    """A place of two kinds of help that is a library too, a second library, and a place of help that says nothing."""
    return holding(
        who(anchor_type="library"),
        where(opening_hours=WEEKDAYS),
        helps("S1", cost="free", stages=("growth",)),
        helps("S2", support_type="market", cost="paid", opening_hours="Sa 09:00-17:00"),
        *(who("B", anchor_type="library"), where("B", "B")),
        *(who("C"), where("C", "C"), helps("S3", "C", support_type="bank")),
    )


def fitting(register, now=MONDAY, **wants):
    """The kinds that are left, by place."""
    found = kinds_that_fit(drawable(register, TODAY), provision(register, TODAY), Wants(**wants), now)
    assert found["id"].tolist() == ["A", "B", "C"], "every place stays in the table"
    return [{kind for kind, bit in BIT_OF_TYPE.items() if kinds & bit} for kinds in found["kinds"]]


@pytest.mark.parametrize(
    ("wants", "now", "kinds"),
    [
        ({}, MONDAY, [{"mentoring", "market", "library"}, {"library"}, {"bank"}]),
        ({"cost": "free"}, MONDAY, [{"mentoring", "library"}, {"library"}, set()]),
        ({"cost": "paid"}, MONDAY, [{"market", "library"}, {"library"}, set()]),
        ({"cost": "free", "stage": "start_up"}, MONDAY, [{"library"}, {"library"}, set()]),
        ({"open_now": True}, MONDAY, [{"mentoring", "library"}, set(), set()]),
        ({"open_now": True}, SATURDAY, [{"market"}, set(), set()]),
    ],
)
def test_only_the_help_that_is_known_to_fit_is_left(town, wants, now, kinds):
    assert fitting(town, now, **wants) == kinds


def test_kinds_of_help_are_those_that_are_filtered():
    assert sum(BIT_OF_TYPE[kind] for kind in SUPPORT_TYPES) & BIT_OF_TYPE["library"] == 0


# Hours and room


@pytest.mark.parametrize(
    ("hours", "now", "state", "words"),
    [
        (WEEKDAYS, MONDAY, YES, "Open now, until 17:00"),
        (WEEKDAYS, MONDAY.replace(hour=9), YES, "Open now, until 17:00"),
        (WEEKDAYS, MONDAY.replace(hour=17), NO, "Closed now, opens Tuesday at 09:00"),
        (WEEKDAYS, MONDAY.replace(hour=8, minute=59), NO, "Closed now, opens today at 09:00"),
        (WEEKDAYS, SATURDAY, NO, "Closed now, opens Monday at 09:00"),
        ("Mo 09:00-12:00,13:00-17:00", MONDAY, NO, "Closed now, opens today at 13:00"),
        ("Mo 09:00-17:00", MONDAY.replace(hour=18), NO, "Closed now, opens on 30 November at 09:00"),
        ("Mar-Oct Su 10:00-16:00", MONDAY, NO, "Closed now, opens on 7 March at 10:00"),
        ("Fr 22:00-02:00", datetime(2026, 11, 21, 1, 0), YES, "Open now, until 02:00"),
        ("24/7", MONDAY, YES, "Open now"),
        ("off", MONDAY, NO, "Closed now"),
        ("Mo-Fr 09:00-17:00; PH off", datetime(2026, 12, 25, 12, 0), NO, "Closed now, opens Tuesday at 09:00"),
        ('"by appointment"', MONDAY, UNSAID, "Open now (by appointment)"),
        ('Mo 09:00-17:00 "by appointment"', MONDAY, UNSAID, "Open now, until 17:00 (by appointment)"),
        ("Mo-Fr 09:00-17:00 unknown", MONDAY, UNSAID, ""),
        ("", MONDAY, UNSAID, ""),
        (None, MONDAY, UNSAID, ""),
    ],
)
def test_doors_by_hand(hours, now, state, words):
    """Friday 25 and Monday 28 December 2026 are holidays."""
    assert (open_at(hours, now), hours_words(hours, now)) == (state, words)


@pytest.mark.parametrize(
    ("capacity", "free", "unit", "as_at", "words"),
    [
        (63, 3, "units", "2020-11", "3 of 63 units free (as of 2020-11)"),
        (63, 0, "desks", None, "0 of 63 desks free"),
        (1_200, None, "clients", None, "1,200 clients at a time"),
        (None, 4, None, None, "4 places free"),
        (None, None, "units", "2020", ""),
        (float("nan"), float("nan"), None, None, ""),
    ],
)
def test_room_by_hand(capacity, free, unit, as_at, words):
    offer = {"capacity": capacity, "capacity_free": free, "capacity_unit": unit, "capacity_as_at": as_at}
    assert capacity_words(offer, UNITS) == words
