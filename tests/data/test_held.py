"""The built-in pack against the official totals and against every figure that it was made from."""

import csv
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from data.build.checks import check_tables
from data.build.inputs import organisation_rows
from data.build.notes import NOTES
from data.pack import open_pack
from geo.areas import Geography
from geo.coverage import misfits
from geo.postcode import normalise

DATA = Path(__file__).parents[2] / "data"
MANIFEST = open_pack(DATA / "held")
NEW_MSOAS = ["Bradford 062", "Bradford 063", "Bradford 064", "Bradford 065", "Craven 009"]


@cache
def table(name):
    path = MANIFEST.path(name)
    return gpd.read_parquet(path) if name.startswith("areas_") else pd.read_parquet(path)


def figures(name):
    """A table of data/figures as text, cell by cell."""
    with (DATA / "figures" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(written, held):
    """Whether a cell of the pack holds what was written: blank is null, numbers compare as numbers."""
    if written == "":
        return pd.isna(held)
    return held == written if isinstance(held, str) else float(written) == held


def assert_unchanged(rows, frame, key):
    held = {tuple(map(str, at)): row for at, row in zip(frame[key].to_numpy(), frame.to_dict("records"), strict=True)}
    assert len(held) == len(rows) == len(frame)
    differ = [
        (row[key[0]], column, value, held[tuple(row[k] for k in key)][column])
        for row in rows
        for column, value in row.items()
        if not same(value, held[tuple(row[k] for k in key)][column])
    ]
    assert differ == []


def test_it_is_small_enough_to_carry():
    assert sum(path.stat().st_size for path in (DATA / "held").iterdir()) <= 5_000_000


def test_it_has_the_tables_that_the_build_describes():
    assert {entry.name for entry in MANIFEST.tables} == set(NOTES)
    for entry in MANIFEST.tables:
        note = NOTES[entry.name]
        assert (entry.sources, entry.licence, entry.vintage) == (note.sources, note.licence, note.vintage)


def test_it_passes_the_checks_of_the_build():
    totals = pd.read_csv(DATA / "figures" / "official_totals.csv")
    check_tables({name: table(name) for name in NOTES}, totals)


@pytest.mark.parametrize("row", figures("official_totals"), ids=lambda row: row["district"])
def test_official_totals_of_each_district_are_met(row):
    lsoas = table("areas_lsoa21").merge(table("deprivation"), left_on="code", right_on="lsoa21cd")
    here = lsoas[(lsoas["district_name"] == row["district"]) & (lsoas["district_code"] == row["lad22cd"])]
    assert len(here) == int(row["lsoa21"])
    assert (here["imd_decile"] == 1).sum() == int(row["imd2025_decile1"])
    districts = table("areas_district").set_index("code")
    assert districts.loc[row["lad22cd"], ["name", "lsoas"]].tolist() == [row["district"], int(row["lsoa21"])]


def test_totals_of_the_region():
    assert len(table("areas_lsoa21")) == 1865
    assert len(table("areas_district")) == 10
    assert (table("deprivation")["imd_decile"] == 1).sum() == 331


def test_every_deprivation_figure_is_unchanged():
    frame = table("deprivation")
    assert list(frame.columns) == list(figures("iod2025")[0])
    assert_unchanged(figures("iod2025"), frame, ["lsoa21cd"])


def test_every_enterprise_figure_is_unchanged():
    frame = table("enterprise")
    assert list(frame.columns) == [*figures("business_demography")[0], "kind"]
    assert_unchanged(figures("business_demography"), frame, ["code", "year"])
    assert set(frame.loc[frame["kind"] == "district", "code"]) == set(table("areas_district")["code"])


def test_every_organisation_is_unchanged():
    rows = organisation_rows()
    frame = table("organisations")
    assert list(frame.columns) == [*rows[0], "easting", "northing", "lsoa21cd"]
    assert len(rows) == 293
    assert_unchanged(rows, frame, ["id"])


def test_every_local_name_is_unchanged_and_no_other_is_made_up():
    names = {row["msoa_ons_name"]: row["msoa_local_name"] for row in figures("msoa_names")}
    msoas = table("areas_msoa21").set_index("name")
    assert {name: names[name] for name in msoas.index if name in names} == msoas.loc[
        msoas["has_local_name"], "local_name"
    ].to_dict()
    # Four MSOAs of 2011 became five in 2021.
    assert sorted(names.keys() - set(msoas.index)) == [
        "Bradford 004",
        "Bradford 039",
        "Craven 002",
        "Craven 004",
    ]
    assert msoas.index[~msoas["has_local_name"]].tolist() == NEW_MSOAS


def test_no_msoa_code_is_made_up():
    msoas = table("areas_msoa21")
    held = msoas["code_held"]
    assert all(Geography.MSOA21.admits(code) for code in msoas.loc[held, "code"])
    assert msoas.loc[~held, "code"].tolist() == msoas.loc[~held, "name"].tolist() == NEW_MSOAS


def test_every_lsoa_that_was_new_in_2021_is_there_and_every_parent_gone():
    codes = set(table("areas_lsoa21")["code"])
    changes = figures("lsoa_changes")
    assert {row["lsoa21cd"] for row in changes} <= codes
    assert not {row["lsoa11cd"] for row in changes} & codes


def test_the_pieces_of_splits_and_no_others_are_marked_approximate():
    lsoas = table("areas_lsoa21")
    pieces = {row["lsoa21cd"] for row in figures("lsoa_changes") if row["change"] == "S"}
    assert set(lsoas.loc[lsoas["approximate"], "code"]) == pieces and len(pieces) == 52
    assert set(table("areas_msoa21").query("approximate")["code"]) == set(lsoas.loc[lsoas["approximate"], "msoa_code"])


def test_each_piece_holds_its_own_point():
    shapes = table("areas_lsoa21").set_index("code").geometry
    rows = figures("new_lsoa_points")
    points = gpd.GeoSeries(
        gpd.points_from_xy([float(r["longitude"]) for r in rows], [float(r["latitude"]) for r in rows]),
        crs=4326,
    ).to_crs(27700)
    assert [r["code"] for r, p in zip(rows, points, strict=True) if not shapes[r["code"]].covers(p)] == []


@pytest.mark.parametrize("name", ["areas_lsoa21", "areas_msoa21", "areas_district"])
class TestOutlines:
    def test_are_whole_valid_and_in_metres(self, name):
        frame = table(name)
        assert frame.crs.to_epsg() == 27700
        assert frame.geometry.is_valid.all() and not frame.geometry.is_empty.any()
        assert frame["code"].is_unique and frame["code"].is_monotonic_increasing

    def test_leave_no_gap_and_do_not_overlap(self, name):
        frame = table(name)
        assert misfits(frame) == []
        assert frame.area.sum() == pytest.approx(frame.union_all().area, abs=1)

    def test_their_hectares_are_those_of_the_outline(self, name):
        frame = table(name)
        assert np.allclose(frame["area_ha"], frame.area / 10_000, atol=1e-3)


def test_an_lsoa_belongs_where_its_name_says():
    lsoas = table("areas_lsoa21")
    assert (lsoas["name"].str[:-1] == lsoas["msoa_name"]).all()
    assert (lsoas["name"].str.rsplit(" ", n=1).str[0] == lsoas["district_name"]).all()
    assert lsoas.groupby("msoa_code")["district_code"].nunique().max() == 1


def test_postcodes_are_written_one_way_and_are_there_once():
    postcodes = table("postcodes")
    assert 85_000 < len(postcodes) < 92_000
    assert postcodes["postcode"].is_unique and postcodes["postcode"].is_monotonic_increasing
    assert all(normalise(postcode) == postcode for postcode in postcodes["postcode"])
    assert set(postcodes["lsoa21cd"]) == set(table("areas_lsoa21")["code"])
    assert set(postcodes["basis"]) == {"lookup", "split", "nearest"}
    assert (postcodes["basis"] == "lookup").mean() > 0.9


def test_only_pieces_of_splits_are_chosen_by_nearest_point():
    postcodes = table("postcodes")
    approximate = table("areas_lsoa21").query("approximate")["code"]
    assert set(postcodes.loc[postcodes["basis"] == "split", "lsoa21cd"]) <= set(approximate)
    assert not set(postcodes.loc[postcodes["basis"] == "lookup", "lsoa21cd"]) & set(approximate)


def test_a_population_point_is_the_mean_of_its_postcodes():
    lsoas = table("areas_lsoa21").set_index("code")
    means = table("postcodes").groupby("lsoa21cd")[["easting", "northing"]].mean()
    assert np.allclose(lsoas[["point_e", "point_n"]], means.loc[lsoas.index], atol=0.051)
    assert (lsoas["point_postcodes"] == table("postcodes").groupby("lsoa21cd").size().loc[lsoas.index]).all()


def test_an_msoa_point_is_weighed_by_people():
    people = table("deprivation").set_index("lsoa21cd")["population"]
    leeds = table("areas_lsoa21").query("msoa_name == 'Leeds 112'")
    expected = np.average(leeds["point_e"], weights=people[leeds["code"]])
    [found] = table("areas_msoa21").query("name == 'Leeds 112'")["point_e"]
    assert found == pytest.approx(expected, abs=0.051)


def test_every_organisation_is_in_the_district_that_it_names():
    districts = table("areas_lsoa21").set_index("code")["district_name"]
    places = table("organisations")
    assert places.loc[places["lsoa21cd"].map(districts) != places["district"], "id"].tolist() == []


def test_every_organisation_is_near_its_lsoa():
    shapes = table("areas_lsoa21").set_index("code").geometry
    places = table("organisations")
    points = shapely.points(places["easting"], places["northing"])
    # simplified outlines may pass a place by, but not by a kilometre
    assert shapely.distance(shapes.loc[places["lsoa21cd"]].to_numpy(), points).max() < 1000
