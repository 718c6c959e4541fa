"""Worksheets: a page for each question, with room for its answers and the same squares as the form that takes them."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from data.workshop.crowd import MOST_SHEETS
from data.workshop.scenes import LONGEST, Question, Scene
from geo.lettered_grid import LETTERS
from layers.workshop.frame import grid_of
from layers.workshop.worksheet import NothingAskedError, said, worksheets
from tests.layers.workshop.pdf_text import pages
from tests.layers.workshop.room_full import ASKED, evening, placed, region, scene, session
from tests.toytown import NASTY

MADE = datetime(2026, 11, 27, 9, 30)
ADDRESS = "http://192.168.1.20:8501/j/ABC234"


def made(toy, scenes=ASKED, *, size="a4", address=ADDRESS, places=(), **told):
    """The text of each page, and the file."""
    prepared = [replace(evening(toy)[0][0], scene=each) for each in scenes]
    ours = session(scenes, **told)
    pdf = worksheets(ours, prepared, places=places, region=region(toy), address=address, made=MADE, size=size)
    return [" ".join(page.split()) for page in pages(pdf)], pdf


class TestSheets:
    @pytest.mark.parametrize("size", ["a4", "a3"])
    def test_a_page_for_each_question_in_each_size(self, toy, toy_places, size):
        found, pdf = made(toy, size=size, places=placed(toy_places))
        titles = [each.title for each in ASKED if each.question]
        assert len(found) == 4 and all(title in page for title, page in zip(titles, found, strict=True))
        assert [f"Scene {i} of 6. Page {i - 1} of 4." in page for i, page in enumerate(found, start=2)] == [True] * 4
        assert b"pdfuaid" in pdf and pdf == made(toy, size=size, places=placed(toy_places))[1]

    def test_every_page_says_how_to_join_and_to_leave_names_out(self, toy):
        for page in made(toy)[0]:
            assert "ABC234" in page and "192.168.1.20:8501/j/ABC234" in page and "No names, please." in page
            assert "Sheet number:" in page and "Which?" in page
            assert f"A helper gives you one number, from 1 to {MOST_SHEETS}, for all your sheets." in page

    def test_without_an_address_there_is_only_paper(self, toy):
        for page in made(toy, address="")[0]:
            assert "Scan" not in page and "ABC234" in page

    def test_what_to_do_for_each_kind_of_question(self, toy):
        place, vote, rank, words = (page.replace(" ", "") for page in made(toy)[0])
        assert "Writethesquare,suchasC4,orthenameofaneighbourhood.Upto3places." in place
        assert place.count("Squareorplace") == place.count("Why?") == 3
        assert "Tickone." in vote and "Mornings" in vote and "Evenings" in vote
        assert "Numberthemfrom1,thebest,to3.Useeachnumberonce." in rank and "Language" in rank
        assert "Writeinyourownwords." in words and "1." in words and "2." in words

    def test_up_to_several_may_be_ticked(self, toy):
        asked = [scene(options=("A", "B", "C"), most=2)]
        assert "Tickupto2." in made(toy, asked)[0][0].replace(" ", "")

    def test_only_a_map_to_point_at_has_squares_and_they_are_those_of_the_form(self, toy):
        told = said(session(ASKED), evening(toy)[0], places=(), region=region(toy), address=ADDRESS, size="a4")
        place, *others = told["sheets"]
        grid = grid_of(evening(toy)[0][1])
        for column in range(grid.columns):
            for row in range(grid.rows):
                assert f">{LETTERS[column]}{row + 1}</text>" in place["svg"]
        assert not [sheet for sheet in others if ">A1</text>" in sheet["svg"]]
        assert "squares from A1 to M10" in place["alt"]

    def test_where_squares_are_too_wide_the_name_of_the_neighbourhood_is_asked_for(self, toy):
        first = evening(toy)[0][1]
        view = json.loads(first.step) | {"view": {"key": "x", "bounds": [[53.55, -2.1], [54.05, -1.2]]}}
        wide = replace(first, step=json.dumps(view))
        assert grid_of(wide).side > 1_000
        given_ = {"places": (), "region": region(toy), "address": ADDRESS}
        [sheet] = said(session([wide.scene]), [wide], size="a4", **given_)["sheets"]
        assert ">A1</text>" not in sheet["svg"] and "squares" not in sheet["alt"]
        [page] = pages(worksheets(session([wide.scene]), [wide], made=MADE, **given_))
        page = "".join(page.split())
        assert "Writethenameoftheneighbourhoodortheneareststreetorlandmark.Upto3places." in page
        assert page.count("Where?") == page.count("Why?") == 3
        assert "Square" not in page and "C4" not in page

    def test_the_presenters_notes_and_key_are_not_on_it(self, toy):
        noted = [replace(ASKED[1], notes="Mention the mill.")]
        found, pdf = made(toy, noted)
        assert "Mention" not in found[0] and b"secret-key" not in pdf

    def test_what_tries_to_be_markup_is_text(self, toy):
        wild = replace(ASKED[1], title=NASTY, words="#panic() $x$ *b*")
        [page], _ = made(toy, [wild], title="#panic()")
        assert NASTY in page and "#panic() $x$ *b*" in page

    @pytest.mark.parametrize("size", ["a4", "a3"])
    @pytest.mark.parametrize(
        ("kind", "options", "most"),
        [("place", 0, 5), ("vote", 8, 3), ("rank", 6, 1), ("words", 0, 3)],
    )
    def test_the_longest_scene_still_fits_one_page(self, toy, size, kind, options, most):
        """Forty words, the longest question and as many options as long as they may be."""
        long = Scene(
            title="Wide words " * 7,
            words="wordiness " * 40,
            question=Question(
                kind=kind,
                text=("Wordy question " * 20)[: LONGEST["text"]],
                options=tuple((f"{i} " + "wordy option " * 9)[: LONGEST["option"]] for i in range(options)),
                most=most,
            ),
        )
        assert len(made(toy, [long], size=size)[0]) == 1

    def test_a_session_that_asks_nothing_says_so(self, toy):
        with pytest.raises(NothingAskedError, match="Add a question to a scene"):
            made(toy, [ASKED[0]])
