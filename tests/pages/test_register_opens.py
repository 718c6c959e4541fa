"""Every page of the register opens for everyone it is for, and for nobody else; signing in and out."""

import pytest

from data.register.rights import VISITOR, Passphrase
from pages import _edge
from tests import toytown
from tests.pages.desk import (
    ADD,
    BRING_IN,
    CHANGES,
    EDITOR,
    GRID,
    MENU,
    OF_EDITORS,
    OF_EVERYONE,
    REGISTER,
    TO_DO,
    at_desk,
    buttons,
    errors,
    expanders,
    menu,
    one,
    press,
    write,
)
from tests.pages.visit import heading, visit, words

pytestmark = pytest.mark.usefixtures("on_either_pack")

WORDS = "correct horse battery"


def an_organisation():
    """The code of one organisation of the pack that is served."""
    return _edge.register().records("organisations")[0][0].id


@pytest.fixture
def passphrase(tmp_path, monkeypatch):
    """A passphrase that editors can sign in with."""
    monkeypatch.setenv("FOOTHOLD_PASSPHRASE", str(tmp_path / "passphrase.json"))
    Passphrase(tmp_path / "passphrase.json").set(WORDS)
    _edge.passphrase.clear()
    yield
    _edge.passphrase.clear()


@pytest.mark.parametrize("page", OF_EVERYONE)
def test_a_visitor_may_open_it(page):
    at = visit(page)
    assert not at.exception and heading(at)
    assert menu(at)[:2] == ["Find", "Suggest or add"] and menu(at)[-2:] == ["To do", "Changes"]
    assert not {"Bring in a list", "Edit as a table"} & set(menu(at))


@pytest.mark.parametrize("page", OF_EVERYONE + OF_EDITORS)
def test_an_editor_may_open_it(page):
    at = at_desk(page)
    assert not at.exception and heading(at)
    assert menu(at) == list(MENU)
    assert f"Signed in as **{EDITOR.name}**, an editor" in words(at)


@pytest.mark.parametrize("page", OF_EDITORS)
def test_a_page_for_editors_stops_a_visitor_and_says_so(page):
    at = visit(page)
    assert not at.exception and heading(at)
    assert "This page is for editors. Sign in at the side; anyone may suggest." in words(at)
    assert not at.file_uploader and not at.data_editor and not buttons(at)


def test_a_visitor_reads_an_organisation_and_can_only_suggest():
    at = visit(REGISTER, organisation=an_organisation())
    assert not at.exception and at.header[0].value
    assert buttons(at) == ["Back to the list", "Suggest"]
    assert expanders(at) == ["For editors", "History"] or expanders(at) == ["History", "For editors"]


def test_an_editor_reads_an_organisation_and_can_keep_it_true():
    at = at_desk(REGISTER, organisation=an_organisation())
    assert not at.exception
    assert {"Still true today", "Save", "Mark as ended", "Remove it"} <= set(buttons(at))
    assert "Suggest" not in buttons(at)


@pytest.mark.parametrize("page", [TO_DO, CHANGES])
def test_a_visitor_can_decide_nothing_and_undo_nothing(page):
    assert not {"Undo this", "Take it up", "Decline"} & set(buttons(visit(page)))


def test_only_an_editor_can_undo():
    assert "Undo this" in buttons(at_desk(CHANGES)) and "Undo this" not in buttons(at_desk(CHANGES, by=VISITOR))


class TestSigningIn:
    @pytest.fixture(autouse=True)
    def _with(self, passphrase):
        """There is a passphrase."""

    def sign_in(self, name, said, page=REGISTER):
        at = visit(page)
        write(at, Your_name=name, Passphrase=said)
        return press(at, "Sign in")

    def test_the_right_words_make_an_editor(self):
        at = self.sign_in("Amina", WORDS)
        assert "Signed in as **Amina**, an editor" in words(at) and menu(at) == list(MENU)
        assert not errors(at)

    def test_an_editor_stays_one_on_every_page(self):
        at = self.sign_in("Amina", WORDS)
        at.switch_page(BRING_IN)
        at.run()
        assert not at.exception and at.file_uploader and "Sign out" in buttons(at)

    def test_one_may_sign_in_on_the_page_that_is_for_editors(self):
        at = self.sign_in("Amina", WORDS, GRID)
        assert at.data_editor and "This page is for editors" not in words(at)

    def test_the_wrong_words_do_not(self):
        at = self.sign_in("Amina", "wrong horse battery")
        assert errors(at) == ["That is not the passphrase."]
        assert "Sign out" not in buttons(at) and "Edit as a table" not in menu(at)

    def test_a_name_is_needed(self):
        assert errors(self.sign_in(" ", WORDS)) == ["Type your name too: it is kept with every change."]

    def test_a_name_is_only_a_name(self):
        at = self.sign_in(toytown.NASTY, WORDS)
        assert f"Signed in as **{_edge.plain(toytown.NASTY)}**, an editor" in [each.value for each in at.markdown]

    def test_signing_out_leaves_a_visitor(self):
        at = press(self.sign_in("Amina", WORDS), "Sign out")
        assert "Edit as a table" not in menu(at) and "Sign in" in buttons(at)
        assert "signed_in_as" not in at.session_state


def test_without_a_passphrase_nobody_can_sign_in(tmp_path, monkeypatch):
    monkeypatch.setenv("FOOTHOLD_PASSPHRASE", str(tmp_path / "none.json"))
    _edge.passphrase.clear()
    at = visit(ADD)
    assert "its keeper first sets a passphrase" in words(at) and "Sign in" not in buttons(at)
    assert not [each for each in at.text_input if each.label == "Passphrase"]
    _edge.passphrase.clear()


def test_the_passphrase_is_typed_unseen(passphrase):
    assert one(visit(REGISTER).text_input, "Passphrase").proto.type == 1
