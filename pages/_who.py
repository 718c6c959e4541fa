"""Who is at the page: a visitor, or an editor who signed in. Every write asks again on the server."""

import streamlit as st

from data.register.rights import VISITOR, Actor, PassphraseError, Role
from pages import _edge

_ME = "signed_in_as"


def me() -> Actor:
    """Who is at the page now."""
    return _by_openid() or st.session_state.get(_ME) or VISITOR


def is_editor() -> bool:
    """Whether the one at the page may change the register."""
    return me().role is Role.EDITOR


def sign_in() -> None:
    """The way in for editors and out again, as one line at the side."""
    if is_editor():
        with st.sidebar, st.container(border=True):
            st.markdown(f"Signed in as **{_edge.plain(me().name)}**, an editor")
            st.button("Sign out", on_click=_leave, icon=":material/logout:")
        return
    with st.sidebar.expander("For editors", icon=":material/lock:"):
        if openid_is_set():
            st.markdown("Editors sign in to change the register. Everyone may suggest.")
            st.button("Sign in", on_click=st.login, icon=":material/login:")
            if st.user.get("is_logged_in"):
                st.caption("You are signed in, but not yet on the list of editors.")
        elif _edge.passphrase().is_set:
            _passphrase_form()
        else:
            st.caption(
                "Anyone may look and suggest. To change the register on this machine, its keeper first sets a "
                "passphrase: `make passphrase`."
            )


def openid_is_set() -> bool:
    """Whether this site has OpenID Connect in its secrets."""
    return bool(st.secrets.load_if_toml_exists() and "auth" in st.secrets)


def _by_openid() -> Actor | None:
    """The editor that an OpenID provider says is there, if they are on this site's list."""
    if not openid_is_set() or not st.user.get("is_logged_in"):
        return None
    email = str(st.user.get("email") or "")
    editors = {str(each).casefold() for each in st.secrets.get("foothold", {}).get("editors", [])}
    # A provider that has not checked an address may let anyone claim it.
    if email.casefold() not in editors or st.user.get("email_verified") is False:
        return None
    return Actor(str(st.user.get("name") or email), Role.EDITOR)


def _passphrase_form() -> None:
    with st.form("sign-in", border=False):
        st.markdown("Editors sign in to change the register. Everyone may suggest.")
        name = st.text_input("Your name", max_chars=60, help="Kept with every change that you make.")
        words = st.text_input("Passphrase", type="password", max_chars=200)
        if not st.form_submit_button("Sign in", icon=":material/login:"):
            return
    try:
        st.session_state[_ME] = _edge.passphrase().check(words, name)
    except PassphraseError as error:
        st.error(_edge.plain(str(error)))
    else:
        st.rerun()


def _leave() -> None:
    st.session_state.pop(_ME, None)
    if openid_is_set():
        st.logout()
