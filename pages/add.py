"""Suggest a place that is missing, or, for an editor, add it: by its postcode or by a click on the map."""

import streamlit as st

from data.register import keep
from data.register.records import RecordError, Suggestion
from data.register.suggesting import like, suggestion_of
from data.register.vocabulary import KINDS, SUPPORT_TYPES
from pages import _ask, _draw, _edge, _sub, _who

_DONE = "places_told"


def where() -> dict[str, str]:
    """Where it is: a click on the map, kept until a postcode is typed."""
    st.markdown("**Where is it?** Type its postcode in the form, or click the map.")
    if point := _draw.pick(key="pick", height=420):
        latitude, longitude = point
        metres = _edge.gazetteer().metres(longitude, latitude)
        spot = _edge.gazetteer().point(*metres)
        if spot is None:
            st.warning("That is outside the ten districts.", icon=":material/wrong_location:")
            return {}
        postcode, metres_off = _edge.gazetteer().nearest_postcode(*metres)
        st.caption(
            _edge.plain(
                f"You clicked in {spot.district}, about {metres_off:,.0f} m from {postcode}. The click is used "
                "unless you type a postcode."
            )
        )
        return {"latitude": f"{latitude:.6f}", "longitude": f"{longitude:.6f}"}
    return {}


def form(clicked: dict[str, str]) -> None:
    """What is there, and who says so."""
    editor = _who.is_editor()
    # A form of its own for each place, so that what was said of one is not said again of the next.
    with st.form(f"add-{st.session_state.get(_DONE, 0)}"):
        texts = {
            "name": st.text_input("Name of the place or organisation *", max_chars=200),
            "kind": st.selectbox("What it is", list(KINDS), format_func=KINDS.__getitem__, index=None) or "",
            "postcode": st.text_input("Postcode", max_chars=10),
            "says": st.text_area("What it offers, and for whom", max_chars=2_000),
        }
        if not editor:
            texts["made_by"] = st.text_input("Your name or role (if you like)", max_chars=120)
        another = st.checkbox("It is another place than one that we have already")
        label = "Add it" if editor else "Suggest it"
        if not st.form_submit_button(label, type="primary", icon=":material/add_location:"):
            return
    if not texts["postcode"].strip():
        texts |= clicked
    try:
        made, _ = suggestion_of(texts, _edge.gazetteer(), today=_edge.today())
    except RecordError as error:
        _ask.problems(error.problems, Suggestion.table)
        return
    if not another and (known := like(made, _edge.register())):
        words = f"It may be “{known}”, which we have at about the same place. If it is another, tick the box and go on."
        st.warning(_edge.plain(words), icon=":material/content_copy:")
        return
    keep_it(made, by_editor=editor)


def keep_it(made: Suggestion, *, by_editor: bool) -> None:
    """An editor's own place needs nobody else to take it up; a visitor's waits."""
    if by_editor:
        helps = (made.kind or "") in SUPPORT_TYPES
        records = keep.from_suggestion(made, today=_edge.today(), helps=helps, by=_who.me())
        _edge.register().change(records, by=_who.me(), what=f"Added {made.name}")
        _sub.say(f"Added: {made.name}. Find it in the register to say more.")
    else:
        _edge.register().suggest(made, by=_who.me())
        _sub.say(
            f"Thank you. {made.name} waits for an editor. On the map, choose its kind of place and “Count places not "
            "confirmed”: it is drawn with a dashed line."
        )
    st.session_state[_DONE] = st.session_state.get(_DONE, 0) + 1
    st.rerun()


st.title("Suggest or add a place", anchor=False)
st.markdown("Is a place missing that helps people start a business, or that people already trust? Tell us.")
_who.sign_in()
_sub.menu("add.py")
_sub.done()
left, right = st.columns([1, 1], gap="large")
with right:
    clicked = where()
with left:
    form(clicked)
