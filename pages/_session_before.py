"""A session before the evening: how phones find this machine, the windows to open, and what to print."""

import os

import streamlit as st

from data.workshop.live import Session
from data.workshop.room import Room
from layers.workshop.present import code_words, qr
from pages import _edge, _session_take
from pages._room_present_join import ADDRESS, addresses
from pages._session_address import only_here, origin_of

_OTHER = "Another address"
_DEFAULT_PORT = 8501

_CHECKS = (
    "**A network.** The hall’s Wi-Fi, or this laptop’s own hotspot. Phones need no internet, only this machine.",
    "**One phone.** Scan the code with your own phone before people come. If it does not open, this machine’s firewall "
    "is the likely reason: let other computers reach its port.",
    "**Two windows.** The projector’s on the projector, full screen (F11); the desk on this laptop. An arrow key "
    "changes both.",
    "**The cable out.** Everything is prepared. Pull the internet’s cable once and go through the scenes.",
    "**Power, and no sleep.** Plug the laptop in, and keep it from going to sleep.",
    "**Paper.** A sheet or two for each scene, for whoever comes without a phone.",
)


def part(room: Room) -> None:
    """How to get phones in, beside what to open and to print."""
    left, right = st.columns(2, gap="large")
    with left:
        origin = _address()
        _join(room.session, origin)
    with right:
        _windows(room.session)
        _session_take.sheets_of_paper(room, origin=origin)
        st.subheader("In the hall", anchor=False)
        st.markdown("\n".join(f"* {each}" for each in _CHECKS))


def _address() -> str:
    """The address that phones open: one of this machine's own, or the one that was typed."""
    st.subheader("How phones get in", anchor=False)
    found = _found()
    if only_here(st.get_option("server.address")):
        st.warning(
            "Foothold listens on this machine alone, so no phone can reach it. Start it again without "
            "`--server.address`.",
            icon=":material/wifi_off:",
        )
    elif not found:
        st.info(
            "This machine is on no network yet. Join the hall’s Wi-Fi or switch its own hotspot on, then load this "
            "page again.",
            icon=":material/wifi_off:",
        )
    chosen = st.selectbox(
        "Phones open",
        [*found, _OTHER],
        key="address",
        help="This machine’s addresses on its networks. Phones must be on the same one.",
    )
    if chosen != _OTHER:
        return chosen
    typed = st.text_input("Address", placeholder="https://example.org", key="address_typed", max_chars=200)
    if not typed.strip():
        return ""
    try:
        return origin_of(typed)
    except ValueError as error:
        st.error(_edge.plain(str(error)), icon=":material/error:")
        return ""


def _found() -> list[str]:
    """Addresses as phones open them: the one that was set for everybody, that of this visit, this machine's own."""
    port = st.get_option("server.port") or _DEFAULT_PORT
    given = [os.environ.get(ADDRESS, ""), st.context.url or "", *(f"http://{each}:{port}" for each in addresses())]
    return list(dict.fromkeys(filter(None, map(_usable, given))))


def _usable(address: str) -> str:
    """An address as phones open it; "" if they could not."""
    try:
        return origin_of(address)
    except ValueError:
        return ""


def _join(session: Session, origin: str) -> None:
    """What phones scan, or what people type."""
    if not origin:
        return
    address = f"{origin}/j"
    st.image(str(qr(f"{address}/{session.code}")), width=260, alt="QR code that opens this session on a phone")
    st.markdown(f"Phones scan this code. Or they type **{code_words(session.code)}** at")
    st.code(address, language=None, wrap_lines=True)
    st.caption("`localhost` is of no use here: on a phone it means the phone itself.")
    st.markdown("A shared tablet, for one person after another, opens")
    st.code(f"{address}/{session.code}?tablet=yes", language=None, wrap_lines=True)


def _windows(session: Session) -> None:
    """The presenter's desk, the projector's window and the form for paper, each in a window of its own."""
    st.subheader("Windows", anchor=False)
    enter = f"/present/{session.id}/enter?key={session.key}"
    with st.container(horizontal=True):
        st.link_button("Open the presenter’s desk", enter, icon=":material/co_present:", type="primary")
        st.link_button("Open the projector", f"{enter}&to=screen", icon=":material/tv:")
        st.link_button("Enter sheets of paper", f"{enter}&to=sheets", icon=":material/keyboard:")
    st.caption("Whoever has one of these links may run the session, so keep them to yourself.")
