"""Everything that was answered, as tables: each answer once, whatever its state, and nobody's number."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.send.tables import ShapesError, as_geopackage_of_points
from data.workshop.live import By, Place, Ranking, Seen, Vote, Words
from geo.crs import BNG
from layers.workshop.export import COLUMNS, FORMS, answers_sheet, counts_sheet, in_words
from layers.workshop.frame import metres
from tests.data.register_strategies import AWKWARD
from tests.data.test_send_tables import STARTS, asked, read_csv, read_xlsx
from tests.layers.workshop.room_full import ASKED, INSIDE, NAMES, answer, areas, evening, pin, session, texts

OURS = session(ASKED)
FAR = (53.8018, -1.52245)
"""The middle of another square, in A4."""


def sheet(answers):
    return answers_sheet(OURS, answers, names=NAMES)


def row(one, **having):
    """The one row of an answer, by heading."""
    [found] = sheet([one]).table.to_dict(orient="records")
    return found


class TestAnswers:
    def test_every_answer_that_was_accepted_is_there_once_with_its_state(self, toy):
        answers = evening(toy)[1]
        table = sheet(answers).table
        assert sorted(table["Answer id"]) == sorted(each.id for each in answers)
        states = table.set_index("Answer")["State"]
        assert states["Rude words"] == "hidden" and states["Not yet read"] == "held back, not yet read"
        assert (states.drop(["Rude words", "Not yet read"]) == "shown").all()

    def test_a_pin_by_hand(self):
        found = row(pin(INSIDE, note="By the mill", scene="s00000002", by=By.SHEET))
        assert found | {"Answer id": ""} == {
            "Answer id": "", "Session": "Help in Toytown", "Place of the session": "Ayton Hall", "Day": "2026-11-26",
            "Scene": 2, "Scene title": "Where is it missing", "Question": "Which?", "Kind": "place",
            "Answer": "Mill Lane", "Options by number": "", "Neighbourhood": "Mill Lane", "MSOA code": "E02000001",
            "LSOA code": "E01000001", "Latitude": INSIDE[0], "Longitude": INSIDE[1], "Note": "By the mill",
            "How it came": "sheet of paper", "Minute": "2026-11-22T19:05", "State": "shown",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("value", "scene", "said", "options"),
        [
            (Vote(chosen=(0, 1)), "s00000003", "Mornings; Evenings", "1, 2"),
            (Ranking(order=(2, 0, 1)), "s00000004", "1. Language; 2. Cost; 3. Distance", "3, 1, 2"),
            (Words(text="A bus"), "s00000005", "A bus", ""),
            (Place(area="E02000002"), "s00000002", "High Moor", ""),
        ],
    )
    def test_other_kinds_in_words(self, value, scene, said, options):
        found = row(answer(value, scene=scene))
        assert (found["Answer"], found["Options by number"]) == (said, options)
        assert pd.isna(found["Latitude"])

    @pytest.mark.parametrize(
        ("value", "scene", "state"),
        [
            (Place(area="E02000002", note="Unread"), "s00000002", "note held back, not yet read"),
            (Words(text="Unread"), "s00000005", "held back, not yet read"),
        ],
    )
    def test_what_is_held_is_said_to_be(self, value, scene, state):
        assert row(answer(value, scene=scene, seen=Seen.HELD))["State"] == state

    def test_an_option_that_is_gone_is_told_by_its_number_only(self):
        assert in_words(Vote(chosen=(1, 9)), ASKED[2], names=NAMES) == "Evenings"

    @given(st.permutations(range(12)))
    def test_nothing_tells_which_answers_are_one_persons(self, persons):
        """Whoever gave them and in whichever order they came, the tables are the same."""
        given_ = [
            answer(Words(text=str(i)), person=p, id_=f"a{i:016}", scene="s00000005") for i, p in enumerate(persons)
        ]
        plain = [answer(Words(text=str(i)), person=i, id_=f"a{i:016}", scene="s00000005") for i in range(12)]
        shuffled = [given_[i] for i in persons]
        pd.testing.assert_frame_equal(sheet(shuffled).table, sheet(plain).table)
        assert not [name for name in COLUMNS if "erson" in name]

    def test_an_empty_session_has_its_headings(self):
        for form in FORMS:
            assert sheet([]).sent(form)
        assert read_csv(sheet([]).sent(FORMS[0]))[0] == list(COLUMNS)


class TestPoints:
    def test_are_the_middles_of_squares_in_metres(self):
        found = sheet([pin(INSIDE, scene="s00000002"), *areas("E02000002", scene="s00000002")])
        [[east, north]] = metres([INSIDE])
        points = found.points[found.points.notna()]
        assert found.points.crs == BNG and len(points) == 1
        assert (points.iloc[0].x % 100, points.iloc[0].y % 100) == (50, 50)
        assert abs(points.iloc[0].x - east) < 1.5 and abs(points.iloc[0].y - north) < 1.5

    def test_stand_beside_their_own_rows(self):
        found = sheet([pin(FAR, person=2, scene="s00000002", note="far"), pin(INSIDE, scene="s00000002", note="near")])
        for i, at in enumerate(found.table[["Latitude", "Longitude"]].to_numpy().tolist()):
            [[east, north]] = metres([at])
            assert abs(found.points.iloc[i].x - east) < 1.5 and abs(found.points.iloc[i].y - north) < 1.5


class TestSentOut:
    def test_in_every_form_the_same_rows(self, toy, tmp_path):
        found = sheet(evening(toy)[1])
        sent = {form.key: found.sent(form) for form in FORMS}
        assert list(sent) == ["csv", "xlsx", "gpkg"]
        rows = read_csv(sent["csv"])
        assert (
            rows[0] == list(COLUMNS)
            and len([each for each in rows if len(each) == len(COLUMNS)]) == len(found.table) + 1
        )
        assert read_xlsx(sent["xlsx"])["Table"][0] == list(COLUMNS)
        [(count, points)] = asked(tmp_path, sent["gpkg"], "SELECT count(*), count(geom) FROM points")
        assert (count, points) == (len(found.table), found.points.notna().sum())
        [(kind, srs)] = asked(tmp_path, sent["gpkg"], "SELECT geometry_type_name, srs_id FROM gpkg_geometry_columns")
        assert (kind, srs) == ("POINT", BNG)

    def test_points_that_are_not_the_rows_own_are_refused(self):
        found = sheet([pin(INSIDE, scene="s00000002")])
        with pytest.raises(ShapesError, match="1 rows have 0 shapes"):
            as_geopackage_of_points(found.table, found.points[:0], ())

    @given(st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=5))
    def test_no_cell_starts_a_formula(self, written):
        given_ = [
            answer(Words(text=text), person=i, id_=f"a{i:016}", scene="s00000005") for i, text in enumerate(written)
        ]
        noted = [
            answer(Place(area="E02000001", note=text), person=i, scene="s00000002") for i, text in enumerate(written)
        ]
        content = sheet([*given_, *noted]).sent(FORMS[0])
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert not [cell for each in rows for cell in each if cell.startswith(STARTS)]

    def test_the_notes_say_what_it_is(self):
        notes = " ".join(sheet(texts("x", scene="s00000005")).notes)
        assert "Help in Toytown" in notes and "No names" in notes and "100 m" in notes and "toytown 1" in notes


class TestCounts:
    def test_people_and_answers_by_neighbourhood_of_what_the_room_may_see(self):
        answers = [
            pin(INSIDE, person=1, scene="s00000002"),
            pin((53.79377, -1.53773), person=1, scene="s00000002"),
            *areas("E02000002", "E02000002", scene="s00000002"),
            answer(Place(area="E02000002", note="x"), person=9, scene="s00000002", seen=Seen.HELD),
            answer(Place(area="E02000002", note="x"), person=8, scene="s00000002", seen=Seen.HIDDEN),
        ]
        table = counts_sheet(OURS, answers, names=NAMES).table
        told = table[["Scene", "Neighbourhood", "People", "Answers"]].to_numpy().tolist()
        assert told == [[2, "High Moor", 3, 3], [2, "Mill Lane", 1, 2]]

    def test_can_be_sent_out(self):
        found = counts_sheet(OURS, areas("E02000001", scene="s00000002"), names=NAMES)
        assert all(found.sent(form) for form in FORMS) and "Think before you publish" in " ".join(found.notes)
