"""Sites in words and as rows, on Toytown: every figure as worked out by hand in `test_sites`."""

import numpy as np
import pandas as pd
import pytest

from geo.areas import Geography
from layers.plan import site_tables, site_words, sites
from layers.plan.site_pin import Dropped
from tests.layers.plan.test_sites import NAMES, PEOPLE, at, ground

TENTH = np.array([1.0, 2, 6, np.nan, 1, 3, 6, 10])
POOR = np.array([0.5, 0.3, 0.1, np.nan, 0.5, 0.2, 0.1, 0.05])


@pytest.fixture(scope="module")
def here():
    """Help at A1, which reaches A1, A2 and A3: 6,000 of 12,000 people."""
    return ground(help_at=["A1"])


@pytest.fixture(scope="module")
def halls():
    return at("B1", "B4", "A4")


@pytest.fixture(scope="module")
def best(here, halls):
    """B4 first, which adds B2, B3 and B4 (4,500), then B1 (1,500)."""
    return sites.judged(here, halls.points, [0, 1], by_way=False)


class TestToday:
    def test_says_who_has_help_and_how_far_it_is(self, here):
        # From A1: A2 and A3 1 km, B1 2, B2 3, B3 root 5, B4 root 10.
        average = (5_000 + 2 * 1_500 + 3 * 1_500 + np.sqrt(5) * 1_000 + np.sqrt(10) * 2_000) / 12_000
        assert site_words.today(here, whom="in Toytown", counting=True) == (
            "Today 6,000 (50%) of 12,000 people in Toytown have help that counts within 1.0 km along the way; 6,000 "
            f"have not. The average way to the nearest is {average:.1f} km."
        )

    def test_says_when_it_is_not_counted(self):
        assert site_words.today(ground(), whom="in Toytown", counting=False) == (
            "What is there today is not counted: all 12,000 people in Toytown are to be reached."
        )

    def test_tells_of_no_way_where_nothing_counts(self):
        assert "average" not in site_words.today(ground(), whom="in Toytown", counting=True)


class TestTheBest:
    def test_names_the_sites_and_what_they_come_to(self, here, best, halls):
        assert site_words.found(here, best, halls.names, goal="cover", asked=80) == (
            "The best 2 sites are B4 and B1. They bring 6,000 people more within reach, so that 100% of all are."
        )

    def test_says_how_few_are_enough(self, here, halls):
        one = sites.judged(here, halls.points, [1], by_way=False)
        assert site_words.found(here, one, halls.names, goal="fewest", asked=80) == (
            "1 further site is the fewest that bring at least 80% of people within reach: B4. It brings 4,500 people "
            "more within reach, so that 88% of all are."
        )
        none = sites.judged(here, halls.points, [], by_way=False)
        assert site_words.found(here, none, halls.names, goal="fewest", asked=50) == (
            "No further site is needed: 50% of people are within reach already."
        )

    def test_says_how_much_shorter_the_way_is(self, here, halls):
        one = sites.judged(here, halls.points, [1], by_way=True)
        # Before, 21,061 people x km among 12,000; then B2 and B3 are 1 km away, B4 none and B1 root 2: 9,621.
        assert site_words.way(here, one) == "The average way to the nearest would be 800 m instead of 1.8 km."
        assert site_words.each(one, by_way=True) == ["800 m on average, 4,500 people more within reach"]
        assert site_words.found(here, one, halls.names, goal="median", asked=80).startswith("The best site is B4.")

    def test_where_there_was_no_way_only_the_new_one_is_told(self, halls):
        one = sites.judged(ground(), halls.points, [1], by_way=True)
        assert "instead of" not in site_words.way(ground(), one)

    def test_many_are_not_all_named(self):
        found = at(*NAMES)
        everywhere = sites.judged(ground(), found.points, range(8), by_way=False)
        told = site_words.found(ground(), everywhere, found.names, goal="cover", asked=80)
        assert "and 2 more." in told
        # B1 (7,000), A1 (A1 and A3, 3,000) and B2 (B4, 2,000) leave nobody for the other five.
        assert told.endswith("so that 100% of all are. 5 of them add nobody: fewer would do as well.")

    def test_says_how_sure_that_is(self):
        assert site_words.sure("Proven: no other choice does better.", candidates=7, by_need=True) == (
            "Proven: no other choice does better. It was sought among 7 places, with people weighed by need."
        )
        assert site_words.sure("Not proven.", candidates=1, by_need=False) == "Not proven. It was sought among 1 place."

    def test_claims_nothing_of_what_was_left_out(self):
        assert site_words.sure("Proven.", candidates=2_000, by_need=False, capped=3_000) == (
            "Proven. It was sought among 2,000 places. Of the 3,000 left out nothing is proven: with some of them more "
            "people might be reached."
        )

    def test_says_who_is_newly_reached(self, here, best):
        # B1, in the most deprived tenth of England, has 1,500 of the 6,000.
        assert site_words.newly(here, best, TENTH) == (
            "4 neighbourhoods are newly within reach, with 6,000 people; 1,500 (25%) of them live in neighbourhoods "
            "that are in the most deprived tenth of England."
        )


class TestBesides:
    def test_the_readers_own_choice_is_held_against_the_best(self, here, best, halls):
        own = sites.judged(here, halls.points, [2], by_way=False)
        # A4 reaches A2, A3, A4 and B3: of these only B3 is new, with 1,000 people.
        assert site_words.against(here, own, best, by_way=False) == (
            "Your own site brings 1,000 people more within reach, so that 58% of all are. With the best 2, 6,000 "
            "people more are within reach: yours come to 17% of that."
        )
        assert "best" not in site_words.against(here, own, None, by_way=False)

    def test_one_site_more(self, here, halls):
        one = sites.judged(here, halls.points, [1], by_way=False)
        after = sites.best_next(here, halls.points, one, barred=[], by_way=False)
        assert site_words.further(after, halls.names, by_way=False) == (
            "One more would best go to B1: 1,500 people more within reach."
        )
        assert "No further place" in site_words.further(None, halls.names, by_way=True)

    def test_one_neighbourhood(self, here, best, halls):
        told = site_words.one_area(here, NAMES.index("B2"), best, halls.names)
        assert told == (
            "1,500 people live here. The nearest help is 3.0 km along the way today: not yet within reach. With the "
            "best sites: B4, 1.0 km, newly within reach."
        )
        assert "None of the best" in site_words.one_area(here, NAMES.index("A1"), best, halls.names)
        assert "not among those" in site_words.one_area(here, NAMES.index("A4"), best, halls.names)

    def test_a_pin(self, here):
        pin = Dropped((0.0, 0.0), np.arange(8.0), np.arange(8) == 4, 1_500.0, 750.0, 4_500.0, 4, 0, 2_000.0)
        assert site_words.pinned(here, pin, NAMES, ["Centre"]) == [
            "Help here would bring 1,500 people in 1 neighbourhood within reach (1.0 km along the way) who have none "
            "today, about 750 of them on low incomes.",
            "Newly within reach: B1.",
            "With those who have help within reach already, 4,500 people would have it here.",
            "The nearest help that counts today is Centre, about 2.0 km along the way from here.",
        ]

    def test_a_pin_where_nobody_is_new(self, here):
        nobody = np.zeros(8, dtype=bool)
        near = Dropped((0.0, 0.0), np.arange(8.0), nobody, 0.0, 0.0, 4_000.0, 0, -1, np.inf)
        far = Dropped((0.0, 0.0), np.arange(8.0), nobody, 0.0, 0.0, 0.0, 0, 0, 9_000.0)
        assert "Nobody would be newly within reach: all 4,000 people" in site_words.pinned(here, near, NAMES, [])[0]
        assert site_words.pinned(here, near, NAMES, [])[-1] == "Nothing that counts as help is there today."
        assert "Nobody who is to be reached lives within" in site_words.pinned(here, far, NAMES, ["Centre"])[0]


class TestTables:
    def test_sites_have_a_running_total_and_a_share(self, here, best, halls):
        told = site_tables.sites(here, best, halls, label="The best")
        assert told["Site"].tolist() == ["B4", "B1"]
        assert told["Order"].tolist() == [1, 2]
        assert told["People newly reached"].tolist() == [4_500, 1_500]
        assert told["Running total"].tolist() == [4_500, 6_000]
        assert told["Share of people within reach then (%)"].tolist() == [87.5, 100.0]
        assert told["District"].tolist() == ["Beeton", "Beeton"]
        assert "Cost (£)" not in told

    def test_newly_reached_neighbourhoods_say_where_from_and_whom(self, here, best, halls, toy):
        areas = pd.DataFrame(toy.shapes(Geography.LSOA21))
        told = site_tables.areas(here, best, halls, areas, tenth=TENTH, poor=POOR).set_index("Code")
        assert told["People"].tolist() == [2_000, 1_500, 1_500, 1_000]  # B4, B1, B2, B3
        assert told["On low incomes, about"].tolist() == [100, 750, 300, 100]
        assert told["Nearest then"].tolist()[:2] == ["B4", "B1"]
        assert told["Way then (km)"].tolist() == [0, 0, 1, 1]
        assert told["Way to the nearest today (km)"].tolist() == [3.16, 2, 3, 2.24]

    def test_without_help_today_there_is_no_way_to_tell(self, halls, toy):
        areas = pd.DataFrame(toy.shapes(Geography.LSOA21))
        found = sites.judged(ground(), halls.points, [1], by_way=False)
        told = site_tables.areas(ground(), found, halls, areas, tenth=TENTH, poor=POOR)
        assert told["Way to the nearest today (km)"].isna().all()

    def test_choices_stand_beside_today(self, here, best):
        told = site_tables.compared(here, {"The best": best, "My own": None})
        assert told["Within reach"].to_dict() == {"Today": "6,000", "The best 2": "12,000"}
        assert told["Of all"].tolist() == ["50%", "100%"]
        nobody = site_tables.compared(ground(served=PEOPLE < 0), {})
        assert nobody.loc["Today"].tolist() == ["0", "nobody", "none"]


class TestHow:
    def how(self, here, halls, **changes):
        asked = {"whom": "in Toytown", "among": "the halls", "helped": "One counts.", "goal": "cover", "by_need": False}
        return dict(site_tables.how(here, halls, **asked | {"rules": [], "sure": "Proven."} | changes))

    @pytest.mark.parametrize(("goal", "named"), [("cover", "Church"), ("median", "Hakimi"), ("fewest", "Toregas")])
    def test_names_the_method_and_the_solver(self, here, halls, goal, named):
        told = self.how(here, halls, goal=goal)
        assert named in told["What is sought"] and "HiGHS" in told["How it is found"]
        assert "straight line" in told["Within reach"] and "times 1." in told["Within reach"]
        assert told["Whom it leaves out"].startswith("People beyond the region")

    def test_says_who_counts_and_for_what(self, here, halls):
        assert self.how(here, halls)["Who is to be reached"] == (
            "12,000 people in 7 neighbourhoods: those in Toytown. Everyone counts the same."
        )
        unscored = ground(need=np.array([1, 1, 1, 1, 1, 1, 1, np.nan]))
        told = self.how(unscored, halls, by_need=True)["Who is to be reached"]
        assert "1 neighbourhood without a need score counts as in the middle (0.5)." in told

    def test_says_what_was_left_out_of_the_places(self, here, halls):
        cut = halls.only(sites.strongest(here, halls.points, keep=[], most=2))
        assert "1 more place is left out: of so many" in self.how(here, cut)["Where a site may be"]

    def test_tells_what_else_was_asked_for(self, here, halls):
        rules = site_tables.rules(must=["B1"], never=["A4"], cap=2, budget=1_000.0, counting=False)
        told = self.how(here, halls, rules=rules)["What else was asked for"]
        assert told == (
            "What is there today is not counted. B1 must be among the sites. A4 must not be among them. In one "
            "district at most 2 sites. Together at most £1,000; a place that says no cost is left out."
        )
        assert "What else was asked for" not in self.how(here, halls)
