"""Before the evening: an address that phones can open, a code to scan, the windows, and sheets to print."""

from dataclasses import replace

import pytest
import streamlit as st

from pages import _session_before
from pages._session_address import only_here, origin_of
from tests.pages.desk import errors, one
from tests.pages.in_session import a_session, a_story, own_rooms  # noqa: F401  (a fixture)
from tests.pages.test_session import at_session
from tests.pages.visit import as_read, words

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register", "own_rooms")


@pytest.fixture
def hall(monkeypatch):
    """A machine on a hall's Wi-Fi, listening at port 8502."""
    monkeypatch.setattr(_session_before, "addresses", lambda: ("192.168.1.7", "10.42.0.1"))
    before = st.get_option("server.port")
    st.config.set_option("server.port", 8502)
    yield
    st.config.set_option("server.port", before)


def doors(at):
    """The links to windows of their own."""
    return {as_read(each.proto.label): each.proto.url for each in at.get("link_button")}


@pytest.mark.usefixtures("hall")
class TestPhones:
    def test_find_this_machine_at_its_address_and_never_at_localhost(self):
        session = a_session()
        at = at_session(session, "before")
        assert one(at.selectbox, "Phones open").options == [
            "http://192.168.1.7:8502",
            "http://10.42.0.1:8502",
            "Another address",
        ]
        code = f"{session.code[:3]} {session.code[3:]}"
        assert f"type **{code}** at" in words(at)
        for address in ("http://192.168.1.7:8502/j", f"http://192.168.1.7:8502/j/{session.code}?tablet=yes"):
            assert address in [each.value for each in at.code], "to be copied as it is"

    def test_may_be_given_another_address_that_is_checked(self):
        session = a_session()
        at = at_session(session, "before")
        one(at.selectbox, "Phones open").set_value("Another address").run()
        assert not [each for each in at.code if "tablet" in each.value]
        one(at.text_input, "Address").set_value("localhost:8501").run()
        assert "means each phone itself" in errors(at)[0]
        one(at.text_input, "Address").set_value("https://hall.example.org/x?y").run()
        assert not errors(at) and "https://hall.example.org/j" in [each.value for each in at.code]

    def test_the_address_that_was_set_for_everybody_comes_first(self, monkeypatch):
        monkeypatch.setenv("FOOTHOLD_ADDRESS", "https://foothold.example.org/")
        at = at_session(a_session(), "before")
        assert one(at.selectbox, "Phones open").value == "https://foothold.example.org"

    def test_scan_another_code_for_another_address(self, monkeypatch):
        session = a_session()
        shown, qr = [], _session_before.qr
        monkeypatch.setattr(_session_before, "qr", lambda address: shown.append(address) or qr(address))
        at_session(session, "before")
        assert shown == [f"http://192.168.1.7:8502/j/{session.code}"]


def test_without_a_network_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr(_session_before, "addresses", tuple)
    at = at_session(a_session(), "before")
    assert "on no network yet" in at.info[0].value
    one(at.selectbox, "Phones open").set_value("Another address").run()
    assert not at.exception


def test_a_server_that_listens_to_itself_alone_is_said(monkeypatch):
    before = st.get_option("server.address")
    st.config.set_option("server.address", "127.0.0.1")
    at = at_session(a_session(), "before")
    st.config.set_option("server.address", before)
    assert "listens on this machine alone" in at.warning[0].value


def test_every_window_has_its_link():
    session = a_session()
    at = at_session(session, "before")
    own = f"/present/{session.id}"
    assert doors(at) == {
        "Open the presenter’s desk": f"{own}/enter?key={session.key}",
        "Open the projector": f"{own}/enter?key={session.key}&to=screen",
        "Enter sheets of paper": f"{own}/enter?key={session.key}&to=sheets",
    }


def test_sheets_are_printed_in_two_sizes_with_the_way_in(monkeypatch):
    given = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, **rest: given.update({label: (data, rest)}))
    monkeypatch.setattr(_session_before, "addresses", lambda: ("192.168.1.7",))
    at_session(a_session(title="An évening: in Ayton!"), "before")
    assert list(given) == ["Sheets (A4)", "Sheets (A3)"]
    make, rest = given["Sheets (A4)"]
    assert make().startswith(b"%PDF")
    assert rest["file_name"] == "an-vening-in-ayton-2026-11-26-sheets-a4.pdf" and rest["on_click"] == "ignore"


def test_a_session_that_asks_nothing_has_nothing_to_print():
    session = a_session(story=replace(a_story(), scenes=a_story().scenes[:1]))
    assert "nothing to write on" in words(at_session(session, "before"))


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("192.168.1.7:8501", "http://192.168.1.7:8501"),
        (" http://192.168.1.7:80/ ", "http://192.168.1.7"),
        ("https://Example.org:443/j", "https://example.org"),
        ("https://example.org:8443", "https://example.org:8443"),
        ("[fd00::7]:8501", "http://[fd00::7]:8501"),
        ("laptop.local:8501", "http://laptop.local:8501"),
    ],
)
def test_an_address_is_read_however_it_is_typed(typed, origin):
    assert origin_of(typed) == origin


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "localhost", "http://127.0.0.1:8501", "[::1]:8501", "ftp://example.org", "a b", "x:99999", "0.0.0.0"]
    + ["https://user:word@example.org", "javascript:alert(1)", "http://", "<b>", "..", "http://exa\nmple.org:x"],
)
def test_what_no_phone_could_open_is_refused(typed):
    with pytest.raises(ValueError, match="is no address|means each phone itself"):
        origin_of(typed)


@pytest.mark.parametrize(("host", "alone"), [("localhost", True), ("127.0.0.2", True), ("0.0.0.0", False), ("", False)])
def test_an_address_to_listen_on_reaches_others_or_not(host, alone):
    assert only_here(host) is alone
