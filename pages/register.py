"""The register: find an organisation, read what is known of it, and keep it true."""

import streamlit as st

from data.register.vocabulary import COSTS, KINDS, LANGUAGES, STAGES, STANDINGS
from geo.areas import Geography
from layers.provision import found_table
from pages import _card, _edge, _edit, _query, _send, _sub, _who


def filters() -> dict[str, list[str]]:
    """What to look for, at the top; the words that the search takes."""
    first, second, third = st.columns([3, 2, 2])
    first.text_input(
        "Find",
        type="search",
        placeholder="Name, place, postcode, what is offered",
        **_query.bound("find", _query.word("find")),
    )
    names = _edge.areas(Geography.DISTRICT.key)["name"].tolist()
    asked = {"words": _query.word("find").split()[:10]}
    choices = {"kinds": KINDS, "stages": STAGES, "costs": COSTS, "languages": LANGUAGES, "standings": STANDINGS}
    asked |= {name: _query.words(name, titles) for name, titles in choices.items()}
    asked["districts"] = _query.words("districts", names)
    second.multiselect(
        "What it is",
        list(KINDS),
        format_func=KINDS.__getitem__,
        placeholder="Anything",
        **_query.bound("kinds", asked["kinds"]),
    )
    third.multiselect("District", names, placeholder="All", **_query.bound("districts", asked["districts"]))
    with st.expander("More to choose by", expanded=any(asked[name] for name in list(choices)[1:])):
        for column, (name, title) in zip(
            st.columns(4),
            {"stages": "Stage of business", "costs": "Cost", "languages": "Language", "standings": "Standing"}.items(),
            strict=True,
        ):
            titles = choices[name]
            column.multiselect(
                title,
                list(titles),
                format_func=titles.__getitem__,
                placeholder="Any",
                **_query.bound(name, asked[name]),
            )
    return asked


def found(asked: dict[str, list[str]]) -> None:
    """The organisations that fit, a row each; a row that is chosen opens."""
    register = _edge.register()
    rows = register.ask("search", **asked, today=_edge.today())
    st.caption(f"{len(rows):,} organisations" + ("" if any(asked.values()) else " in the register"))
    if rows.empty:
        nothing(" ".join(asked["words"]))
        return
    table = found_table(rows)
    picked = st.dataframe(
        table,
        hide_index=True,
        height=min(560, 38 + 35 * len(table)),
        on_select="rerun",
        selection_mode="single-row",
        key=f"found-{register.version}-{hash(str(asked))}",
        alt="Organisations, one row each",
    )
    if chosen := picked["selection"]["rows"]:
        _query.put(organisation=rows["id"].iloc[chosen[0]])
        st.rerun()
    _send.downloads(rows["id"].tolist())


def nothing(words: str) -> None:
    """What to do where nothing fits."""
    near = _edge.register().ask("near_names", words=words) if words else None
    if near is not None and len(near):
        st.info("Nothing fits. Did you mean one of these?", icon=":material/search_off:")
        for row in near.itertuples(index=False):
            st.button(
                _edge.plain(row.name),
                key=f"near-{row.id}",
                on_click=_query.put,
                kwargs={"organisation": row.id, "find": ""},
            )
        return
    st.info(
        "Nothing fits. Try fewer words, or suggest what is missing: it may be a gap in our list, not in what there is.",
        icon=":material/search_off:",
    )
    st.page_link("add.py", label="Suggest a place", icon=":material/add_location:")


def one(id_: str) -> None:
    """One organisation: what is known, and what editors, or anyone, can do about it."""
    st.button("Back to the list", icon=":material/arrow_back:", on_click=_query.put, kwargs={"organisation": ""})
    entry = _edge.register().entry(id_)
    if entry is None:
        _edit.gone(id_)
        return
    left, right = st.columns([6, 5], gap="large")
    with left:
        _card.card(entry)
        place = next((each for each in entry.locations if each.id in _edge.known()["places"]), None)
        if place:
            st.page_link(
                "map.py",
                label="Show on the map",
                icon=":material/map:",
                query_params={
                    "place": place.id,
                    "at": place.id,
                    "places": "support,anchors,community,institutions,others",
                }
                | {"unconfirmed": "yes"},
            )
    with right:
        if _who.is_editor():
            _edit.tools(entry)
        else:
            _edit.suggest_correction(entry.organisation)
        _edit.history(entry.organisation.id)


st.title("The register", anchor=False)
st.markdown("Community anchors, and help to start and keep a business: who they are, where, and for whom.")
_who.sign_in()
_sub.menu("register.py")
if opened := _query.word("organisation"):
    one(opened)
else:
    found(filters())
