"""An officer makes a shortlist of twenty, saves it, and sites five outreach sessions for its people."""

import csv
import io

import pytest

from tests.browser.conftest import sign_in, visiting
from tests.browser.test_register import go, press, says
from tests.browser.visitor import expect

NAME = "Twenty to begin with"


@pytest.fixture
def officer(wide_screen, desk):
    """Someone who has signed in and looks at which neighbourhoods come first."""
    with visiting(wide_screen, desk) as someone:
        sign_in(someone)
        go(someone, "Gaps and plans")
        go(someone, "Which first")
        someone.painted("need lsoa21")
        yield someone


def rows_of(download):
    text = download.value.path().read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text))), text


def test_a_shortlist_is_made_doubted_saved_and_served(officer):
    page = officer.page
    says(officer, "The list has the 20 neighbourhoods in most need")
    page.get_by_text("How sure is the list?").click()
    says(officer, "We asked the same question 1,000 times")
    page.get_by_text("Save this list").click()
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_role("textbox", name="Why these?").fill("Most need, and sure of it.")
    press(officer, "Save 20 neighbourhoods")
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    says(officer, "the same question gives the same neighbourhoods")
    go(officer, "Put help there")
    expect(officer.title).to_contain_text("Where to put help")
    officer.painted("need lsoa21")
    five_pins(officer)
    page.get_by_text("Show the figures as tables").click()
    with page.expect_download() as taken:
        press(officer, "The sites as CSV")
    rows, text = rows_of(taken)
    assert [row["Order"] for row in rows[:5]] == ["1", "2", "3", "4", "5"]
    assert "HiGHS" in text and "neighbourhoods chosen under" in text


def test_a_pin_says_at_once_who_is_newly_reached(officer):
    go(officer, "Where to put help")
    officer.painted("need lsoa21")
    officer.page.get_by_text("Drop a pin to try a spot").click()
    officer.page.mouse.click(*officer.point("() => map.getCenter()"))
    officer.until_link(lambda link: "pin" in link)
    says(officer, "would newly")


def five_pins(visitor):
    """Wait until the map shows five numbered sites."""
    expect(visitor.map.get_by_role("img", name="5: ")).to_be_visible()
    expect(visitor.map.get_by_role("img", name="6: ")).to_have_count(0)
