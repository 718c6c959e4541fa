"""What the pages of shortlists share: saving one under a name, comparing two, removing one."""

from collections.abc import Sequence
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from data.register.changes import ConflictError
from data.register.records import RecordError, Shortlist
from data.register.rights import NotAllowedError
from data.register.shortlists import kept, remove, save
from layers.plan import shortlists
from layers.view import View
from pages import _ask, _edge, _query, _sub, _targets, _who, _worked

_NEW = "A new shortlist"


def pack() -> str:
    """The version of the figures."""
    manifest = _edge.store().manifest
    return f"{manifest.pack} {manifest.version}"


def names() -> dict[str, str]:
    """Every neighbourhood by code."""
    return dict(zip(_edge.areas(_worked.LSOA)["code"], _worked.names(), strict=True))


def people() -> dict[str, float]:
    """How many live in each neighbourhood, by code."""
    return dict(zip(_edge.areas(_worked.LSOA)["code"], _worked.people(), strict=True))


def table(opened: Shortlist, asked: View) -> pd.DataFrame:
    """The neighbourhoods of a list as it was saved, with what its question says of each today."""
    today = _worked.table(asked).set_index("Code").drop(columns=["Neighbourhood", "ONS name"])
    codes = list(opened.codes)
    known = _named(codes)
    first = pd.DataFrame({"Place on the list": range(1, len(codes) + 1), "Neighbourhood": known, "Code": codes})
    told = first.join(today, on="Code")
    return told[[*told.columns.drop("Code"), "Code"]]


def saved(opened: Shortlist) -> str:
    """How many neighbourhoods a list has, and when it was saved by whom."""
    owner = f" by {opened.owner}" if opened.owner else ""
    return f"{len(opened.codes):,} neighbourhoods, saved on {opened.made_on}{owner}."


def since(opened: Shortlist, asked: View, odd: Sequence[str]) -> str:
    """What has changed since a list was saved; `odd` are the parts of its question no longer understood."""
    now = _targets.codes(_targets.chosen(asked))
    said = shortlists.since(opened, now, names(), pack=pack(), register=_edge.register().version)
    if odd:
        said.append(f"{len(odd):,} parts of its question are no longer understood and were left out.")
    return " ".join(said)


def _named(codes: Sequence[str]) -> list[str]:
    named = names()
    return [named.get(code, "Not in today’s figures") for code in codes]


def save_box(view: View, codes: Sequence[str]) -> None:
    """A form that keeps the list with its reasons; for visitors, how to keep it without. The way in is at the side."""
    _who.sign_in()
    with st.expander("Save this list", icon=":material/bookmark_add:"):
        if not _who.is_editor():
            st.caption(
                "The address of this page brings the list back as it would be on the day: copy it. Editors can save it "
                "as it is today, with a name and reasons; sign in at the side."
            )
            return
        held = kept(_edge.register())
        with st.form("shortlist", border=False):
            name = st.text_input("Name")
            reasons = st.text_area("Why these?", help="Kept with the list, for whoever asks later.")
            owner = st.text_input("Whose list is it?", help="A role or an organisation.")
            titles = [_NEW, *(each.name for each in held)]
            instead = st.selectbox("Save as", range(len(titles)), format_func=lambda i: _instead(titles, i))
            if not st.form_submit_button(f"Save {len(codes):,} neighbourhoods", type="primary"):
                return
        try:
            made = save(
                _edge.register(),
                by=_who.me(),
                name=name,
                reasons=reasons,
                owner=owner,
                link=urlencode(view.to_link()),
                pack=pack(),
                codes=codes,
                today=_edge.today(),
                replacing=held[instead - 1] if instead else None,
            )
        except RecordError as error:
            _ask.problems(error.problems, "shortlists")
        except ConflictError:
            st.warning("Someone else changed that shortlist meanwhile. Look at it, then save again.")
        except NotAllowedError as error:
            st.warning(_edge.plain(str(error)))
        else:
            _sub.say(f"Saved: {made.name}.")
            st.switch_page("shortlists.py", query_params=view.to_link() | {"list": made.id})


def _instead(titles: Sequence[str], i: int) -> str:
    return f"In place of {titles[i]}" if i else titles[i]


def side_by_side(opened: Shortlist, held: Sequence[Shortlist]) -> None:
    """The list against another."""
    others = {each.id: each for each in held if each.id != opened.id}
    if not others:
        return
    st.subheader("Compare with another", anchor=False)
    chosen = _query.word("against")
    keys = ["", *others]
    st.selectbox(
        "Compare with",
        keys,
        format_func=lambda key: others[key].name if key else "Choose a shortlist",
        label_visibility="collapsed",
        **_query.bound("against", chosen if chosen in others else ""),
    )
    if chosen in others:
        st.markdown(_edge.plain(" ".join(shortlists.against(opened, others[chosen], people()))))
        rows = shortlists.compared(opened, others[chosen], names(), people())
        st.dataframe(rows, hide_index=True, alt="Both lists, one row per neighbourhood")


def taken_out(opened: Shortlist) -> None:
    """A way for editors to remove it; it can be brought back among the changes."""
    if _who.is_editor():
        st.button("Remove this shortlist", icon=":material/delete:", on_click=_removed, args=(opened,))


def _removed(opened: Shortlist) -> None:
    try:
        remove(_edge.register(), opened, by=_who.me())
    except ConflictError:
        _sub.say("Nothing was removed: someone changed that shortlist meanwhile. Look at it again.", done=False)
        return
    _sub.say(f"Removed: {opened.name}.")
    _query.put(list="", against="")
