"""Maps on paper: what is drawn where, in colour and in grey, and nothing but text in their texts."""

import json
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data.workshop.live import Prepared
from geo.lettered_grid import LetteredGrid, SquareError
from layers import render
from layers.palettes import oklab
from layers.workshop.frame import degrees, frame_around, frame_of, grid_of, metres, square_to_point, too_wide
from layers.workshop.ink import OUTSIDE, in_colour, in_grey
from layers.workshop.key import key_of
from layers.workshop.marks import Spot, seen_places
from layers.workshop.paper import Paper, tag, text
from layers.workshop.picture import Besides, outlines_of, picture
from layers.workshop.step import read
from tests.layers.workshop.room_full import EVERYWHERE, INSIDE, placed, prepared, step
from tests.toytown import NASTY

SVG = "{http://www.w3.org/2000/svg}"
ABOUT = {"bounds": EVERYWHERE, "at": None}


def drawn(store, *, ink=in_colour, width=2_000, aspect=2.0, spots=(), places=(), about="", **changes):
    """A map of Toytown, read as XML; so it is well formed."""
    shown = read(prepared(store, **changes).step)
    frame = frame_of(shown.view, aspect=aspect)
    besides = Besides(places=places, spots=spots, about=about)
    made = picture(shown, outlines_of(store), frame=frame, ink=ink(shown), besides=besides, width=width)
    return ET.fromstring(made)


def paths(svg, **having):
    return [
        each for each in svg.iter(f"{SVG}path") if all(each.get(k.replace("_", "-")) == v for k, v in having.items())
    ]


def texts(svg):
    return [each.text for each in svg.iter(f"{SVG}text")]


class TestAFrame:
    def test_bounds_are_shown_whole_with_a_margin_at_the_aspect_asked_for(self):
        frame = frame_of(ABOUT, aspect=1.2)
        corners = metres([EVERYWHERE[0], EVERYWHERE[1]])
        assert frame.west < corners[0][0] and frame.east > corners[1][0]
        assert frame.south < corners[0][1] and frame.north > corners[1][1]
        assert (frame.east - frame.west) / (frame.north - frame.south) == pytest.approx(1.2)

    @pytest.mark.parametrize("zoom", [9, 12.5, 16])
    def test_a_zoom_is_kept(self, zoom):
        """A screen is 4 by 3, so on paper of that shape the map shows just as much."""
        assert frame_of({"at": INSIDE, "zoom": zoom}, aspect=4 / 3).zoom == pytest.approx(zoom, abs=0.01)

    def test_a_single_point_is_no_closer_than_a_map_would_look(self):
        assert frame_of({"bounds": [list(INSIDE), list(INSIDE)], "at": None}, aspect=1).zoom < 14

    @given(st.floats(53.4, 54.2), st.floats(-2.4, -1.0))
    def test_metres_and_degrees_are_each_others_way_back(self, lat, lon):
        np.testing.assert_allclose(degrees(metres([(lat, lon)])), [(lat, lon)], atol=1e-7)


class TestAGrid:
    @given(st.floats(53.5, 54.1), st.floats(-2.2, -1.2), st.floats(8, 17))
    def test_each_square_is_a_point_that_lies_in_it(self, lat, lon, zoom):
        told = json.dumps({"view": {"at": [lat, lon], "zoom": zoom}})
        grid = grid_of(Prepared(scene=None, step=told, summary=""))
        for square in (grid.first, "C4", grid.last):
            if grid.side > 1_000:
                with pytest.raises(SquareError, match=rf"^A square on this map is {grid.side / 1_000:g} km wide, too"):
                    square_to_point(grid, square)
            else:
                [[east, north]] = metres([square_to_point(grid, square)])
                assert grid.square_of(east, north) == square

    @pytest.mark.parametrize(("side", "wide"), [(500, False), (1_000, False), (1_200, True), (4_000, True)])
    def test_a_square_wider_than_a_kilometre_says_no_neighbourhood(self, side, wide):
        grid = LetteredGrid(west=420_000, north=440_000, side=side, columns=12, rows=10)
        assert too_wide(grid) is wide
        if wide:
            with pytest.raises(SquareError) as refused:
                square_to_point(grid, "C4")
            assert str(refused.value) == (
                f"A square on this map is {side / 1_000:g} km wide, too wide to say which neighbourhood. Choose the "
                "neighbourhood from the list."
            )
        else:
            assert grid.square_of(*metres([square_to_point(grid, "C4")])[0]) == "C4"

    def test_it_covers_what_the_scene_shows_and_is_always_the_same(self, toy):
        made = prepared(toy)
        grid = grid_of(made)
        assert grid == grid_of(made) and (grid.first, grid.last) == ("A1", "M10")
        frame = frame_of(ABOUT, aspect=1.2)
        low, under, high, above = grid.bounds
        assert low <= frame.west and under <= frame.south and high >= frame.east and above >= frame.north

    def test_what_is_no_square_is_said_in_a_sentence(self, toy):
        with pytest.raises(SquareError, match="is not on this map"):
            square_to_point(grid_of(prepared(toy)), "Z1")


class TestTheAreas:
    def test_each_class_has_its_colour_at_the_maps_strength(self, toy):
        """Under 10% to 50% and more: five of the seven classes are there, each in one path; one area has no figure."""
        made = step(toy, opacity=1.0)
        svg = drawn(toy, opacity=1.0)
        used = {made.classes.colours[i] for i in made.classes.of if i >= 0}
        assert {each.get("fill") for each in paths(svg)} >= used
        assert len(paths(svg, fill="url(#map-0)")) == 1 and svg.find(f"{SVG}defs/{SVG}pattern").get("id") == "map-0"

    def test_an_area_is_where_it_is(self, toy):
        """A2, a square kilometre, is alone in its class: its path is its four corners in units."""
        made, paper = step(toy), Paper(frame_of(ABOUT, aspect=2.0))
        [path] = paths(drawn(toy, opacity=1.0), fill=made.classes.colours[made.classes.of[1]])
        start, steps = re.fullmatch(r"M(\d+ \d+)l(.*)z", path.get("d")).groups()
        moves = [list(map(int, start.split())), *np.array(re.findall(r"-?\d+", steps), int).reshape(-1, 2).tolist()]
        corners = [(east, north) for east in (431_000, 432_000) for north in (433_000, 434_000)]
        expected = paper.units(np.array(corners)).tolist()
        assert sorted(np.cumsum(moves, axis=0).tolist()) == sorted(expected)

    def test_areas_out_of_focus_are_pale(self, toy):
        svg = drawn(toy, focus=(0,))
        assert len(paths(svg, fill=OUTSIDE)) == 1 and not paths(drawn(toy), fill=OUTSIDE)

    def test_beside_areas_that_are_outlined_the_others_fade(self, toy):
        assert len({each.get("fill") for each in paths(drawn(toy, highlight=(0,)))}) > len(
            {each.get("fill") for each in paths(drawn(toy))}
        )

    def test_lines_run_between_whole_units_within_the_paper_and_a_little_beyond(self, held):
        shown = read(prepared(held, "imd", look=render.Look(key="x", at=(53.8, -1.76), zoom=13)).step)
        frame = frame_of(shown.view, aspect=1.2)
        made = picture(shown, outlines_of(held), frame=frame, ink=in_colour(shown), besides=Besides())
        for path in ET.fromstring(made).iter(f"{SVG}path"):
            assert re.fullmatch(r"[MlmhvaAz\d .-]+", path.get("d"))
            starts = re.findall(r"M(-?\d+) (-?\d+)", path.get("d"))
            assert all(-100 <= int(x) <= 2_100 and -100 <= int(y) <= 1_800 for x, y in starts)

    def test_it_is_small_enough_to_send(self, held, held_places):
        """250 KB for the whole region is what a page of minutes can carry; half of it is used."""
        shown = read(prepared(held, "imd", look=render.Look(key="x", bounds=[[53.44, -2.56], [54.26, -0.9]])).step)
        frame = frame_of(shown.view, aspect=1.2)
        besides = Besides(places=placed(held_places))
        made = picture(shown, outlines_of(held), frame=frame, ink=in_colour(shown), besides=besides)
        assert len(made.encode()) < 150_000

    @given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=4, max_size=9, unique=True))
    def test_a_path_comes_back_to_the_units_it_was_made_of(self, corners):
        """Read as a browser reads it: a start, then steps."""
        hull = shapely.MultiPoint(corners).convex_hull
        if hull.geom_type != "Polygon":
            return
        paper = Paper(frame_around((0, 0, 1_000, 1_000)))
        path = paper.path([hull])
        start, steps = re.fullmatch(r"M(\d+ \d+)l(.*)z", path).groups()
        moves = np.array([list(map(int, start.split())), *np.array(re.findall(r"-?\d+", steps), int).reshape(-1, 2)])
        expected = paper.units(shapely.get_coordinates(hull)[:-1])
        np.testing.assert_array_equal(np.cumsum(moves, axis=0), expected)


class TestInk:
    def test_greys_darken_with_the_colours_and_neighbours_differ_without_them(self, toy):
        shown = read(prepared(toy, "imd").step)
        greys = in_grey(shown).classes
        light = [oklab(colour)[0] for colour in shown.colours]
        order = np.argsort(light)
        tones = [int(greys[i].paper[1:3], 16) for i in order]
        assert tones == sorted(tones) and len(set(greys)) == len(greys)
        assert all(bool(greys[a].apart) != bool(greys[b].apart) for a, b in pairwise(order))
        assert all(fill.paper[1:3] == fill.paper[3:5] == fill.paper[5:7] for fill in greys)

    def test_a_map_in_grey_has_no_colour_at_all(self, toy, toy_places):
        svg = drawn(toy, ink=in_grey, places=placed(toy_places))
        tones = {each.get(name) for each in svg.iter() for name in ("fill", "stroke")}
        found = [t for t in tones if t and t.startswith("#") and t not in ("#1b2430", OUTSIDE, "#c9ced6", "#33404f")]
        assert all(t[1:3] == t[3:5] == t[5:7] for t in found)


class TestMarks:
    def test_places_are_their_shapes_firm_ones_filled(self, toy, toy_places):
        svg = drawn(toy, places=placed(toy_places))
        filled = {each.get("fill") for each in paths(svg, stroke="#ffffff", stroke_width="3")}
        hollow = {each.get("stroke") for each in paths(svg, stroke_width="5", fill="#ffffff")}
        assert filled == {"#e8590c", "#b58900", "#1f2937"} and hollow == {"#e8590c"}

    def test_only_places_that_the_step_shows_are_drawn(self, toy, toy_places):
        shown = read(prepared(toy, pins=render.Pins()).step)
        assert seen_places(shown, placed(toy_places), ["Ayton", "Beeton"]).kinds == {}
        firm = read(prepared(toy, pins=render.Pins(groups=step(toy).pins.groups)).step)
        assert not seen_places(firm, placed(toy_places), ["Ayton", "Beeton"]).hollow
        ayton = read(prepared(toy, focus=(0,)).step)
        some, every = (
            sum(map(len, seen_places(each, placed(toy_places), ["Ayton", "Beeton"]).kinds.values()))
            for each in (ayton, read(prepared(toy).step))
        )
        assert 0 < some < every

    def test_what_fits_wants_is_told_place_by_place(self, toy, toy_places):
        fitting = np.zeros(len(toy_places), dtype=bool)
        fitting[1] = True
        pins = render.Pins(groups=step(toy).pins.groups, fitting=fitting, helping=np.zeros(len(toy_places), dtype=bool))
        [[kind, at]] = seen_places(read(prepared(toy, pins=pins).step), placed(toy_places), []).kinds.items()
        assert kind[0] != "support" and at == [placed(toy_places)[1]["at"]]

    def test_people_pointed_with_numbers_and_dots_and_those_on_one_spot_stand_side_by_side(self, toy):
        svg = drawn(toy, spots=[Spot(INSIDE), Spot(INSIDE), Spot(INSIDE, "7"), Spot((50.0, 0.0), "8")])
        [dots] = paths(svg, fill="#1b2430", stroke_width="5")
        assert len(re.findall("M", dots.get("d"))) == 2 and len(set(re.findall(r"M(\d+ \d+)", dots.get("d")))) == 2
        assert "7" in texts(svg) and "8" not in texts(svg)

    def test_sites_are_numbered_and_what_was_looked_for_has_its_name(self, toy):
        sites = tuple(render.Site(at=INSIDE, label="x", kind=kind) for kind in ("own", "chosen", "pin", "chosen"))
        svg = drawn(toy, sites=sites, mark=render.Mark(at=INSIDE, label=NASTY))
        assert [each for each in texts(svg) if each in "12"] == ["1", "2"] and NASTY in texts(svg)

    def test_names_of_squares_and_areas(self, toy):
        shown = read(prepared(toy).step)
        grid = grid_of(prepared(toy))
        made = picture(
            shown, outlines_of(toy), frame=frame_around(grid.bounds), ink=in_grey(shown), besides=Besides(grid=grid)
        )
        said = texts(ET.fromstring(made))
        assert {"A1", "M10", "Ayton", "Beeton", "Mill Lane"} <= set(said) and len(said) == len(set(said))

    def test_the_scale_is_as_long_as_it_says(self, toy):
        svg = drawn(toy)
        [kilometres] = [each for each in texts(svg) if each.endswith(" km")]
        length = int(re.search(r"h(\d+)v-14", ET.tostring(svg).decode())[1])
        paper = Paper(frame_of(ABOUT, aspect=2.0))
        assert length * paper.unit == pytest.approx(1_000 * float(kilometres.split()[0]), rel=0.01)


class TestForReaders:
    def test_it_has_a_title_and_says_what_it_shows(self, toy):
        svg = drawn(toy, about="Half are here.")
        assert svg.get("role") == "img" and svg.get("aria-labelledby") == "map-t map-d"
        assert (
            svg.find(f"{SVG}title").text == "Map of People on low incomes"
            and svg.find(f"{SVG}desc").text == "Half are here."
        )

    @given(st.text(max_size=40))
    def test_any_text_is_only_text(self, words):
        read_back = ET.fromstring(tag("text", text(words), note=words))
        expected = "".join(sign for sign in words if sign.isprintable())
        assert (read_back.text or "") == expected and read_back.get("note") == expected

    def test_what_tries_to_be_markup_is_text(self, toy):
        svg = drawn(toy, title=NASTY, about=NASTY)
        assert NASTY in svg.find(f"{SVG}title").text and svg.find(f"{SVG}desc").text == NASTY


class TestTheKey:
    def test_by_hand(self, toy, toy_places):
        shown = read(prepared(toy).step)
        seen = seen_places(shown, placed(toy_places), ["Ayton", "Beeton"])
        key = key_of(shown, seen, in_colour(shown), name="k", pointed=True)
        assert key.heading == "People on low incomes (% of people)"
        assert [(entry.label, entry.count) for entry in key.classes[:2]] == [("under 10%", 1), ("10% to 19.9%", 2)]
        assert (key.classes[-1].label, key.classes[-1].count) == ("no data", 1)
        assert key.places[0].label == "Help to start or grow a business"
        assert key.places[-1].label == "Where people in this session pointed" and key.places[-1].count is None
        assert key.notes == ("Invented.", "Hollow shapes: not confirmed, or only roughly known.")
        for entry in (*key.classes, *key.places):
            assert ET.fromstring(entry.swatch).get("aria-hidden") == "true"

    def test_each_class_looks_as_on_the_map(self, toy):
        shown = read(prepared(toy).step)
        for ink in (in_colour, in_grey):
            key = key_of(shown, seen_places(shown, [], []), ink(shown), name="k")
            for entry, fill in zip(key.classes, ink(shown).classes, strict=False):
                assert fill.paper in entry.swatch and ("pattern" in entry.swatch) == bool(fill.apart)
