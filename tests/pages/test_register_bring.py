"""A messy list of invented places in Toytown, from the file to the map and back, as an editor would bring it."""

import csv
import io

import pytest
from pyproj import Transformer

from geo.crs import BNG, WGS84
from pages import _edge
from tests import toytown
from tests.data.bring.bad_files import BAD_FILES
from tests.pages.desk import (
    BRING_IN,
    CHANGES,
    at_desk,
    buttons,
    done,
    errors,
    on_the_map,
    one,
    press,
    record,
    register,
    type_cells,
)
from tests.pages.visit import as_read, words

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register")

HEADINGS = ["Group", "What", "Post code", "lat", "lng", "Web site", "When open", "Remarks"]
NASTY = "<b onmouseover=alert(2)>Hub</b>"


def degrees(square):
    """Latitude and longitude of the middle of a square."""
    middle = toytown.square(square).centroid
    longitude, latitude = Transformer.from_crs(BNG, WGS84, always_xy=True).transform(middle.x, middle.y)
    return f"{latitude:.6f}", f"{longitude:.6f}"


def row(name, what, postcode="", lat="", lng="", web="", hours="", remarks=""):
    return [name, what, postcode, lat, lng, web, hours, remarks]


MESSY = [
    row("Mill Lane Makers", "maker space", "zx11aa", web="https://makers.example/", hours="Mo-Fr 09:00-17:00"),
    row("High Moor Hall", "village hall", "", *reversed(degrees("A4"))),  # the wrong way round
    row("Beeton Savings", "credit union", "ZXI IAH"),  # letters for digits
    row("Reading Room", "libary", "ZX1 1AD"),
    row("", "library", "ZX1 1AA"),
    row("Palace Library", "library", "SW1A 1AA"),
    row("Ayton Enterprise Centre", "business centre", "ZX1 1AA"),  # T1 of the register
    row("Mill Lane Makers Ltd", "makerspace", "ZX1 1AA"),  # the first row again
    row("Web Library", "library", "ZX1 1AJ", web="no where"),
    row(NASTY, "community hub", "ZX1 1AG"),
    row("Cloud Library", "library"),
    row("Two Minds Library", "library", "ZX1 1AJ", *degrees("A1")),  # 3.2 km apart
]
"""Two are right as they are, and each of the others is wrong in a way of its own."""

TITLES = {
    "No name": 1,
    "It does not say what kind of place or help it is": 1,
    "Something that the register cannot hold": 1,
    "It does not say where it is": 1,
    "Not a whole postcode": 1,
    "Outside the ten districts": 1,
    "Latitude and longitude are the wrong way round": 1,
    "Postcode and coordinates are far apart": 1,
    "Twice in this list": 1,
    "In the register already": 1,
}


def as_csv(rows=MESSY, headings=HEADINGS):
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode()


def bring(content=None, name="messy.csv"):
    """The page with a file put into it."""
    at = at_desk(BRING_IN)
    at.file_uploader[0].set_value((name, content if content is not None else as_csv(), "text/csv")).run()
    assert not at.exception
    return at


def figures(at):
    """Rows ready, ready after a fix, and not yet."""
    return tuple(int(each.value.replace(",", "")) for each in at.metric)


def fix(at, *reasons):
    """Accept our suggestion for each of these reasons."""
    for reason in reasons:
        at.button(key=f"fix-{reason}").click().run()
        assert not at.exception
    return at


def editor(at, start):
    """The position of the table that can be edited and whose key starts so."""
    [found] = [i for i, table in enumerate(at.data_editor) if table.key.startswith(start)]
    return found


class TestWhatItMeans:
    def test_every_column_is_guessed(self):
        means = bring().data_editor[0].value.set_index("Column")["Means"]
        assert means.to_dict() == {
            "Group": "Organisation: Name",
            "What": "Kind of place or help",
            "Post code": "Place: Postcode",
            "lat": "Place: Latitude",
            "lng": "Place: Longitude",
            "Web site": "Organisation: Website",
            "When open": "Service: Opening hours",
            "Remarks": "Organisation: Notes",
        }

    def test_a_guess_can_be_corrected(self):
        at = bring(as_csv([row("Ayton Makers", "makerspace", "ZX1 1AA", remarks="By the mill")]))
        type_cells(at, {7: {"Means": "Organisation: What it is and does"}})
        press(at, "Bring in the 1 row that is right")
        [made] = [each for each, _ in register().records("organisations") if each.name == "Ayton Makers"]
        assert (made.description, made.notes) == ("By the mill", None)

    def test_without_a_column_of_names_it_asks_for_one(self):
        at = type_cells(bring(), {0: {"Means": None}})
        assert "Say which column holds the names" in words(at) and not at.metric

    def test_two_columns_that_mean_the_same_are_said(self):
        at = type_cells(bring(), {7: {"Means": "Organisation: Website"}})
        assert "Several columns mean “Organisation: Website”: only the last of them is used." in words(at)

    def test_a_list_that_says_no_kind_takes_it_from_what_holds_for_every_row(self):
        at = bring(as_csv([["Reading Room", "ZX1 1AD"]], ["Name", "Postcode"]))
        assert figures(at) == (0, 0, 1)
        one(at.selectbox, "What they are").set_value("library").run()
        assert figures(at) == (1, 0, 0)
        one(at.text_input, "Known from").set_value("A walk on Monday")
        one(at.selectbox, "Evidence").set_value("B")
        press(at, "Bring in the 1 row that is right")
        [made] = [each for each, _ in register().records("organisations") if each.name == "Reading Room"]
        assert (made.anchor_type, made.status, made.source, made.verification) == (
            "library",
            "active",
            "A walk on Monday",
            "B",
        )
        assert "Reading Room" in on_the_map(places="library")


class TestWhatIsWrong:
    def test_each_reason_is_told_with_its_count(self):
        at = bring()
        assert figures(at) == (2, 0, 10)
        said = words(at)
        assert all(f"**{title}**: {count}" in said for title, count in TITLES.items())
        assert "It may be Ayton Enterprise Centre (T1), which the register has at about the same place." in said
        assert "It may be the same as row 2, Mill Lane Makers." in said

    def test_a_name_in_html_is_a_name(self):
        at = bring(as_csv([row(NASTY, "library")] * 2))
        assert at.data_editor[editor(at, "rows-no_place")].value["Name"].tolist() == [NASTY] * 2
        said = "\n".join(each.value for each in [*at.caption, *at.markdown, *at.info, *at.warning])
        assert f"The first\\: {_edge.plain(NASTY)}" in said and NASTY not in said

    def test_a_name_of_a_file_in_html_is_a_name(self):
        at = bring(b"", f"{toytown.NASTY}.csv")
        assert errors(at)[0].startswith(f"'{toytown.NASTY}.csv' is empty.")
        assert toytown.NASTY not in at.error[0].value

    def test_our_suggestions_are_taken_reason_by_reason(self):
        at = bring()
        for reason, after in {
            "kind": (2, 1, 9),
            "words": (2, 2, 8),
            "postcode": (2, 3, 7),
            "swapped": (2, 4, 6),
            "far_apart": (2, 5, 5),
        }.items():
            assert figures(fix(at, reason)) == after, reason
        assert [key for key in (button.key for button in at.button) if key and key.startswith("fix-")] == []

    def test_what_was_put_right_can_be_forgotten(self):
        at = press(fix(bring(), "swapped", "postcode"), "Forget what was put right here")
        assert figures(at) == (2, 0, 10)

    def test_a_row_can_be_put_right_by_hand(self):
        at = bring()
        type_cells(at, {0: {"Value": "The Nameless Library"}}, table=editor(at, "rows-name"))
        press(at, "Use what I wrote (1)")
        assert figures(at) == (2, 1, 9) and "**No name**" not in words(at)

    def test_a_row_put_right_with_something_wrong_again_is_still_told(self):
        at = bring()
        type_cells(at, {0: {"Value": "SW1A 2AA"}}, table=editor(at, "rows-outside"))
        press(at, "Use what I wrote (1)")
        assert figures(at) == (2, 0, 10) and "SW1A 2AA is not in the ten districts" in words(at)

    def test_an_emptied_cell_is_blank(self):
        at = bring()
        type_cells(at, {0: {"Value": None}}, table=editor(at, "rows-words"))
        press(at, "Use what I wrote (1)")
        assert figures(at) == (2, 1, 9)
        press(at, "Bring in the 3 rows that are right")
        [made] = [each for each, _ in register().records("organisations") if each.name == "Web Library"]
        assert made.website is None

    def test_the_report_to_take_away_has_every_row(self):
        at = bring()
        assert [as_read(each.label) for each in at.download_button] == ["Download the report, row by row (CSV)"]


class TestDuplicates:
    def test_all_of_a_reason_can_be_brought_in_as_others(self):
        at = bring()
        at.button(key="new-twice").click().run()
        at.button(key="new-known").click().run()
        assert figures(at) == (2, 2, 8)
        press(at, "Bring in the 4 rows that are right")
        names = [each.name for each, _ in register().records("organisations")]
        assert names.count("Ayton Enterprise Centre") == 2 and "Mill Lane Makers Ltd" in names

    def test_or_add_what_is_missing_to_those_we_have(self):
        known = row("Ayton Enterprise Centre", "business centre", "ZX1 1AA", web="ayton.example")
        at = bring(as_csv([known]))
        at.button(key="add-known").click().run()
        assert figures(at) == (0, 1, 0)
        press(at, "Bring in the 1 row that is right")
        assert record("organisations", "T1").website == "ayton.example"
        assert len(register().records("organisations")) == 9

    def test_or_be_chosen_row_by_row(self):
        at = bring()
        type_cells(at, {0: {"Value": "Bring it in as another place"}}, table=editor(at, "rows-known"))
        press(at, "Use what I wrote (1)")
        assert figures(at) == (2, 1, 9) and "**In the register already**" not in words(at)


class TestBringingIn:
    def brought(self):
        at = fix(bring(), "kind", "words", "postcode", "swapped", "far_apart")
        return press(at, "Bring in the 7 rows that are right")

    def test_it_is_one_step_and_says_so(self):
        at = self.brought()
        assert done(at) == ["Brought in 7 rows of messy.csv, as step 2."] and not errors(at)
        step = register().ask("steps", before=99, most=1).iloc[0]
        assert (step["what"], step["who"]) == ("Brought in messy.csv", "Amina")
        assert len(register().records("organisations")) == 9 + 7 and register().unlike_its_log() == []

    def test_they_stand_on_the_map_where_they_should(self):
        before = set(on_the_map(unconfirmed="yes"))
        self.brought()
        assert set(on_the_map(unconfirmed="yes")) - before == {
            "Mill Lane Makers",
            "High Moor Hall",
            "Beeton Savings",
            "Reading Room",
            "Web Library",
            NASTY,
            "Two Minds Library",
        }
        places = _edge.places().set_index("name")[["easting", "northing", "district", "types"]]
        assert places.loc["High Moor Hall"].tolist() == [431_500, 434_500, "Ayton", ["community_centre"]]
        assert places.loc["Beeton Savings"].tolist() == [432_500, 434_500, "Beeton", ["credit_union"]]
        assert places.loc["Two Minds Library"].tolist() == [433_500, 434_500, "Beeton", ["library"]]

    def test_what_was_set_aside_is_in_the_notes(self):
        self.brought()
        [made] = [each for each, _ in register().records("organisations") if each.name == "Web Library"]
        assert (made.website, made.notes) == (None, "Organisation: Website: no where")

    def test_brought_in_again_there_is_nothing_new(self):
        at = self.brought()
        assert "There is nothing new to bring in." in words(at)
        assert not [label for label in buttons(at) if label.startswith("Bring in")]
        again = fix(bring(), "kind", "words", "postcode", "swapped", "far_apart")
        assert "and 7 that we have already as they are." in words(again)

    def test_undone_all_of_it_is_gone(self):
        before = on_the_map(unconfirmed="yes")
        self.brought()
        at = at_desk(CHANGES)
        at.button(key="undo-2").click().run()
        assert done(at) == ["Step 2 is undone, by step 3."]
        assert on_the_map(unconfirmed="yes") == before and len(register().records("organisations")) == 9

    def test_what_someone_else_changed_since_it_was_checked_stops_it(self):
        at = bring(as_csv([row("Ayton Enterprise Centre", "business centre", "ZX1 1AA", web="ayton.example")]))
        at.button(key="add-known").click().run()
        other = at_desk("register.py", organisation="T1")
        press(other, "Still true today")
        press(at, "Bring in the 1 row that is right")
        kept = record("organisations", "T1")
        assert kept.confirmed_by == "Amina", "what the other did is still there"

    def test_a_list_of_nothing_right_says_so(self):
        at = bring(as_csv([row("Palace Library", "library", "SW1A 1AA")]))
        assert "No row is ready yet." in words(at)
        assert not [label for label in buttons(at) if label.startswith("Bring in")]


BAD = {
    "empty": "is empty.",
    "only delimiters": "has no rows",
    "noise": "not text",
    "PNG called CSV": "a picture (PNG)",
    "Word called XLSX": "a Word document",
    "web page called XLS": "a web page",
    "only names": "column names but no rows",
    "201 columns": "has 201 columns",
    "quotation mark never closed": "quotation mark in row 3",
    "cell too long": "5,001 characters in row 2",
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_one_message(kind):
    [bad] = [file for key, file in BAD_FILES.items() if key == kind or key.endswith(f": {kind}")][:1]
    name, content, _ = bad
    at = at_desk(BRING_IN)
    at.file_uploader[0].set_value((name, content() if callable(content) else content, "text/csv")).run()
    assert not at.exception
    [said] = errors(at)
    assert BAD[kind] in said and f"'{name}'" in said
    assert not at.data_editor and not at.metric


def test_json_that_is_no_list_is_refused_in_one_message():
    at = at_desk(BRING_IN)
    at.file_uploader[0].set_value(("notes.json", b'{"a": {"b": 1}}', "application/json")).run()
    assert len(errors(at)) == 1 and "is JSON, but neither Open Referral UK" in errors(at)[0] and not at.exception
