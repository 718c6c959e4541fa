"""What is open to someone who lives here: the help that reaches them and fits what they tell."""

import streamlit as st

from data.register.vocabulary import STAGES
from layers.open_to_me import Here, Offer, open_to
from layers.portrait import Portrait
from layers.view import View
from layers.words import listed
from pages import _choose, _edge, _link

_FIRST = 8


def section(view: View, drawn: Portrait, postcode: str) -> None:
    """A plain list of what is open to someone here, the surest and nearest first."""
    st.header("What is open to me here", anchor=False)
    start = postcode or drawn.name
    st.caption(_edge.plain(f"For someone who lives at {start}. Say more, and the list gets shorter."))
    titles = {"": "Any stage"} | STAGES
    st.segmented_control(
        "Where are you with your business?",
        list(titles),
        format_func=titles.__getitem__,
        **_link.bound("stage", view.stage, change=lambda stage: {"stage": stage or ""}),
    )
    with st.expander("Cost, language, who you are, open now", expanded=view.wants.any and not view.stage):
        _choose.wants(view, stage=False)
    door = _edge.door(postcode) if postcode else None
    found = _offers(view, drawn, door.point if door else drawn.point)
    sure = [offer for offer in found if not offer.ask]
    _told(f"{len(found):,} to try", found, sure)
    for offer in found[:_FIRST]:
        one(offer)
    if len(found) > _FIRST:
        with st.expander(f"{len(found) - _FIRST:,} more"):
            for offer in found[_FIRST:]:
                one(offer)


def _offers(view: View, drawn: Portrait, point: tuple[float, float]) -> tuple[Offer, ...]:
    districts = [code for code in (drawn.code, drawn.msoa, drawn.district_code) if code]
    here = Here(point=point, areas=tuple(districts))
    return open_to(_edge.offers(), here, view.wants, _edge.now(), area_of=_edge.gazetteer().area)


def _told(count: str, found: tuple[Offer, ...], sure: list[Offer]) -> None:
    if not found:
        st.info(
            "Nothing that we know of fits. That may be a gap in help, or a gap in our list: ask for less, or tell us "
            "what is missing.",
            icon=":material/search_off:",
        )
        st.page_link("add.py", label="Suggest what is missing", icon=":material/add_location:")
        return
    unsure = len(found) - len(sure)
    st.markdown(
        f"**{count}.**" + (f" Of these {unsure:,} leave something unsaid: ask before you go." if unsure else "")
    )


def one(offer: Offer) -> None:
    """One service: its name, its facts, and what to ask."""
    with st.container(border=True):
        kind = f": {offer.kind}" if offer.kind not in (offer.name, offer.organisation) else ""
        name = offer.name if offer.name != offer.kind else offer.organisation
        by = f" by {offer.organisation}" if offer.organisation != name else ""
        st.markdown(f"**{_edge.plain(name)}**{_edge.plain(by)}{_edge.plain(kind)}")
        st.markdown(_edge.plain(" · ".join(offer.facts)))
        if offer.ask:
            st.caption(_edge.plain(f"It does not say {listed(list(offer.ask))}: ask first."))
        st.page_link("register.py", label="All that is known", query_params={"organisation": offer.organisation_id})
