"""What the page “Where to put help” has worked out and keeps: whom, among which places, the best and the reader's own.

A list that someone brings stays in their session: of it only positions are kept beyond.
"""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from geo.composite import Array
from layers.plan import site_best, site_pin, sites
from layers.plan.site_list import Brought
from layers.plan.sites import Candidates, Choice, Ground
from layers.view import View
from layers.words import area_in_view
from pages import _edge, _targets, _worked

BY_WAY = "median"
"""The goal of which a gain is a shorter way."""

_OF_HELP = ("within", "detour", "places", "unconfirmed", "stage", "cost", "language", "who", "open")
_OF_GROUND = (*_OF_HELP, "focus", "counting", "weigh", "serve")
_OF_NEED = ("index", "scale", "sum", "trim")
_OF_THE_LIST = (*_OF_NEED, "by", "top", "when", "match", "among", "measure", "capacity")
_LIST, _NAMED, _BUDGET, _COUNTED = "site_list", "site_named", "site_budget", "site_counted"
_KEPT = 64


@dataclass(frozen=True)
class Worked:
    """All that the page tells of one question. `best` has no choice where there is none, and says why."""

    candidates: Candidates
    ground: Ground
    best: site_best.Best
    own: Choice | None
    pin: site_pin.Dropped | None
    whom: str


def brought() -> Brought | None:
    """The list that this visitor brought."""
    kept: Brought | None = st.session_state.get(_LIST)
    return kept


def keep(found: Brought | None) -> None:
    """Keep a list for this visit, or forget it, with what was named of it."""
    st.session_state[_LIST] = found
    st.session_state[_NAMED], st.session_state[_BUDGET], st.session_state[_COUNTED] = {}, 0, False


def named(view: View, field: str) -> tuple[str, ...]:
    """The ids of the sites that are a `must`, a `never` or the reader's `own`.

    Those of the register are in the link; those of someone's own list, which no link knows, in their session.
    """
    ids: tuple[str, ...] = tuple(st.session_state.get(_NAMED, {}).get(field, ())) if view.mine else getattr(view, field)
    return ids


def name(field: str, ids: list[str]) -> None:
    """Remember which sites of one's own list are named."""
    st.session_state[_NAMED] = st.session_state.get(_NAMED, {}) | {field: tuple(ids)}


def budget(view: View) -> float | None:
    """Pounds that the sites may cost together; None for any sum, or where no costs are known."""
    found = brought() if view.mine else None
    if found is None or found.found.costs is None:
        return None
    return float(st.session_state.get(_BUDGET, 0)) or None


def spend(pounds: float, *, counted: bool) -> None:
    """Remember the budget, and whether it is for the number of sites that was asked for."""
    st.session_state[_BUDGET], st.session_state[_COUNTED] = pounds, counted


def how_many(view: View) -> int | None:
    """How many sites are sought; None for as many as the budget pays for."""
    return view.sites if budget(view) is None or st.session_state.get(_COUNTED, False) else None


def question(view: View, *more: str) -> View:
    """The view with only what an answer depends on, so that what was worked out is found again."""
    fields = {*_OF_GROUND, *more}
    fields |= set(_OF_NEED) if view.weigh == "need" else set()
    fields |= set(_OF_THE_LIST) if view.serve == "list" else set()
    return View(**{field: getattr(view, field) for field in fields})


def _moment(view: View) -> str:
    """What of the register and of time the help that counts depends on."""
    minute = _edge.now().strftime("%H:%M") if view.wants.open_now else ""
    return f"{_edge.register().version} {_edge.today()} {minute}"


def whom(view: View) -> str:
    """Whose people are to be reached, after "people": "in Leeds"."""
    where = area_in_view(view.focus)
    if view.serve != "list":
        return f"in {where}"
    return f"of the neighbourhoods chosen under “Which first” in {where}"


def poor() -> Array:
    """The share of people on low incomes in each neighbourhood."""
    return _worked.figures("income-share").values


def ground(view: View) -> Ground:
    """Where people are and what they reach today."""
    return _ground(question(view), _moment(view))


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _ground(view: View, moment: str) -> Ground:
    del moment
    reach, seen = _worked.reached(view), _worked.seen(view)
    nothing = np.zeros(len(seen), dtype=bool)
    return sites.ground(
        _worked.points(),
        _worked.people(),
        served=_targets.chosen(view).chosen if view.serve == "list" else seen,
        need=_worked.need(view.recipe).standing if view.weigh == "need" else None,
        today_m=reach.nearest_m if view.counting else np.full(len(seen), np.inf),
        already=reach.within > 0 if view.counting else nothing,
        within=view.within,
        detour=view.detour / 100,
    )


def candidates(view: View) -> Candidates:
    """The places to choose from."""
    if not view.mine:
        return _registered(view.candidates, view.focus, unconfirmed=view.unconfirmed)
    kept = brought()
    if kept is None:
        return _registered((), (), unconfirmed=False)
    if len(kept.found) <= sites.MOST:
        return kept.found
    keep_them = tuple(kept.found.at([*named(view, "must"), *named(view, "own")]))
    return kept.found.only(_strongest(question(view), keep_them, kept.digest, _moment(view), _points=kept.found.points))


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _strongest(view: View, keep: tuple[int, ...], digest: str, moment: str, *, _points: Array) -> np.ndarray:
    del digest, moment
    return sites.strongest(ground(view), _points, keep=keep)


@_edge.of_today()
def _registered(types: tuple[str, ...], focus: tuple[str, ...], *, unconfirmed: bool) -> Candidates:
    return sites.registered(_edge.places(), types=types, unconfirmed=unconfirmed, focus=focus)


def worked(view: View) -> Worked:
    """Everything, the long search among it kept by what was asked."""
    found, here = candidates(view), ground(view)
    fields = ("goal", "sites", "share", "cap", "candidates", "mine")
    best = _best(
        question(view, *fields),
        tuple(found.at(named(view, "must"))),
        tuple(found.at(named(view, "never"))),
        budget(view),
        how_many(view),
        hash(found.ids),
        _moment(view),
        _found=found,
    )
    own = found.at(named(view, "own"))
    return Worked(
        candidates=found,
        ground=here,
        best=best,
        own=sites.judged(here, found.points, own, by_way=view.goal == BY_WAY) if own else None,
        pin=_pin(view, here) if view.pinned else None,
        whom=whom(view),
    )


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _best(
    view: View,
    must: tuple[int, ...],
    never: tuple[int, ...],
    budget: float | None,
    many: int | None,
    places: int,
    moment: str,
    *,
    _found: Candidates,
) -> site_best.Best:
    del places, moment  # they tell lists, days and versions of the register apart
    asked = site_best.Asked(view.goal, many, view.share, must, never, view.cap, budget)
    return site_best.best(ground(view), _found, asked)


def _pin(view: View, here: Ground) -> site_pin.Dropped | None:
    at = view.pinned
    return site_pin.dropped(at, here, poor=poor(), help_points=_worked.counted(view).points) if at else None


def strangers(view: View, found: Candidates) -> list[str]:
    """The names of the sites that were named and are not among the places to choose from."""
    ids = dict.fromkeys([*named(view, "must"), *named(view, "never"), *named(view, "own")])
    places = _edge.places().set_index("id")["name"]
    return [str(places.get(id_, id_)) for id_ in ids if id_ not in set(found.ids)]
