"""What in the register needs somebody: suggestions that wait, and what may no longer be true."""

import streamlit as st

from data.register import keep
from data.register.changes import ConflictError
from data.register.records import Suggestion
from data.register.rights import NotAllowedError
from data.register.vocabulary import KINDS, SUPPORT_TYPES
from pages import _edge, _query, _sub, _who

_ROWS = 300


def waiting() -> None:
    """The suggestions of visitors, oldest first; an editor takes each up or declines it, with a reason."""
    register = _edge.register()
    pairs = register.records(Suggestion.table, ["waiting"], of="state")
    suggestions = sorted(
        (each for each, _ in pairs if isinstance(each, Suggestion)), key=lambda each: each.made_on or ""
    )
    st.header(f"Suggestions that wait: {len(suggestions)}", anchor=False)
    if not suggestions:
        st.caption("None. Anyone can suggest a place or a correction.")
    for each in suggestions[:20]:
        with st.container(border=True):
            one(each)


def one(suggestion: Suggestion) -> None:
    """One suggestion as it was made, and what can be done about it."""
    kind = KINDS.get(suggestion.kind or "", "")
    st.markdown(f"**{_edge.plain(suggestion.name)}** {_edge.plain(kind)}")
    if suggestion.says:
        st.markdown(_edge.plain(suggestion.says))
    where = ", ".join(text for text in (suggestion.postcode, suggestion.district) if text)
    made = f"Suggested on {suggestion.made_on} by {suggestion.made_by or 'a visitor'}"
    st.caption(_edge.plain(f"{made}. {where}"))
    if suggestion.about:
        st.page_link("register.py", label="Open what it is about", query_params={"organisation": suggestion.about})
    if not _who.is_editor():
        return
    st.text_input("Why you take it up or decline it", max_chars=1_000, key=f"why-{suggestion.id}")
    left, right = st.columns(2)
    taken = "I have made the correction" if suggestion.about else "Take it up"
    left.button(taken, key=f"yes-{suggestion.id}", on_click=decide, args=(suggestion, "accepted"), type="primary")
    right.button("Decline", key=f"no-{suggestion.id}", on_click=decide, args=(suggestion, "declined"))


def decide(suggestion: Suggestion, state: str) -> None:
    """Take a suggestion up or decline it, as one step; for the reason that stands in its field at the press."""
    why = st.session_state[f"why-{suggestion.id}"]
    if state == "declined" and not why.strip():
        _sub.say("Nothing was done: say why you decline it, so that others can learn it.", done=False)
        return
    new = state == "accepted" and not suggestion.about
    helps = (suggestion.kind or "") in SUPPORT_TYPES
    puts = keep.from_suggestion(suggestion, today=_edge.today(), helps=helps, by=_who.me()) if new else []
    try:
        keep.decide(_edge.register(), suggestion, state=state, answer=why.strip(), by=_who.me(), puts=puts)
    except ConflictError:
        _sub.say("Nothing was done: someone else has decided on it already.", done=False)
    except NotAllowedError as error:
        _sub.say(f"Nothing was done. {error}", done=False)
    else:
        _sub.say(f"{'Taken up' if state == 'accepted' else 'Declined'}: {suggestion.name}.")


def attention() -> None:
    """What may no longer be true, or says too little, a reason at a time."""
    rows = keep.needs_attention(_edge.register(), _edge.today())
    st.header("What to look at", anchor=False)
    counts = rows["what"].value_counts()
    titles = {key: f"{title} ({counts.get(key, 0):,})" for key, title in keep.ATTENTION.items()}
    asked = _query.words("what", keep.ATTENTION)
    what = st.segmented_control(
        "Reason",
        list(titles),
        format_func=titles.__getitem__,
        **_query.bound("what", asked[0] if asked else "unconfirmed"),
    )
    some = rows[rows["what"] == (what or "unconfirmed")].head(_ROWS)
    if some.empty:
        st.caption("Nothing. Well kept!")
        return
    if len(some) == _ROWS:
        st.caption(f"The first {_ROWS}.")
    table = some[["name", "detail"]].set_axis(["Organisation", "Detail"], axis=1)
    picked = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"attention-{what}-{_edge.register().version}",
        alt="Organisations to look at, one row each",
    )
    if chosen := picked["selection"]["rows"]:
        id_ = str(some["organisation_id"].iloc[chosen[0]])
        st.page_link(
            "register.py",
            label=f"Open {_edge.plain(str(some['name'].iloc[chosen[0]]))}",
            icon=":material/open_in_full:",
            query_params={"organisation": id_},
        )


st.title("To do", anchor=False)
st.markdown("The map is only as good as this list. Here is what needs somebody who knows.")
_who.sign_in()
_sub.menu("to_do.py")
_sub.done()
waiting()
attention()
