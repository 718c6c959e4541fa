"""The solver against every choice there is, against PySAL's spopt, and for what must hold whatever the figures."""

from dataclasses import replace
from itertools import combinations
from time import monotonic
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array

from geo import siting, siting_solve
from geo.siting import SitingError, covering, fewest, p_median
from geo.siting_bound import at, settle
from geo.siting_model import solved
from geo.siting_rules import Rules, check
from geo.siting_search import benefits, narrowed
from geo.siting_worth import coverage, gains, newly, what_next


def towns(seed, *, areas, sites, side=1000):
    """Areas and sites anywhere on a square: metres between them, and people."""
    chance = np.random.default_rng(seed)
    here, there = chance.random((areas, 2)) * side, chance.random((sites, 2)) * side
    people = chance.integers(0, 100, areas) * (1.0 if seed % 2 else 0.37)
    return np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1)), people, chance


def best_cover(reached, people, choices):
    """The most people that any of `choices` reaches."""
    return max(people[reached[:, list(sites)].any(axis=1)].sum() for sites in choices)


def shortest(metres, people, choices):
    """The least mean distance to the nearest site of any of `choices`."""
    return min(np.average(metres[:, list(sites)].min(axis=1), weights=people) for sites in choices)


def keeps(sites, rules):
    """Whether a choice keeps to the rules."""
    chosen = set(sites)
    spent = 0 if rules.costs is None else sum(rules.costs[site] for site in chosen)
    return (
        chosen.issuperset(rules.must)
        and chosen.isdisjoint(rules.never)
        and all(len(chosen.intersection(members)) <= most for members, most in rules.groups)
        and (rules.budget is None or spent <= rules.budget)
    )


def any_rules(chance, sites):
    """Rules of every kind, now and then, and not always such that they can be met."""
    some = chance.permutation(sites).tolist()
    part = chance.integers(0, 3, sites)
    groups = [(np.flatnonzero(part == k).tolist(), int(chance.integers(0, 4))) for k in range(3)]
    told = {"must": some[: chance.integers(0, 3)], "never": some[3 : 3 + chance.integers(0, 3)]}
    told["groups"] = [*groups, (some[2:6], 1)]
    dear = {"costs": chance.integers(0, 6, sites).tolist(), "budget": int(chance.integers(0, 15))}
    kept = {field: value for field, value in told.items() if chance.random() < 0.5}
    return Rules(**kept, **(dear if chance.random() < 0.5 else {}))


def possible(chance, p):
    """Rules of chance that leave a choice of `p` of eight sites, or of any number within a budget."""
    while True:
        rules = any_rules(chance, 8)
        try:
            return rules, check(8, p if rules.budget is None else None, rules)
        except SitingError:
            continue


@pytest.fixture(params=["as it is", "the whole way", "without luck"])
def way(request, monkeypatch):
    """Small questions are settled early: these make them go through every step, as large ones do.

    Without luck nothing good is found by adding and swapping, so that the answer has to come from proof.
    """
    if request.param != "as it is":
        for name, value in {"_FEW": 0, "_SOME": 0, "_PATIENCE": 2, "_ROUNDS": (5, 5)}.items():
            monkeypatch.setattr(siting_solve, name, value)
    if request.param == "without luck":
        monkeypatch.setattr(siting_solve, "greedy", adds_nothing)
        monkeypatch.setattr(siting_solve, "_improved", improves_nothing)


def adds_nothing(*given, **more):
    return None


def improves_nothing(task, rest, found, *given, **more):
    return found


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("seed", range(50))
class TestAgainstEveryChoice:
    def test_covering(self, seed):
        metres, people, chance = towns(seed, areas=25, sites=11)
        reached, p = metres <= 250, int(chance.integers(1, 6))
        answer = covering(reached, people, p)
        assert answer.proven and len(answer.sites) == p
        assert answer.worth == pytest.approx(best_cover(reached, people, combinations(range(11), p)), rel=1e-12)

    def test_p_median(self, seed):
        metres, people, chance = towns(seed, areas=25, sites=11)
        p = int(chance.integers(1, 6))
        answer = p_median(metres, people, p)
        assert answer.proven and len(answer.sites) == p
        assert answer.worth == pytest.approx(shortest(metres, people, combinations(range(11), p)), rel=1e-12)

    def test_p_median_beside_what_is_there(self, seed):
        """What is there today is a site that every choice has."""
        metres, people, chance = towns(seed, areas=25, sites=11)
        p = int(chance.integers(1, 5))
        answer = p_median(metres[:, :10], people, p, existing_m=metres[:, 10])
        choices = [(*sites, 10) for sites in combinations(range(10), p)]
        assert answer.proven and answer.worth == pytest.approx(shortest(metres, people, choices), rel=1e-12)

    def test_fewest(self, seed):
        metres, people, chance = towns(seed, areas=25, sites=9)
        reached, share = metres <= 300, chance.random() * 0.9
        already = chance.random(25) < 0.2
        wanted = share * people.sum()
        enough = [
            len(sites)
            for p in range(10)
            for sites in combinations(range(9), p)
            if people[reached[:, list(sites)].any(axis=1) | already].sum() >= wanted
        ]
        if not enough:
            with pytest.raises(SitingError, match="Ask for a lower share"):
                fewest(reached, people, share=share, already=already)
            return
        answer = fewest(reached, people, share=share, already=already)
        assert answer.proven and len(answer.sites) == min(enough)
        assert coverage(reached, people, answer.sites, already) >= wanted

    def test_fewest_within_rules(self, seed):
        metres, people, chance = towns(seed, areas=20, sites=8)
        rules, reached, share = any_rules(chance, 8), metres <= 300, chance.random() * 0.7
        choices = [sites for p in range(9) for sites in combinations(range(8), p) if keeps(sites, rules)]
        wanted = share * people.sum()
        enough = [len(sites) for sites in choices if coverage(reached, people, sites) >= wanted]
        if not enough:
            with pytest.raises(SitingError):
                fewest(reached, people, share=share, rules=rules)
            return
        try:
            answer = fewest(reached, people, share=share, rules=rules)
        except SitingError:
            assert choices == [()]
            return
        assert answer.proven and answer.sites in choices and len(answer.sites) == min(enough)
        assert coverage(reached, people, answer.sites) >= wanted

    def test_rules_with_a_number_of_sites(self, seed):
        metres, people, chance = towns(seed, areas=20, sites=9)
        rules, reached, p = any_rules(chance, 9), metres <= 300, int(chance.integers(1, 5))
        choices = [sites for sites in combinations(range(9), p) if keeps(sites, rules)]
        if not choices:
            with pytest.raises(SitingError):
                covering(reached, people, p, rules=rules)
            return
        covers, near = covering(reached, people, p, rules=rules), p_median(metres, people, p, rules=rules)
        assert covers.sites in choices and near.sites in choices and covers.proven and near.proven
        assert covers.worth == pytest.approx(best_cover(reached, people, choices), rel=1e-12)
        assert near.worth == pytest.approx(shortest(metres, people, choices), rel=1e-12)

    def test_rules_with_a_budget_alone(self, seed):
        metres, people, chance = towns(seed, areas=20, sites=8)
        rules, reached = any_rules(chance, 8), metres <= 300
        if rules.budget is None:
            rules = Rules(costs=[3] * 8, budget=10)
        choices = [sites for p in range(1, 9) for sites in combinations(range(8), p) if keeps(sites, rules)]
        if not choices:
            with pytest.raises(SitingError):
                p_median(metres, people, None, rules=rules)
            return
        covers, near = covering(reached, people, None, rules=rules), p_median(metres, people, None, rules=rules)
        assert keeps(covers.sites, rules) and near.sites in choices
        assert covers.worth == pytest.approx(best_cover(reached, people, choices), rel=1e-12)
        assert near.worth == pytest.approx(shortest(metres, people, choices), rel=1e-12)


@pytest.mark.parametrize("seed", range(40))
class TestWhatIsSettled:
    """Bounds hold at any prices at all, and what they settle holds of every choice that is good enough."""

    @pytest.fixture
    def case(self, seed):
        """Benefits, terms, every choice within them with its worth, and a bound at prices of chance."""
        metres, people, chance = towns(seed, areas=12, sites=8)
        near = metres <= 400 if seed % 3 else np.maximum(600 - metres, 0) / 100
        whole = benefits(csc_array(people[:, None] * near))
        rules, frame = possible(chance, int(chance.integers(1, 5)))
        counts = range(frame.terms.least, frame.terms.most + 1)
        choices = [sites for p in counts for sites in combinations(range(8), p) if keeps(sites, rules)]
        worth = {sites: whole.best(sites).sum() for sites in choices}
        floor = whole.best(frame.must.tolist())
        given, terms = narrowed(whole, frame.open, floor), frame.terms.after(frame.must, frame.open)
        rest = siting_solve.Rest(given, terms, frame.must, floor, np.zeros(12))
        prices, tolls = chance.random(12) * people, chance.random(len(terms.room)) * 50
        return siting_solve.Task(whole, frame, 0.0, monotonic() + 60), rest, worth, at(given, terms, prices, tolls)

    def test_no_choice_passes_a_bound(self, case):
        _, rest, worth, bound = case
        assert max(worth.values()) <= rest.floor.sum() + bound.value + 1e-9

    def test_what_is_settled_holds_of_all_that_are_good_enough(self, case):
        task, rest, worth, bound = case
        given = rest.given
        for known in sorted(set(worth.values()))[-3:]:
            settled = settle(given, bound, known=known - rest.floor.sum() - 1e-9)
            for sites in (sites for sites in worth if worth[sites] >= known):
                chosen = np.isin(given.ids, sites)
                assert chosen[settled.inside].all() and not chosen[settled.outside].any()
                shown = settled.entry >= 0
                least = task.whole.value[given.origin[settled.entry[shown]]]
                assert (task.whole.best(sites)[shown] >= least).all()

    def test_the_linear_programme_leaves_all_that_are_good_enough(self, case, monkeypatch):
        task, rest, worth, _ = case
        monkeypatch.setattr(siting_solve, "_improved", improves_nothing)
        for known in sorted(set(worth.values()))[-3:]:
            sites = next(sites for sites in worth if worth[sites] == known)
            found, left = siting_solve._relaxed(task, rest, siting_solve.Found(sites, known, np.inf))
            assert found.bound >= max(worth.values()) - 1e-6
            for good in (sites for sites in worth if worth[sites] >= known):
                assert set(left.taken) <= set(good) <= {*left.taken, *left.given.ids}


def test_bounds_that_are_close_settle_something():
    """On real questions they settle nearly all; here, with three clear places of eight, the rest are out."""
    reached = np.eye(8, dtype=bool)
    people = np.array([50.0, 1, 60, 1, 70, 1, 1, 1])
    given = benefits(csc_array(people[:, None] * reached))
    settled = settle(given, at(given, check(8, 3, Rules()).terms, people / 2, np.zeros(0)), known=179.0)
    assert np.flatnonzero(settled.inside).tolist() == [0, 2, 4] and settled.outside.sum() == 5
    assert given.area[settled.entry[settled.entry >= 0]].tolist() == [0, 2, 4]


def test_what_would_have_to_be_chosen_may_cost_too_much():
    """Both of two sites would be needed to reach both people; the budget is for one."""
    whole = benefits(csc_array(np.eye(2)))
    frame = check(2, None, Rules(costs=[5, 5], budget=6))
    found = siting_solve.best(whole, frame, seconds=10, target=2.0)
    assert len(found.sites) == 1 and found.worth == 1 and found.bound < 2
    both, none = np.array([0, 1]), np.zeros(0, dtype=np.int64)
    given, terms = narrowed(whole, none, np.ones(2)), frame.terms.after(both, none)
    rest = siting_solve.Rest(given, terms, both, np.ones(2), np.ones(2))
    left = siting_solve._proven(siting_solve.Task(whole, frame, 2.0, monotonic() + 60), rest, replace(found, bound=9.0))
    assert left.sites == found.sites and left.bound < 2


@pytest.mark.parametrize("seed", range(3))
def test_three_of_sixty_against_all_34220(seed):
    metres, people, _ = towns(seed, areas=120, sites=60)
    choices = np.array(list(combinations(range(60), 3)))
    nearest = metres[:, choices].min(axis=2)
    assert p_median(metres, people, 3).worth == pytest.approx((people @ nearest).min() / people.sum(), rel=1e-12)
    reached = metres <= 200
    most = (people @ (nearest <= 200)).max()
    assert covering(reached, people, 3).worth == pytest.approx(most, rel=1e-12)


@pytest.fixture(scope="module")
def peers():
    """spopt's models, and what the best of a model is worth."""
    locate, pulp = pytest.importorskip("spopt.locate"), pytest.importorskip("pulp")
    if "PULP_CBC_CMD" not in pulp.listSolvers(onlyAvailable=True):
        pytest.skip("PuLP finds no CBC on this machine.")
    return locate, lambda model: model.solve(pulp.PULP_CBC_CMD(msg=False)).problem.objective.value()


@pytest.mark.filterwarnings("ignore::DeprecationWarning:pulp")
class TestAgainstSpopt:
    """PySAL's models, solved by CBC: another statement of the question, and another solver."""

    @pytest.mark.parametrize("seed", range(20))
    def test_covering(self, peers, seed):
        locate, solve = peers
        metres, people, chance = towns(seed, areas=60, sites=25)
        p = int(chance.integers(2, 8))
        theirs = solve(locate.MCLP.from_cost_matrix(metres, people, 150.0, p_facilities=p))
        assert covering(metres <= 150, people, p).worth == pytest.approx(theirs, rel=1e-9)

    @pytest.mark.parametrize("seed", range(3))
    def test_covering_that_takes_every_step(self, peers, seed):
        locate, solve = peers
        metres, people, _ = towns(seed, areas=200, sites=120)
        answer = covering(metres <= 200, people, 10)
        theirs = solve(locate.MCLP.from_cost_matrix(metres, people, 200.0, p_facilities=10))
        assert answer.proven and answer.worth == pytest.approx(theirs, rel=1e-6)

    @pytest.mark.parametrize("seed", range(10))
    def test_p_median(self, peers, seed):
        locate, solve = peers
        metres, people, chance = towns(seed, areas=20, sites=10)
        p = int(chance.integers(2, 5))
        theirs = solve(locate.PMedian.from_cost_matrix(metres, people, p_facilities=p))
        assert p_median(metres, people, p).worth == pytest.approx(theirs / people.sum(), rel=1e-9)


class TestOutOfTime:
    """With no time at all there is still an answer, and what is said of it is true."""

    METRES, PEOPLE, _ = towns(1, areas=200, sites=120)

    def test_covering(self):
        reached = self.METRES <= 200
        hasty, best = covering(reached, self.PEOPLE, 10, seconds=0), covering(reached, self.PEOPLE, 10)
        assert best.proven and not hasty.proven and len(hasty.sites) == 10
        assert hasty.worth <= best.worth <= hasty.worth * (1 + hasty.gap)
        assert hasty.status == f"Not proven within 0 seconds: at most {hasty.gap:.1%} better is possible."

    def test_p_median(self):
        hasty, best = (p_median(self.METRES, self.PEOPLE, 10, seconds=seconds) for seconds in (0, 10))
        assert best.proven and not hasty.proven
        assert hasty.worth * (1 - hasty.gap) <= best.worth <= hasty.worth

    def test_fewest(self):
        reached = self.METRES <= 100
        hasty, best = (fewest(reached, self.PEOPLE, share=0.6, seconds=seconds) for seconds in (0, 10))
        assert best.proven and not hasty.proven
        assert len(hasty.sites) * (1 - hasty.gap) <= len(best.sites) <= len(hasty.sites)
        assert hasty.status.endswith("fewer may be enough.")
        assert coverage(reached, self.PEOPLE, hasty.sites) >= 0.6 * self.PEOPLE.sum()


class TestLeftOpen:
    """What the solver leaves open is never called proven."""

    METRES, PEOPLE, _ = towns(3, areas=60, sites=30)

    def test_a_bound_that_is_not_closed(self, monkeypatch):
        """As if HiGHS had stopped with a bound of all people above what it found."""

        def stopped(*given, **told):
            found = solved(*given, **told)
            return SimpleNamespace(status=1, x=found.x, mip_dual_bound=-1e9)

        best = covering(self.METRES <= 300, self.PEOPLE, 4)
        monkeypatch.setattr(siting_solve, "_ROUNDS", (5,))
        monkeypatch.setattr(siting_solve, "solved", stopped)
        answer = covering(self.METRES <= 300, self.PEOPLE, 4)
        assert best.proven and answer.worth == best.worth and not answer.proven and answer.gap > 0

    def test_a_number_that_is_not_decided(self, monkeypatch):
        """As if no question but the first were answered: any fewer sites might be enough."""
        asked = []

        def undecided(*given, **told):
            asked.append(given)
            return siting_solve.best(*given, **told) if len(asked) == 1 else siting_solve.Found((), 0.0, np.inf)

        monkeypatch.setattr(siting, "best", undecided)
        answer = fewest(self.METRES <= 200, self.PEOPLE, share=0.6)
        count = len(answer.sites)
        assert len(asked) > 1 and not answer.proven and answer.gap == pytest.approx((count - 1) / count)
        assert answer.status == f"Not proven within 10 seconds: at most {count - 1} fewer may be enough."


@st.composite
def questions(draw):
    """Who reaches whom, people, who is served already, and how many sites."""
    areas, sites = draw(st.integers(1, 12)), draw(st.integers(1, 7))
    flags = draw(st.lists(st.booleans(), min_size=areas * sites, max_size=areas * sites))
    people = draw(st.lists(st.integers(0, 50) | st.just(np.nan), min_size=areas, max_size=areas))
    already = draw(st.lists(st.booleans(), min_size=areas, max_size=areas))
    reached = np.array(flags, dtype=bool).reshape(areas, sites)
    return reached, np.array(people, dtype=float), np.array(already, dtype=bool), draw(st.integers(1, sites))


@settings(deadline=None)
@given(questions())
def test_what_holds_of_every_answer(question):
    reached, people, already, p = question
    answer = covering(reached, people, p, already=already)
    today, everyone = coverage(reached, people, (), already), np.nansum(people)
    assert answer.proven and len(set(answer.sites)) == p and answer.sites == tuple(sorted(answer.sites))
    assert 0 <= answer.worth <= everyone - today
    assert answer.worth == coverage(reached, people, answer.sites, already) - today
    assert answer.worth == np.nansum(people[newly(reached, answer.sites, already)])


@settings(deadline=None)
@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_areas_does_not_matter(question, random):
    reached, people, already, p = question
    order = list(range(len(people)))
    random.shuffle(order)
    shuffled = covering(reached[order], people[order], p, already=already[order])
    assert shuffled.worth == covering(reached, people, p, already=already).worth


@given(questions(), st.randoms(use_true_random=False))
def test_one_site_more_never_reaches_fewer(question, random):
    reached, people, already, p = question
    sites = random.sample(range(reached.shape[1]), p)
    covered = [coverage(reached, people, sites[:some], already) for some in range(p + 1)]
    assert covered == sorted(covered)


@settings(deadline=None)
@given(questions())
def test_one_more_may_only_be_better(question):
    reached, people, already, p = question
    worth = [covering(reached, people, some, already=already).worth for some in range(1, p + 1)]
    assert worth == sorted(worth)


@given(questions(), st.randoms(use_true_random=False))
def test_gains_are_in_order_and_add_up(question, random):
    reached, people, already, p = question
    sites = random.sample(range(reached.shape[1]), p)
    found = gains(reached, people, sites, already=already)
    assert sorted(at.site for at in found) == sorted(sites)
    assert [at.people for at in found] == sorted((at.people for at in found), reverse=True)
    today = coverage(reached, people, (), already)
    assert sum(at.people for at in found) == coverage(reached, people, sites, already) - today


@given(questions(), st.randoms(use_true_random=False))
def test_what_next_adds_as_much_as_any(question, random):
    reached, people, already, p = question
    sites = random.sample(range(reached.shape[1]), p)
    now = coverage(reached, people, sites, already)
    adds = [coverage(reached, people, [*sites, more], already) - now for more in range(reached.shape[1])]
    found = what_next(reached, people, sites, already=already)
    assert (found.people if found else 0) == max(adds)
    assert found is None or adds[found.site] == found.people
