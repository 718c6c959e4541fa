"""Names from people are text on the register's pages, too, wherever they stand."""

import pytest

from data.register.records import Location, Organisation, Service
from pages import _edge
from tests import toytown
from tests.pages.desk import (
    ADD,
    CHANGES,
    EDITOR,
    GRID,
    REGISTER,
    TO_DO,
    at_desk,
    expanders,
    press,
    register,
)
from tests.pages.test_as_text import LIVE, texts_as_markdown
from tests.pages.visit import visit

pytestmark = pytest.mark.usefixtures("named")

NASTY = toytown.NASTY


@pytest.fixture
def named(in_toytown, own_register):
    """A register in which everything goes by the nasty name."""
    own = Organisation(
        id="N",
        name=NASTY,
        description=NASTY,
        anchor_type="other",
        phone=NASTY[:40],
        source=NASTY,
        as_at=NASTY,
        notes=NASTY,
        status="active",
        verification="A",
        confirmed_by=NASTY,
    )
    place = Location(
        id="N",
        organisation_id="N",
        name=NASTY,
        address=NASTY,
        town=NASTY,
        basis="postcode",
        easting=430_500,
        northing=433_500,
        lsoa21cd=toytown.CODE["A1"],
        district="Ayton",
        accessibility=(NASTY,),
    )
    help_ = Service(
        id="N-S",
        organisation_id="N",
        name=NASTY,
        description=NASTY,
        eligibility=NASTY,
        priority_groups=(NASTY,),
        serves=(NASTY,),
        cost="paid",
        cost_note=NASTY,
        funder=NASTY,
        support_type="mentoring",
        status="active",
    )
    register().change([own, place, help_], by=EDITOR, what=f"Added {NASTY}", why=NASTY)
    at = visit(REGISTER, organisation="N")
    [says] = [each for each in at.text_area if each.label == "What is missing or wrong"]
    says.set_value(NASTY)
    press(at, "Suggest")


def more_texts(at):
    """What else of a page Streamlit takes for Markdown: what it says was done, boxes, links to pages, and choices."""
    yield from texts_as_markdown(at)
    yield from (each.value for each in at.success)
    yield from (each.label for each in [*at.expander, *at.metric, *at.radio, *at.checkbox, *at.toggle])
    yield from (each.proto.label for each in at.get("page_link"))
    yield from (caption for each in at.radio for caption in each.proto.captions)


def is_text(at):
    """Whether no name on the page is live markup, while the page does name it."""
    assert not at.exception
    said = list(more_texts(at))
    return not [text for text in said if LIVE.search(text)] and any("onerror" in text for text in said)


def test_in_the_list():
    at = visit(REGISTER, find="onerror")
    assert not at.exception and set(at.dataframe[0].value["Name"]) == {NASTY}


def test_on_the_card():
    assert is_text(visit(REGISTER, organisation="N")) and is_text(at_desk(REGISTER, organisation="N"))


def test_in_every_form():
    for part in ("organisations-N", "locations-N", "services-N-S"):
        assert is_text(at_desk(REGISTER, organisation="N").selectbox(key="part-N").set_value(part).run())


def test_beside_the_map_and_among_what_is_open():
    assert is_text(visit(places="support,others", place="N", area=toytown.CODE["A1"], table="yes"))
    assert is_text(visit("neighbourhood.py", area=toytown.CODE["A1"]))


def test_in_what_is_to_do():
    assert is_text(visit(TO_DO)) and is_text(at_desk(TO_DO))


def test_among_the_changes():
    at = at_desk(CHANGES)
    assert is_text(at) and any(NASTY in label for label in expanders(at))


def test_in_what_was_done_and_in_a_clash():
    slow = at_desk(REGISTER, organisation="N")
    first = at_desk(REGISTER, organisation="N")
    key = "edit-organisations-N-2-description"
    first.text_area(key=key).set_value(f"{NASTY} 1")
    assert is_text(press(first, "Save"))
    slow.text_area(key=key).set_value(f"{NASTY} 2")
    assert is_text(press(slow, "Save")) and slow.radio


def test_near_what_was_looked_for_in_vain():
    assert is_text(visit(REGISTER, find=NASTY.replace("(1)", "(2)")))


def test_in_what_cannot_be_kept():
    at = at_desk(REGISTER, organisation="N")
    at.text_input(key="edit-organisations-N-2-website").set_value(NASTY)
    assert is_text(press(at, "Save"))


def test_in_what_a_link_asks_for():
    for page in (REGISTER, ADD, TO_DO, CHANGES, GRID):
        at = at_desk(page, organisation=NASTY, find=NASTY, what=NASTY, before=NASTY)
        assert not at.exception and not [text for text in more_texts(at) if LIVE.search(text)]


def test_no_element_allows_html():
    for at in (at_desk(REGISTER, organisation="N"), at_desk(TO_DO), at_desk(CHANGES)):
        assert not [each for each in [*at.markdown, *at.caption] if each.allow_html] and not at.html


def test_the_pack_s_own_nasty_name_opens():
    assert visit(REGISTER, organisation="T2").header[0].value == _edge.plain(NASTY)
