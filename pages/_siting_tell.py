"""What “Where to put help” says beside and below its map: how today, the best and the reader's own choice compare."""

from functools import partial

import pandas as pd
import streamlit as st

from data.send import media
from data.send.tables import as_csv, as_xlsx
from layers.places import PLACE_TYPES
from layers.plan import site_tables, site_words
from layers.plan.note import sources_of
from layers.plan.sites import Choice
from layers.view import View
from layers.words import listed
from pages import _edge, _link, _plan_take, _siting, _siting_choose, _targets, _worked

BEST, OWN = "The best", "My own"
_LISTED = 8
_FILES = (("CSV", "csv", media.CSV, as_csv), ("Excel", "xlsx", media.XLSX, as_xlsx))


def sentences(view: View, told: _siting.Worked) -> list[str]:
    """The page in words: today, the best and how sure that is, who is newly reached, what one more would gain."""
    ground, best, names = told.ground, told.best, told.candidates.names
    by_way = view.goal == _siting.BY_WAY
    said = [site_words.today(ground, whom=told.whom, counting=view.counting)]
    if best.choice is not None:
        said += [
            site_words.found(ground, best.choice, names, goal=view.goal, asked=view.share),
            sure(view, told),
            site_words.newly(ground, best.choice, _targets.tenth()),
            site_words.further(best.after, names, by_way=by_way),
        ]
    if told.own is not None:
        said.append(site_words.against(ground, told.own, best.choice, by_way=by_way))
    return said


def sure(view: View, told: _siting.Worked) -> str:
    """How sure it is that nothing is better."""
    if told.best.choice is None:
        return ""
    return site_words.sure(
        told.best.status, candidates=len(told.candidates), by_need=_by_need(view), capped=told.candidates.capped
    )


def _by_need(view: View) -> bool:
    """Whether people count by need: a share is one of people."""
    return view.weigh == "need" and view.goal != "fewest"


def rules(view: View, told: _siting.Worked) -> list[str]:
    """What else was asked for."""
    found = told.candidates
    must, never = ([found.names[i] for i in found.at(_siting.named(view, field))] for field in ("must", "never"))
    return site_tables.rules(
        must=must,
        never=never,
        cap=view.cap,
        budget=_siting.budget(view),
        counted=view.goal == "fewest" or _siting.how_many(view) is not None,
        counting=view.counting,
        share_of_all=view.weigh == "need" and view.goal == "fewest",
    )


def steps(view: View, told: _siting.Worked) -> list[tuple[str, str]]:
    """How it was worked out, for these choices."""
    return site_tables.how(
        told.ground,
        told.candidates,
        whom=told.whom,
        among=_among(view),
        helped=_worked.counted(view).words,
        goal=view.goal,
        by_need=_by_need(view),
        rules=rules(view, told),
        sure=sure(view, told),
    )


def _among(view: View) -> str:
    """What the places to choose from are."""
    kept = _siting.brought()
    if view.mine:
        return f"the list “{kept.name}”, brought for this visit" if kept else "a list that is yet to be brought"
    kinds = listed([f"“{PLACE_TYPES[kind]}”" for kind in view.candidates])
    return f"those of the register called {kinds}" if kinds else "no kind of place is chosen"


def beside(view: View, told: _siting.Worked) -> None:
    """Today, the best and the reader's own choice beside each other, and ways on from there."""
    _side_by_side(site_tables.compared(told.ground, {BEST: told.best.choice, OWN: told.own}))
    if told.own is not None:
        _same_number(view, told.own)
    elif told.best.choice is not None and told.best.choice.sites:
        ids = [told.candidates.ids[i] for i in told.best.choice.sites]
        st.button(
            "Begin my own choice with these",
            icon=":material/edit_location:",
            on_click=_siting_choose.add,
            args=(view, "own", ids),
        )


def in_turn(view: View, told: _siting.Worked) -> None:
    """The best sites and the reader's own, each with what it adds after those before it."""
    if told.best.choice is not None:
        _listed(f"{BEST}, in the order of what each adds", view, told, told.best.choice)
    if told.own is not None:
        _listed("My own choice, in the order of what each adds", view, told, told.own)


def _side_by_side(compared: pd.DataFrame) -> None:
    """A small table as Markdown, a fifth of what it takes as a table of its own."""
    rows = [["", *compared.columns], ["---"] + ["--:"] * len(compared.columns), *compared.reset_index().to_numpy()]
    cells = [[cell if set(cell) <= set("-:") else _edge.plain(cell) for cell in row] for row in rows]
    st.markdown("\n".join(f"| {' | '.join(row)} |" for row in cells))


def _same_number(view: View, own: Choice) -> None:
    """A way to compare like with like."""
    many = len(own.sites)
    if view.goal != "fewest" and _siting.how_many(view) not in (None, many):
        label = f"Compare with the best {many}" if many > 1 else "Compare with the best one"
        st.button(label, icon=":material/balance:", on_click=lambda: _link.go(sites=many))


def _listed(title: str, view: View, told: _siting.Worked, choice: Choice) -> None:
    found = told.candidates
    if not choice.sites:
        return
    where = [f", {found.districts[i]}" if len(view.focus) != 1 else "" for i in choice.sites]
    adds = site_words.each(choice, by_way=view.goal == _siting.BY_WAY)
    lines = [
        f"{turn}. **{_edge.plain(found.names[i])}**{_edge.plain(f'{district}: {added}')}"
        for turn, (i, district, added) in enumerate(zip(choice.sites, where, adds, strict=True), 1)
    ]
    st.markdown(f"**{title}**")
    st.markdown("\n".join(lines[:_LISTED]))
    if len(lines) > _LISTED:
        st.caption(f"The first {_LISTED} of {len(lines)}; all of them are in the table below.")


def opened(view: View, told: _siting.Worked) -> None:
    """What was clicked: a place that could be a site, or a neighbourhood and what would change for it."""
    at = told.candidates.at([view.place]) if view.place and not view.mine else []
    if at:
        with st.container(border=True):
            st.header(_edge.plain(told.candidates.names[at[0]]), anchor=False)
            st.caption(_edge.plain(told.candidates.what[at[0]]))
            with st.container(horizontal=True):
                for field, label in (("own", "My own choice"), ("must", "Must be one"), ("never", "Must not be one")):
                    st.button(label, key=f"name-{field}", on_click=_siting_choose.add, args=(view, field, [view.place]))
        return
    codes = _edge.areas(_worked.LSOA)["code"]
    if (here := codes.eq(view.area)).any():
        i = int(here.argmax())
        with st.container(border=True):
            st.header(_edge.plain(_worked.names()[i]), anchor=False)
            said = site_words.one_area(told.ground, i, told.best.choice, told.candidates.names)
            st.markdown(_edge.plain(said))


def sources(view: View) -> list[str]:
    """The sources of people and of need, where it counts, by key."""
    return ["iod2025", *(_worked.sources(view) if view.weigh == "need" else [])]


def tables(view: View, told: _siting.Worked, *, title: str) -> None:
    """The sites and the neighbourhoods newly reached as tables, and ways to take them away."""
    choices = {BEST: told.best.choice, OWN: told.own}
    known = {label: choice for label, choice in choices.items() if choice is not None}
    if not known:
        st.info("No site is chosen, so there is no table.", icon=":material/info:")
        return
    ground, found = told.ground, told.candidates
    sites = pd.concat(
        [site_tables.sites(ground, choice, found, label=label) for label, choice in known.items()], ignore_index=True
    )
    first = next(iter(known.values()))

    def areas() -> pd.DataFrame:
        named = _edge.areas(_worked.LSOA)
        return site_tables.areas(ground, first, found, named, tenth=_targets.tenth(), poor=_siting.poor())

    said, how = sentences(view, told), steps(view, told)
    st.markdown("**The sites**")
    st.dataframe(sites, hide_index=True, alt="Sites, one row each")
    layers = sources(view)
    about = (*sources_of([*layers, "organisations"]), _plan_take.made_of())
    notes = [title, *said, *(f"{heading}: {words}" for heading, words in how), *about]
    with st.container(horizontal=True):
        for form, ending, media_type, make in _FILES:
            st.download_button(
                f"The sites as {form}",
                partial(make, sites, notes),
                file_name=f"foothold-sites-{_edge.today()}.{ending}",
                mime=media_type,
                icon=":material/download:",
                on_click="ignore",
                key=f"take_sites_{ending}",
            )
    whose = BEST if told.best.choice is not None else OWN
    st.markdown(f"**Neighbourhoods newly reached: {whose.lower()}**")
    st.dataframe(areas(), hide_index=True, height=320, alt="Neighbourhoods newly reached, one row each")
    _plan_take.away(view, "siting", title=title, table=areas, said=[*said, *_each(sites)], steps=how, layers=layers)


def _each(sites: pd.DataFrame) -> list[str]:
    """Each site in a sentence, for the note, whose table is of neighbourhoods."""
    return [
        f"{row['Choice']}, {row['Order']}: {row['Site']}, {row['District']}: "
        f"{site_words.people(row['People newly reached'])} more."
        for _, row in sites.iterrows()
    ]
