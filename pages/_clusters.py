"""Clusters in the background: one worker finds them while the page is already there, and what it found is kept."""

import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import takewhile
from threading import Lock

import streamlit as st

from geo.clusters import ClustersError, load
from geo.composite import Array
from geo.contiguity import Positions
from layers import get
from layers.plan import gap_words, pattern_words, patterns
from layers.plan.choices import MEASURES
from layers.plan.patterns import Patterns, Subject
from layers.view import View
from layers.words import area_in_view
from pages import _edge, _targets, _worked

EVERY = 0.5
"""Seconds between two looks whether the worker is done."""

BROKEN = (
    "The clusters could not be worked out: something went wrong on our side. The figures on the map hold. Try again, "
    "choose another figure, or tell whoever runs this site what you had chosen."
)
_KEPT = 64
"""Answers that are kept: each is some arrays of a figure a neighbourhood."""
_ASKED = "clusters_asked"

_log = logging.getLogger("foothold")


def _loaded() -> None:
    """Load the statistics, which takes seconds, before the first question; where that fails, each question will say."""
    with suppress(ImportError):
        load()
    _edge.settle()


class Bench:
    """One worker, and what it was asked for by visitors, the latest `_KEPT`. Safe to share between threads."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="clusters", initializer=_loaded)
        self._asked: dict[str, Future[Patterns]] = {}
        self._lock = Lock()

    def ask(self, key: str, work: Callable[[], Patterns]) -> Future[Patterns]:
        """What was asked for by this key; begun now if it was not asked for before, or was called off."""
        with self._lock:
            asked = self._asked.pop(key, None)
            if asked is None or asked.cancelled():
                asked = self._worker.submit(work)
            self._asked[key] = asked
            for old in list(self._asked)[:-_KEPT]:
                self._asked.pop(old).cancel()
            return asked

    def call_off(self, key: str) -> None:
        """Take back what is waiting for its turn; what is being worked out is finished and kept."""
        with self._lock:
            if key in self._asked:
                self._asked[key].cancel()

    def forget(self, key: str) -> None:
        """Have it worked out anew when it is next asked for."""
        with self._lock:
            self._asked.pop(key, None)


@st.cache_resource(show_spinner=False)
def bench() -> Bench:
    """The one that all visitors share."""
    return Bench()


def subject(view: View) -> Subject:
    """What clusters are looked for in, over the whole region, whatever is in view."""
    if view.cluster_of == "need":
        return patterns.of_need(_worked.need(view.recipe))
    if view.cluster_of == "gap":
        return patterns.of_gap(_worked.found(replace(view, among="region")))
    return patterns.of_layer(get(view.cluster_of), _worked.figures(view.cluster_of).values)


def _key(how: str, of: Subject) -> str:
    """Short text for a question: the same figures have the same clusters, whatever they are called."""
    return f"{how} {of.turned} {hashlib.sha256(of.values.tobytes()).hexdigest()}"


def asked(view: View) -> "Future[Patterns]":
    """The clusters of a view, being worked out or found; nothing waits for them here."""
    of = subject(view)
    work = partial(_work, view.cluster_how, of.values, _targets.neighbours(), turned=of.turned)
    return bench().ask(_key(view.cluster_how, of), work)


def _work(how: str, values: Array, neighbours: tuple[Positions, ...], *, turned: bool) -> Patterns:
    """In the worker's thread, where nothing of Streamlit may be used."""
    try:
        return patterns.find(how, values, neighbours, turned=turned)
    except ClustersError:
        raise
    except Exception:
        _log.exception("Clusters could not be worked out")
        raise


def current(view: View) -> "Future[Patterns]":
    """The clusters of what this visitor looks at; what they asked for before and no longer need is called off."""
    key, before = _key(view.cluster_how, subject(view)), st.session_state.get(_ASKED)
    if before and before != key:
        bench().call_off(before)
    st.session_state[_ASKED] = key
    with st.spinner("Finding which neighbourhoods touch…"):  # which takes seconds once
        return asked(view)


def answer(future: "Future[Patterns]") -> tuple[Patterns | None, str]:
    """What was found, or why nothing can be; neither while it is being worked out."""
    if not future.done() or future.cancelled():
        return None, ""
    error = future.exception()
    if error is None:
        return future.result(), ""
    return None, str(error) if isinstance(error, ClustersError) else BROKEN


@st.fragment(run_every=EVERY)
def wait(future: "Future[Patterns]") -> None:
    """Say that it is being worked out, and show the page anew as soon as it is done, which ends the waiting."""
    st.markdown(":material/hourglass_top: Working it out… Point at the map for figures meanwhile, or go on.")
    if future.done():
        st.rerun()


def waited(view: View) -> tuple[Patterns | None, str]:
    """What was found, or why nothing can be, however long it takes."""
    future = asked(view)
    with suppress(CancelledError, Exception):  # what went wrong is said below
        future.result()
    return answer(future)


def again(view: View) -> None:
    """Have what went wrong worked out anew."""
    bench().forget(_key(view.cluster_how, subject(view)))


def title(view: View, of: Subject) -> str:
    """The page's title."""
    return f"Clusters: {of.title} in {area_in_view(view.focus)}"


def head(view: View, found: Patterns) -> str:
    """How many neighbourhoods in view stand out."""
    return pattern_words.head(found, view.cluster_how, _worked.seen(view), where=area_in_view(view.focus))


def lines(view: View, of: Subject, found: Patterns) -> list[tuple[str, str]]:
    """What each kind is called, and how many of it there are in view, the largest by name."""
    areas, people = _edge.areas(_worked.LSOA), _worked.people()
    return pattern_words.lines(of, found, view.cluster_how, areas, people, _worked.seen(view))


def said(view: View, of: Subject, found: Patterns) -> list[str]:
    """All of that in sentences."""
    return [head(view, found), *(f"{name}: {words}" for name, words in lines(view, of, found))]


def steps(view: View, of: Subject, found: Patterns) -> list[tuple[str, str]]:
    """How it is all worked out, for these choices: first the figure, then its clusters."""
    after = pattern_words.how(of, view.cluster_how, found)
    if view.cluster_of not in ("need", "gap"):
        return [pattern_words.of_layer_step(get(view.cluster_of)), *after]
    before = gap_words.how(
        view.recipe,
        measure=MEASURES[view.measure],
        within=view.within,
        detour=view.detour,
        counted=_worked.counted(view).words,
    )
    if view.cluster_of == "need":
        before = list(takewhile(lambda step: step[0] != "Reach", before))
    return before + after


def sources(view: View) -> list[str]:
    """The sources of the figure, by key."""
    if view.cluster_of in ("need", "gap"):
        return _worked.sources(view)
    return [get(view.cluster_of).source]
