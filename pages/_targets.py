"""What the page “Which first” has worked out and keeps: the list, how sure it is, its neighbours and its balance."""

import numpy as np
import pandas as pd
import streamlit as st

from geo.areas import Geography
from geo.composite import Array, Flags
from geo.contiguity import touching
from layers import get
from layers.plan import target_balance, target_sure, target_words, targets
from layers.plan.choices import MEASURES
from layers.plan.conditions import met
from layers.plan.need import Column
from layers.plan.supply import nothing
from layers.view import View
from layers.words import area_in_view
from pages import _edge, _worked

_OF_NEED = ("index", "scale", "sum", "trim", "focus", "by", "top", "when", "match")
_OF_REACH = ("among", "measure", "within", "detour", "capacity", "places", "unconfirmed", "stage", "cost", "language")
_OF_HELP = (*_OF_REACH, "who", "open")
_KEPT = 64


def question(view: View, *, reach: bool) -> View:
    """The view with only what the list depends on, so that what was worked out is found again; with reach or not."""
    fields = (*_OF_NEED, *_OF_HELP) if reach else _OF_NEED
    return View(**{name: getattr(view, name) for name in fields})


def columns(view: View) -> list[Column]:
    """The figures of each condition's layer, for every neighbourhood."""
    return [_worked.figures(condition.layer) for condition in view.when]


def meeting(view: View) -> Flags:
    """Which neighbourhoods of the whole region meet the conditions."""
    figures = [each.values for each in columns(view)]
    return met(view.when, figures, every=view.match == "all", areas=len(_worked.names()))


def chosen(view: View) -> targets.Targets:
    """The list, and where the others come."""
    score = _worked.found(view).score if view.by == "gap" else _worked.need(view.recipe).score
    return targets.targets(score, _worked.seen(view), meeting(view), top=view.top)


def codes(found: targets.Targets) -> list[str]:
    """The codes of the neighbourhoods on the list, first to last."""
    told: list[str] = _edge.areas(_worked.LSOA)["code"].to_numpy()[found.list].tolist()
    return told


def none_at_all(view: View, found: targets.Targets) -> str:
    """Why there is no list; "" if there is one."""
    if found.many:
        return ""
    supply = _worked.counted(view)
    if view.by == "gap" and found.meeting.any() and not supply.names:
        return f"{nothing(supply)} Or order by need alone."
    return target_words.nothing(
        found,
        view.when,
        columns(view),
        every=view.match == "all",
        anywhere=int(meeting(view).sum()),
        where=area_in_view(view.focus),
    )


def summary(view: View, found: targets.Targets) -> str:
    """The list in sentences."""
    return target_words.summary(
        found,
        by=view.by,
        people=_worked.people(),
        tenth=tenth(),
        districts=districts(),
        where=area_in_view(view.focus),
        focused=bool(view.focus),
        conditions=view.when,
        columns=columns(view),
        every=view.match == "all",
    )


def sources(view: View) -> list[str]:
    """The sources of need, of the conditions and of the balance, by key."""
    return [*_worked.sources(view), *(get(each.layer).source for each in view.when), "iod2025"]


def tenth() -> Array:
    """The tenth of England in which each neighbourhood is by overall deprivation, 1 the most deprived."""
    return _deprived("tenth")


def districts() -> list[str]:
    """The district of each neighbourhood, by name."""
    names: list[str] = _edge.areas(_worked.LSOA)["district_name"].tolist()
    return names


def sure(view: View) -> target_sure.Sure:
    """How sure the list is."""
    by_gap = view.by == "gap"
    return _sure(question(view, reach=by_gap), _moment(view) if by_gap else "")


@st.cache_resource(show_spinner="Asking the same question a thousand times…", max_entries=_KEPT)
def _sure(view: View, moment: str) -> target_sure.Sure:
    del moment
    figures = [_worked.figures(each.layer).values for each in view.recipe.indicators]
    everywhere = np.ones(len(_worked.names()), dtype=bool)
    if view.by != "gap":
        return target_sure.sure(view.recipe, figures, chosen(view), poor=None, among=everywhere)
    found = _worked.found(view)
    return target_sure.sure(view.recipe, figures, chosen(view), poor=found.poor, among=found.among)


def _moment(view: View) -> str:
    """What of the register and of time the help that counts depends on."""
    minute = _edge.now().strftime("%H:%M") if view.wants.open_now else ""
    return f"{_edge.register().version} {_edge.today()} {minute}"


@st.cache_resource(show_spinner=False)
def neighbours() -> tuple[targets.Positions, ...]:
    """For each neighbourhood those that it touches."""
    return touching(_edge.store().shapes(Geography.LSOA21).geometry)


def balance(view: View) -> tuple[target_balance.Served, target_balance.Served, target_balance.Residents]:
    """Whom today's help serves, whom the list serves, and who lives there."""
    return _balance(question(view, reach=True), _moment(view))


@st.cache_resource(show_spinner="Counting whom it serves…", max_entries=_KEPT)
def _balance(view: View, moment: str) -> tuple[target_balance.Served, target_balance.Served, target_balance.Residents]:
    del moment
    seen = _worked.seen(view)
    of = target_balance.residents(
        seen,
        people=_worked.people(),
        district=districts(),
        tenth=tenth(),
        order=_deprived("order"),
        low_income=_worked.figures("income-share").values,
        out_of_work=_worked.figures("employment-share").values,
        workers=_edge.reading("employment-share", _worked.LSOA, None)["behind"].to_numpy(dtype=float),
    )
    today = _worked.reached(view).within > 0
    return target_balance.served(today[seen], of), target_balance.served(chosen(view).chosen[seen], of), of


def _deprived(column: str) -> Array:
    told: Array = _edge.reading("imd", _worked.LSOA, None)[column].to_numpy(dtype=float)
    return told


def table(view: View, *, with_draws: bool) -> pd.DataFrame:
    """The list with its reasons, a row a neighbourhood; with how sure each is, which takes a second, or without."""
    found, worked = chosen(view), _worked.found(view)
    told = targets.table(
        found,
        worked,
        _edge.areas(_worked.LSOA),
        people=_worked.people(),
        tenth=tenth(),
        nearest=_worked.nearest(view),
        measure=f"{MEASURES[view.measure]} ({_worked.unit(view)})",
        met=targets.reasons(view.when, columns(view), found.list),
    )
    if not with_draws:
        return told
    draws = pd.DataFrame(target_sure.columns(sure(view), found, found.list))
    return pd.concat([told.drop(columns="Code"), draws, told[["Code"]]], axis=1)
