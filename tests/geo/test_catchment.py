"""Supply per head within reach: Toytown by hand, PySAL's own working on random towns, and what must hold anywhere.

Toytown's people are A1 1000, A2 3000, A3 2000, A4 not known; B1 1500, B2 1500, B3 1000, B4 2000. With a detour of 1.3
the next square is 1,300 m away, that across a corner 1,838 m, two on 2,600 m, two and one up 2,907 m, three on 3,900 m
and three and one up 4,111 m.
"""

import numpy as np
import pandas as pd
import pytest
from access import Access
from access.weights import step_fn
from hypothesis import given
from hypothesis import strategies as st

from geo.catchment import ZONES, access, decay, enhanced, weighted
from geo.reach import ReachError, distances
from tests.toytown import CORNERS, FIGURES, square

NAN, INF = np.nan, np.inf


def middle(*names):
    """The points of people in squares of Toytown."""
    return np.array([square(name).centroid.coords[0] for name in names]).reshape(-1, 2)


def toy(*places):
    """Metres from Toytown's people, in the order A1 A2 A3 A4 B1 B2 B3 B4, to places in these squares."""
    return distances(middle(*CORNERS), middle(*places), detour=1.3)


PEOPLE = np.array([FIGURES[name][5] if name in FIGURES else NAN for name in CORNERS])


def test_two_steps_by_hand():
    """Within 2,000 m, so to the next square and across its corner.
    A1 is reached by A1, A2, A3, A4: 1000 + 3000 + 2000 + nobody known = 6000, who share 6: 0.001 a head.
    B3 is reached by A2, A4 and all of Beeton: 3000 + 1500 + 1500 + 1000 + 2000 = 9000, who share 18: 0.002 a head.
    So A1 and A3 have 0.001, Beeton 0.002, and A2 and A4 between them both. (1 + 9 + 2 + 12 = 24 = 6 + 18 given out.)"""
    found = access(toy("A1", "B3"), np.array([6, 18]), PEOPLE, catchment=2000)
    assert found == pytest.approx([0.001, 0.003, 0.001, 0.003, 0.002, 0.002, 0.002, 0.002], abs=1e-15)


def test_two_steps_with_weights_by_hand():
    """A catchment of 4,500 m: all of weight 1 to 1,500 m (the next square), 0.68 to 3,000 m (two and one), 0.22 beyond.
    A1: 1000 + 3000 + 2000 (A1 A2 A3), 0.68 x (0 + 1500 + 1000) (A4 B1 B3), 0.22 x (1500 + 2000) (B2 B4) = 8470.
    B4: 2000 + 1500 + 1000 (B4 B2 B3), 0.68 x (1500 + 0 + 3000) (B1 A4 A2), 0.22 x (2000 + 1000) (A3 A1) = 8220.
    A supply of 8.47 and 16.44 is 0.001 and 0.002 a head, and each area has of them by its weights:"""
    found = enhanced(toy("A1", "B4"), np.array([8.47, 16.44]), PEOPLE, catchment=4500)
    by_hand = [
        0.001 + 0.22 * 0.002,  # A1
        0.001 + 0.68 * 0.002,  # A2
        0.001 + 0.22 * 0.002,  # A3
        0.68 * 0.001 + 0.68 * 0.002,  # A4
        0.68 * 0.001 + 0.68 * 0.002,  # B1
        0.22 * 0.001 + 0.002,  # B2
        0.68 * 0.001 + 0.002,  # B3
        0.22 * 0.001 + 0.002,  # B4
    ]
    assert found == pytest.approx(by_hand, abs=1e-15)
    # 1.44 + 7.08 + 2.88 + 0 + 3.06 + 3.33 + 2.68 + 4.44: all that is given
    assert np.nansum(found * PEOPLE) == pytest.approx(8.47 + 16.44)


def test_zones_end_where_they_say():
    """Of 3,000 m: 1 to 1,000 m, 0.68 to 2,000 m, 0.22 to 3,000 m, each end included, and nothing beyond."""
    metres = np.array([[0.0, 1000.0, 1000.1, 2000.0, 2000.1, 3000.0, 3000.1, INF]])
    assert decay(metres, catchment=3000).tolist() == [[1, 1, 0.68, 0.68, 0.22, 0.22, 0, 0]]
    two = ((0.5, 0.9), (1.0, 0.1))
    assert decay(metres, catchment=2000, zones=two).tolist() == [[0.9, 0.9, 0.1, 0.1, 0, 0, 0, 0]]


def test_zones_that_people_choose_are_used():
    """Half weight to 1,500 m alone: A1, A2 and A3 reach A1, 0.5 x 6000 = 3000, who share 3; each has half of 0.001."""
    found = enhanced(toy("A1"), np.array([3]), PEOPLE, catchment=1500, zones=((1.0, 0.5),))
    assert found == pytest.approx([0.0005, 0.0005, 0.0005, 0, 0, 0, 0, 0], abs=1e-15)


def test_any_weights_go_through_the_two_steps():
    """Seekers 2 x 10 + 1 x 20 = 40 of the first and 4 x 20 = 80 of the second: 0.1 and 0.1 a head."""
    found = weighted(np.array([[2.0, 0.0], [1.0, 4.0]]), np.array([4, 8]), np.array([10, 20]))
    assert found == pytest.approx([0.2, 0.5])


@pytest.mark.parametrize("how", [access, enhanced])
class TestAtTheEdges:
    def test_without_places_nobody_has_anything(self, how):
        assert how(toy(), np.empty(0), PEOPLE, catchment=2000).tolist() == [0] * 8

    def test_without_areas_there_is_nobody(self, how):
        assert how(np.empty((0, 3)), np.ones(3), np.empty(0), catchment=2000).shape == (0,)

    def test_what_nobody_reaches_adds_nothing(self, how):
        """A place far off, one that is nowhere, and one in A1, of which A1's thousand people have 5."""
        places = np.vstack([[0.0, 0.0], [NAN, 433_500.0], middle("A1")])
        metres = distances(middle("A1", "B4"), places)
        found = how(metres, np.array([50, 50, 5]), np.array([1000, 2000]), catchment=1000)
        assert found == pytest.approx([0.005, 0])

    def test_a_place_with_no_people_near_is_shared_by_nobody(self, how):
        """What is in A4 is reached within 500 m from A4 alone; the five people of B4 are two squares away."""
        metres = distances(middle("A4", "B4"), middle("A4"))
        for nobody in (NAN, 0.0):
            assert how(metres, np.array([9]), np.array([nobody, 5]), catchment=500).tolist() == [0, 0]

    def test_an_area_without_people_is_told_what_anyone_there_would_have(self, how):
        """A1 and A3 share 4 among A3's 2000; both lie within the first zone."""
        for nobody in (NAN, 0.0):
            found = how(toy("A1")[[0, 2]], np.array([4]), np.array([nobody, 2000]), catchment=3900)
            assert found == pytest.approx([0.002, 0.002])

    def test_an_area_that_is_nowhere_has_nothing_and_takes_nothing(self, how):
        areas = np.vstack([middle("A1"), [NAN, NAN]])
        found = how(distances(areas, middle("A1")), np.array([5]), np.array([1000, 4000]), catchment=1000)
        assert found == pytest.approx([0.005, 0])

    def test_a_place_that_gives_nothing_adds_nothing(self, how):
        found = how(toy("A1", "B4"), np.array([0, 0]), PEOPLE, catchment=4000)
        assert found.tolist() == [0] * 8

    def test_missing_supply_is_refused_with_how_many(self, how):
        with pytest.raises(ReachError, match="2 of 3 places do not say how much they give. Give each a number, or"):
            how(toy("A1", "B3", "B4"), np.array([NAN, 5, NAN]), PEOPLE, catchment=2000)

    @pytest.mark.parametrize(("amount", "told"), [(-2.0, "-2"), (INF, "inf")])
    def test_supply_that_cannot_be_is_refused(self, how, amount, told):
        with pytest.raises(ReachError, match=f"1 of 2 places have a number that cannot be, first {told}. Give 0"):
            how(toy("A1", "B3"), np.array([3, amount]), PEOPLE, catchment=2000)

    @pytest.mark.parametrize(("people", "told"), [(-7.0, "-7"), (INF, "inf")])
    def test_people_that_cannot_be_are_refused(self, how, people, told):
        with pytest.raises(ReachError, match=f"1 of 8 neighbourhoods have a number that cannot be, first {told}"):
            how(toy("A1"), np.array([3]), np.array([*PEOPLE[:7], people]), catchment=2000)

    def test_one_number_does_not_stand_for_all(self, how):
        with pytest.raises(ReachError, match="1 numbers are given for 2 places. Give one for each"):
            how(toy("A1", "B3"), np.array([3]), PEOPLE, catchment=2000)
        with pytest.raises(ReachError, match="7 numbers are given for 8 neighbourhoods. Give one for each"):
            how(toy("A1"), np.array([3]), PEOPLE[:7], catchment=2000)

    @pytest.mark.parametrize("catchment", [0, -2000, NAN, INF])
    def test_a_catchment_must_be_above_nothing(self, how, catchment):
        with pytest.raises(ReachError, match=f"within {catchment:g} metres. Choose a distance above 0"):
            how(toy("A1"), np.array([3]), PEOPLE, catchment=catchment)

    def test_nothing_given_is_altered(self, how):
        metres, supply, people = toy("A1", "B3"), np.array([3.0, 4.0]), PEOPLE.copy()
        before = metres.copy(), supply.copy(), people.copy()
        how(metres, supply, people, catchment=2000)
        for now, then in zip((metres, supply, people), before, strict=True):
            np.testing.assert_array_equal(now, then)


@pytest.mark.parametrize(
    ("zones", "told"),
    [
        ((), "The zones end at nowhere of the way"),
        (((0.5, 1.0), (0.5, 0.5), (1.0, 0.2)), "The zones end at 0.5, 0.5, 1 of the way"),
        (((1.0, 0.2), (0.5, 1.0)), "The zones end at 1, 0.5 of the way"),
        (((0.0, 1.0), (1.0, 0.5)), "The zones end at 0, 1 of the way"),
        (((0.5, 1.0), (2.0, 0.5)), "The zones end at 0.5, 2 of the way"),
        (((NAN, 1.0), (1.0, 0.5)), "The zones end at nan, 1 of the way"),
        (((0.5, 1.0), (1.0, -0.5)), "1 of 2 zones have a weight that cannot be, first -0.5"),
        (((0.5, NAN), (1.0, INF)), "2 of 2 zones have a weight that cannot be, first nan"),
    ],
)
def test_zones_that_cannot_be_are_refused(zones, told):
    with pytest.raises(ReachError, match=told):
        decay(toy("A1"), catchment=2000, zones=zones)


def random_town(seed):
    """Distances, supply and people of a random town, one area and one place far from all else, and a catchment."""
    chance = np.random.default_rng(seed)
    areas = chance.uniform(0, 10_000, (chance.integers(5, 60), 2))
    places = chance.uniform(0, 10_000, (chance.integers(2, 25), 2))
    areas[chance.integers(len(areas))] += 1e6
    places[chance.integers(len(places))] -= 1e6
    supply = chance.integers(0, 40, len(places)) * chance.choice([0.5, 1.0, 3.0], len(places))
    people = chance.integers(1, 4000, len(areas)).astype(float)
    return distances(areas, places, detour=chance.uniform(1, 1.6)), supply, people, chance.uniform(1500, 9000)


def as_pysal(metres, supply, people):
    """The same town as PySAL takes it: a row for each way there is."""
    area, place = np.indices(metres.shape)
    ways = pd.DataFrame({"area": area.ravel(), "place": place.ravel(), "metres": metres.ravel()})
    return Access(
        demand_df=pd.DataFrame({"people": people}).rename_axis("area"),
        demand_value="people",
        supply_df=pd.DataFrame({"supply": supply}).rename_axis("place"),
        supply_value="supply",
        cost_df=ways,
        cost_origin="area",
        cost_dest="place",
        cost_name="metres",
    )


@pytest.mark.parametrize("seed", range(25))
def test_pysal_finds_the_same(seed):
    """Where nothing is in reach PySAL has no figure, and ours is 0."""
    metres, supply, people, catchment = random_town(seed)
    peer = as_pysal(metres, supply, people)
    plain = peer.two_stage_fca(max_cost=catchment)["2sfca_supply"]
    steps = step_fn({share * catchment: weight for share, weight in ZONES})
    by_zone = peer.enhanced_two_stage_fca(max_cost=catchment, weight_fn=steps)["e2sfca_supply"]
    out_of_reach = metres.min(axis=1) > catchment
    assert 0 < out_of_reach.sum() < len(people)
    assert plain.isna().tolist() == by_zone.isna().tolist() == out_of_reach.tolist()
    for ours, theirs in (
        (access(metres, supply, people, catchment=catchment), plain),
        (enhanced(metres, supply, people, catchment=catchment), by_zone),
    ):
        np.testing.assert_allclose(ours, theirs.fillna(0), rtol=1e-9, atol=1e-15)


# What must hold anywhere

spot = st.tuples(st.integers(0, 5_000), st.integers(0, 5_000))
nowhere = st.sampled_from([(NAN, 100.0), (NAN, NAN)])
figure = st.integers(1, 5_000).map(float)
some_or_none = figure | st.sampled_from([0.0, NAN])
# No way of 1.3 times a whole number of metres ends just there, so that what is within needs no rounding.
catchments = st.integers(1, 9_000).map(lambda metres: metres + 0.25)
ways = pytest.mark.parametrize("how", [access, enhanced])


@st.composite
def towns(draw, people=some_or_none):
    """Distances, supply and people of a town of up to forty areas and ten places."""
    areas = draw(st.lists(st.tuples(spot | nowhere, people), max_size=40))
    places = draw(st.lists(st.tuples(spot | nowhere, st.integers(0, 50)), max_size=10))
    where = [np.array([at for at, _ in those], dtype=float).reshape(-1, 2) for those in (areas, places)]
    supply, demand = (np.array([amount for _, amount in those], dtype=float) for those in (places, areas))
    return distances(*where), supply, demand


@ways
@given(town=towns(), catchment=catchments, data=st.data())
def test_more_supply_lowers_nobody(how, town, catchment, data):
    metres, supply, people = town
    more = data.draw(st.lists(st.integers(0, 20), min_size=len(supply), max_size=len(supply)))
    before = how(metres, supply, people, catchment=catchment)
    after = how(metres, supply + np.array(more, dtype=float), people, catchment=catchment)
    assert (after >= before * (1 - 1e-12)).all()


@ways
@given(town=towns(), catchment=catchments, chance=st.randoms(use_true_random=False))
def test_the_order_of_areas_and_places_changes_only_the_order(how, town, catchment, chance):
    metres, supply, people = town
    rows, columns = list(range(len(people))), list(range(len(supply)))
    chance.shuffle(rows)
    chance.shuffle(columns)
    plain = how(metres, supply, people, catchment=catchment)
    moved = how(metres[rows][:, columns], supply[columns], people[rows], catchment=catchment)
    np.testing.assert_allclose(moved, plain[rows], rtol=1e-9, atol=1e-15)


@ways
@given(town=towns(people=figure), catchment=catchments)
def test_people_together_have_what_is_given_where_somebody_reaches_it(how, town, catchment):
    metres, supply, people = town
    given_out = sum(supply[place] for place in range(len(supply)) if any(metres[:, place] <= catchment))
    assert (how(metres, supply, people, catchment=catchment) * people).sum() == pytest.approx(given_out)


@ways
@given(town=towns(), catchment=catchments)
def test_twice_the_people_have_half_each(how, town, catchment):
    metres, supply, people = town
    once = how(metres, supply, people, catchment=catchment)
    twice = how(metres, supply, people * 2, catchment=catchment)
    np.testing.assert_allclose(twice * 2, once, rtol=1e-12)


@ways
@given(town=towns(), catchment=catchments)
def test_access_is_always_a_number_and_is_nothing_just_where_nothing_is_reached(how, town, catchment):
    """Something is reached where a place that gives lies within, to which some people go."""
    metres, supply, people = town
    found = how(metres, supply, people, catchment=catchment)
    near = metres <= catchment
    giving = (supply > 0) & near[np.nan_to_num(people) > 0].any(axis=0)
    assert np.isfinite(found).all() and (found >= 0).all()
    assert ((found > 0) == near[:, giving].any(axis=1)).all()


@given(towns(), catchments, catchments)
def test_weights_never_rise_with_the_distance_nor_fall_with_the_catchment(town, one, other):
    metres = town[0]
    near, far = (decay(metres, catchment=catchment) for catchment in sorted((one, other)))
    assert (near <= far).all()
    order = metres.argsort(axis=1, kind="stable")
    assert (np.diff(np.take_along_axis(near, order, axis=1), axis=1) <= 0).all()


@given(towns(), catchments)
def test_one_zone_of_full_weight_is_the_plain_method(town, catchment):
    metres, supply, people = town
    one_zone = enhanced(metres, supply, people, catchment=catchment, zones=((1.0, 1.0),))
    np.testing.assert_array_equal(one_zone, access(metres, supply, people, catchment=catchment))
