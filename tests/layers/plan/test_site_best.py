"""The best sites on Toytown, by hand; and why there are none, in sentences.

As in `test_sites`, a site reaches its own square and those that share a side with it: A1 6,000 people, A2 5,500, A3
3,000, A4 6,000, B1 7,000, B2 5,000, B3 4,500, B4 4,500, of 12,000.
"""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from layers.plan import sites
from layers.plan.site_best import Asked, best
from tests.layers.plan.test_sites import ALL, NAMES, at, ground

EVERYWHERE = at(*NAMES)


def named(found, answer):
    return [found.names[i] for i in answer.choice.sites]


def cover(many, found=EVERYWHERE, here=None, **rules):
    return best(here or ground(), found, Asked("cover", many, 80, **rules))


class TestCovering:
    def test_finds_the_best_and_says_that_it_is_proven(self):
        """One: B1. Three: A1 (A1, A2, A3), B2 (B1, B2, B4) and any that reaches B3 are all 12,000."""
        one, three = cover(1), cover(3)
        assert named(EVERYWHERE, one) == ["B1"] and one.choice.total == 7_000
        assert one.proven and one.status == "Proven: no other choice does better." and one.problem == ""
        assert three.choice.total == 12_000

    def test_says_where_one_more_would_go(self):
        answer = cover(1, at("B1", "A1", "B4"))
        assert (answer.after.site, answer.after.gained) == (1, 3_000)

    def test_counts_what_is_there(self):
        """With help at B1, A2, B1, B2 and B3 are reached: of the rest A1 and A3 go together (3,000), and B4 (2,000)."""
        answer = cover(1, at("A1", "B4"), ground(help_at=["B1"]))
        assert named(at("A1", "B4"), answer) == ["A1"] and answer.choice.total == 3_000

    def test_keeps_what_must_be_and_leaves_what_must_not(self):
        must, never = (NAMES.index(name) for name in ("A3", "B1"))
        answer = cover(2, must=(must,), never=(never,))
        # With A3 (A1 and A3: 3,000) goes best B2 (B1, B2, B4: 5,000) or A2, which adds A2 and B1 (4,500).
        assert set(named(EVERYWHERE, answer)) == {"A3", "B2"}

    def test_keeps_to_a_cap_in_each_district(self):
        """For the people of Beeton alone: B1 and B4 reach all 6,000; with one a district B4 is best (4,500)."""
        found, here = at("B1", "B4", "A4"), ground(served=np.array([name[0] == "B" for name in NAMES]))
        assert set(named(found, cover(2, found, here))) == {"B1", "B4"}
        assert set(named(found, cover(2, found, here, cap=1))) == {"B4", "A4"}
        assert found.names[cover(1, found, here).after.site] == "B1"
        assert cover(1, found, here, cap=1).after is None  # A4 adds nobody, and Beeton is full

    def test_keeps_to_a_budget(self):
        found = replace(at("B1", "A1", "A2", "B4"), costs=np.array([900.0, 300.0, 200.0, np.nan]))
        answer = cover(1, found, budget=800.0)
        assert named(found, answer) == ["A1"]
        assert (found.names[answer.after.site], answer.after.gained) == ("A2", 1_500)
        assert cover(1, found, budget=1_000.0).after is None  # B1 leaves £100, and B4 does not say its cost

    def test_buys_as_many_as_the_budget_pays_for(self):
        found = replace(at("B1", "A1", "A3"), costs=np.array([500.0, 300.0, 200.0]))
        # B1 and A1, or B1 and A3, reach 10,000; £500 buys B1 (7,000) or A1 and A3 (6,000).
        assert named(found, cover(None, found, budget=500.0)) == ["B1"]
        assert cover(None, found, budget=700.0).choice.total == 10_000

    def test_weighs_people_by_need(self):
        need = np.where([name == "B4" for name in NAMES], 1.0, 0.01)
        assert named(at("B1", "B4"), cover(1, at("B1", "B4"), ground(need=need))) == ["B4"]


class TestTheOtherGoals:
    def test_the_shortest_way_for_everyone(self):
        """The average way from every pair, tried one by one."""
        here = ground()
        answer = best(here, EVERYWHERE, Asked("median", 2, 80))
        tried = [sites.judged(here, EVERYWHERE.points, pair, by_way=True) for pair in combinations(range(8), 2)]
        assert answer.choice.average_m[-1] == pytest.approx(min(each.average_m[-1] for each in tried))
        assert answer.proven

    def test_the_shortest_way_with_what_is_there(self):
        """With help at A1, of B3 and B4: ways in people x km from A1 are 21,061; the better is tried by hand."""
        here = ground(help_at=["A1"])
        answer = best(here, at("A1", "B4"), Asked("median", 1, 80))
        assert named(at("A1", "B4"), answer) == ["B4"]
        assert here.average(here.today_m) > answer.choice.average_m[-1]

    def test_the_fewest_for_a_share(self):
        one, two = (best(ground(), EVERYWHERE, Asked("fewest", 5, share)) for share in (58, 59))
        assert named(EVERYWHERE, one) == ["B1"]  # 7,000 of 12,000 are 58.3%
        assert len(two.choice.sites) == 2
        enough = best(ground(help_at=["B1"]), EVERYWHERE, Asked("fewest", 5, 58))
        assert enough.choice is not None and enough.choice.sites == ()


class TestNoAnswer:
    @pytest.mark.parametrize(
        ("many", "found", "here", "rules", "said"),
        [
            (1, EVERYWHERE, ground(served=~ALL), {}, "There is nobody to reach"),
            (1, at(), ground(), {}, "There is no place to choose from"),
            (1, EVERYWHERE, ground(help_at=["A1", "B1", "B4"]), {}, "Nothing is left to cover"),
            (1, at("A1"), ground(help_at=["A1"]), {}, "None of these places would newly bring anyone"),
            (9, EVERYWHERE, ground(), {}, "only 8 may be chosen"),
            (1, EVERYWHERE, ground(), {"must": (0,), "never": (0,)}, "must"),
            (1, EVERYWHERE, ground(), {"must": (0, 1)}, "must be chosen, but you ask for 1"),
            (3, EVERYWHERE, ground(), {"cap": 1}, "cap"),
            (1, EVERYWHERE, ground(), {"never": tuple(range(8))}, "ruled out"),
        ],
    )
    def test_is_told_in_a_sentence(self, many, found, here, rules, said):
        answer = cover(many, found, here, **rules)
        assert answer.choice is None and said in answer.problem and answer.problem.endswith(".")

    def test_a_share_that_cannot_be_had(self):
        answer = best(ground(), at("A1"), Asked("fewest", 5, 99))
        assert answer.choice is None and answer.problem.endswith(".")

    def test_a_budget_that_pays_for_nothing(self):
        found = replace(at("B1", "A1"), costs=np.array([900.0, np.nan]))
        assert "budget of" in cover(1, found, budget=10.0).problem
        assert cover(1, found, budget=10.0, must=(1,)).problem.startswith("A1 must be chosen, but no cost is known")
