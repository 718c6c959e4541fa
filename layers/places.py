"""Who is there: community anchors, community places, anchor institutions and enterprise support."""

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from data.store import Store
from geo.crs import BNG, WGS84


@dataclass(frozen=True, kw_only=True)
class PlaceGroup:
    """A kind of place, drawn alike. `types` maps the register's types to plain words."""

    key: str
    """Stable: it is in shared links."""
    title: str
    shape: str
    colour: str
    types: dict[str, str]
    about: str


PLACE_GROUPS: tuple[PlaceGroup, ...] = (
    PlaceGroup(
        key="support",
        title="Help to start or grow a business",
        shape="triangle",
        colour="#e8590c",
        types={
            "growth_hub": "Growth service",
            "council_business_support": "Council business team",
            "start_up_programme": "Start-up programme",
            "bipc_library": "Business & IP Centre",
            "enterprise_centre": "Enterprise centre",
            "coworking": "Shared workspace",
            "innovation_centre": "Innovation centre",
            "incubator": "Incubator",
            "makerspace": "Makerspace",
            "market": "Market",
            "finance_cdfi": "Community lender",
            "credit_union": "Credit union",
            "bank": "Bank",
            "grant_programme": "Grant programme",
            "mentoring": "Mentoring",
            "employment_skills": "Jobs and skills service",
            "jobcentre": "Jobcentre",
            "chamber": "Chamber of commerce",
            "vcs_support": "Help for charities and community groups",
            "social_enterprise_support": "Help for social enterprises",
        },
        about="Advice, workspace, finance and training for people in business or thinking of it.",
    ),
    PlaceGroup(
        key="anchors",
        title="Community anchor organisations",
        shape="circle",
        colour="#c2185b",
        types={
            "community_anchor_org": "Community anchor organisation",
            "cultural_anchor": "Arts or heritage organisation rooted in its place",
            "vcs_infrastructure": "Support body for local voluntary groups",
        },
        about="Independent, led by the community and rooted in one place (Locality's term).",
    ),
    PlaceGroup(
        key="community",
        title="Libraries, centres and hubs",
        shape="square",
        colour="#b58900",
        types={
            "library": "Library",
            "community_centre": "Community centre",
            "community_hub": "Community hub",
            "faith_community_hub": "Faith building open to all",
        },
        about="Places open to everyone where people already go, whoever runs them.",
    ),
    PlaceGroup(
        key="institutions",
        title="Anchor institutions",
        shape="diamond",
        colour="#1f2937",
        types={
            "council": "Council",
            "combined_authority": "Combined authority",
            "university": "University",
            "fe_college": "College",
            "sixth_form_college": "Sixth-form college",
            "nhs_trust": "NHS trust",
            "hospital": "Hospital",
            "housing_association": "Housing association",
        },
        about="Large employers and buyers that are not going to move away (the CLES term).",
    ),
)

_WELL_ATTESTED = ("A", "B")
"""Grades of the register's evidence: name and postcode in one source, or from two. C is weak."""

PLACE_TYPES: dict[str, str] = {key: title for group in PLACE_GROUPS for key, title in group.types.items()}


def drawable(store: Store) -> pd.DataFrame:
    """Every place that may be drawn: neither ended nor only an accountable body's address.

    Returns
    -------
    One row per place, by id: the register's columns, and `types` (list), `what` (those types in words), `firm`
    (whether it is confirmed, well attested and stands where it is drawn), `why` (the reason, where it is not), `lat`
    and `lon` (degrees).
    """
    found = store.ask("places")
    points = gpd.GeoSeries.from_xy(found["easting"], found["northing"], crs=BNG).to_crs(WGS84)
    both = zip(found["support_type"], found["anchor_type"], strict=True)
    types = [[kind for kind in pair if isinstance(kind, str) and kind] for pair in both]
    cautions = {
        "Not confirmed to be open": found["status"].ne("active"),
        "Placed roughly": found["geo_basis"].eq("approximate"),
        "Known from one weak source": ~found["verification"].isin(_WELL_ATTESTED),
    }
    why = pd.Series("", index=found.index)
    for words, applies in reversed(cautions.items()):
        why = why.mask(applies, words)
    return found.assign(
        types=types,
        what=[" and ".join(PLACE_TYPES[kind] for kind in kinds) for kinds in types],
        firm=why.eq(""),
        why=why,
        lat=points.y.round(5),
        lon=points.x.round(5),
    )


def of_types(places: pd.DataFrame, types: Iterable[str]) -> pd.Series:
    """For each row of `drawable`, whether it is of any of `types`."""
    wanted = set(types)
    return places["types"].map(lambda kinds: not wanted.isdisjoint(kinds)).astype(bool)


def shown(places: pd.DataFrame, types: frozenset[str], *, unconfirmed: bool, districts: frozenset[str]) -> pd.DataFrame:
    """The rows of `drawable` of any of `types`, in any of `districts` (names; empty means all).

    Places that are not firm are left out unless `unconfirmed`.
    """
    kept = of_types(places, types)
    if not unconfirmed:
        kept &= places["firm"]
    if districts:
        kept &= places["district"].isin(districts)
    return places[kept].reset_index(drop=True)
