"""Where sessions should go, worked out by hand on Toytown, and every question without an answer."""

import numpy as np
import pytest

from geo.siting import SitingError, best_for_each, covering, fewest, p_median
from geo.siting_rules import Rules
from geo.siting_worth import Gain, coverage, gains, mean_metres, newly, what_next
from tests.toytown import CORNERS, FIGURES

NAMES = list(CORNERS)
A1, A2, A3, A4, B1, B2, B3, B4 = range(8)
POINTS = 1000.0 * np.array([CORNERS[name] for name in NAMES])
METRES = np.hypot(*(POINTS[:, None, :] - POINTS[None, :, :]).transpose(2, 0, 1))
REACHED = METRES <= 1000
"""From the middle of a square, that square and those that share a side with it."""
PEOPLE = np.array([FIGURES[name][5] if name in FIGURES else np.nan for name in NAMES])
"""1000 3000 2000 - 1500 1500 1000 2000: 12,000 in all, none known in A4."""


def site(*names):
    """Sites at the middle of squares, as a choice among all eight."""
    return tuple(sorted(NAMES.index(name) for name in names))


class TestMostPeople:
    def test_one_site_goes_where_most_are_in_reach(self):
        """Of the eight, B1 has most around it: B1 1500, A2 3000, B2 1500 and B3 1000."""
        answer = covering(REACHED, PEOPLE, 1)
        assert answer.sites == site("B1") and answer.worth == 7000
        assert answer.proven and answer.gap == 0 and answer.status == "Proven: no other choice does better."

    def test_two_are_not_the_best_one_and_what_adds_most_to_it(self):
        """B1 and then A1 reach 7000 + 3000; A1 (A1 A2 A3: 6000) and B2 (B1 B2 B4: 5000) reach 11,000."""
        assert [at.people for at in gains(REACHED, PEOPLE, site("B1", "A1"))] == [7000, 3000]
        answer = covering(REACHED, PEOPLE, 2)
        assert answer.sites == site("A1", "B2") and answer.worth == 11000

    def test_whoever_is_reached_today_adds_nothing(self):
        """With A1, A2 and A3 served, B2 has 5000 within reach, and A1 nobody."""
        served = np.isin(NAMES, ["A1", "A2", "A3"])
        answer = covering(REACHED, PEOPLE, 1, already=served)
        assert answer.sites == site("B2") and answer.worth == 5000

    def test_nothing_left_to_cover_is_an_answer(self):
        answer = covering(REACHED, PEOPLE, 3, already=np.ones(8, dtype=bool))
        assert len(answer.sites) == 3 and answer.worth == 0 and answer.proven

    def test_sessions_that_add_nobody_are_still_placed(self):
        """Three sites reach all 12,000; eight were asked for."""
        assert covering(REACHED, PEOPLE, 8).sites == tuple(range(8))

    def test_people_that_are_not_known_are_nobody(self):
        assert covering(REACHED, np.full(8, np.nan), 1).worth == 0

    def test_what_must_be_is_and_what_must_not_is_not(self):
        """B4 reaches 4500; of what is left, A1 adds 6000, and without A1 A2 adds A1 A2 B1: 5500."""
        assert covering(REACHED, PEOPLE, 2, rules=Rules(must=(B4,))).sites == site("A1", "B4")
        answer = covering(REACHED, PEOPLE, 2, rules=Rules(must=(B4,), never=(A1,)))
        assert answer.sites == site("A2", "B4") and answer.worth == 10000

    def test_a_cap_for_each_district(self):
        """One in each: A1 and B2 are. None in Ayton: B1 7000 and B4, which adds 2000."""
        ayton, beeton = (A1, A2, A3, A4), (B1, B2, B3, B4)
        apart = Rules(groups=((ayton, 1), (beeton, 1)))
        assert covering(REACHED, PEOPLE, 2, rules=apart).sites == site("A1", "B2")
        assert covering(REACHED, PEOPLE, 2, rules=Rules(groups=((ayton, 0),))).worth == 9000

    def test_a_budget_chooses_how_many(self):
        """For 10: B1 alone costs 9 and reaches 7000; A1 and B2 cost 5 each and reach 11,000, and A3 would be 1 more."""
        costs = [5, 9, 1, 9, 9, 5, 9, 9]
        answer = covering(REACHED, PEOPLE, None, rules=Rules(costs=costs, budget=10))
        assert answer.sites == site("A1", "B2") and answer.worth == 11000
        assert covering(REACHED, PEOPLE, 1, rules=Rules(costs=costs, budget=10)).sites == site("B1")

    def test_a_budget_is_not_spent_on_what_adds_nobody(self):
        answer = covering(REACHED, PEOPLE, None, rules=Rules(costs=[1] * 8, budget=8))
        assert answer.worth == 12000 and len(answer.sites) == 3
        nobody = covering(REACHED, PEOPLE, None, rules=Rules(costs=[1] * 8, budget=8), already=np.ones(8, dtype=bool))
        assert nobody.sites == () and nobody.worth == 0

    def test_pennies_add_up_to_the_budget(self):
        """0.1 and 0.2 are a budget of 0.3, whatever a computer makes of tenths."""
        costs = [0.1, 9, 9, 9, 9, 0.2, 9, 9]
        assert covering(REACHED, PEOPLE, 2, rules=Rules(costs=costs, budget=0.3)).sites == site("A1", "B2")

    def test_for_each_number_of_sites(self):
        """1: B1. 2: A1 and B2. 3: those and one that reaches B3, all 12,000."""
        answers = best_for_each(REACHED, PEOPLE, 3)
        assert [answer.worth for answer in answers] == [7000, 11000, 12000]
        assert [len(answer.sites) for answer in answers] == [1, 2, 3] and all(answer.proven for answer in answers)

    def test_the_same_answer_every_time(self):
        """Without B1, A1 and A4 reach 6000 each, and 11,000 with B2: the first is given, whatever the rules."""
        assert {covering(REACHED, PEOPLE, 1, rules=Rules(never=(B1,))).sites for _ in range(3)} == {site("A1")}
        capped = Rules(groups=(((A1, A2, A3, A4), 1), ((B1, B2, B3, B4), 1)))
        assert {covering(REACHED, PEOPLE, 2, rules=rules).sites for rules in (Rules(), capped)} == {site("A1", "B2")}


class TestShortestWay:
    LINE = np.array([[0.0, 1000, 3000], [1000, 0, 2000], [3000, 2000, 0]])
    """Places and people at 0, 1 and 3 km: 1, 2 and 4 of them."""
    FEW = np.array([1.0, 2, 4])

    def test_one_site_goes_where_the_mean_is_least(self):
        """At 0: 2 + 12 km. At 1: 1 + 8. At 3: 3 + 4, the least: 7 km among 7 people."""
        answer = p_median(self.LINE, self.FEW, 1)
        assert answer.sites == (2,) and answer.worth == pytest.approx(1000)
        assert answer.proven and answer.status == "Proven: no other choice does better."

    def test_what_is_there_today_stays(self):
        """With help at 3 km, people have 3 + 4 km; a site at 0 leaves 2, at 1 leaves 1, at 3 all 7."""
        answer = p_median(self.LINE, self.FEW, 1, existing_m=np.array([3000.0, 2000, 0]))
        assert answer.sites == (1,) and answer.worth == pytest.approx(1000 / 7)

    def test_nowhere_today_is_infinitely_far(self):
        answer = p_median(self.LINE, self.FEW, 1, existing_m=np.full(3, np.inf))
        assert answer.sites == (2,) and answer.worth == pytest.approx(1000)

    def test_rules_hold_here_too(self):
        """Without 3 km: at 1, 9 km among 7. For 5 in all, 0 and 1 km at 2 each, not 3 km at 4: 8 km among 7."""
        assert p_median(self.LINE, self.FEW, 1, rules=Rules(never=(2,))).worth == pytest.approx(9000 / 7)
        bought = p_median(self.LINE, self.FEW, 2, rules=Rules(costs=[2, 2, 4], budget=5))
        assert bought.sites == (0, 1) and bought.worth == pytest.approx(8000 / 7)
        assert p_median(self.LINE, self.FEW, None, rules=Rules(costs=[2, 2, 4], budget=5)).sites == (2,)

    def test_nobody_has_no_way(self):
        assert p_median(self.LINE, np.zeros(3), 2).worth == 0


class TestFewest:
    def test_the_number_that_a_share_takes(self):
        """Shares of 12,000: B1 has 58%, A1 and B2 92%, and all take three."""
        found = {share: fewest(REACHED, PEOPLE, share=share) for share in (0.5, 0.58, 0.6, 0.9, 1.0)}
        assert [len(answer.sites) for answer in found.values()] == [1, 1, 2, 2, 3]
        assert found[0.9].worth == 11000 and found[0.9].proven
        assert found[0.9].status == "Proven: no fewer sites reach that share."

    def test_none_where_enough_are_reached_today(self):
        """A1, A2 and A3 hold half of the people."""
        served = np.isin(NAMES, ["A1", "A2", "A3"])
        assert fewest(REACHED, PEOPLE, share=0.5, already=served).sites == ()
        answer = fewest(REACHED, PEOPLE, share=0.9, already=served)
        assert answer.sites == site("B2") and answer.worth == 5000

    def test_a_share_is_not_missed_by_rounding(self):
        """Seven of a hundred are 7%, though 0.07 times 100 is a little more than 7 to a computer."""
        assert fewest(np.arange(100)[:, None] < 7, np.ones(100), share=0.07).sites == (0,)

    def test_what_must_be_counts(self):
        assert fewest(REACHED, PEOPLE, share=0, rules=Rules(must=(A4,))).sites == site("A4")
        assert fewest(REACHED, PEOPLE, share=0.9, rules=Rules(must=(B4,))).worth >= 10800

    @pytest.mark.parametrize(
        ("rules", "most"), [(Rules(never=(A1, A2, A3)), "91.6"), (Rules(groups=((range(8), 1),)), "58.3")]
    )
    def test_out_of_reach(self, rules, most):
        """Without A1 to A3, only A1's own 1000 are left out; one site alone reaches 7000 of 12,000."""
        with pytest.raises(SitingError, match=f"reaches only {most}% of people, not 100%. Ask for a lower share"):
            fewest(REACHED, PEOPLE, share=1.0, rules=rules)

    def test_a_share_is_a_share(self):
        with pytest.raises(SitingError, match="A share of 120% is not from 0% to 100%"):
            fewest(REACHED, PEOPLE, share=1.2)


class TestWhatAChoiceComesTo:
    def test_newly_and_coverage(self):
        """A1 reaches A1, A2 and A3; A2 and B4 are served today."""
        served = np.isin(NAMES, ["A2", "B4"])
        assert newly(REACHED, [A1]).tolist() == [True, True, True, False, False, False, False, False]
        assert newly(REACHED, [A1], served).tolist() == [True, False, True, False, False, False, False, False]
        assert coverage(REACHED, PEOPLE, [A1], served) == 1000 + 3000 + 2000 + 2000
        assert coverage(REACHED, PEOPLE, []) == 0

    def test_gains_in_the_order_in_which_each_adds_most(self):
        """B1 7000; then A1 and A3 would add 3000 each, the first first; then A3 adds nobody."""
        assert gains(REACHED, PEOPLE, [A3, A1, B1]) == (Gain(B1, 7000), Gain(A1, 3000), Gain(A3, 0))

    def test_what_next(self):
        """After A1 and B2 only B3's 1000 are left: B1 reaches them first. B1 cost too much, and A4 does too."""
        assert what_next(REACHED, PEOPLE, [A1, B2]) == Gain(A4, 1000)
        assert what_next(REACHED, PEOPLE, [A1, B2], rules=Rules(never=(A4,))) == Gain(B1, 1000)
        dear = Rules(costs=[1, 1, 1, 2, 2, 1, 1, 1], budget=3)
        assert what_next(REACHED, PEOPLE, [A1, B2], rules=dear) == Gain(B3, 1000)
        assert what_next(REACHED, PEOPLE, [A1, B2], rules=Rules(groups=((range(8), 2),))) is None
        assert what_next(REACHED, PEOPLE, [A1, B2, B3]) is None

    def test_mean_metres(self):
        """From B1 in km: A1 2, A2 1, A3 the root of 2 x 2 + 1, B2 and B3 1, B4 the root of 1 + 1."""
        ways = 1000 * 2 + 3000 * 1 + 2000 * 5**0.5 + 1500 * 1 + 1000 * 1 + 2000 * 2**0.5
        assert mean_metres(METRES, PEOPLE, [B1]) == pytest.approx(1000 * ways / 12000)
        assert mean_metres(METRES, PEOPLE, [], existing_m=np.full(8, 700.0)) == 700


ALL = tuple(range(8))
NO_ANSWER = {
    "There are no places to choose from": (1, Rules(), REACHED[:, :0]),
    "You ask for 0 sites. Ask for at least one": (0, Rules(), REACHED),
    "You ask for 9 sites, but only 8 may be chosen": (9, Rules(), REACHED),
    "You ask for 7 sites, but only 6 may be chosen": (7, Rules(never=(A1, B1)), REACHED),
    "All 8 sites are ruled out": (1, Rules(never=ALL), REACHED),
    "1 site must be chosen and must not be": (2, Rules(must=(A1, A2), never=(A1,)), REACHED),
    "3 sites must be chosen, but you ask for 2": (2, Rules(must=(A1, A2, A3)), REACHED),
    "2 sites that must be chosen share a cap of 1": (3, Rules(must=(A1, A2), groups=((ALL, 1),)), REACHED),
    "The caps leave room for 2 sites, but you ask for 3": (3, Rules(groups=(((A1, A2), 1), (ALL, 2))), REACHED),
    "There is a budget of 10 but no costs": (1, Rules(budget=10), REACHED),
    "A budget of -1 is less than nothing": (1, Rules(costs=[1] * 8, budget=-1), REACHED),
    "There are 3 costs for 8 sites": (1, Rules(costs=[1] * 3, budget=10), REACHED),
    "2 of 8 sites have no cost, or one below 0": (1, Rules(costs=[np.nan, -1, *[1] * 6], budget=10), REACHED),
    "must be chosen cost 1,200, more than the budget of 1,000": (
        3,
        Rules(must=(A1, A2), costs=[600] * 8, budget=1000),
        REACHED,
    ),
    "The cheapest 3 sites within your rules cost 7.50 in all, more than the budget of 7": (
        3,
        Rules(costs=[2.5] * 8, budget=7),
        REACHED,
    ),
    "The cheapest site within your rules cost 5 in all": (None, Rules(costs=[5] * 8, budget=4), REACHED),
    "The cheapest 2 sites within your rules cost 6": (
        2,
        Rules(costs=[1, 1, 1, 1, 5, 5, 5, 5], budget=5, groups=(((A1, A2, A3, A4), 1),)),
        REACHED,
    ),
    "The rules name 1 site beyond the 8 candidates, first number 8": (1, Rules(must=(8,)), REACHED),
    "Say how many sites to choose, or how much": (None, Rules(), REACHED),
}


@pytest.mark.parametrize("sentence", NO_ANSWER)
def test_a_question_without_an_answer_is_told_why(sentence):
    p, rules, reached = NO_ANSWER[sentence]
    with pytest.raises(SitingError) as told:
        covering(reached, PEOPLE, p, rules=rules)
    assert sentence in str(told.value) and str(told.value).endswith(".")


def test_figures_that_are_not_there():
    with pytest.raises(SitingError, match="8 areas, but people of 3. Give one figure an area"):
        covering(REACHED, PEOPLE[:3], 1)
    with pytest.raises(SitingError, match="1 of 8 areas have fewer people than none"):
        covering(REACHED, np.array([-1.0, *PEOPLE[1:]]), 1)
    with pytest.raises(SitingError, match="4 distances are not known"):
        p_median(np.where(METRES > 3100, np.nan, METRES), PEOPLE, 1)
