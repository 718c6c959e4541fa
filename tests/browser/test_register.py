"""The register in a real browser: sign in, bring in a list, suggest, edit at the same time, take away."""

import csv
import io

import pytest
from pyproj import Transformer

from data.bring.files import open_file
from data.bring.sheets import understood
from data.send.files import FORMS
from geo.crs import BNG, WGS84
from tests.browser.conftest import WINDOW, sign_in, visiting
from tests.browser.test_narrow import fits
from tests.browser.visitor import expect

RIGHT, SWAPPED, TYPED, MISSPELT, TWICE = 30, 8, 4, 3, 5


@pytest.fixture
def reader(wide_screen, desk):
    """Someone who has not signed in."""
    with visiting(wide_screen, desk) as someone:
        yield someone


@pytest.fixture(scope="module")
def phone(browser):
    """The browser of a telephone."""
    size = {"width": 390, "height": 844}
    with browser.new_context(viewport=size, has_touch=True, is_mobile=True, service_workers="block") as context:
        yield context


@pytest.fixture
def narrow(phone, desk):
    """Someone with a telephone."""
    with visiting(phone, desk) as someone:
        yield someone


def go(visitor, title):
    """Follow a link of the register's menu, which keeps one signed in."""
    visitor.page.get_by_test_id("stMain").get_by_role("link", name=title, exact=True).click()


def press(visitor, name):
    visitor.page.get_by_role("button", name=name).click()


def says(visitor, words):
    expect(visitor.page.get_by_text(words).first).to_be_visible()


def choose_row(visitor, row):
    """Choose a row of the list, drawn on a canvas, by the box at its left."""
    table = visitor.page.get_by_test_id("stDataFrame").first
    expect(table).to_be_visible()
    visitor.page.wait_for_timeout(300)  # a canvas that is drawn takes clicks only once it is laid out
    table.click(position={"x": 15, "y": 35 + 35 * row + 17})


def libraries_on_the_map(visitor):
    """How many libraries the map has drawn."""
    visitor.open(painted="imd lsoa21", places="library")
    visitor.until_on_map("() => Number(document.body.dataset.places) > 0")
    return visitor.on_map("() => Number(document.body.dataset.places)")


@pytest.fixture(scope="module")
def messy(held):
    """Fifty invented libraries at real postcodes: most right, the rest wrong in four ways."""
    found = held.ask("postcodes").drop_duplicates("lsoa21cd").sort_values("postcode").reset_index(drop=True)
    found = found.iloc[:: len(found) // 60].reset_index(drop=True)
    to_degrees = Transformer.from_crs(BNG, WGS84, always_xy=True)
    rows, at = [["Name", "Type", "Postcode", "Latitude", "Longitude"]], iter(found.itertuples())
    for number in range(RIGHT):
        rows.append([f"Invented Library {number}", "library", next(at).postcode, "", ""])
    for number in range(SWAPPED):
        place = next(at)
        longitude, latitude = to_degrees.transform(place.easting, place.northing)
        rows.append([f"Turned Library {number}", "library", "", f"{longitude:.6f}", f"{latitude:.6f}"])
    with_a_one = (row for row in at if "1" in row.postcode.split()[1])
    for number in range(TYPED):
        outward, inward = next(with_a_one).postcode.split()
        rows.append([f"Typed Library {number}", "library", f"{outward} {inward.replace('1', 'I')}", "", ""])
    for number in range(MISSPELT):
        rows.append([f"Misspelt Library {number}", "libary", next(at).postcode, "", ""])
    rows += [[f"{name} Ltd", *rest] for name, *rest in rows[1 : TWICE + 1]]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return {"name": "messy.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}


def metrics(visitor):
    return visitor.page.get_by_test_id("stMetricValue")


def test_signing_in_needs_the_right_words(reader):
    sign_in(reader, words="wrong horse battery")
    says(reader, "That is not the passphrase.")
    expect(reader.page.get_by_role("link", name="Edit as a table")).to_have_count(0)


def test_an_editor_signs_in_and_out(editor):
    go(editor, "Edit as a table")
    expect(editor.title).to_have_text("Edit as a table")
    expect(editor.page.get_by_test_id("stDataFrame")).to_be_visible()
    press(editor, "Sign out")
    says(editor, "This page is for editors.")


def test_a_messy_list_is_put_right_brought_in_and_taken_back(editor, reader, messy):
    before = libraries_on_the_map(reader)
    go(editor, "Bring in a list")
    editor.page.locator("input[type=file]").set_input_files(messy)
    says(editor, "50 rows")
    expect(metrics(editor)).to_have_text([str(RIGHT), "0", str(50 - RIGHT)])
    for remedy, ready in (
        ("Turn them round", SWAPPED),
        ("Use the postcode that was probably meant, or only", SWAPPED + TYPED),
        ("Call them what was probably meant", SWAPPED + TYPED + MISSPELT),
    ):
        press(editor, remedy)
        expect(metrics(editor)).to_have_text([str(RIGHT), str(ready), str(50 - RIGHT - ready)])
    press(editor, "Bring in the 45 rows that are right")
    says(editor, "Brought in 45 rows of messy.csv")
    assert libraries_on_the_map(reader) == before + 45
    go(editor, "Changes")
    editor.page.get_by_text("Brought in messy.csv").first.click()
    editor.page.get_by_text("Yes, all 90 records").click()
    press(editor, "Undo this")
    says(editor, "is undone, by step")
    assert libraries_on_the_map(reader) == before


def test_a_click_on_the_map_suggests_a_place(reader, editor):
    reader.open("add", painted="imd lsoa21")
    reader.on_map("() => { map.setView([53.7997, -1.5492], 15, { animate: false }); }")
    reader.page.mouse.click(*reader.point("() => map.getCenter()"))
    says(reader, "You clicked in Leeds, about")
    reader.page.get_by_label("Name of the place or organisation").fill("A Room on the Headrow")
    press(reader, "Suggest it")
    says(reader, "A Room on the Headrow waits for an editor.")
    go(editor, "To do")
    says(editor, "A Room on the Headrow")
    editor.page.get_by_label("Why you take it up or decline it").fill("It is not there")
    press(editor, "Decline")
    says(editor, "Declined: A Room on the Headrow.")


def test_two_editors_of_one_record_see_both_and_choose(browser, desk):
    with (
        browser.new_context(viewport=WINDOW, service_workers="block") as one,
        browser.new_context(viewport=WINDOW, service_workers="block") as another,
        visiting(one, desk) as first,
        visiting(another, desk) as second,
    ):
        for visitor, name in ((first, "Amina"), (second, "Ben")):
            sign_in(visitor, name)
            visitor.find("Armley Library")
            visitor.until_link(lambda link: link.get("find") == "Armley Library")
            says(visitor, "organisations")
            choose_row(visitor, 0)
            visitor.until_link(lambda link: "organisation" in link)
            says(visitor, "Keep it true")
        first.page.get_by_label("Phone", exact=True).fill("0113 496 0001")
        press(first, "Save")
        says(first, "Saved: ")
        second.page.get_by_label("Phone", exact=True).fill("0113 496 0002")
        press(second, "Save")
        says(second, "Someone else changed")
        expect(second.page.get_by_role("radio", name="Theirs")).to_have_count(1)
        says(second, "0113 496 0001")
        says(second, "0113 496 0002")
        press(second, "Save what I chose")
        says(second, "Saved: ")
        expect(second.page.get_by_role("textbox", name="Phone", exact=True)).to_have_value("0113 496 0002")


def test_search_answers_opens_a_record_and_back_returns_to_the_list(reader):
    reader.open("register")
    says(reader, "organisations in the register")
    reader.find("library")
    reader.until_link(lambda link: link.get("find") == "library")
    choose_row(reader, 0)
    reader.until_link(lambda link: "organisation" in link)
    expect(reader.page.get_by_role("button", name="Back to the list")).to_be_visible()
    reader.page.go_back()
    reader.until_link(lambda link: link == {"find": "library"})
    expect(reader.page.get_by_test_id("stDataFrame").first).to_be_visible()
    expect(reader.page.get_by_role("searchbox", name="Find")).to_have_value("library")
    reader.page.go_forward()
    expect(reader.page.get_by_role("button", name="Back to the list")).to_be_visible()


def test_every_form_arrives_and_can_be_read(reader, tmp_path):
    reader.open("register", find="armley")
    says(reader, "organisations")
    press(reader, "Download these")
    for form in FORMS:
        reader.page.get_by_role("radiogroup", name="As").get_by_text(form.title, exact=True).click()
        button = reader.page.get_by_role("button", name=f"Make the .{form.ending} file")
        expect(button).to_be_enabled()
        with reader.page.expect_download() as coming:
            button.click()
        arrived = coming.value
        assert arrived.suggested_filename.endswith(f".{form.ending}")
        arrived.save_as(tmp_path / arrived.suggested_filename)
        content = (tmp_path / arrived.suggested_filename).read_bytes()
        if form.key == "gpkg":
            assert content.startswith(b"SQLite format 3")
        else:
            [found] = understood(open_file(arrived.suggested_filename, content))
            assert any("Armley" in row["organisation_name"] for row in found.rows)


@pytest.mark.parametrize("page", ["register", "add", "to_do", "changes", "grid", "bring_in"])
def test_on_a_telephone_nothing_has_to_be_scrolled_sideways(narrow, page):
    narrow.open(page)
    expect(narrow.page.get_by_test_id("stSidebar")).to_be_attached()
    expect(narrow.title).to_be_visible()
    narrow.page.wait_for_load_state("networkidle")
    assert fits(narrow)


def test_on_a_telephone_an_organisation_fits(narrow):
    narrow.open("register", organisation="WY001")
    expect(narrow.page.get_by_role("button", name="Suggest", exact=True)).to_be_visible()
    assert fits(narrow)


def test_the_keyboard_reaches_the_search_and_the_first_link(reader):
    reader.open("register")
    says(reader, "organisations in the register")
    expect(reader.page.get_by_test_id("stMain").get_by_role("link", name="Map", exact=True)).to_be_visible()
    reader.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    reached = []
    for _ in range(40):
        reader.page.keyboard.press("Tab")
        reached.append(
            reader.page.evaluate(
                "() => { const e = document.activeElement; return e.tagName === 'A' ? 'link ' + e.innerText.trim()"
                " : e.getAttribute('aria-label') || e.innerText.trim(); }"
            )
        )
        if "Find" in reached:
            break
    assert "link Map" in reached and "Find" in reached
    assert reached.index("link Map") < reached.index("Find")
