"""Which first: the neighbourhoods that meet conditions, in order, and how sure the list is."""

import streamlit as st

from layers.plan import gap_words, target_how
from layers.plan.choices import MEASURES, ORDERS
from layers.view import View
from layers.words import area_in_view
from pages import (
    _conditions,
    _draw,
    _edge,
    _link,
    _plan_take,
    _planning,
    _shortlist,
    _steps,
    _story_add,
    _sub,
    _targets,
    _targets_boxes,
    _targets_list,
    _worked,
)

HEIGHT = 600
SIDES = (3, 2)


def question(view: View) -> None:
    """By what they are ordered, how many, and the conditions."""
    left, right = st.columns(SIDES, gap="medium")
    left.segmented_control(
        "In order of",
        list(ORDERS),
        format_func=ORDERS.__getitem__,
        required=True,
        help="By need alone, or by the gap score: need times poor reach.",
        **_link.bound("by", view.by),
    )
    right.number_input("How many neighbourhoods", 1, 2_000, step=1, **_link.bound("top", view.top))
    _conditions.editor(view)


def steps(view: View) -> list[tuple[str, str]]:
    """How the list is worked out, for these choices."""
    counted, where = _worked.counted(view).words, area_in_view(view.focus)
    before = gap_words.how(
        view.recipe, measure=MEASURES[view.measure], within=view.within, detour=view.detour, counted=counted
    )
    return before + target_how.how(
        view.when,
        _targets.columns(view),
        every=view.match == "all",
        by=view.by,
        top=view.top,
        where=where,
        of=_worked.compared(view),
        within=view.within,
    )


def table(view: View, title: str, told: str) -> None:
    """The list as rows with its reasons, and ways to take it away; how sure each row is comes with the files."""
    st.toggle("Show the list as a table, and take it away", **_link.bound("table", view.table))
    if not view.table:
        return
    rows = _targets.table(view, with_draws=False)
    st.dataframe(rows, hide_index=True, height=420, alt="The list, one row per neighbourhood, with its reasons")
    st.caption("The files also hold how sure each row is: its share of draws and its usual places.")
    _plan_take.away(
        view,
        "targets",
        title=title,
        table=lambda: _targets.table(view, with_draws=True),
        said=[told],
        steps=steps(view),
        layers=_targets.sources(view),
    )


def page(view: View) -> None:
    """The whole page."""
    _planning.sidebar(view)
    found = _targets.chosen(view)
    shown = _steps.of_targets(view, found)
    st.title(_edge.plain(shown.title), anchor=False)
    question(view)
    if shown.complaints:
        st.warning(_edge.plain(shown.complaints[0]), icon=":material/search_off:")
        return
    left, right = st.columns(SIDES, gap="medium")
    with left:
        _draw.draw(shown.step, key="targets", height=HEIGHT, linked=True)
        st.markdown(_edge.plain(shown.summary))
        _story_add.control("targets", view, shown)
        table(view, shown.title, shown.summary)
    with right:
        _targets_list.the_list(view, found)
        _targets_list.why(view, found)
    _targets_boxes.boxes(view, found)
    _shortlist.save_box(view, _targets.codes(found))
    _plan_take.how(steps(view))


view = _link.view()
_sub.plan_menu("targets.py", view)
page(view)
