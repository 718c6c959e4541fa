"""Planning at the size of the real region: reach, a changed weight, how sure a list is, sites and a dropped pin."""

import time
import warnings
from statistics import median
from typing import TypeVar

import numpy as np
import pandas as pd
import pulp
from access import Access, weights
from spopt.locate import MCLP

from data.store import Store
from geo.areas import Geography
from geo.catchment import ZONES, access, enhanced
from geo.composite import Scale, Sum, combined, scaled
from geo.reach import distances, reach, reached
from geo.robustness import drawn, robustness
from geo.siting import covering
from layers.plan.gap_words import summary
from layers.plan.need import PRESETS, Indicator, Recipe, column
from layers.render import Grid, group
from layers.view import View
from pages import _edge, _paint, _worked
from tests.bench.reader import Reader
from tests.bench.served import served
from tests.bench.stopwatch import timed
from tests.bench.switching import weighed

_SERVICES, _WITHIN, _DETOUR, _TIMES, _FEW = 1_000, 3_000, 1.3, 9, 3
_WEIGHTS = (3, 4, 5, 1, 2)
_TOP, _DRAWS, _SEED = 20, 1_000, 1
_SITES, _NEAR = 30, 2_000
_GRID = Grid(heading="Need and reach", across="More need", up="Further from help", wide=3)

T = TypeVar("T")


def of_plans() -> dict[str, float]:
    """Every figure of planning, each beside the plain way where there is one."""
    store = Store()
    points = store.shapes(Geography.LSOA21)[["point_e", "point_n"]].to_numpy(dtype=float)
    people = store.ask("people_lsoa21")["population"].to_numpy(dtype=float)
    figures = _reached(points, people) | _sure(store) | _sited(points, people) | _redrawn()
    with served("app.py", health="/health") as app:
        return figures | _weights_changed(app.port) | _pinned(app.port)


def _reached(points: np.ndarray, people: np.ndarray) -> dict[str, float]:
    """Ways, the nearest, those within reach and both kinds of help for each person, for 1,000 services at once."""
    made = np.random.default_rng(_SEED)
    places = points[made.integers(0, len(points), _SERVICES)] + made.normal(0, 500, (_SERVICES, 2))
    supply = made.integers(1, 20, _SERVICES).astype(float)

    def ours() -> tuple[np.ndarray, np.ndarray]:
        metres = distances(points, places, detour=_DETOUR)
        reach(metres, within=_WITHIN)
        return access(metres, supply, people, catchment=_WITHIN), enhanced(metres, supply, people, catchment=_WITHIN)

    def theirs() -> tuple[np.ndarray, np.ndarray]:
        return _by_pysal(points, places, supply, people)

    (both, took), (again, plainly) = timed(ours), timed(theirs, times=_FEW)
    if not all(np.allclose(one, other, atol=1e-9) for one, other in zip(both, again, strict=True)):
        raise RuntimeError("Help for each person is not what PySAL's access says.")
    return {"reach.all_ms": took, "reach.plain.all_ms": plainly, "reach.ratio": plainly / took}


def _by_pysal(
    points: np.ndarray, places: np.ndarray, supply: np.ndarray, people: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The same by PySAL's access, from all pairs; the nearest and the count by pandas."""
    metres = _DETOUR * np.hypot(*(points[:, None, axis] - places[None, :, axis] for axis in (0, 1)))
    pairs = pd.DataFrame(metres).stack().rename_axis(["area", "place"]).rename("metres").reset_index()
    pairs.groupby("area")["metres"].min()
    near = pairs[pairs["metres"] <= _WITHIN]
    near.groupby("area").size()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        held = Access(
            demand_df=pd.DataFrame({"area": range(len(points)), "people": people}),
            demand_index="area",
            demand_value="people",
            supply_df=pd.DataFrame({"place": range(len(places)), "supply": supply}),
            supply_index="place",
            supply_value="supply",
            cost_df=near,
            cost_origin="area",
            cost_dest="place",
            cost_name="metres",
        )
        steps = weights.step_fn({share * _WITHIN: weight for share, weight in ZONES})
        held.two_stage_fca(name="plain", cost="metres", max_cost=_WITHIN)
        held.enhanced_two_stage_fca(name="zones", cost="metres", max_cost=_WITHIN, weight_fn=steps)
    told = held.access_df.reindex(range(len(points))).fillna(0)
    return told["plain_supply"].to_numpy(), told["zones_supply"].to_numpy()


def _sure(store: Store) -> dict[str, float]:
    """How sure the first 20 are: a thousand draws here, and one by one the plain way."""
    recipe = Recipe(PRESETS[1].indicators)
    values = np.column_stack([column(each.shown, store).values for each in recipe.indicators])
    high = [each.high_is_need for each in recipe.indicators]
    draws = drawn(recipe.weights, count=_DRAWS, seed=_SEED)

    def ours() -> np.ndarray:
        return robustness(values, high_is_need=high, top=_TOP, draws=draws).in_top

    def theirs() -> np.ndarray:
        among = np.zeros(len(values))
        for weight, scale, how in zip(draws.weights, draws.scales, draws.sums, strict=True):
            need = [scaled(values[:, k], high_is_need=high[k], scale=scale) for k in range(len(high))]
            score = combined(np.column_stack(need), weight, how=how).score
            among[np.argsort(-score, kind="stable")[:_TOP]] += 1
        return among / _DRAWS

    (share, took), (again, plainly) = timed(ours), timed(theirs, times=1)
    if abs(share - again).max() > 2 / _DRAWS or {*draws.scales} != {*Scale} or {*draws.sums} != {*Sum}:
        raise RuntimeError("The shares of draws are not those of the plain way.")
    return {"robustness.ms": took, "robustness.plain.ms": plainly, "robustness.ratio": plainly / took}


def _sited(points: np.ndarray, people: np.ndarray) -> dict[str, float]:
    """The 30 neighbourhoods from which most people are reached, proven; and the same by PySAL's spopt."""
    metres = distances(points, points, detour=_DETOUR)
    within = reached(metres, _NEAR)

    def ours() -> tuple[float, bool]:
        answer = covering(within, people, _SITES)
        return answer.worth, answer.proven

    def theirs() -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = MCLP.from_cost_matrix(metres, people, _NEAR, p_facilities=_SITES)
            return float(model.solve(pulp.PULP_CBC_CMD(msg=False)).problem.objective.value())

    (worth, proven), took = timed(ours, times=_FEW)
    again, plainly = timed(theirs, times=1)
    if not proven or abs(worth - again) > 1:
        raise RuntimeError(f"The best 30 sites reach {worth:,.0f} people here and {again:,.0f} by spopt.")
    return {"siting.p30_ms": took, "siting.plain.p30_ms": plainly, "siting.ratio": plainly / took}


def _pinned(port: int) -> dict[str, float]:
    """Opening the page of sites with a pin somewhere else than before, all else as it was."""
    with Reader(port) as reader:
        runs = [reader.follow("siting", f"pin=53.{place},-1.5{place}") for place in range(700, 712)]
        return {"pin.ms": median(run.ms for run in runs[_FEW:])}


def _redrawn() -> dict[str, float]:
    """The same without a server: from an index that was not asked for before to what the map is told, and the words."""
    times, assets = [], _edge.map_assets()
    for income in _WEIGHTS:
        for education in _WEIGHTS:
            parts = (("income-share", income), ("employment-share", 1), ("education", education))
            view = View(index=tuple(Indicator(layer, weight) for layer, weight in parts))
            begun = time.perf_counter()
            group(_paint.planned(view, _worked.painted(view), grid=_GRID), assets)
            found, seen = _worked.found(view), _worked.seen(view)
            summary(found, _worked.names(), _worked.people(), seen, where="the region", of="the region")
            times.append((time.perf_counter() - begun) * 1000)
    return {"gaps.weight.drawing_ms": median(times[_FEW:])}


def _weights_changed(port: int) -> dict[str, float]:
    """Moving the weight of an indicator on the page of gaps, its box open."""
    with Reader(port) as reader:
        reader.follow("gaps", "index=income-share.2,employment-share.1,education.1")
        reader.open("Weights")
        slid = []
        for other in _WEIGHTS[:_FEW]:  # so that no step asks for an index that was worked out before
            reader.slide("Education and skills", other)
            slid += [reader.slide("People on low incomes", to) for to in _WEIGHTS]
        component = {"gaps.weight.component_bytes": median(run.component_bytes for run in slid)}
        return weighed("gaps.weight", slid) | component
