"""Sites on Toytown, worked out by hand: whom a choice reaches, in which order, and what one more would add.

Ways are measured straight (a detour of 1) and 1,000 m is within reach, so a site reaches its own square and those that
share a side with it. People: A1 1,000, A2 3,000, A3 2,000, B1 1,500, B2 1,500, B3 1,000, B4 2,000, A4 not known.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.plan import sites
from tests import toytown

NAMES = list(toytown.CORNERS)
POINTS = np.array([[toytown.square(name).centroid.x, toytown.square(name).centroid.y] for name in NAMES])
PEOPLE = np.array([toytown.FIGURES[name][5] if name in toytown.FIGURES else np.nan for name in NAMES])
ALL = np.ones(len(NAMES), dtype=bool)


def at(*names):
    """Candidates in the middle of some squares, called after them."""
    rows = [NAMES.index(name) for name in names]
    return sites.Candidates(
        ids=tuple(names),
        names=names,
        what=("Hall",) * len(names),
        postcodes=("",) * len(names),
        districts=tuple("Ayton" if name[0] == "A" else "Beeton" for name in names),
        points=POINTS[rows],
        degrees=np.zeros((len(names), 2)),
    )


def ground(*, help_at=(), served=ALL, need=None, within=1_000, people=PEOPLE, points=POINTS):
    """Toytown with help in the middle of some squares."""
    rows = [NAMES.index(name) for name in help_at]
    ways = np.hypot(*(POINTS[:, None] - POINTS[rows][None]).transpose(2, 0, 1)) if rows else np.full((8, 1), np.inf)
    return sites.ground(
        points,
        people,
        served=served,
        need=need,
        today_m=ways.min(axis=1),
        already=ways.min(axis=1) <= within,
        within=within,
        detour=1.0,
    )


def named(flags):
    return {name for name, flag in zip(NAMES, flags, strict=True) if flag}


class TestGround:
    def test_people_who_are_not_known_or_not_asked_for_are_nobody_to_reach(self):
        of_ayton = np.array([name[0] == "A" for name in NAMES])
        assert ground().everyone == 12_000
        assert ground(served=of_ayton).everyone == 6_000

    def test_people_of_whom_it_is_not_known_where_they_live_are_nobody_to_reach(self):
        points = POINTS.copy()
        points[NAMES.index("A2")] = np.nan
        assert ground(points=points).everyone == 9_000

    def test_people_count_by_need_and_in_the_middle_where_need_is_not_known(self):
        need = np.array([1.0, 0.0, 0.5, np.nan, np.nan, 0.2, 1.0, 0.0])
        found = ground(need=need)
        # A1 whole, A2 not at all, A3 half, A4 nobody, B1 in the middle, B2 a fifth, B3 whole, B4 not at all
        assert found.weights.tolist() == [1_000, 0, 1_000, 0, 750, 300, 1_000, 0]
        assert found.unscored == 1  # A4 has nobody whose need could be missed
        assert found.everyone == 12_000

    def test_who_lacks_help_today(self):
        # Help at A1 reaches A1, A2 and A3.
        assert ground(help_at=["A1"]).lacking == 6_000
        assert ground().lacking == 12_000

    def test_average_way(self):
        # From A1: A1 0, A2 and A3 1 km; from B4: B4 0, B2 and B3 1 km; B1 is a diagonal from B4, root 2 km.
        found = ground(help_at=["A1", "B4"])
        assert found.average(found.today_m) == pytest.approx((5_000 + 2_500 + np.sqrt(2) * 1_500) / 12)
        assert np.isnan(ground().average(ground().today_m))
        assert np.isnan(ground(served=~ALL).average(found.today_m))


class TestAChoice:
    def test_each_site_comes_after_the_one_that_gains_most(self):
        """B1 reaches A2, B1, B2 and B3: 7,000. Then A3 reaches A1 and A3: 3,000. Then B4 reaches B4: 2,000."""
        found = sites.judged(ground(), at("B4", "A3", "B1").points, [0, 1, 2], by_way=False)
        assert found.sites == (2, 1, 0)
        assert found.gained.tolist() == [7_000, 3_000, 2_000]
        assert named(found.newly) == set(NAMES) - {"A4"}

    def test_what_is_there_today_is_no_gain(self):
        found = sites.judged(ground(help_at=["A1"]), at("A2", "B2").points, [0, 1], by_way=False)
        # A2 adds only B1 (1,500); B2 adds B1, B2 and B4 (5,000), and then nothing is left for A2.
        assert found.sites == (1, 0)
        assert found.gained.tolist() == [5_000, 0]
        assert named(found.newly) == {"B1", "B2", "B4"}

    def test_the_order_may_be_of_shorter_ways(self):
        """Alone, A2 leaves 14,215 people x km and B2 20,239, so A2 comes first."""
        found = sites.judged(ground(), at("B2", "A2").points, [0, 1], by_way=True)
        assert found.sites == (1, 0)
        # From A2: A1 1, A2 0, A3 root 2, B1 1, B2 2, B3 root 2, B4 root 5 km.
        first = 1_000 + np.sqrt(2) * 2_000 + 1_500 + 2 * 1_500 + np.sqrt(2) * 1_000 + np.sqrt(5) * 2_000
        # With B2, too: B2 0, B4 1, B1 1; B3 stays root 2.
        both = 1_000 + np.sqrt(2) * 2_000 + 1_500 + np.sqrt(2) * 1_000 + 2_000
        assert found.average_m == pytest.approx([1_000 * first / 12_000, 1_000 * both / 12_000])
        assert found.nearest[NAMES.index("B4")] == 1 and found.nearest[NAMES.index("A1")] == 0

    def test_help_that_is_as_near_stays_the_nearest(self):
        found = sites.judged(ground(help_at=["A1"]), at("A1", "B4").points, [0, 1], by_way=False)
        assert found.nearest[NAMES.index("A1")] == -1
        assert found.sites[found.nearest[NAMES.index("B4")]] == 1

    def test_sites_come_in_the_order_of_weight_and_gains_are_of_people(self):
        need = np.where([name == "B4" for name in NAMES], 1.0, 0.1)
        found = sites.judged(ground(need=need), at("B1", "B4").points, [0, 1], by_way=False)
        # B4 weighs 2,000 + 150 + 100 against 700 for B1; of people it reaches 4,500, and B1 then A2 and B1 besides.
        assert found.sites == (1, 0)
        assert found.gained.tolist() == [4_500, 4_500]

    def test_no_site_changes_nothing_and_one_named_twice_is_one(self):
        here = ground(help_at=["A1"])
        nothing = sites.judged(here, at("A1").points, [], by_way=False)
        assert nothing.sites == () and nothing.total == 0 and not nothing.newly.any()
        assert nothing.way_m.tolist() == here.today_m.tolist()
        assert sites.judged(here, at("B4").points, [0, 0], by_way=False).sites == (0,)


class TestOneMore:
    def test_is_the_one_that_adds_most(self):
        found, here = at("B1", "A1", "A3", "B4"), ground()
        first = sites.judged(here, found.points, [0], by_way=False)
        after = sites.best_next(here, found.points, first, barred=[], by_way=False)
        # After B1, both A1 and A3 add A1 and A3 (3,000), B4 adds itself (2,000): the first of the best.
        assert (after.site, after.gained) == (1, 3_000)
        assert sites.best_next(here, found.points, first, barred=[1, 2], by_way=False).site == 3

    def test_is_none_where_none_adds_anything(self):
        found, here = at("A1", "A2"), ground(help_at=["A1", "A2"])
        first = sites.judged(here, found.points, [0], by_way=False)
        assert sites.best_next(here, found.points, first, barred=[], by_way=False) is None

    def test_may_make_ways_shorter_without_bringing_anyone_within_reach(self):
        found, here = at("A1", "A2"), ground(help_at=["A1"], within=10_000)
        first = sites.judged(here, found.points, [0], by_way=True)
        after = sites.best_next(here, found.points, first, barred=[], by_way=True)
        assert (after.site, after.gained) == (1, 0)
        assert after.average_m < first.average_m[-1]


class TestCandidates:
    def test_are_the_firm_places_of_the_register_of_the_kinds_asked_for(self, toy_places):
        found = sites.registered(
            toy_places, types=["library", "community_anchor_org", "incubator"], unconfirmed=False, focus=[]
        )
        assert found.ids == ("T2", "T7")  # Hearsay Hub is known from one weak source
        assert found.not_confirmed == 1
        assert found.districts == ("Ayton", "Beeton") and found.postcodes == ("ZX1 1AA", "ZX1 1AA")
        assert found.points.tolist() == [[430_500, 433_500], [433_500, 434_500]]

    def test_may_be_all_of_them_or_those_of_a_district(self, toy_places):
        kinds = ["library", "community_anchor_org", "incubator"]
        assert sites.registered(toy_places, types=kinds, unconfirmed=True, focus=[]).ids == ("T2", "T7", "T9")
        assert sites.registered(toy_places, types=kinds, unconfirmed=True, focus=["Beeton"]).ids == ("T7", "T9")
        assert len(sites.registered(toy_places, types=[], unconfirmed=True, focus=[])) == 0

    def test_too_many_are_cut_to_those_that_reach_most_and_those_that_are_named(self):
        found = at("A3", "B3", "B1", "A1", "B2")
        # Alone: A3 3,000 but named, B3 4,500, B1 7,000, A1 6,000, B2 5,000.
        cut = found.only(sites.strongest(ground(), found.points, keep=[0], most=3))
        assert cut.ids == ("A3", "B1", "A1") and cut.points.tolist() == at("A3", "B1", "A1").points.tolist()
        assert cut.capped == 2
        assert found.only(sites.strongest(ground(), found.points, keep=[], most=5)) is found

    def test_too_many_are_spread_before_a_second_of_one_spot_is_kept(self):
        """B1 alone reaches most, and so does one 50 m from it; A4, which reaches fewest, is in a square of its own."""
        found = at("B1", "B1", "A4")
        found = replace(found, points=found.points + np.array([[0, 0], [50, 50], [0, 0]]))
        assert sites.strongest(ground(), found.points, keep=[], most=2).tolist() == [0, 2]
        assert sites.strongest(ground(), found.points, keep=[1], most=2).tolist() == [0, 1]

    def test_are_found_by_id_in_the_order_asked(self):
        assert at("A1", "B1", "B2").at(["B2", "none", "A1"]) == [2, 0]


@st.composite
def some_sites(draw):
    """Some squares for sites and for help."""
    choice = st.lists(st.sampled_from(NAMES), unique=True)
    return draw(choice), draw(choice)


@given(some_sites())
def test_gains_add_up_to_the_people_newly_reached(case):
    chosen, help_at = case
    here = ground(help_at=help_at)
    found = sites.judged(here, at(*chosen).points, range(len(chosen)), by_way=False)
    assert found.total == pytest.approx(here.people[found.newly].sum())
    assert found.total <= here.lacking
    assert sorted(found.sites) == list(range(len(chosen)))
    assert found.gained.tolist() == sorted(found.gained.tolist(), reverse=True)


@given(some_sites(), st.sampled_from(NAMES))
def test_one_site_more_never_takes_anything_away(case, more):
    chosen, help_at = case
    here = ground(help_at=help_at)
    fewer = sites.judged(here, at(*chosen).points, range(len(chosen)), by_way=True)
    all_of = at(*chosen, *([] if more in chosen else [more]))
    then = sites.judged(here, all_of.points, range(len(all_of)), by_way=True)
    assert (then.newly | ~fewer.newly).all()
    assert (then.way_m <= fewer.way_m).all()
