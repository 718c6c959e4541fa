"""An organiser in Bradford looks for where need is high and help is far, and takes three gaps away."""

import csv
import io

import pytest

from tests.browser.visitor import expect


@pytest.fixture
def organiser(visitor):
    """Someone who looks at the gaps of Bradford."""
    visitor.open("gaps", focus="Bradford", painted="both lsoa21")
    return visitor


def widest(visitor):
    """The names of the widest gaps, as the page lists them."""
    buttons = visitor.page.get_by_role("button", name="(Bradford ")
    expect(buttons).to_have_count(3)
    return [text.partition(": ")[2] for text in buttons.all_inner_texts()]


def test_three_gaps_are_found_understood_and_taken_away(organiser):
    page = organiser.page
    organiser.choose("What is in view")
    organiser.until_link(lambda link: link.get("among") == "view")
    expect(page.get_by_text("in the third of Bradford with most need")).to_be_visible()
    found = widest(organiser)
    for name in found:
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        expect(page.get_by_text("nearest help that counts is")).to_be_visible()
    page.get_by_text("Show the figures as a table").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSV, for any spreadsheet").click()
    text = taken.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [f"{row['Neighbourhood']} ({row['ONS name']})" for row in rows[:3]] == found
    assert "Gap score = 100 × need × poor reach" in text and "Licence" in text


def test_the_key_is_a_square_that_counts_every_neighbourhood(organiser):
    cells = organiser.map.locator(".fh-cells [aria-label]")
    expect(cells).to_have_count(9)
    counted = sum(int(text.replace(",", "")) for text in cells.all_inner_texts())
    assert counted == 312
    expect(cells.first).to_have_attribute("aria-label", "less need, poor reach: 20")


def test_changing_a_weight_keeps_the_map_and_where_it_looks(organiser):
    page = organiser.page
    organiser.on_map("() => { window.same = true; }")
    page.get_by_test_id("stSidebar").get_by_text("Weights", exact=True).click()
    slider = page.get_by_role("slider", name="People on low incomes")
    slider.focus()
    slider.press("ArrowRight")
    organiser.until_link(lambda link: link.get("index", "").startswith("income-share.2"))
    assert organiser.on_map("() => window.same === true")
    expect(page.get_by_role("combobox", name="Need means")).to_have_value("My own mix")


def test_where_nothing_counts_it_says_so(visitor):
    visitor.open("gaps", places="bank")
    expect(visitor.page.get_by_text("Nothing that we know of counts as this kind of help")).to_be_visible()
