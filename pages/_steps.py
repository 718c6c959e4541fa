"""What each page's map shows and says, as a value: drawn on the page itself, and prepared for a room.

Nothing here draws, and nothing asks who is looking: it works in any thread, outside a visit too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd

from data.register.records import Shortlist
from data.register.shortlists import kept
from layers import render, words
from layers.classes import Classes, classify
from layers.places import shown
from layers.plan import patterns
from layers.plan.gaps import THIRDS
from layers.plan.note import sources_of
from layers.plan.patterns import Patterns, Subject
from layers.plan.supply import nothing
from layers.plan.targets import Targets
from layers.view import View
from pages import (
    _choose,
    _clusters,
    _edge,
    _link,
    _shortlist,
    _siting,
    _siting_marks,
    _siting_tell,
    _targets,
    _told,
    _worked,
)
from pages._paint import in_view, planned, step

GRID = render.Grid(heading="Need and reach", across="More need", up="Further from help", wide=THIRDS)
_TITLES = {
    "gaps": "Where need is high and help is far",
    "targets": "Which neighbourhoods first",
    "siting": "Where to put help",
}
_MINE = "It looks among a list that someone brought for one visit, which no link carries. Choose places of the register"
_GONE = "That shortlist is not kept any more. Take the map from another"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a page shows. `complaints` are parts of its link that are not understood, and why a map lacks its point."""

    step: render.Step
    title: str
    said: tuple[str, ...]
    """The map in words, a paragraph each."""
    sources: tuple[str, ...]
    """Sources as they must be named."""
    complaints: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The map in words."""
        return " ".join(filter(None, self.said))


@dataclass(frozen=True)
class Figures:
    """What the page “Map” colours: the year, the figures of every area, which are in view, and their classes."""

    year: int | None
    areas: pd.DataFrame
    reading: pd.DataFrame
    seen: np.ndarray
    classes: Classes


def of_page(page: str, link: Mapping[str, str]) -> Shown:
    """What a page of `data.workshop.scenes.PAGES` shows for a link. Siting and clusters may take some ten seconds."""
    view, odd = _link.read(link)
    ways: dict[str, Callable[[], Shown]] = {
        "map": lambda: of_map(view, figures(view)),
        "gaps": lambda: of_gaps(view),
        "targets": lambda: of_targets(view, _targets.chosen(view)),
        "siting": lambda: _sited(view),
        "clusters": lambda: _clustered(view),
        "shortlists": lambda: _listed(link.get("list", ""), view),
    }
    found = ways[page]()
    return replace(found, complaints=(*odd, *found.complaints))


def title_of(page: str, view: View) -> str:
    """The title of a page of plans, known before anything is worked out."""
    return f"{_TITLES[page]}: {words.area_in_view(view.focus)}"


# ---- the map -----------------------------------------------------------------------------------------------------


def figures(view: View) -> Figures:
    """What the map colours for a view."""
    layer, geography, year = view.shown, view.geography, _choose.year_of(view)
    areas, reading = _edge.areas(geography.key), _edge.reading(layer.key, geography.key, year)
    seen = in_view(view, areas)
    classes = classify(layer, reading, geography=geography, colouring=view.colouring, in_view=seen)
    return Figures(year, areas, reading, seen, classes)


def of_map(view: View, found: Figures) -> Shown:
    """The page “Map”."""
    layer, where = view.shown, words.area_in_view(view.focus)
    named = found.areas[["name"]].assign(value=found.reading["value"])[found.seen]
    told = words.summary(
        layer,
        named,
        found.classes,
        colouring=view.colouring,
        where=where,
        geography=view.geography,
        year=found.year,
    )
    there = _places_told(view, where) if view.places else ""
    return Shown(
        step=step(view, found.year, found.reading, found.classes),
        title=f"{layer.title}{words.dated(layer, found.year)}: {where}",
        said=tuple(filter(None, (told, there, _told.said(view)))),
        sources=_named([layer.source], register=bool(view.places)),
    )


def _places_told(view: View, where: str) -> str:
    # All that is known of each place is only for a table.
    there = _edge.fitting(view.wants)[["kinds", "firm", "suggested", "district"]]
    types = frozenset(view.places)
    found = shown(there, types, unconfirmed=view.unconfirmed, districts=frozenset(view.focus))
    return words.places_summary(found, types, where=where, fitting=view.wants.words)


# ---- plans -------------------------------------------------------------------------------------------------------


def of_gaps(view: View) -> Shown:
    """The page “Gaps”."""
    counted = _worked.counted(view)
    return Shown(
        step=planned(view, _worked.painted(view), grid=GRID if view.show == "both" else None),
        title=title_of("gaps", view),
        said=(f"{_worked.told(view)} {counted.words}",),
        sources=_named(_worked.sources(view)),
        complaints=() if counted.names else (nothing(counted),),
    )


def of_targets(view: View, found: Targets) -> Shown:
    """The page “Which first”."""
    none, painted = _targets.none_at_all(view, found), _worked.painted(replace(view, show=view.by))
    return Shown(
        step=planned(view, painted, highlight=tuple(found.list.tolist()), outlined="the list"),
        title=title_of("targets", view),
        said=() if none else (_targets.summary(view, found),),
        sources=_named(_targets.sources(view)),
        complaints=(none,) if none else (),
    )


def of_siting(view: View, told: _siting.Worked) -> Shown:
    """The page “Where to put help”."""
    listed, _ = _siting_marks.outlined(told)
    drawn = planned(
        replace(view, places=_siting_marks.kinds(view)),
        _worked.painted(replace(view, show="need")),
        sites=_siting_marks.sites(view, told),
        highlight=tuple(np.flatnonzero(listed).tolist()),
    )
    return Shown(
        step=drawn,
        title=title_of("siting", view),
        said=tuple(_siting_tell.sentences(view, told)),
        sources=_named(_siting_tell.sources(view)),
        complaints=(told.best.problem,) if told.best.problem else (),
    )


def _sited(view: View) -> Shown:
    if view.mine:
        view, complaints = replace(view, mine=False, candidates=()), (f"{_MINE}.",)
        return replace(of_siting(view, _siting.worked(view)), complaints=complaints)
    return of_siting(view, _siting.worked(view))


def of_clusters(view: View, of: Subject, found: Patterns | None) -> Shown:
    """The page “Clusters”, with what was found or before anything is."""
    at = _worked.position(view.area)
    group = patterns.group_of(found, at) if found and at is not None else None
    painted = patterns.painted(of, found, view.cluster_how, _worked.seen(view))
    drawn = planned(view, painted, highlight=group.at if group else ())
    if view.cluster_of != "gap" and not view.places:
        drawn = replace(drawn, pins=render.Pins())
    return Shown(
        step=drawn,
        title=_clusters.title(view, of),
        said=tuple(_clusters.said(view, of, found)) if found else (),
        sources=_named(_clusters.sources(view), register=view.cluster_of == "gap"),
    )


def _clustered(view: View) -> Shown:
    of = _clusters.subject(view)
    if view.cluster_of == "gap" and not (counted := _worked.counted(view)).names:
        return replace(of_clusters(view, of, None), complaints=(nothing(counted),))
    found, trouble = _clusters.waited(view)
    return replace(of_clusters(view, of, found), complaints=(trouble,) if trouble else ())


def of_shortlist(opened: Shortlist) -> Shown:
    """One list of the page “Shortlists”, its neighbourhoods outlined on need."""
    asked, odd = _link.read(dict(parse_qsl(opened.link or "")))
    codes = _edge.areas(_worked.LSOA)["code"]
    listed = tuple(int(i) for i in np.flatnonzero(codes.isin(opened.codes).to_numpy()))
    view = replace(asked, show="need", focus=(), among="region", area="", at="")
    return Shown(
        step=planned(view, _worked.painted(view), highlight=listed, outlined="the list"),
        title=opened.name,
        said=tuple(filter(None, (_shortlist.saved(opened), opened.reasons, _shortlist.since(opened, asked, odd)))),
        sources=_named(_worked.sources(asked)),
    )


def _listed(id_: str, view: View) -> Shown:
    for each in kept(_edge.register()):
        if each.id == id_:
            return of_shortlist(each)
    return replace(of_gaps(replace(view, show="need")), complaints=(f"{_GONE}.",))


def _named(keys: list[str], *, register: bool = True) -> tuple[str, ...]:
    """Sources by key as they must be named; `register` says whether the register is one, too."""
    return tuple(sources_of([*keys, *(["organisations"] if register else [])]))
