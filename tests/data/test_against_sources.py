"""The built-in pack against copies of the official files, where they stand beside the checkout."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from data.pack import open_pack

ROOT = Path(__file__).parents[2]
SOURCES = ROOT.parent / "shared" / "sources"

pytestmark = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="the official files are not at ../shared/sources: nothing to compare with"
)


@pytest.fixture(scope="module")
def manifest():
    return open_pack(ROOT / "data" / "held")


@pytest.fixture(scope="module")
def official_postcodes():
    """Live postcodes of the region whose LSOA comes from a lookup: they have a date of introduction."""
    path = SOURCES / "postcodes" / "ONSPD_NOV_2025_format_LCR_assembled.csv.gz"
    rows = pd.read_csv(path, dtype=str, usecols=["pcds", "dointr", "doterm", "lsoa21cd", "east1m", "north1m"])
    return rows[rows["doterm"].isna() & rows["dointr"].notna()]


def test_at_least_99_in_100_postcodes_are_in_the_official_lsoa(manifest, official_postcodes):
    ours = pd.read_parquet(manifest.path("postcodes")).set_index("postcode")["lsoa21cd"]
    agree = official_postcodes["pcds"].map(ours) == official_postcodes["lsoa21cd"]
    assert len(agree) > 80_000
    assert agree.mean() >= 0.99


def test_a_postcode_known_by_lookup_is_always_in_the_official_lsoa(manifest, official_postcodes):
    ours = pd.read_parquet(manifest.path("postcodes"))
    both = ours[ours["basis"] == "lookup"].merge(official_postcodes, left_on="postcode", right_on="pcds")
    assert (both["lsoa21cd_x"] == both["lsoa21cd_y"]).all()
    assert (both["easting"] == both["east1m"].astype(int)).all()
    assert (both["northing"] == both["north1m"].astype(int)).all()


def test_msoa_codes_are_the_official_ones(manifest):
    files = sorted((SOURCES / "boundaries" / "msoa").glob("*.geojson"))
    frames = [gpd.read_file(path, ignore_geometry=True) for path in files]
    official = pd.concat(frames).set_index("MSOA21NM")["MSOA21CD"]
    ours = gpd.read_parquet(manifest.path("areas_msoa21"))
    held = ours[ours["code_held"]]
    assert len(held) == len(ours) - 5
    assert held["code"].tolist() == held["name"].map(official).tolist()


def test_lsoa_codes_and_names_are_the_official_ones(manifest):
    lookup = pd.read_csv(SOURCES / "lookups" / "LSOA11_LSOA21_LAD22_EW_LU.csv", dtype=str, encoding="utf-8-sig")
    official = lookup.drop_duplicates("LSOA21CD").set_index("LSOA21CD")
    ours = gpd.read_parquet(manifest.path("areas_lsoa21"))
    assert ours["name"].tolist() == ours["code"].map(official["LSOA21NM"]).tolist()
    assert ours["district_code"].tolist() == ours["code"].map(official["LAD22CD"]).tolist()
