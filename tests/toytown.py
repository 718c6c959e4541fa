"""Toytown: two invented districts on a grid of squares a kilometre wide, small enough to work out by hand.

    easting 430   431   432   433   434
    435      +-----+-----+-----+-----+
             | A3  | A4  | B3  | B4  |       Ayton: A1 to A4        (MSOA Ayton 001: A1, A2; Ayton 002: A3, A4)
    434      +-----+-----+-----+-----+       Beeton: B1 to B4       (MSOA Beeton 001: B1 to B4, no local name)
             | A1  | A2  | B1  | B2  |
    433      +-----+-----+-----+-----+

A4 has no figure of deprivation. B2's outline is approximate. A point of people stands in the middle of each square.
"""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from data.pack import TableNote, write_pack
from data.store import Store
from geo.crs import BNG
from layers.outlines import Asset, assets

NASTY = "<img src=x onerror=alert(1)>"
"""The name of an organisation that tries to be more than a name."""

TODAY = "2026-11-21"
"""The day on which Toytown is looked at."""

AYTON, BEETON = "E08000001", "E08000002"
CORNERS = {
    "A1": (0, 0),
    "A2": (1, 0),
    "A3": (0, 1),
    "A4": (1, 1),
    "B1": (2, 0),
    "B2": (3, 0),
    "B3": (2, 1),
    "B4": (3, 1),
}
CODE = {name: f"E0100000{i}" for i, name in enumerate(CORNERS, start=1)}
MSOA = {"A1": "E02000001", "A2": "E02000001", "A3": "E02000002", "A4": "E02000002"} | dict.fromkeys(
    ("B1", "B2", "B3", "B4"), "Beeton 001"
)
MSOA_NAMES = {"E02000001": ("Ayton 001", "Mill Lane"), "E02000002": ("Ayton 002", "High Moor")} | {
    "Beeton 001": ("Beeton 001", "Beeton 001")
}

#        imd_rank, decile, score, income, employment, population, working age
FIGURES = {
    "A1": (100, 1, 60.0, 0.50, 0.30, 1000, 600),
    "A2": (4000, 2, 40.0, 0.30, 0.20, 3000, 1500),
    "A3": (17000, 6, 20.0, 0.10, 0.10, 2000, 1200),
    "B1": (200, 1, 55.0, 0.50, 0.25, 1500, 900),
    "B2": (9000, 3, 30.0, 0.20, 0.15, 1500, 900),
    "B3": (20000, 6, 15.0, 0.10, 0.08, 1000, 500),
    "B4": (33000, 10, 2.0, 0.05, 0.04, 2000, 1000),
}
DOMAINS = ("income", "employment", "education", "health", "crime", "barriers", "environment")


def square(name: str) -> shapely.Polygon:
    """The square kilometre of one neighbourhood."""
    x, y = CORNERS[name]
    return shapely.box(430_000 + 1000 * x, 433_000 + 1000 * y, 431_000 + 1000 * x, 434_000 + 1000 * y)


def build(folder: Path) -> Path:
    """Write the pack of Toytown to `folder`."""
    lsoas = _lsoas()
    tables = {
        "areas_lsoa21": lsoas,
        "areas_msoa21": _msoas(lsoas),
        "areas_district": _districts(lsoas),
        "deprivation": _deprivation(),
        "enterprise": _enterprise(),
        "postcodes": _postcodes(),
        "organisations": _organisations(),
    }
    note = TableNote(sources=("organisations",), licence="None", vintage="Never", grain="Invented.")
    write_pack(folder, tables, dict.fromkeys(tables, note), pack="toytown", version="1")
    return folder


def _lsoas() -> gpd.GeoDataFrame:
    district = {"A": (AYTON, "Ayton"), "B": (BEETON, "Beeton")}
    rows = [
        {
            "code": CODE[name],
            "name": f"{MSOA_NAMES[MSOA[name]][0]}{name}",
            "msoa_code": MSOA[name],
            "msoa_name": MSOA_NAMES[MSOA[name]][0],
            "local_name": MSOA_NAMES[MSOA[name]][1],
            "district_code": district[name[0]][0],
            "district_name": district[name[0]][1],
            "approximate": name == "B2",
            "point_e": square(name).centroid.x,
            "point_n": square(name).centroid.y,
            "point_postcodes": 1,
            "area_ha": 100.0,
        }
        for name in CORNERS
    ]
    return gpd.GeoDataFrame(rows, geometry=[square(name) for name in CORNERS], crs=BNG)


def _msoas(lsoas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    merged = lsoas.dissolve("msoa_code", sort=True)
    codes = merged.index.to_list()
    return gpd.GeoDataFrame(
        {
            "code": codes,
            "name": [MSOA_NAMES[code][0] for code in codes],
            "local_name": [MSOA_NAMES[code][1] for code in codes],
            "has_local_name": [MSOA_NAMES[code][0] != MSOA_NAMES[code][1] for code in codes],
            "code_held": [code.startswith("E02") for code in codes],
            "district_code": merged["district_code"].tolist(),
            "district_name": merged["district_name"].tolist(),
            "lsoas": [list(MSOA.values()).count(code) for code in codes],
            "approximate": [code == "Beeton 001" for code in codes],
            "point_e": merged.geometry.centroid.x.tolist(),
            "point_n": merged.geometry.centroid.y.tolist(),
            "area_ha": (merged.geometry.area / 10_000).tolist(),
        },
        geometry=merged.geometry.tolist(),
        crs=BNG,
    )


def _districts(lsoas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    merged = lsoas.dissolve("district_code", sort=True)
    return gpd.GeoDataFrame(
        {
            "code": [AYTON, BEETON],
            "name": ["Ayton", "Beeton"],
            "lsoas": [4, 4],
            "point_e": merged.geometry.centroid.x.tolist(),
            "point_n": merged.geometry.centroid.y.tolist(),
            "area_ha": [400.0, 400.0],
        },
        geometry=merged.geometry.tolist(),
        crs=BNG,
    )


def _deprivation() -> pd.DataFrame:
    rows = [
        {
            "lsoa21cd": CODE[name],
            "lsoa21nm": f"{MSOA_NAMES[MSOA[name]][0]}{name}",
            "imd_score": score,
            "imd_rank": rank,
            "imd_decile": decile,
            **{f"{domain}_decile": decile for domain in DOMAINS},
            "income_rate": income,
            "employment_rate": employment,
            "population": people,
            "working_age": workers,
        }
        for name, (rank, decile, score, income, employment, people, workers) in FIGURES.items()
    ]
    return pd.DataFrame(rows)


def _enterprise() -> pd.DataFrame:
    """Beeton ends in 2023; England is ten times Ayton."""
    columns = ("area", "code", "kind", "year", "births", "deaths", "active", "survival_1y_pct", "survival_3y_pct")
    rows = [
        ("Ayton", AYTON, "district", 2023, 60, 40, 500, 90.0, None),
        ("Ayton", AYTON, "district", 2024, 50, 60, 550, None, None),
        ("Beeton", BEETON, "district", 2023, 30, 30, 400, 95.0, None),
        ("Ayton", AYTON, "district", 2021, 50, 50, 480, 91.0, 55.5),
        ("ENGLAND", "E92000001", "nation", 2021, 500, 400, 4800, 93.0, 50.5),
        ("ENGLAND", "E92000001", "nation", 2023, 600, 400, 5000, 92.0, None),
        ("ENGLAND", "E92000001", "nation", 2024, 550, 500, 5500, None, None),
        ("YORKSHIRE & HUMBER", "E12000003", "region", 2023, 90, 70, 900, 92.5, None),
    ]
    made = pd.DataFrame(rows, columns=columns).assign(edition="2024")
    lasted = {2: 75.0, 4: 50.0, 5: 45.0}
    oldest = made["year"].eq(2021) & made["area"].eq("Ayton")
    return made.assign(
        **{f"survival_{years}y_pct": oldest.map({True: share, False: None}) for years, share in lasted.items()}
    )


def _postcodes() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "postcode": [f"ZX1 1A{letter}" for letter in "ABDEFGHJ"],
            "lsoa21cd": list(CODE.values()),
            "basis": ["lookup"] * 7 + ["nearest"],
            "easting": [int(square(name).centroid.x) for name in CORNERS],
            "northing": [int(square(name).centroid.y) for name in CORNERS],
        }
    )


def _organisations() -> pd.DataFrame:
    """One of each sort that matters: who is drawn, who is hollow, who is not drawn at all."""
    columns = ("id", "name", "role", "anchor_type", "support_type", "geo_basis", "status", "square")
    rows = [
        ("T1", "Ayton Enterprise Centre", "support", None, "enterprise_centre", "postcode", "active", "A1"),
        ("T2", NASTY, "anchor", "library", None, "postcode", "active", "A1"),
        ("T3", "Old Jobcentre", "support", None, "jobcentre", "postcode", "unknown", "A2"),
        ("T4", "Closed Programme", "support", None, "start_up_programme", "postcode", "ended", "A2"),
        ("T5", "Head Office Only", "support", None, "mentoring", "accountable_body", "active", "B1"),
        ("T6", "Somewhere in Beeton", "support", None, "coworking", "approximate", "active", "B2"),
        ("T7", "Beeton Trust", "both", "community_anchor_org", "vcs_support", "postcode", "active", "B4"),
        ("T8", "Beeton College", "anchor", "fe_college", None, "postcode", "active", "B3"),
        ("T9", "Hearsay Hub", "support", None, "incubator", "postcode", "active", "B1"),
    ]
    made = pd.DataFrame(rows, columns=columns)
    spots = [square(name).centroid for name in made["square"]]
    blank = ("offer", "website", "opening_hours", "stage", "cost", "priority_groups", "as_at", "notes")
    return made.assign(
        district=["Ayton" if name[0] == "A" else "Beeton" for name in made["square"]],
        postcode="ZX1 1AA",
        verification=["C" if place == "T9" else "A" for place in made["id"]],
        source="invented",
        easting=[int(spot.x) for spot in spots],
        northing=[int(spot.y) for spot in spots],
        lsoa21cd=made["square"].map(CODE),
        **dict.fromkeys(blank),
    ).drop(columns="square")


def served(store: Store) -> dict[str, Asset]:
    """The map's assets on a pack, with no places."""
    return assets(store) | {"places": Asset("/map/places.none.json", b"[]", "application/json")}
