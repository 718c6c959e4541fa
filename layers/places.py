"""Who is there: community anchors, community places, anchor institutions and enterprise support."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from data.register.book import Register
from data.register.vocabulary import ANCHOR_TYPES, SUPPORT_TYPES
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
    always: bool = True
    """Whether it is worth saying that there is none."""


def _named(*types: str) -> dict[str, str]:
    return {key: ANCHOR_TYPES[key] for key in types}


PLACE_GROUPS: tuple[PlaceGroup, ...] = (
    PlaceGroup(
        key="support",
        title="Help to start or grow a business",
        shape="triangle",
        colour="#e8590c",
        types=dict(SUPPORT_TYPES),
        about="Advice, workspace, finance and training for people in business or thinking of it.",
    ),
    PlaceGroup(
        key="anchors",
        title="Community anchor organisations",
        shape="circle",
        colour="#c2185b",
        types=_named("community_anchor_org", "cultural_anchor", "vcs_infrastructure"),
        about="Independent, led by the community and rooted in one place (Locality's term).",
    ),
    PlaceGroup(
        key="community",
        title="Libraries, centres and hubs",
        shape="square",
        colour="#b58900",
        types=_named("library", "community_centre", "community_hub", "faith_community_hub"),
        about="Places open to everyone where people already go, whoever runs them.",
    ),
    PlaceGroup(
        key="institutions",
        title="Anchor institutions",
        shape="diamond",
        colour="#1f2937",
        types=_named(
            "council",
            "combined_authority",
            "university",
            "fe_college",
            "sixth_form_college",
            "nhs_trust",
            "hospital",
            "housing_association",
        ),
        about="Large employers and buyers that are not going to move away (the CLES term).",
    ),
    PlaceGroup(
        key="others",
        title="Other places",
        shape="hexagon",
        colour="#6741d9",
        types={"other": ANCHOR_TYPES["other"], "grant": "Received a grant"},
        about="Places that someone added to the register, and organisations that a funder has made grants to. A grant "
        "is shown where its receiver is, which need not be where the money is spent.",
        always=False,
    ),
)

WELL_ATTESTED = ("A", "B")
"""Grades of the register's evidence: name and postcode in one source, or from two. C is weak."""

PLACE_TYPES: dict[str, str] = {key: title for group in PLACE_GROUPS for key, title in group.types.items()}
BIT_OF_TYPE = {key: 1 << k for k, key in enumerate(PLACE_TYPES)}
"""The bit by which each type is told in `kinds`."""


def drawable(register: Register, today: str) -> pd.DataFrame:
    """Every place that may be drawn on a day: neither ended nor only an accountable body's address.

    Suggestions of visitors that wait and say where come last, as `suggested`: they are never firm.

    Returns
    -------
    One row per place, by id: `id`, `organisation_id`, `name`, `postcode`, `district`, `lsoa21cd`, `opening_hours`,
    `easting` and `northing` (metres), `lat` and `lon` (degrees); `types` (list), `what` (those types in words),
    `kinds` (a bit a type, in the order of `PLACE_TYPES`), `firm` (whether it is confirmed, well attested and stands
    where it is drawn), `why` (the reason, where it is not).
    """
    kept = _with_types(register.ask("places", today=today))
    waiting = register.ask("waiting").dropna(subset=["easting", "northing", "lsoa21cd"])
    asked = waiting.assign(organisation_id=waiting["about"], standing="unknown", suggested=True)
    asked["types"] = [[kind if isinstance(kind, str) else "other"] for kind in waiting["kind"]]
    found = pd.concat([kept, asked.reindex(columns=kept.columns)] if len(asked) else [kept], ignore_index=True)
    points = gpd.GeoSeries.from_xy(found["easting"], found["northing"], crs=BNG).to_crs(WGS84)
    why = _why(found)
    return found.assign(
        what=[_what(*told) for told in zip(found["types"], found["grants"], found["amount"], strict=True)],
        firm=why.eq(""),
        why=why,
        lat=points.y.round(5),
        lon=points.x.round(5),
        kinds=np.array([bits(kinds) for kinds in found["types"]], dtype=np.int64),
    )


def _with_types(found: pd.DataFrame) -> pd.DataFrame:
    helps = [list(kinds) if isinstance(kinds, Sequence | np.ndarray) else [] for kinds in found["support_types"]]
    anchors = [[kind] if isinstance(kind, str) else [] for kind in found["anchor_type"]]
    grants = [["grant"] if count else [] for count in found["grants"]]
    types = [[*a, *b, *c] for a, b, c in zip(helps, anchors, grants, strict=True)]
    return found.assign(types=types, suggested=False)


def _why(found: pd.DataFrame) -> pd.Series:
    """Why each place is not firm, in a few words; "" for those that are."""
    cautions = {
        "Suggested by a visitor, not yet checked": found["suggested"].astype(bool),
        "Closed for a while": found["standing"].eq("paused"),
        "Not confirmed to be open": found["standing"].ne("active"),
        "Placed roughly": found["basis"].eq("approximate"),
        "Known from one weak source": ~found["verification"].isin(WELL_ATTESTED),
    }
    why = pd.Series("", index=found.index)
    for words, applies in reversed(cautions.items()):
        why = why.mask(applies, words)
    return why


def _what(types: Iterable[str], grants: float, amount: float) -> str:
    said = [PLACE_TYPES[kind] for kind in types if kind != "grant"]
    if grants and grants > 0:
        of = f" of £{amount:,.0f} in all" if amount and amount > 0 else ""
        said.append(f"{grants:.0f} {'grant' if grants == 1 else 'grants'}{of}")
    return " and ".join(said)


def bits(types: Iterable[str]) -> int:
    """Types as one number, as `kinds` tells them."""
    return sum(BIT_OF_TYPE[kind] for kind in set(types))


def of_types(places: pd.DataFrame, types: Iterable[str]) -> np.ndarray:
    """For each row of `drawable`, whether it is of any of `types`."""
    return (places["kinds"].to_numpy() & bits(types)) != 0


def mask(places: pd.DataFrame, types: Iterable[str], *, unconfirmed: bool, districts: frozenset[str]) -> np.ndarray:
    """For each row of `drawable`, whether it is of any of `types` and in any of `districts` (names; empty means all).

    Places that are not firm are left out unless `unconfirmed`.
    """
    kept = of_types(places, types)
    if not unconfirmed:
        kept &= places["firm"].to_numpy(dtype=bool)
    if districts:
        kept &= places["district"].isin(districts).to_numpy()
    return kept


def shown(places: pd.DataFrame, types: frozenset[str], *, unconfirmed: bool, districts: frozenset[str]) -> pd.DataFrame:
    """The rows of `drawable` that `mask` keeps."""
    kept = mask(places, types, unconfirmed=unconfirmed, districts=districts)
    return places[kept].reset_index(drop=True)
