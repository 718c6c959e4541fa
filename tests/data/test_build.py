import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point, box

from data.build import __main__ as command
from data.build import checks, inputs
from data.build.areas import (
    district_table,
    lsoa_names,
    lsoa_table,
    msoa_codes,
    msoa_table,
)
from data.build.assemble import PACK, VERSION, make_tables
from data.build.inputs import BuildError, mended, spaced
from data.build.notes import NOTES
from data.build.outlines import lsoa21_outlines, on_grid
from data.build.postcodes import Successors, live_postcodes
from data.build.subjects import enterprise_table, organisations_table
from data.pack import write_pack
from geo.coverage import misfits
from geo.crs import BNG

ROOT = Path(__file__).parents[2]

# A row of squares 100 m wide: A stays, B is split into P and Q, C and D merge into M.
OLD = gpd.GeoDataFrame(
    {"code": ["A", "B", "C", "D"]},
    geometry=[box(0, 0, 100, 100), box(100, 0, 200, 100), box(200, 0, 300, 100), box(300, 0, 400, 100)],
    crs=BNG,
)
CHANGES = pd.DataFrame(
    {"lsoa21cd": ["P", "Q", "M", "M"], "lsoa11cd": ["B", "B", "C", "D"], "change": ["S", "S", "M", "M"]}
)
POINTS = {"P": Point(150, 20), "Q": Point(150, 80)}
LSOAS = {"A", "P", "Q", "M"}
DEPRIVATION = pd.DataFrame(
    {
        "lsoa21cd": ["A", "M", "P", "Q"],
        "lsoa21nm": ["New Town 001A", "New Town 001B", "New Town 002A", "New Town 002B"],
        "population": [100, 300, 200, 200],
    }
)
LOCAL = pd.DataFrame({"msoa_ons_name": ["New Town 001"], "msoa_local_name": ["The Green"]})
TOTALS = pd.DataFrame({"district": ["New Town"], "lad22cd": ["E07000001"]})


def made_of(**rows):
    return pd.DataFrame([{"postcode": key, **row} for key, row in rows.items()])


@pytest.fixture
def outlines():
    return lsoa21_outlines(OLD, CHANGES, POINTS)


@pytest.fixture
def successors():
    return Successors(CHANGES, POINTS)


class TestOutlines:
    def test_unchanged_split_and_merged(self, outlines):
        shapes = outlines.set_index("code").geometry
        assert sorted(shapes.index) == sorted(LSOAS)
        assert shapes["A"].equals(box(0, 0, 100, 100)) and shapes["M"].equals(box(200, 0, 400, 100))
        assert shapes["P"].equals(box(100, 0, 200, 50)) and shapes["Q"].equals(box(100, 50, 200, 100))

    def test_only_the_pieces_are_approximate(self, outlines):
        assert set(outlines.loc[outlines["approximate"], "code"]) == {"P", "Q"}

    def test_neighbours_are_given_the_corner_where_the_dividing_line_ends(self, outlines):
        assert misfits(outlines) == []

    def test_corners_go_to_whole_metres(self):
        rough = gpd.GeoDataFrame({"code": ["A"]}, geometry=[Point(-1.5, 53.8).buffer(0.01)], crs=4326)
        [shape] = on_grid(rough).geometry
        at = np.asarray(shape.exterior.coords)
        assert (at == at.round()).all() and shape.is_valid


class TestPostcodes:
    def test_a_place_in_a_split_lsoa_goes_to_the_nearer_piece(self, successors):
        assert successors.at("B", 110, 10) == "P" and successors.at("B", 110, 90) == "Q"
        assert successors.at("A", 0, 0) == "A" and successors.at("D", 0, 0) == "M"

    def test_each_basis(self, successors):
        here = {"laua": "T", "easting": 150, "northing": 10}
        directory = made_of(
            known={**here, "easting": 10}, parted=here, new={**here, "northing": 12}, shut=here, again=here
        )
        lookup = made_of(
            known={"closed": False, "lsoa11cd": "A"},
            parted={"closed": False, "lsoa11cd": "B"},
            shut={"closed": True, "lsoa11cd": "A"},
            again={"closed": True, "lsoa11cd": "A"},
        )
        found = live_postcodes(directory, lookup, {"again"}, successors, lsoa21=LSOAS).set_index("postcode")
        assert found[["lsoa21cd", "basis"]].to_dict("index") == {
            "again": {"lsoa21cd": "P", "basis": "nearest"},
            "known": {"lsoa21cd": "A", "basis": "lookup"},
            "new": {"lsoa21cd": "P", "basis": "nearest"},
            "parted": {"lsoa21cd": "P", "basis": "split"},
        }

    def test_one_outside_the_region_is_left_out(self, successors):
        directory = made_of(far={"laua": "T", "easting": 0, "northing": 0})
        lookup = made_of(far={"closed": False, "lsoa11cd": "Z"})
        assert live_postcodes(directory, lookup, set(), successors, lsoa21=LSOAS).empty

    def test_padding_becomes_one_space(self):
        assert spaced(pd.Series(["LS8 4AA", "S1  1AA", "LS104AA"])).tolist() == [
            "LS8 4AA",
            "S1 1AA",
            "LS10 4AA",
        ]


class TestAreas:
    @pytest.fixture
    def lsoas(self, outlines):
        postcodes = pd.DataFrame(
            {
                "postcode": ["1", "2", "3", "4"],
                "lsoa21cd": ["A", "A", "M", "P"],
                "easting": [10, 30, 300, 150],
                "northing": [20, 40, 50, 10],
            }
        )
        names = lsoa_names(DEPRIVATION, LOCAL, TOTALS)
        return lsoa_table(names, {"New Town 001": "E02000001"}, outlines, postcodes).set_index("code", drop=False)

    def test_names_come_from_the_lsoa_name(self, lsoas):
        assert lsoas.loc["A", ["msoa_name", "local_name", "msoa_code"]].tolist() == [
            "New Town 001",
            "The Green",
            "E02000001",
        ]
        assert lsoas.loc["P", ["msoa_name", "local_name", "msoa_code"]].tolist() == ["New Town 002"] * 3
        assert set(lsoas["district_name"]) == {"New Town"} and set(lsoas["district_code"]) == {"E07000001"}

    def test_the_point_is_the_mean_of_the_postcodes(self, lsoas):
        assert lsoas.loc["A", ["point_e", "point_n", "point_postcodes"]].tolist() == [20, 30, 2]

    def test_without_postcodes_the_point_is_inside_and_says_so(self, lsoas):
        assert lsoas.loc["Q", "point_postcodes"] == 0
        assert lsoas.loc["Q", "geometry"].covers(Point(lsoas.loc["Q", "point_e"], lsoas.loc["Q", "point_n"]))

    def test_hectares(self, lsoas):
        assert lsoas["area_ha"].to_dict() == {"A": 1.0, "M": 2.0, "P": 0.5, "Q": 0.5}

    def test_wider_areas_are_dissolved_and_weighed_by_people(self, lsoas):
        population = DEPRIVATION.set_index("lsoa21cd")["population"]
        msoas = msoa_table(lsoas.reset_index(drop=True), population, {"New Town 001": "E02000001"})
        one = msoas.set_index("name").loc["New Town 001"]
        # (100 people at 20, 300 at 300) / 400 = 230
        assert (one["code"], one["lsoas"], one["approximate"], one["point_e"]) == ("E02000001", 2, False, 230)
        assert msoas.set_index("name").loc["New Town 002", ["code", "code_held", "has_local_name"]].tolist() == [
            "New Town 002",
            False,
            False,
        ]
        [district] = district_table(lsoas.reset_index(drop=True), population).to_dict("records")
        assert (district["lsoas"], district["area_ha"]) == (4, 4.0)
        assert district["geometry"].equals(box(0, 0, 400, 100))

    def test_an_msoa_keeps_its_code_only_if_its_lsoas_are_the_same(self):
        lookup = pd.DataFrame(
            {
                "lsoa11cd": ["A", "B", "C", "D"],
                "msoa11cd": ["E02000001", "E02000002", "E02000001", "E02000002"],
                "msoa11nm": ["New Town 001", "New Town 002", "New Town 001", "New Town 002"],
            }
        )
        names = lsoa_names(DEPRIVATION, LOCAL, TOTALS)
        assert msoa_codes(names, lookup, CHANGES) == {"New Town 001": "E02000001"}


class TestSubjects:
    def test_every_area_of_enterprise_has_a_kind(self):
        rows = pd.DataFrame(
            {"area": ["X"], "code": ["E07000001"]}
            | dict.fromkeys(["year", "births", "deaths", "active", "edition"], [2020])
        )
        assert enterprise_table(rows, {"E07000001"})["kind"].tolist() == ["district"]
        with pytest.raises(BuildError, match="1 areas of business_demography.csv are of no known kind, first 'X'"):
            enterprise_table(rows, set())

    def organisations(self, successors, postcode):
        directory = pd.DataFrame({"postcode": ["LS8 4AA", "LS8 4AB"], "easting": [150, 150], "northing": [10, 90]})
        lookup = pd.DataFrame({"postcode": ["LS8 4AA", "LS8 4AB"], "lsoa11cd": ["B", "B"]})
        live = pd.DataFrame({"postcode": ["LS8 4AA"], "lsoa21cd": ["P"]})
        row = {"id": "1", "name": "Hall", "postcode": postcode, "notes": ""}
        [found] = organisations_table([row], directory, lookup, live, successors).to_dict("records")
        return found

    def test_a_place_is_found_by_its_postcode_and_a_blank_is_null(self, successors):
        found = self.organisations(successors, "LS8 4AA")
        assert (found["easting"], found["northing"], found["lsoa21cd"]) == (150, 10, "P")
        assert pd.isna(found["notes"])

    def test_a_closed_postcode_is_still_found(self, successors):
        assert self.organisations(successors, "LS8 4AB")["lsoa21cd"] == "Q"

    def test_an_unknown_postcode_is_named(self, successors):
        with pytest.raises(BuildError, match="1 of 1 organisations .* first 'LS8 4AD' of 'Hall'"):
            self.organisations(successors, "LS8 4AD")

    def test_a_malformed_postcode_is_named(self, successors):
        with pytest.raises(BuildError, match="The organisation 'Hall': 'LS8' is not a whole postcode"):
            self.organisations(successors, "LS8")


class TestInputs:
    def test_a_comma_without_quotes_is_joined_again(self):
        assert mended(["1", "a", " b", "z"], ["id", "source", "notes"], within="source") == ["1", "a, b", "z"]
        assert mended(["1", "a", "z"], ["id", "source", "notes"], within="source") == ["1", "a", "z"]

    def test_a_row_too_short_is_named(self):
        with pytest.raises(BuildError, match="The organisation '7' has 1 values and there are 3 columns"):
            mended(["7"], ["id", "source", "notes"], within="source")

    @pytest.mark.parametrize(
        ("package", "version", "path", "sentence"),
        [
            ("no-such-package", "1", "x", "The package 'no-such-package' is not installed. Install"),
            ("numpy", "0.1", "x", "the pack is made from 0.1"),
            ("numpy", np.__version__, "numpy/no/such", "has no file 'numpy/no/such'"),
        ],
    )
    def test_a_package_that_is_missing_or_another_is_named(self, package, version, path, sentence):
        with pytest.raises(BuildError, match=sentence) as error:
            inputs._package_file(package, version, path)
        assert "`pip install -r requirements-build.txt`" in str(error.value)

    def test_a_module_that_is_missing_is_named(self):
        with pytest.raises(BuildError, match="The package 'no_such_module' is not installed"):
            inputs.need("no_such_module")

    def test_the_versions_read_are_those_that_are_installed_by_the_requirements(self):
        lines = (ROOT / "requirements-build.txt").read_text().splitlines()
        for package, pinned, _ in (inputs.OUTLINES, inputs.LOOKUP, inputs.CODE_POINT, inputs.DIRECTORY):
            assert f"{package}=={pinned}" in lines


class TestChecks:
    def test_a_wrong_count_is_named_with_the_official_one(self):
        with pytest.raises(BuildError, match="Leeds has 2 LSOAs; the official figure is 3"):
            checks._require_counts("LSOAs", pd.Series({"Leeds": 2}), pd.Series({"Leeds": 3}))

    def test_an_area_without_figures_is_named(self):
        with pytest.raises(BuildError, match="1 of 2 LSOAs have no row in 'deprivation', first 'B'"):
            checks._require_same("deprivation", {"A"}, {"A", "B"})
        with pytest.raises(BuildError, match="1 LSOA codes of 'deprivation' have no outline, first 'C'"):
            checks._require_same("deprivation", {"A", "B", "C"}, {"A", "B"})

    def test_a_place_in_another_district_is_named(self):
        lsoas = pd.DataFrame({"code": ["A"], "district_name": ["York"]})
        place = {"name": "Hall", "postcode": "LS8 4AA", "district": "Leeds", "lsoa21cd": "A"}
        with pytest.raises(BuildError, match=r"1 organisations .* 'Hall' \(LS8 4AA\), said to be in Leeds"):
            checks._require_districts(pd.DataFrame([place]), lsoas)

    def test_a_row_there_twice_is_named(self):
        tables = {name: pd.DataFrame(columns=key) for name, key in checks.KEYS.items()}
        tables["postcodes"] = pd.DataFrame({"postcode": ["LS8 4AA", "LS8 4AA"]})
        with pytest.raises(BuildError, match="1 rows of 'postcodes' are there more than once, first 'LS8 4AA'"):
            checks._require_keys(tables)

    def test_a_blank_where_none_may_be_is_named(self):
        with pytest.raises(BuildError, match="The column 'basis' of 'postcodes' is blank in 1 rows"):
            checks._require_full({"postcodes": pd.DataFrame({"basis": [None]})})


def test_a_failure_is_a_sentence_and_writes_nothing(tmp_path, monkeypatch, capsys):
    def fail(**_):
        raise BuildError("Leeds has 2 LSOAs.")

    monkeypatch.setattr(command, "make_tables", fail)
    monkeypatch.setattr(command, "HELD", tmp_path / "held")
    assert command.main() == 1
    assert capsys.readouterr().err == "Nothing was written. Leeds has 2 LSOAs.\n"
    assert not (tmp_path / "held").exists()


def lacking():
    """The build's packages that are not installed in the version it reads."""
    lacks = []
    for package, pinned, _ in (inputs.OUTLINES, inputs.LOOKUP, inputs.DIRECTORY):
        try:
            if version(package) != pinned:
                lacks.append(package)
        except PackageNotFoundError:
            lacks.append(package)
    return lacks


@pytest.mark.skipif(not lacking(), reason="the build's packages are installed: see the test below")
def test_without_its_packages_the_command_says_what_to_install():
    done = subprocess.run([sys.executable, "-m", "data.build"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pip install -r requirements-build.txt" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(bool(lacking()), reason=f"the build's packages are not installed: {', '.join(lacking())}")
def test_made_again_it_has_the_same_bytes(tmp_path):
    write_pack(tmp_path / "held", make_tables(tell=print), NOTES, pack=PACK, version=VERSION)
    again, held = (
        {path.name: path.read_bytes() for path in folder.iterdir()}
        for folder in (tmp_path / "held", ROOT / "data" / "held")
    )
    assert again.keys() == held.keys()
    assert [name for name in held if again[name] != held[name]] == []
